import { type Divergence, type Review, reviewTask as reviewingText } from '../../check/divergence.ts';
import { factorText, type KnownMistake } from '../../check/known-mistake.ts';
import type { CompileOptions } from '../../formula/compile/compile.ts';
import { cellName } from '../../formula/model.ts';
import type { SlicedWork } from '../../machine/step/sliced-work.ts';
import { format } from '../../number/format.ts';
import { mistakeWords, modelEditingWords as words } from '../../words/model/model-editing.ts';
import type { Session } from '../session.ts';

export type { Divergence, Review } from '../../check/divergence.ts';

/** Significant digits of the two numbers that are shown; more, up to `most`, where these are the same. */
const usual = 6;
const most = 15;

/**
 * Reviews the hand-written backward pass of a model's text (formulas, not shorthand; `options` as for `compile`) with the
 * session's edits of frame 1, but not its overrides. Sliced work: run it with `runToEnd`, `runInSlices` or a `BackgroundTask`.
 * See `reviewTask` in check/divergence.ts.
 */
export function reviewSession(
  { changes }: Session,
  text: string,
  options: CompileOptions,
): SlicedWork<Review> {
  const edits = new Map<string, number>();
  for (const change of changes)
    if (change.kind === 'edit' && change.frame === 1) edits.set(change.cell, change.value);
  return reviewingText(text, options, edits);
}

/**
 * `−dL/dnet1[2]`: the derivative that the cell claims to be, plain text; − in front where the claim has the opposite sign.
 * Without indices where they do not follow from the cell's own.
 */
export function claimName({ claim, cell, formula }: Divergence): string {
  const { sign, of, by, indices } = claim;
  const places = formula.indices.map(({ name }, d) => [name, cell[d]] as const);
  const at = indices.map(({ terms }) => places.find(([name]) => name === terms[0]?.[0])?.[1]);
  const known = at.filter((one) => one !== undefined);
  const name = `d${of}/${cellName(`d${by}`, known.length === at.length ? known : [])}`;
  return sign < 0 ? `−${name}` : name;
}

/**
 * Both numbers as text, with the fewest significant digits, from 6 to 15, that tell them apart; where 15 do not, the texts are
 * equal.
 */
export function numbersOf({ written, derived }: Divergence): { written: string; derived: string } {
  for (let digits = usual; ; digits++) {
    const options = { precision: { kind: 'significant', digits } } as const;
    const found = { written: format(written, options), derived: format(derived, options) };
    if (digits === most || found.written !== found.derived) return found;
  }
}

/** A sentence, plain text: which known mistake it looks like; for undefined, that it looks like none. */
export function mistakeText(mistake: KnownMistake | undefined): string {
  if (mistake === undefined) return mistakeWords.none;
  const text = plainText(mistake);
  return mistakeWords.sentence(mistake.turned === true ? mistakeWords.turned(text) : text);
}

function plainText(mistake: KnownMistake): string {
  switch (mistake.kind) {
    case 'sign':
      return mistakeWords.sign;
    case 'factor': {
      const text = mistakeWords.factor(factorText(Math.abs(mistake.factor)));
      return mistake.factor < 0 ? mistakeWords.turned(text) : text;
    }
    case 'averaged':
      return mistakeWords.averaged(mistake.over);
    case 'rate':
      return mistakeWords.rate(mistake.name);
    case 'slope':
      return (mistake.at === 'hidden' ? mistakeWords.hiddenSlope : mistakeWords.outputSlope)(mistake.of);
    case 'renewed':
      return mistakeWords.renewed(mistake.name);
    case 'transposed':
      return mistakeWords.transposed(mistake.name);
    case 'mirrored':
      return mistakeWords.mirrored;
    case 'path':
      return mistakeWords.path;
    case 'sensitivity':
      return mistakeWords.sensitivity(mistake.name);
    case 'vanishing':
      return mistakeWords.vanishing;
    case 'inner sign':
      return mistakeWords.innerSign(mistake.code);
    case 'missing':
      return mistakeWords.missing(mistake.code);
  }
}

/** The whole finding in sentences, plain text: where it diverges, and `divergenceReason`. */
export function divergenceSentence(divergence: Divergence): string {
  const { cell, formula, operation } = divergence;
  return `${words.divergesAt(cellName(formula.target, cell), operation)} ${divergenceReason(divergence)}`;
}

/** What is wrong with the formula, in sentences, plain text: both numbers, and the known mistake. */
export function divergenceReason(divergence: Divergence): string {
  const { isHere, isInferred } = divergence;
  const numbers = numbersOf(divergence);
  return [
    (isHere ? words.numbers : words.numbersNearby)(numbers.written, claimName(divergence), numbers.derived),
    mistakeText(divergence.mistake),
    ...(isInferred ? [words.inferred] : []),
  ].join(' ');
}
