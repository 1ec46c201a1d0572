import {
  type Affine,
  constant,
  extent,
  minus,
  plus,
  type Range,
  scale,
  substitute,
} from '../../formula/affine.ts';
import { affineText, sides } from '../../formula/print/printer.ts';

/** An index that a Python loop runs over: from 0 in Python where ours starts at 1. */
export interface LoopIndex {
  /** The loop's variable. */
  readonly variable: string;
  /** Our index minus Python's variable. */
  readonly shift: number;
  /** Of our index, both ends inclusive. */
  readonly range: Range;
}

/** An index that is a dimension of an array. Its ends, both inclusive, may depend on loops around. */
export interface ArrayAxis {
  readonly low: Affine;
  readonly high: Affine;
}

/**
 * The loop over an index with this variable in Python: shifted by 1 where the range starts at 1 or later, so that subscripts
 * need no subtraction; else by 0.
 */
export const loopIndex = (variable: string, range: Range): LoopIndex => ({
  variable,
  shift: range.low >= 1 ? 1 : 0,
  range,
});

/** The indices around an expression: those of loops, and those that are dimensions of arrays, outermost first. Immutable. */
export class LoopScope {
  constructor(
    readonly loops: ReadonlyMap<string, LoopIndex>,
    readonly axes: ReadonlyMap<string, ArrayAxis>,
  ) {}

  /** The same with more loops; an index that was a dimension becomes a loop. */
  looping(more: Iterable<readonly [string, LoopIndex]>): LoopScope {
    const loops = new Map(this.loops);
    const axes = new Map(this.axes);
    for (const [index, loop] of more) {
      axes.delete(index);
      loops.set(index, loop);
    }
    return new LoopScope(loops, axes);
  }

  /** The same with more dimensions, innermost. */
  along(more: Iterable<readonly [string, ArrayAxis]>): LoopScope {
    return new LoopScope(this.loops, new Map([...this.axes, ...more]));
  }

  /** The same with more dimensions, outermost. */
  across(more: Iterable<readonly [string, ArrayAxis]>): LoopScope {
    return new LoopScope(this.loops, new Map([...more, ...this.axes]));
  }

  /** The same with its dimensions in the opposite order. */
  get reversed(): LoopScope {
    return new LoopScope(this.loops, new Map([...this.axes].reverse()));
  }

  /** The dimensions that occur in an affine expression. */
  axesIn({ terms }: Affine): string[] {
    return terms.map(([name]) => name).filter((name) => this.axes.has(name));
  }

  /** The least and the greatest value of an affine expression in loop indices. */
  extent(affine: Affine): Range {
    return extent(affine, new Map([...this.loops].map(([name, { range }]) => [name, range])));
  }

  /** The affine with Python's variables, `t + 1` for our t. */
  private shifted(affine: Affine): Affine {
    const variables = [...this.loops].map(
      ([name, { variable, shift }]) => [name, { constant: shift, terms: [[variable, 1]] }] as const,
    );
    return substitute(affine, new Map<string, Affine>(variables));
  }

  /** The Python text of an affine expression in loop indices. */
  value(affine: Affine): string {
    return affineText(this.shifted(affine), (factor, name) => `${factor} * ${name}`);
  }

  /** The Python text of a subscript, counted from 0. */
  position(affine: Affine): string {
    return this.value(minus(affine, constant(1)));
  }

  /**
   * The Python text of conditions, `s <= t and t >= 1`; each affine is ≥ 0 where its condition holds. Two opposite ones give
   * `==`.
   */
  conditions(affines: readonly Affine[]): string {
    const texts = affines.map((affine) => {
      const isOpposite = (other: Affine) =>
        plus(affine, other).terms.length === 0 && affine.constant === -other.constant;
      return this.condition(affine, affines.some(isOpposite));
    });
    return [...new Set(texts)].join(' and ');
  }

  private condition(affine: Affine, isEquation: boolean): string {
    const shifted = this.shifted(affine);
    const isTurned = isEquation && shifted.terms.length > 0 && shifted.terms[0][1] < 0;
    const { left, right } = sides(isTurned ? scale(shifted, -1) : shifted);
    const text = (side: Affine) => affineText(side, (factor, name) => `${factor} * ${name}`);
    if (isEquation) return `${text(right)} == ${text(left)}`;
    return left.terms.length === 0 ? `${text(right)} >= ${text(left)}` : `${text(left)} <= ${text(right)}`;
  }

  /**
   * `range(t + 1)`: the values of Python's variable for our index from the greatest of the lows to the least of the highs,
   * inclusive.
   */
  range(lows: readonly Affine[], highs: readonly Affine[], shift: number): string {
    const start = this.best(
      lows.map((low) => plus(low, constant(-shift))),
      'max',
    );
    const stop = this.best(
      highs.map((high) => plus(high, constant(1 - shift))),
      'min',
    );
    return start === '0' ? `range(${stop})` : `range(${start}, ${stop})`;
  }

  private best(among: readonly Affine[], by: 'max' | 'min'): string {
    const texts = among.map((one) => this.value(one));
    return texts.length === 1 ? texts[0] : `${by}(${texts.join(', ')})`;
  }

  /** The bounds without those that another one implies everywhere. */
  tightest(bounds: readonly Affine[], by: 'low' | 'high'): Affine[] {
    const kept: Affine[] = [];
    for (const bound of bounds) {
      const beats = (a: Affine, b: Affine) => this.extent(by === 'low' ? minus(a, b) : minus(b, a)).low >= 0;
      if (kept.some((other) => beats(other, bound))) continue;
      for (let at = kept.length - 1; at >= 0; at--) if (beats(bound, kept[at])) kept.splice(at, 1);
      kept.push(bound);
    }
    return kept;
  }
}
