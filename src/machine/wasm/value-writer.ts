import type { Affine } from '../../formula/affine.ts';
import type { Value } from '../plan/plan.ts';
import type { Code } from './encoding.ts';
import type { Linear, Register, Writer } from './function-writer.ts';
import type { Freedom } from './varying-axes.ts';

/** Where an axis stands, from its beginning: at a counter (none: −1), and so much further on. */
export interface Place {
  readonly counter: number;
  readonly offset: number;
}

export type Places = ReadonlyMap<string, Place>;

/** Writes what a formula is made of, for one cell or for two that share a register (a pair). */
export interface ValueWriter {
  readonly writer: Writer;
  readonly freedom: Freedom;
  /** Whether a node differs between the cells of a pair. */
  isPair(node: Value): boolean;
  /** The places of all cells of the block that differ along some axes. */
  instances(along: ReadonlySet<string>, places: Places): Places[];
  /** An affine of indices, in the counters of loops. */
  linear(affine: Affine, places: Places): Linear;
  /** An affine of indices as a number. Throws a RangeError for a pair. */
  number(affine: Affine, places: Places, isPair: boolean): Code[];
  /** A node's value for one cell, or for two where it differs between them. */
  value(node: Value, places: Places): Register;
  /** A node's value for two cells, whether it differs between them or not. */
  paired(node: Value, places: Places): Register;
  /** The key under which the value of a node is known at some places. */
  key(node: Value, places: Places): string;
}
