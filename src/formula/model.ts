import type { Precision } from '../number/rounding.ts';
import type { Range } from './affine.ts';
import type { Span } from './diagnostic.ts';
import type { DomainName } from './domain.ts';
import type { Expression, Version } from './expression.ts';
import { longestCellName } from './limits.ts';
import type { SampleRows } from './rows.ts';
import type {
  BatchReduction,
  BatchSchedule,
  Claim,
  DataRole,
  Distribution,
  FunctionStatement,
  Phase,
  PrecisionStatement,
  SampleOrder,
} from './statement.ts';

/** A named array of numbers: data, parameters, state, what every frame draws, or what formulas compute. */
export interface Quantity {
  readonly name: string;
  readonly role: DataRole | 'random' | 'mode' | 'computed';
  /**
   * Entries along each dimension in a frame's memory; [] is a single number. Indices count from 1. Where `perSample`
   * is set, the first dimension is the batch's.
   */
  readonly shape: readonly number[];
  /** There is one of it for every sample of the model's batch. */
  readonly perSample?: boolean;
  /** Row by row, for data that is the same in every frame at the start. */
  readonly numbers?: Float64Array;
  /** For sample data: all samples there are. */
  readonly rows?: SampleRows;
  /** For random quantities: how they are drawn. */
  readonly draws?: { readonly distribution: Distribution; readonly seed: number };
  /** What values make sense, for random trials. */
  readonly domain?: DomainName;
  readonly span: Span;
}

/** Which samples a frame takes. */
export interface Samples {
  /** How many there are in the data; 0 where the model has no sample data. */
  readonly count: number;
  /** How many a frame takes. */
  readonly size: number;
  readonly order: SampleOrder;
}

/** How the formulas treat the samples of a frame, which they tell apart by an index. */
export interface Batch {
  /** The sample index: the first of every quantity that is `perSample`, running over 1 … size. */
  readonly index: string;
  readonly size: number;
  readonly reduction: BatchReduction;
  readonly schedule: BatchSchedule;
  /** Why the samples must go together, whatever the schedule asked for: the place of a line about the whole batch. */
  readonly together?: Span;
}

/** One run of formulas of the same phase; a frame may have several of each. */
export interface Pass {
  readonly phase: Phase;
}

export interface LeftIndex {
  readonly name: string;
  readonly range: Range;
}

/** One line that computes: its target at every value of its left indices, from its expression. */
export interface Formula {
  /** Position among the model's formulas. */
  readonly id: number;
  readonly phase: Phase;
  /** Position of its pass among the model's passes. */
  readonly pass: number;
  readonly target: string;
  readonly indices: readonly LeftIndex[];
  /** The version it writes: `new` for `<-`. */
  readonly version: Version;
  readonly expression: Expression;
  readonly claim?: Claim;
  /** A derivative that it is said not to be. */
  readonly mistake?: Claim;
  /** Not written by the author but found by differentiation. */
  readonly derived: boolean;
  readonly span: Span;
  readonly lineSpan: Span;
}

/** A model that can run: every name known, every index with its range, every derivative in place. */
export interface Model {
  readonly text: string;
  readonly quantities: ReadonlyMap<string, Quantity>;
  /** Data files that the reader is to bring; until then made-up rows stand in for them. */
  readonly awaited: readonly string[];
  readonly functions: ReadonlyMap<string, FunctionStatement>;
  /** Those that have formulas, in order. */
  readonly passes: readonly Pass[];
  /** In the order of the passes, derived ones among them. */
  readonly formulas: readonly Formula[];
  /** Absent where nothing is drawn or taken anew from frame to frame. */
  readonly samples?: Samples;
  /** Present where a frame takes several samples. */
  readonly batch?: Batch;
  readonly store: readonly PrecisionStatement[];
  readonly show: readonly PrecisionStatement[];
  /** TeX of a name, from `write`; a # stands where the indices go. */
  readonly tex: ReadonlyMap<string, Notation>;
  /** Words for a name, from `say`. */
  readonly words: ReadonlyMap<string, Notation>;
}

/** How the author writes, or says, a name; the span is that name's in its `write` or `say` line. */
export interface Notation {
  readonly text: string;
  readonly span: Span;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** Position of a cell in its quantity's row-by-row array; indices count from 1. */
export function flatIndex(shape: readonly number[], cell: readonly number[]): number {
  let flat = 0;
  for (let d = 0; d < shape.length; d++) flat = flat * shape[d] + cell[d] - 1;
  return flat;
}

/** The indices of the entry at a position of the row-by-row array; the inverse of `flatIndex`. */
export function cellAt(shape: readonly number[], flat: number): number[] {
  const cell = new Array<number>(shape.length);
  let rest = flat;
  for (let d = shape.length - 1; d >= 0; d--) {
    cell[d] = (rest % shape[d]) + 1;
    rest = Math.floor(rest / shape[d]);
  }
  return cell;
}

/** `W1[1,2]`, or the bare name of a single number. */
export const cellName = (name: string, cell: readonly number[]): string =>
  cell.length === 0 ? name : `${name}[${cell.join(',')}]`;

/** Name and indices from `W1[1,2]`; undefined where the text is no cell's name. */
export function parseCellName(text: string): { name: string; cell: number[] } | undefined {
  if (text.length > longestCellName) return undefined;
  const found = /^\s*([^[\]\s]+?)\s*(?:\[\s*(\d+(?:\s*,\s*\d+)*)\s*\])?\s*$/.exec(text);
  if (found === null) return undefined;
  return { name: found[1], cell: found[2] === undefined ? [] : found[2].split(',').map(Number) };
}

/**
 * The storing (or showing) rule of a cell: the last line that speaks of it wins, a cell before its quantity. In a batch, a
 * rule that names the cell of one sample holds for that of every sample.
 */
export function precisionOf(
  rules: readonly PrecisionStatement[],
  name: string,
  cell: readonly number[],
): Precision | undefined {
  let whole: Precision | undefined;
  let single: Precision | undefined;
  for (const rule of rules) {
    for (const selector of rule.selectors) {
      if (selector.name !== name) continue;
      if (selector.cell === undefined) whole = rule.precision;
      else if (isCell(selector.cell, cell)) single = rule.precision;
    }
  }
  return single ?? whole;
}

/** The rule's cell, whatever the sample where it leaves that out. */
const isCell = (rule: readonly number[], cell: readonly number[]): boolean =>
  cell.length - rule.length <= 1 && rule.every((n, d) => n === cell[d + cell.length - rule.length]);

/** Which derivative a formula is, by its claim or by its own derived name such as `dL/dW`; undefined where it is none. */
export function derivativeOf({ claim, derived, target }: Formula): { of: string; by: string } | undefined {
  if (claim !== undefined) return claim;
  if (!derived || !target.includes('/')) return undefined;
  const [of, by] = target.split('/').map((part) => part.slice(1));
  return { of, by };
}
