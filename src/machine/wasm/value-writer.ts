import type { Affine } from '../../formula/affine.ts';
import type { PlanValue } from '../plan/plan.ts';
import type { AxisDependence } from './axis-dependence.ts';
import type { CodeWriter, Linear, Register } from './code-writer.ts';
import type { Code } from './encoding.ts';

/** The position on an axis, from 0 at its beginning: the value of a counter (−1: none) plus an offset. */
export interface AxisPosition {
  readonly counter: number;
  readonly offset: number;
}

/** Positions by axis name. */
export type AxisPositions = ReadonlyMap<string, AxisPosition>;

/** Writes the values of a formula, for one cell or for a pair of cells that share a register. */
export interface ValueWriter {
  readonly writer: CodeWriter;
  readonly dependence: AxisDependence;
  /** Whether a node differs between the cells of a pair. */
  isPair(node: PlanValue): boolean;
  /** The positions of all cells of the group that differ along some axes. */
  instances(along: ReadonlySet<string>, places: AxisPositions): AxisPositions[];
  /** An affine expression of indices as a linear form of loop counters. */
  linear(affine: Affine, places: AxisPositions): Linear;
  /** Code that pushes an affine expression of indices as f64. Throws a RangeError for a pair. */
  number(affine: Affine, places: AxisPositions, isPair: boolean): Code[];
  /** The register of a node's value: for one cell, or a pair where it differs between the two. */
  value(node: PlanValue, places: AxisPositions): Register;
  /** The register of a node's value as a pair, whether or not it differs. */
  paired(node: PlanValue, places: AxisPositions): Register;
  /** The key under which a node's value at some positions is cached. */
  key(node: PlanValue, places: AxisPositions): string;
}
