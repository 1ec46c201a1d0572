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

/** A named array of numbers: data, parameters, state, random draws, or what formulas compute. */
export interface Quantity {
  readonly name: string;
  readonly role: DataRole | 'random' | 'mode' | 'computed';
  /**
   * Entries along each dimension in a frame's memory; `[]` is a single number. Indices count from 1. With `perSample` the first
   * dimension is the batch.
   */
  readonly shape: readonly number[];
  /** It has a value for every sample of the model's batch. */
  readonly perSample?: boolean;
  /**
   * Its values at the start of the run, row by row (last index fastest); absent for samples, random draws and computed
   * quantities.
   */
  readonly numbers?: Float64Array;
  /** For sample data: all samples, not only those of one frame. */
  readonly rows?: SampleRows;
  /** For random quantities: how they are drawn in every frame. */
  readonly draws?: { readonly distribution: Distribution; readonly seed: number };
  /** Which values make sense, for random trials. */
  readonly domain?: DomainName;
  /** Of its name in the line that declares it. */
  readonly span: Span;
}

/** Which samples each frame takes. */
export interface Samples {
  /** How many the data has for training; 0 in a model without sample data. */
  readonly count: number;
  /** How many follow these in the data that no frame takes: they are held back for an examination. */
  readonly held: number;
  /** How many a frame takes. */
  readonly size: number;
  readonly order: SampleOrder;
}

/** What a network is examined by: an answer is compared with the target of its sample. Names of quantities. */
export interface Examination {
  readonly answer: string;
  readonly target: string;
}

/** How the formulas treat the samples of a frame, which an index tells apart. */
export interface Batch {
  /** The sample index: the first of every quantity that is `perSample`, running over 1 … size. */
  readonly index: string;
  /** Samples in a frame. */
  readonly size: number;
  readonly reduction: BatchReduction;
  readonly schedule: BatchSchedule;
  /** The formula or line that needs all samples at once, which forces the schedule `together`. */
  readonly together?: Span;
}

/** A stretch of formulas of the same phase; a frame may have several of each phase. */
export interface Pass {
  readonly phase: Phase;
}

/** An index on the left side of a formula, and the values it runs over (both ends included). */
export interface LeftIndex {
  readonly name: string;
  readonly range: Range;
}

/** One line that computes: the cells of its target, at every value of its left indices. */
export interface Formula {
  /** Position among the model's formulas, from 0. */
  readonly id: number;
  readonly phase: Phase;
  /** Position of its pass in `Model.passes`, from 0. */
  readonly pass: number;
  readonly target: string;
  /** In the order in which the left side names them. */
  readonly indices: readonly LeftIndex[];
  /** The version it writes: `new` for `<-`, `old` for `=`. */
  readonly version: Version;
  readonly expression: Expression;
  readonly claim?: Claim;
  /** The derivative that the author says it is not, for a mistake shown on purpose. */
  readonly mistake?: Claim;
  /** Found by differentiation, not written by the author. */
  readonly derived: boolean;
  /** Of the target; of a derived formula, the place that asked for it. */
  readonly span: Span;
  /** Of the whole line. */
  readonly lineSpan: Span;
}

/** A model that can run: every name resolved, every index with its range, every derivative in place. Plain data. */
export interface Model {
  /** The text that it was compiled from. */
  readonly text: string;
  /** By name, computed and derived ones included. */
  readonly quantities: ReadonlyMap<string, Quantity>;
  /** Names of data files that the reader has yet to provide; made-up rows stand in for them. Usually empty. */
  readonly awaited: readonly string[];
  /** By name: those of the library and those of the text. */
  readonly functions: ReadonlyMap<string, FunctionStatement>;
  /** The passes that have formulas, in order. */
  readonly passes: readonly Pass[];
  /** In the order in which they run, derived ones included. */
  readonly formulas: readonly Formula[];
  /** Absent where every frame has the same data and draws nothing. */
  readonly samples?: Samples;
  /** Absent where no samples are held back. */
  readonly examination?: Examination;
  /** Absent where the formulas do not tell samples apart. */
  readonly batch?: Batch;
  /** Rounding of values as they are computed; see `precisionOf`. */
  readonly store: readonly PrecisionStatement[];
  /** Rounding of values as they are displayed; see `precisionOf`. */
  readonly show: readonly PrecisionStatement[];
  /** By name, its TeX from `write`; a `#` in it marks where the indices go. */
  readonly tex: ReadonlyMap<string, Notation>;
  /** By name, its words from `say`. */
  readonly words: ReadonlyMap<string, Notation>;
  /** By name, what its indices count, in order, as far as the formulas tell; absent for quantities of which nothing is known. */
  readonly dimensions: ReadonlyMap<string, readonly Dimension[]>;
}

/** What an index of a quantity counts. */
export interface Dimension {
  /**
   * `sample`: of a batch. `moment`: of a recurrence. `to`, `from`: the units that a parameter, or what belongs to it entry by entry, leads
   * to and comes from. `own`: anything else.
   */
  readonly kind: 'sample' | 'moment' | 'to' | 'from' | 'own';
  /** What an author's `say` line calls the units it counts; absent where there are no such words. */
  readonly units?: string;
  /** What an author's `label` line calls its entries, in order, one for each; absent where they have no names. */
  readonly labels?: readonly string[];
}

/** How the author writes or says a name. The span is that of the name in its `write` or `say` line. */
export interface Notation {
  readonly text: string;
  readonly span: Span;
}

/** How many entries an array of this shape has; 1 for `[]`. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** Entries along each dimension for a single sample: without the batch. */
export const ownShape = ({ shape, perSample }: Pick<Quantity, 'shape' | 'perSample'>): readonly number[] =>
  perSample === true ? shape.slice(1) : shape;

/**
 * Position, from 0, of a cell in its quantity's row-by-row array, 0 for `[]`; the cell has one index, from 1, for each
 * dimension. Bounds are not checked.
 */
export function flatIndex(shape: readonly number[], cell: readonly number[]): number {
  let flat = 0;
  for (let d = 0; d < shape.length; d++) flat = flat * shape[d] + cell[d] - 1;
  return flat;
}

/** The indices, from 1, of the entry at a position, from 0, of the row-by-row array: the inverse of `flatIndex`. */
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

/**
 * Name and indices from `W1[1,2]`, spaces allowed, `cell` being `[]` without brackets; undefined for any other text, and above
 * `longestCellName` letters. Whether such a cell exists is not checked.
 */
export function parseCellName(text: string): { name: string; cell: number[] } | undefined {
  if (text.length > longestCellName) return undefined;
  const found = /^\s*([^[\]\s]+?)\s*(?:\[\s*(\d+(?:\s*,\s*\d+)*)\s*\])?\s*$/.exec(text);
  if (found === null) return undefined;
  return { name: found[1], cell: found[2] === undefined ? [] : found[2].split(',').map(Number) };
}

/**
 * The rule among `rules` (a model's `store` or `show`) for a cell, its indices from 1 and the sample index included; undefined
 * where there is none. A rule for the cell wins over one for its quantity, otherwise the last one wins. In a batch, a rule
 * whose cell leaves out the sample index holds for every sample.
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

/** Whether a rule's cell is this one; a rule may leave out the sample index, the first. */
const isCell = (rule: readonly number[], cell: readonly number[]): boolean =>
  cell.length - rule.length <= 1 && rule.every((n, d) => n === cell[d + cell.length - rule.length]);

/**
 * Which derivative a formula is, by its claim or by its derived name `dL/dW`; undefined for any other formula. The sign is
 * that of `claim.sign`: a formula that claims −dL/dW gives the same.
 */
export function derivativeOf({ claim, derived, target }: Formula): { of: string; by: string } | undefined {
  if (claim !== undefined) return claim;
  if (!derived || !target.includes('/')) return undefined;
  const [of, by] = target.split('/').map((part) => part.slice(1));
  return { of, by };
}
