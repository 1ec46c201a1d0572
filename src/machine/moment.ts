import type { Version } from '../formula/expression.ts';
import type { Phase } from '../formula/statement.ts';
import type { Location } from '../program/program.ts';
import type { Machine } from './machine.ts';
import type { CellOperations, OperationRecord } from './step/cell-operations.ts';

/**
 * What is true once `step` scalar operations have been done, counted across frames. Cheap to make; nothing is computed
 * before it is asked for.
 */
export class Moment {
  /** The frame of the last step, from 1; before the first step also 1. */
  readonly frame: number;
  /** Steps done in that frame. */
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

  /** Where the last step was; undefined before the first. */
  get location(): Location | undefined {
    if (this.inFrame > 0) this.place ??= this.machine.program.locate(this.inFrame);
    return this.place;
  }

  get phase(): Phase | undefined {
    return this.location?.formula.phase;
  }

  /** The cell of the last step, opened; its operations after the last step have not happened yet. */
  get cellOperations(): (CellOperations & { readonly stored: number }) | undefined {
    const { location } = this;
    if (location !== undefined)
      this.opened ??= this.machine.cellOperations(this.frame, location.formula, location.cell);
    return this.opened;
  }

  /** The last step; its cell is not opened for it. */
  get operation(): OperationRecord | undefined {
    return this.location && this.machine.operation(this.frame, this.location);
  }

  /** What a reader has the cell of the last step store, if anything. */
  get overridden(): number | undefined {
    const { location } = this;
    if (location === undefined) return undefined;
    const { target, version } = location.formula;
    return this.machine.overridden(this.frame, target, version, location.cell);
  }

  /** Whether the last step finished its cell. */
  get finishesCell(): boolean {
    return this.location !== undefined && this.location.operation === this.location.operations;
  }

  /** The value of a cell now; undefined while it is not yet computed in this frame. */
  value(name: string, version: Version, cell: readonly number[]): number | undefined {
    const steps = this.machine.program.writing(name, version, cell);
    return steps !== undefined && steps.last > this.inFrame
      ? undefined
      : this.machine.value(this.frame, name, version, cell);
  }

  /** The newest value of a cell: renewed if the update has come to it. */
  newest(name: string, cell: readonly number[]): { value: number | undefined; version: Version } {
    if (this.machine.layout.has(name, 'new')) {
      const value = this.value(name, 'new', cell);
      if (value !== undefined) return { value, version: 'new' };
    }
    return { value: this.value(name, 'old', cell), version: 'old' };
  }
}
