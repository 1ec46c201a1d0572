import type { Table } from '../../data/table.ts';
import type { Range } from '../affine.ts';
import type { Diagnostics, Span } from '../diagnostic.ts';
import { mostComputed as usuallyComputed } from '../limits.ts';
import type { Batch, Examination, Formula, Quantity, Samples } from '../model.ts';
import type { BatchStatement, FormulaStatement, FunctionStatement, Statement } from '../statement.ts';

/** The name that a line defines, found without parsing: the line itself may have errors. */
const definition =
  /^\s*(?:(?:given|sample|param|state|rate|random|mode|table|function)\s+)?([\p{L}_][\p{L}\p{N}_]*)/u;

/** A model between its statements and its formulas. The stages of the compiler fill it one after the other. */
export class Draft {
  /** By name; shapes of computed quantities are in `shapes` only. */
  readonly quantities = new Map<string, Quantity>();
  /** By name: those of the library, then those of the text, which may replace them. */
  readonly functions = new Map<string, FunctionStatement>();
  /** Entries along each dimension, for the quantities whose shape is known so far. */
  readonly shapes = new Map<string, readonly number[]>();
  /** By name, as far as they could be read. */
  readonly tables = new Map<string, Table>();
  /** For each table that samples are taken from, what they read: the rows held back in another table stand below its own. */
  readonly extended = new Map<string, Table>();
  /** Files that the reader has yet to provide. */
  readonly awaited: string[] = [];
  /** Compute the numbers of data lines, once functions are known. */
  readonly unfilled: (() => void)[] = [];
  /** Ranges of indices that `index` lines and the batch declare. */
  readonly declared = new Map<string, Range>();
  /** Derivatives read by name, such as dL/dW1: the place of the first, and the pass in which they must be known at the latest. */
  readonly requests = new Map<string, { readonly span: Span; readonly pass: number }>();
  /** Finished formulas, those of earlier passes first. */
  readonly formulas: Omit<Formula, 'id'>[] = [];
  /** Which samples a frame takes; undefined until known, or where every frame is the same. */
  samples: Samples | undefined;
  /** What the network is examined by; undefined until known, or where no samples are held back. */
  examination: Examination | undefined;
  /** The batch line as written. */
  batch: BatchStatement | undefined;
  /** Set where an index tells the samples of a frame apart. */
  settledBatch: Batch | undefined;
  /** Quantities whose first index is the sample index. */
  readonly perSample = new Set<string>();

  private texts: readonly string[] | undefined;
  /** The names that lines with errors would define, and how many findings have been scanned for them. */
  private readonly unread = new Set<string>();
  private reported = 0;

  constructor(
    readonly text: string,
    readonly statements: readonly Statement[],
    /** The formula lines in the order of the text; with a batch, later those with the sample index added. */
    public lines: readonly FormulaStatement[],
    readonly diagnostics: Diagnostics,
    /** Operations that may compute data, in all. */
    readonly mostComputed = usuallyComputed,
  ) {}

  private computed = 0;

  /** Whether this many operations may be spent on data in addition to those so far; if so, they are spent. */
  canCompute(operations: number): boolean {
    if (this.computed + operations > this.mostComputed) return false;
    this.computed += operations;
    return true;
  }

  /** Reports an error. */
  error(span: Span, rule: string, message: string): void {
    this.diagnostics.error(span, rule, message);
  }

  /** Whether the line that would define a name has an error itself, so that the name must not be reported as unknown. */
  isUnread(name: string): boolean {
    const { all } = this.diagnostics;
    this.texts ??= this.text.split('\n');
    for (; this.reported < all.length; this.reported++) {
      const { severity, span } = all[this.reported];
      const defines = definition.exec(this.texts[span.line - 1] ?? '');
      if (severity === 'error' && defines !== null) this.unread.add(defines[1]);
    }
    return this.unread.has(name);
  }

  /** How many indices a quantity has, by its data or its left side; undefined where neither is known. */
  rankOf(name: string): number | undefined {
    const line = this.lines.find(({ target }) => target === name);
    return this.quantities.get(name)?.role === 'computed'
      ? line?.indices.length
      : this.shapes.get(name)?.length;
  }

  /** Whether any error was reported. */
  get failed(): boolean {
    return this.diagnostics.failed;
  }
}

/** A shape for a message, after “has the shape”: `2 × 3`, or `of a single number`. */
export const shapePhrase = (shape: readonly number[]): string =>
  shape.length === 0 ? 'of a single number' : shape.join(' × ');

const indexCount = (rank: number): string => `${rank} ${rank === 1 ? 'index' : 'indices'}`;

/** A message that a quantity `name`, which has `has` indices, was written with `written` of them. */
export function wrongRank(name: string, has: number, written: number): string {
  const takes = has === 0 ? 'is a single number and takes no index' : `takes ${indexCount(has)}`;
  return `${name} ${takes}, not ${written === 0 ? 'none' : written}`;
}
