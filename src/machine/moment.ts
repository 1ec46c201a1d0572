import type { Version } from '../formula/expression.ts';
import type { Phase } from '../formula/statement.ts';
import type { Location } from '../program/program.ts';
import type { Machine } from './machine.ts';
import type { CellOperations, OperationRecord } from './step/cell-operations.ts';

/**
 * The state of a run after `step` scalar operations, counted across frames. Cheap to create: nothing is computed before it is
 * asked for.
 */
export class Moment {
  /** The frame of the last step, from 1; 1 before the first step. */
  readonly frame: number;
  /** How many steps of that frame are done, from 1 to the program's `size`; 0 before the first step of the run. */
  readonly inFrame: number;
  private opened: (CellOperations & { readonly stored: number }) | undefined;
  private place: Location | undefined;

  constructor(
    readonly machine: Machine,
    /** Operations done since the run began; 0 before the first. */
    readonly step: number,
  ) {
    const { size } = machine.program;
    this.frame = Math.max(1, Math.ceil(step / size));
    this.inFrame = step - (this.frame - 1) * size;
  }

  /** The location of the last step; undefined before the first. */
  get location(): Location | undefined {
    if (this.inFrame > 0) this.place ??= this.machine.program.locate(this.inFrame);
    return this.place;
  }

  /** The phase of the last step; undefined before the first. */
  get phase(): Phase | undefined {
    return this.location?.formula.phase;
  }

  /** The cell of the last step with all its operations, including those after that step; undefined before the first step. */
  get cellOperations(): (CellOperations & { readonly stored: number }) | undefined {
    const { location } = this;
    if (location !== undefined)
      this.opened ??= this.machine.cellOperations(this.frame, location.formula, location.cell);
    return this.opened;
  }

  /** The operation of the last step, without evaluating the rest of its cell; undefined before the first step. */
  get operation(): OperationRecord | undefined {
    return this.location && this.machine.operation(this.frame, this.location);
  }

  /** The number with which the reader has overridden the cell of the last step; undefined if there is none. */
  get overridden(): number | undefined {
    const { location } = this;
    if (location === undefined) return undefined;
    const { target, version } = location.formula;
    return this.machine.overridden(this.frame, target, version, location.cell);
  }

  /** Whether the last step finished its cell; false before the first step. */
  get finishesCell(): boolean {
    return this.location !== undefined && this.location.operation === this.location.operations;
  }

  /**
   * The value of a cell (indices from 1) at this moment; undefined while this frame has not computed it yet. Throws a RangeError
   * if the quantity has no such version.
   */
  value(name: string, version: Version, cell: readonly number[]): number | undefined {
    const steps = this.machine.program.writing(name, version, cell);
    return steps !== undefined && steps.last > this.inFrame
      ? undefined
      : this.machine.value(this.frame, name, version, cell);
  }

  /**
   * The newest value of a cell (indices from 1): the `new` version once the update has computed it, else the `old` one, whose
   * value is undefined while it is not computed yet.
   */
  newest(name: string, cell: readonly number[]): { value: number | undefined; version: Version } {
    if (this.machine.layout.has(name, 'new')) {
      const value = this.value(name, 'new', cell);
      if (value !== undefined) return { value, version: 'new' };
    }
    return { value: this.value(name, 'old', cell), version: 'old' };
  }
}
