import type { Table } from '../../data/table.ts';
import type { Range } from '../affine.ts';
import type { Diagnostics, Span } from '../diagnostic.ts';
import { mostComputed as usuallyComputed } from '../limits.ts';
import type { Batch, Formula, Quantity, Samples } from '../model.ts';
import type { BatchStatement, FormulaStatement, FunctionStatement, Statement } from '../statement.ts';

/** What a line defines, to the eye: the line itself may be beyond reading. */
const definition =
  /^\s*(?:(?:given|sample|param|state|rate|random|mode|table|function)\s+)?([\p{L}_][\p{L}\p{N}_]*)/u;

/** A model on its way from statements to formulas: every stage of the compiler adds what it finds out. */
export class Draft {
  readonly quantities = new Map<string, Quantity>();
  readonly functions = new Map<string, FunctionStatement>();
  readonly shapes = new Map<string, readonly number[]>();
  readonly tables = new Map<string, Table>();
  /** Files that the reader of the page is to bring. */
  readonly awaited: string[] = [];
  /** What computes the numbers of data lines, once functions are known. */
  readonly unfilled: (() => void)[] = [];
  /** Indices whose range is written down. */
  readonly declared = new Map<string, Range>();
  /** Derivatives asked for by name, such as dL/dW1: where first, and in which pass they must be known at the latest. */
  readonly requests = new Map<string, { readonly span: Span; readonly pass: number }>();
  readonly formulas: Omit<Formula, 'id'>[] = [];
  /** Which samples a frame takes. */
  samples: Samples | undefined;
  /** As it is written. */
  batch: BatchStatement | undefined;
  /** Where the samples of a frame are told apart by an index. */
  settledBatch: Batch | undefined;
  /** Quantities whose first index is the sample index. */
  readonly perSample = new Set<string>();

  private texts: readonly string[] | undefined;
  /** The names that lines with errors would define, and how many of the findings have been looked at for them. */
  private readonly unread = new Set<string>();
  private reported = 0;

  constructor(
    readonly text: string,
    readonly statements: readonly Statement[],
    /** The formulas as they are written, in the order of the text; with a batch, once its samples are told apart. */
    public lines: readonly FormulaStatement[],
    readonly diagnostics: Diagnostics,
    /** Operations that may compute data, in all. */
    readonly mostComputed = usuallyComputed,
  ) {}

  private computed = 0;

  /** Whether so many operations may be done for data as well; then they count as done. */
  canCompute(operations: number): boolean {
    if (this.computed + operations > this.mostComputed) return false;
    this.computed += operations;
    return true;
  }

  error(span: Span, rule: string, message: string): void {
    this.diagnostics.error(span, rule, message);
  }

  /** Whether the line that would define a name has an error of its own: then the name is not unknown, only unread. */
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

  /** How many indices a quantity has, from its data or its left side; undefined where there is neither. */
  rankOf(name: string): number | undefined {
    const line = this.lines.find(({ target }) => target === name);
    return this.quantities.get(name)?.role === 'computed'
      ? line?.indices.length
      : this.shapes.get(name)?.length;
  }

  get failed(): boolean {
    return this.diagnostics.failed;
  }
}

/** A shape as a reader is told it. */
export const shapePhrase = (shape: readonly number[]): string =>
  shape.length === 0 ? 'of a single number' : shape.join(' × ');

const indexCount = (rank: number): string => `${rank} ${rank === 1 ? 'index' : 'indices'}`;

/** Why `W[i]` is no cell of W. */
export function wrongRank(name: string, has: number, written: number): string {
  const takes = has === 0 ? 'is a single number and takes no index' : `takes ${indexCount(has)}`;
  return `${name} ${takes}, not ${written === 0 ? 'none' : written}`;
}
