import type { Affine } from '../../formula/affine.ts';
import type { PlanValue } from '../plan/plan.ts';
import type { AxisDependence } from './axis-dependence.ts';
import type { CodeWriter, Linear, Register } from './code-writer.ts';
import type { Code } from './encoding.ts';

/** Where an axis stands, from its beginning: at a counter (none: −1), and so much further on. */
export interface AxisPosition {
  readonly counter: number;
  readonly offset: number;
}

export type AxisPositions = ReadonlyMap<string, AxisPosition>;

/** Writes what a formula is made of, for one cell or for two that share a register (a pair). */
export interface ValueWriter {
  readonly writer: CodeWriter;
  readonly dependence: AxisDependence;
  /** Whether a node differs between the cells of a pair. */
  isPair(node: PlanValue): boolean;
  /** The places of all cells of the block that differ along some axes. */
  instances(along: ReadonlySet<string>, places: AxisPositions): AxisPositions[];
  /** An affine of indices, in the counters of loops. */
  linear(affine: Affine, places: AxisPositions): Linear;
  /** An affine of indices as a number. Throws a RangeError for a pair. */
  number(affine: Affine, places: AxisPositions, isPair: boolean): Code[];
  /** A node's value for one cell, or for two where it differs between them. */
  value(node: PlanValue, places: AxisPositions): Register;
  /** A node's value for two cells, whether it differs between them or not. */
  paired(node: PlanValue, places: AxisPositions): Register;
  /** The key under which the value of a node is known at some places. */
  key(node: PlanValue, places: AxisPositions): string;
}
