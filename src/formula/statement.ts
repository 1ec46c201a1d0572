import type { GeneratorName } from '../data/generator.ts';
import type { Precision } from '../number/rounding.ts';
import type { Affine, Range } from './affine.ts';
import type { Span } from './diagnostic.ts';
import type { Expression } from './expression.ts';

/** The phase of a pass. Passes run in the order of their headings; a phase may occur several times. */
export type Phase = 'forward' | 'backward' | 'update';
/** The three phases, in the order in which a model usually has them. */
export const phases: readonly Phase[] = ['forward', 'backward', 'update'];

/**
 * Where a quantity's numbers come from: `given` data, `sample` data of which every frame takes other rows, a trained `param`,
 * optimizer `state`, or a `rate` (learning rate, momentum).
 */
export type DataRole = 'given' | 'sample' | 'param' | 'state' | 'rate';

/** Numbers as a data line writes them: one number, or lists of lists, not yet checked to be rectangular. */
export type NestedNumbers = number | readonly NestedNumbers[];

/**
 * `param W1 = [[0.1, 0.8], [0.4, 0.6]]` and the other data lines. Its numbers stand in `numbers` or are computed by `initial`.
 */
export interface DataStatement {
  readonly kind: 'data';
  readonly role: DataRole;
  readonly name: string;
  /** A number, or nested lists; absent where `initial` computes them. */
  readonly numbers?: NestedNumbers;
  /** How the cells are computed; absent where the numbers are written out. */
  readonly initial?: Initial;
  /** `as 8 x 8`: the last dimension is split into these. */
  readonly reshape?: { readonly sizes: readonly number[]; readonly span: Span };
  /** `state m = 0 like W1` takes the shape of W1. */
  readonly like?: { readonly name: string; readonly span: Span };
  /** `transposed`: the last two dimensions are swapped, after `as` and `like`. The place of the word. */
  readonly transposed?: Span;
  /** `: onehot`, as written; whether the domain exists is checked when the model is compiled. */
  readonly domain?: { readonly name: string; readonly span: Span };
  /** Of the name. */
  readonly span: Span;
  /** Of the first word or sign after the equals sign. */
  readonly numbersSpan: Span;
}

/** A formula that is evaluated once for every cell when the model is compiled: `he(1, 784)`, `digits[1..64] / 16`. */
export interface Initial {
  /** A reference with the single constant index n reads the n-th of `columns`, counted from 1. */
  readonly expression: Expression;
  /** `W[256,784]` or `p[t = 1..8]`. A dimension without a name gets one that no author can write. */
  readonly dimensions: readonly { readonly name: string; readonly range: Range }[];
  /** The table columns that the expression reads, in the order in which they are written. */
  readonly columns: readonly Columns[];
  /** The `onehot(…)` calls in the expression. */
  readonly onehots: readonly Onehot[];
  /** Of the bracket that opens the dimensions where there are any, otherwise of the beginning of the expression. */
  readonly sizeSpan: Span;
}

/** `digits[1..64]` or `moons[class]`: columns of a table, both ends included, by number from 1 or by name. */
export interface Columns {
  readonly table: string;
  readonly first: number | string;
  readonly last: number | string;
  /** Of the name and the brackets. */
  readonly span: Span;
}

/** `onehot(digits[65], 0..9)`, or with a list, `[3, 8]`: a number for each class, 1 at the value of the operand and 0 elsewhere. */
export interface Onehot {
  readonly operand: Expression;
  /** Both ends of a range included; a list has no number twice. */
  readonly classes: Range | readonly number[];
  readonly span: Span;
}

/** `table moons = moons(200, 0.1, 7)` or `table digits = "digits-8x8.csv"`. */
export interface TableStatement {
  readonly kind: 'table';
  readonly name: string;
  readonly source: DrawnSource | FileSource;
  /** `rows 1..100`: only these rows, from 1, both ends included. */
  readonly rows?: Range & { readonly span: Span };
  /** Of the name. */
  readonly span: Span;
}

/** A data set made by one of the generators of `data/generator.ts`: how many rows, how much noise, from which seed. */
export interface DrawnSource {
  readonly kind: 'drawn';
  readonly generator: GeneratorName;
  readonly count: number;
  readonly noise: number;
  readonly seed: number;
}

/** Data files whose columns are put side by side. */
export interface FileSource {
  readonly kind: 'files';
  /** As the text names them, at least one. */
  readonly files: readonly { readonly name: string; readonly span: Span }[];
  /**
   * For files that the reader provides (`dropped`): the number of columns of each. Until then made-up rows of these widths stand
   * in.
   */
  readonly widths?: readonly number[];
}

/** `random r[128] = uniform(7)`: an array of numbers drawn anew in every frame, from a seed. */
export interface RandomStatement {
  readonly kind: 'random';
  readonly name: string;
  /** Entries along each dimension, for one sample. */
  readonly shape: readonly number[];
  readonly distribution: Distribution;
  readonly seed: number;
  /** Of the name. */
  readonly span: Span;
}

/** `uniform` in [0, 1), or `normal` with mean 0 and variance 1. */
export type Distribution = 'uniform' | 'normal';

/** `mode training`: a number that is 1 while the model is trained and 0 while it is evaluated. */
export interface ModeStatement {
  readonly kind: 'mode';
  readonly name: string;
  readonly span: Span;
}

/** The order of the samples: as they stand in the data, or shuffled anew in every epoch. */
export type SampleOrder = { readonly kind: 'in turn' } | { readonly kind: 'shuffled'; readonly seed: number };

/** What a batch takes of the values of its samples. */
export type BatchReduction = 'mean' | 'sum';

/** Each sample alone through forward and backward, or every formula for all samples before the next formula. */
export type BatchSchedule = 'by sample' | 'together';

/** `batch n = 4, shuffled 7, mean, by sample`; a part that is not written is absent. */
export interface BatchStatement {
  readonly kind: 'batch';
  /** The sample index, `n`. */
  readonly index: string;
  readonly size: number | 'all';
  readonly order?: SampleOrder;
  readonly reduction?: BatchReduction;
  readonly schedule?: BatchSchedule;
  /** Of the sample index. */
  readonly span: Span;
  /** Of the size. */
  readonly sizeSpan: Span;
  /** Of the words `by sample` or `together`. */
  readonly scheduleSpan?: Span;
}

/**
 * `examine y against t, last 360` or `…, on fresh`: samples are held back from training, and what the network answers for them is
 * compared with their targets.
 */
export interface ExamineStatement {
  readonly kind: 'examine';
  /** What is compared, and with what. */
  readonly answer: Named;
  readonly target: Named;
  /** The samples: the last so many of the data, or those of another table with the same columns. */
  readonly held: { readonly last: number; readonly span: Span } | { readonly table: Named };
  /** Of the word `examine`. */
  readonly span: Span;
}

/** A name where it is written. */
interface Named {
  readonly name: string;
  readonly span: Span;
}

/** `index j = 1..3`: the range of an index name, both ends included, for all formulas. */
export interface IndexStatement {
  readonly kind: 'index';
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly span: Span;
}

/** `function sigmoid(z) = 1/(1 + exp(-z))  slope sigmoid*(1 - sigmoid)`. */
export interface FunctionStatement {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Expression;
  /**
   * ∂/∂parameter, one for each parameter, in terms of the parameters and of the function's own value (its bare name). Empty:
   * derived from the body.
   */
  readonly slopes: readonly Expression[];
  /** Of the name. */
  readonly span: Span;
}

/** Which derivative a formula claims to be: `: -dL/dnet2[k]`. */
export interface Claim {
  readonly sign: 1 | -1;
  /** What is differentiated, `L`. */
  readonly of: string;
  /** By what, `net2`. */
  readonly by: string;
  /** Plain indices, as a checked claim needs them; `[]` without brackets. */
  readonly indices: readonly Affine[];
  /** Of sign and derivative, without the brackets. */
  readonly span: Span;
}

/** `-dL/dnet2`, without a sign where it is positive: the derivative of a claim, without the indices of its cell. */
export const derivativeText = ({ sign, of, by }: Claim): string => `${sign < 0 ? '-' : ''}d${of}/d${by}`;

/** A line of a pass: `net[j] = sum(i: W[j,i] * x[i])`, an update `W[j,i] <- …`, or a claim alone. */
export interface FormulaStatement {
  readonly kind: 'formula';
  readonly phase: Phase;
  /** Its pass, counted from 0 in the text. A pass inserted between two of them has a number halfway between theirs. */
  readonly pass: number;
  readonly target: string;
  /** The names of the left indices, in order; `[]` for a single number. */
  readonly indices: readonly string[];
  /** `=` defines a quantity of this frame; `<-` gives a quantity its value for the next frame. */
  readonly assignment: '=' | '<-';
  /** Absent for a claim alone, whose formula is derived. */
  readonly expression?: Expression;
  readonly claim?: Claim;
  /** A derivative that the line deliberately is not: `: not dL/dW[k,j]`, for a mistake shown on purpose. */
  readonly mistake?: Claim;
  /** Its first index is the sample index, added by the compiler. */
  readonly sampled?: boolean;
  /** Of the target. */
  readonly span: Span;
  /** Of the whole line; of its first word where it was continued over several lines. */
  readonly lineSpan: Span;
}

/** The cells that a `store` or `show` rule is about: all of a quantity, or one cell. */
export interface Selector {
  readonly name: string;
  /** The cell's indices, from 1; absent: every cell. */
  readonly cell?: readonly number[];
  /** Of the name. */
  readonly span: Span;
}

/** `store h: 4dp` rounds values as they are computed; `show h: 2dp` only as they are displayed. */
export interface PrecisionStatement {
  readonly kind: 'store' | 'show';
  readonly selectors: readonly Selector[];
  readonly precision: Precision;
}

/** `write h as x^{1}` (TeX) or `say h as "hidden activation"` (speech). */
export interface NotationStatement {
  readonly kind: 'write' | 'say';
  readonly name: string;
  readonly text: string;
  readonly span: Span;
}

/** `label k as 0..9` or `label i as the, cat, sat`: what the values of an index are called, from its first on. */
export interface LabelStatement {
  readonly kind: 'label';
  /** The index. */
  readonly name: string;
  /** The names, or the numbers that are the names, both ends included. */
  readonly labels: readonly string[] | Range;
  /** The list as written. */
  readonly text: string;
  /** Of the index. */
  readonly span: Span;
}

/** One line of a model's text, as `readModel` gives it. */
export type Statement =
  | DataStatement
  | TableStatement
  | RandomStatement
  | ModeStatement
  | BatchStatement
  | ExamineStatement
  | IndexStatement
  | FunctionStatement
  | FormulaStatement
  | PrecisionStatement
  | NotationStatement
  | LabelStatement;
