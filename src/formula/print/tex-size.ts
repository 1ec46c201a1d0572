import type { Affine } from '../affine.ts';
import { children, type Expression } from '../expression.ts';
import type { Formula, Model } from '../model.ts';
import { texBase } from '../notation.ts';

/** An upper bound of a TeX text: its letters, and how deep its braces and delimiters are nested. */
export interface TexSize {
  readonly letters: number;
  readonly depth: number;
}

/** What a node adds to its parts at most, names and indices left out: `\operatorname*{arg\,max}_{\substack{…}}`, parentheses, a number. */
const lettersOfNode = 120;
/** A command with its braces, and parentheses around a part. */
const depthOfNode = 2;
/** A number, `\le` and what separates one index expression from the next. */
const lettersOfAffine = 70;
/** A sign, a factor, and the braces of a subscript. */
const lettersOfTerm = 32;
/** The braces of indices, and those of a subscript in one of them. */
const [lettersOfIndices, depthOfIndices] = [8, 3];

/**
 * Bounds the TeX of a model's formulas and functions without typesetting them, in time proportional to their nodes; the TeX of
 * each name is measured once. A node that occurs in many places is counted in each of them.
 */
export class TexBounds {
  private readonly names = new Map<string, TexSize>();

  constructor(private readonly model: Model) {}

  /** Bounds the TeX of a whole formula, as `texFormula` writes it. */
  ofFormula({ target, indices, expression }: Formula): TexSize {
    const left = this.ofName(target);
    const right = this.of(expression);
    let letters = left.letters + right.letters + lettersOfNode;
    for (const { name } of indices) letters += lettersOfTerm + name.length;
    return { letters, depth: Math.max(left.depth, right.depth) };
  }

  /** Bounds the TeX of an expression. */
  of(e: Expression): TexSize {
    let letters = lettersOfNode;
    let depth = depthOfIndices;
    if (e.kind === 'reference' || e.kind === 'call') {
      const name = this.ofName(e.name);
      letters += name.letters;
      depth = name.depth;
    }
    if (e.kind === 'reference') for (const affine of e.indices) letters += lettersOf(affine);
    if (e.kind === 'index') letters += lettersOf(e.index);
    if (e.kind === 'parameter') letters += lettersOfTerm + e.name.length;
    if (e.kind === 'reduction' || e.kind === 'when')
      for (const condition of e.where) letters += lettersOf(condition);
    if (e.kind === 'reduction') for (const { name } of e.indices) letters += lettersOfTerm + name.length;
    for (const part of children(e)) {
      const inside = this.of(part);
      letters += inside.letters;
      depth = Math.max(depth, inside.depth);
    }
    return { letters, depth: depth + depthOfNode };
  }

  private ofName(name: string): TexSize {
    let found = this.names.get(name);
    if (found === undefined) {
      const base = texBase(this.model, name);
      // No deeper than if everything that opens stood in each other.
      const depth = base.match(/\{|\\left|\\begin/g)?.length ?? 0;
      found = { letters: base.length + lettersOfIndices, depth: depth + depthOfIndices };
      this.names.set(name, found);
    }
    return found;
  }
}

function lettersOf({ terms }: Affine): number {
  let letters = lettersOfAffine;
  for (const [name] of terms) letters += lettersOfTerm + name.length;
  return letters;
}
