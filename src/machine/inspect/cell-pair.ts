import type { Formula } from '../../formula/model.ts';
import type { Machine } from '../machine.ts';
import { addressOf } from '../memory/layout.ts';
import type { OperationRecord } from '../step/cell-operations.ts';
import { type Alignment, alignOperations, words } from './alignment.ts';

/** What one of two runs does at a location. */
export interface Side {
  /** The step within that run's frame, from 1. */
  readonly step: number;
  readonly operation: OperationRecord;
  /** What the cell stores, if the operation finishes it. */
  readonly stored?: number;
}

/** A location at which two runs are compared, in the order of the first run. */
export interface StepDifference {
  /** From 1. */
  readonly frame: number;
  /** The first run's formula. */
  readonly formula: Formula;
  /** Indices from 1. */
  readonly cell: readonly number[];
  readonly here: Side;
  /** Absent if the other run has no corresponding operation. */
  readonly there?: Side;
}

/** How a run computes a cell: by which formula, from which step of the frame on, in how many operations. */
interface CellComputation {
  readonly machine: Machine;
  readonly formula: Formula;
  readonly first: number;
  readonly length: number;
}

/** Cells with more operations than this are not aligned. */
const mostAligned = 1 << 14;

/** A cell of one frame as two runs compute it. Operations count from 1 within the cell. */
export class CellPair {
  private readonly here: CellComputation;
  private readonly there: CellComputation | undefined;
  /**
   * Where the two computations differ, the other's operation for each of this one's; of very many, operations of equal number
   * pair up.
   */
  private readonly partners: readonly number[] | undefined;

  constructor(
    private readonly of: {
      readonly here: Machine;
      readonly there: Machine;
      readonly alignment: Alignment;
      readonly frame: number;
    },
    private readonly formula: Formula,
    private readonly cell: readonly number[],
  ) {
    const { here, there, alignment } = of;
    this.here = computationOf(here, formula, cell);
    const partner = alignment.of(formula);
    if (partner === undefined || !has(there, partner.formula, cell)) return;
    this.there = computationOf(there, partner.formula, cell);
    const isSmall = Math.max(this.here.length, this.there.length) <= mostAligned;
    if (!partner.isAlike && isSmall)
      this.partners = alignOperations(this.records(this.here), this.records(this.there));
  }

  /** How many operations the first run takes. */
  get length(): number {
    return this.here.length;
  }

  /** What both runs do at operation n of the first run. */
  at(n: number): StepDifference {
    const { here, formula, cell } = this;
    const there = this.partnerAt(n);
    return { frame: this.of.frame, formula, cell, here: this.side(here, n), ...(there && { there }) };
  }

  /** Whether they differ there, see `differ`; also true if the other run has no corresponding operation. */
  differsAt(n: number): boolean {
    const there = this.partnerAt(n);
    return there === undefined || differ(this.side(this.here, n), there);
  }

  private partnerAt(n: number): Side | undefined {
    const { there, partners } = this;
    if (there === undefined) return undefined;
    const at = partners === undefined ? n : partners[n - 1];
    return at >= 1 && at <= there.length ? this.side(there, at) : undefined;
  }

  private side(side: CellComputation, n: number): Side {
    const { machine, formula, first, length } = side;
    const { target, version } = formula;
    const stored = () => machine.value(this.of.frame, target, version, this.cell);
    return {
      step: first + n - 1,
      operation: this.record(side, n),
      ...(n === length && { stored: stored() }),
    };
  }

  private record({ machine, formula, first, length }: CellComputation, n: number): OperationRecord {
    const { cell } = this;
    return machine.operation(this.of.frame, { formula, cell, operation: n, operations: length, first });
  }

  private records(side: CellComputation): OperationRecord[] {
    return Array.from({ length: side.length }, (_, n) => this.record(side, n + 1));
  }
}

function computationOf(machine: Machine, formula: Formula, cell: readonly number[]): CellComputation {
  const { first, last } = machine.program.stepsOf(formula, cell);
  return { machine, formula, first, length: last - first + 1 };
}

/**
 * Whether two runs do different operations, read different operands, or get or store a different number, compared bit by bit; the
 * steps do not count.
 */
export function differ(here: Side, there: Side): boolean {
  const [a, b] = [here.operation, there.operation];
  return (
    !Object.is(a.value, b.value) ||
    !Object.is(here.stored, there.stored) ||
    a.operands.length !== b.operands.length ||
    a.operands.some(({ value }, at) => !Object.is(value, b.operands[at].value)) ||
    words(a) !== words(b)
  );
}

/**
 * Whether a run has a cell (indices from 1) of the array that another run's formula writes. Throws a RangeError if it has no such
 * version of the quantity.
 */
export const has = ({ layout }: Machine, { target, version }: Formula, cell: readonly number[]): boolean => {
  const slot = layout.slot(target, version);
  return slot.shape.length === cell.length && addressOf(slot, cell) !== undefined;
};
