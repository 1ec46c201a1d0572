import { type Divergence, type Review, reviewTask as reviewingText } from '../../check/divergence.ts';
import { factorText, type KnownMistake } from '../../check/known-mistake.ts';
import type { CompileOptions } from '../../formula/compile/compile.ts';
import { cellName } from '../../formula/model.ts';
import type { SlicedWork } from '../../machine/step/work.ts';
import { format } from '../../number/format.ts';
import { slipWords, clayWords as words } from '../../words/model/model-editing.ts';
import type { Session } from '../session.ts';

export type { Divergence, Review } from '../../check/divergence.ts';

/** So many digits of the two numbers are shown; more where these are the same. */
const usual = 6;
const most = 15;

/** What is found in the reader's backward pass, with the numbers that the first iteration begins with; found in pieces. */
export function reviewing({ changes }: Session, text: string, options: CompileOptions): SlicedWork<Review> {
  const edits = new Map<string, number>();
  for (const change of changes)
    if (change.kind === 'edit' && change.frame === 1) edits.set(change.cell, change.value);
  return reviewingText(text, options, edits);
}

/** `−dL/dnet1[2]`: what the cell ought to be. */
export function claimName({ claim, cell, formula }: Divergence): string {
  const { sign, of, by, indices } = claim;
  const places = formula.indices.map(({ name }, d) => [name, cell[d]] as const);
  const at = indices.map(({ terms }) => places.find(([name]) => name === terms[0]?.[0])?.[1]);
  const known = at.filter((one) => one !== undefined);
  const name = `d${of}/${cellName(`d${by}`, known.length === at.length ? known : [])}`;
  return sign < 0 ? `−${name}` : name;
}

/** Both numbers, with as many digits as tell them apart. */
export function numbersOf({ written, derived }: Divergence): { written: string; derived: string } {
  for (let digits = usual; ; digits++) {
    const options = { precision: { kind: 'significant', digits } } as const;
    const found = { written: format(written, options), derived: format(derived, options) };
    if (digits === most || found.written !== found.derived) return found;
  }
}

/** Which known mistake it looks like, or that it looks like none. */
export function slipText(slip: KnownMistake | undefined): string {
  if (slip === undefined) return slipWords.none;
  const text = plainText(slip);
  return slipWords.sentence(slip.turned === true ? slipWords.turned(text) : text);
}

function plainText(slip: KnownMistake): string {
  switch (slip.kind) {
    case 'sign':
      return slipWords.sign;
    case 'factor': {
      const text = slipWords.factor(factorText(Math.abs(slip.factor)));
      return slip.factor < 0 ? slipWords.turned(text) : text;
    }
    case 'averaged':
      return slipWords.averaged(slip.over);
    case 'rate':
      return slipWords.rate(slip.name);
    case 'slope':
      return (slip.at === 'hidden' ? slipWords.hiddenSlope : slipWords.outputSlope)(slip.of);
    case 'renewed':
      return slipWords.renewed(slip.name);
    case 'transposed':
      return slipWords.transposed(slip.name);
    case 'mirrored':
      return slipWords.mirrored;
    case 'path':
      return slipWords.path;
    case 'sensitivity':
      return slipWords.sensitivity(slip.name);
    case 'vanishing':
      return slipWords.vanishing;
    case 'inner sign':
      return slipWords.innerSign(slip.code);
    case 'missing':
      return slipWords.missing(slip.code);
  }
}

/** The whole of it as one would say it. */
export function partingSentence(parting: Divergence): string {
  const { cell, formula, operation, isHere, isInferred } = parting;
  const numbers = numbersOf(parting);
  return [
    words.parts(cellName(formula.target, cell), operation),
    (isHere ? words.numbers : words.numbersNearby)(numbers.written, claimName(parting), numbers.derived),
    slipText(parting.mistake),
    ...(isInferred ? [words.inferred] : []),
  ].join(' ');
}
