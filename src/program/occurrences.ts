import type { Range } from '../formula/affine.ts';
import type { Formula } from '../formula/model.ts';
import type { Program, Steps } from './program.ts';
import type { Loop, Node } from './tree.ts';

/** One index of a cell pattern: a number, any value (`*`), or a letter: any value, the same wherever the letter stands. */
export type PatternPart = number | string;

/** A loop around the cells, and which of its values are visited. */
interface Digit {
  /** Position among the formula's indices. */
  readonly at: number;
  readonly direction: 1 | -1;
  readonly range: Range;
  /** How many values; 1 where it takes the value of another digit. */
  readonly count: number;
  /** The position of the formula's index whose value it takes. */
  readonly follows?: number;
}

/**
 * The cells of a formula that match a pattern, in the order in which a frame computes them. The n-th is found by division and
 * its steps by multiplication, so nothing is listed.
 */
export class Occurrences {
  /** Matching cells in one frame; 0 where the pattern matches none. */
  readonly count: number;
  private readonly digits: readonly Digit[];

  /** `pattern` has one part for each left index of the formula, in their order; by default every cell matches. */
  constructor(
    private readonly program: Program,
    readonly formula: Formula,
    pattern: readonly PatternPart[] = formula.indices.map(() => '*'),
  ) {
    const loops = loopsAround(program.tree, formula) ?? [];
    const own = loops.flatMap((loop) => {
      const at = formula.indices.findIndex(({ name }) => name === loop.index);
      return at < 0 ? [] : [{ at, loop, part: pattern[at] }];
    });
    this.digits = own.map(({ at, loop, part }, depth): Digit => {
      const { direction } = loop;
      const isLetter = typeof part === 'string' && part !== '*';
      const first = isLetter ? own.findIndex((other) => other.part === part) : depth;
      if (first < depth) return { at, direction, range: loop.range, count: 1, follows: own[first].at };
      const same = isLetter ? own.filter((other) => other.part === part) : [{ loop }];
      const range = {
        low: Math.max(
          ...same.map((other) => other.loop.range.low),
          typeof part === 'number' ? part : -Infinity,
        ),
        high: Math.min(
          ...same.map((other) => other.loop.range.high),
          typeof part === 'number' ? part : Infinity,
        ),
      };
      return { at, direction, range, count: Math.max(0, range.high - range.low + 1) };
    });
    this.count = this.digits.reduce((product, { count }) => product * count, 1);
  }

  /** The indices of the n-th matching cell of a frame, n from 1 to `count`. */
  cell(n: number): number[] {
    const cell = new Array<number>(this.digits.length);
    let rest = n - 1;
    for (let depth = this.digits.length - 1; depth >= 0; depth--) {
      const { at, direction, range, count } = this.digits[depth];
      const place = rest % count;
      rest = Math.floor(rest / count);
      cell[at] = direction > 0 ? range.low + place : range.high - place;
    }
    for (const { at, follows } of this.digits) if (follows !== undefined) cell[at] = cell[follows];
    return cell;
  }

  /** The steps of the n-th matching cell, n from 1 to `count`. */
  steps(n: number): Steps {
    return this.program.stepsOf(this.formula, this.cell(n));
  }

  /** How many of the matching cells are complete after the first `step` steps of a frame. */
  finished(step: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.steps(middle).last <= step) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The loops around a formula's cells, outermost first. */
function loopsAround(node: Node, formula: Formula): Loop[] | undefined {
  if (node.kind === 'cell') return node.formula === formula ? [] : undefined;
  if (node.kind === 'loop') {
    const inside = loopsAround(node.body, formula);
    return inside && [node, ...inside];
  }
  for (const child of node.children) {
    const inside = loopsAround(child, formula);
    if (inside !== undefined) return inside;
  }
  return undefined;
}
