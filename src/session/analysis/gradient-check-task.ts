import {
  type CheckedCell,
  type Derivative,
  GradientCheck,
  type Quotient,
} from '../../check/gradient-check.ts';
import type { Kink } from '../../check/kinks.ts';
import type { Machine } from '../../machine/machine.ts';
import type { SlicedWork } from './background-task.ts';

/** Operations that a whole check may take; up to `cheap`, it runs without being asked for. */
const budget = 1.5e9;
const cheap = 1e8;
/** How often the loss is computed for one cell, about. */
const runs = 8;
/** Bounds for the cells that are checked of one derivative. */
const [fewest, most] = [6, 64];

/**
 * A simple mistake that explains all checked cells of a derivative: the wrong sign; a constant factor; or `mirrored`: a
 * transposed matrix.
 */
export type DerivativeMistake =
  | { readonly kind: 'sign' }
  /** The model's value divided by the estimate; negative where the sign is wrong, too. */
  | { readonly kind: 'factor'; readonly factor: number }
  | { readonly kind: 'mirrored' };

/** One derivative and its cells that have been checked so far. */
export interface CheckedDerivative {
  readonly derivative: Derivative;
  /** A sample of them, or all; in the order of checking. */
  readonly cells: readonly CheckedCell[];
}

/**
 * The gradient check of one frame (from 1): all cells of small arrays, an evenly spread sample of 6 to 64 of large ones. `run`
 * does the work; until then nothing is checked.
 */
export class GradientCheckTask {
  /** Checks single cells. */
  readonly check: GradientCheck;
  /** One entry for each derivative; their cells are filled in by `run`. */
  readonly checked: { readonly derivative: Derivative; readonly cells: CheckedCell[] }[];
  private readonly perDerivative: number;
  private readonly quotients = new Map<CheckedCell, Map<number, Quotient>>();
  private kinksFound: readonly Kink[] | undefined;
  /** How many cells are checked in all. */
  readonly cells: number;
  /** Whether the check is quick enough (about 1e8 operations) to run without being asked for. */
  readonly isCheap: boolean;

  constructor(
    readonly machine: Machine,
    readonly frame: number,
    /** Which sample is taken of large arrays: another number checks other cells. */
    readonly sample = 0,
  ) {
    this.check = new GradientCheck(machine, frame);
    const { derivatives } = this.check;
    const { size } = machine.program;
    const affordable = Math.floor(budget / (size * runs * Math.max(1, derivatives.length)));
    this.perDerivative = Math.min(most, Math.max(fewest, affordable));
    this.checked = derivatives.map((derivative) => ({ derivative, cells: [] }));
    this.cells = derivatives.reduce((sum, one) => sum + this.sampled(one).length, 0);
    this.isCheap = this.cells * size * runs <= cheap;
  }

  /** The flat positions of the cells that are checked, spread over the derivative. */
  private sampled({ size }: Derivative): number[] {
    if (size <= this.perDerivative) return Array.from({ length: size }, (_, flat) => flat);
    const stride = size / this.perDerivative;
    // Coprime to most sizes, so that another sample meets other cells.
    const start = (this.sample * 7919) % size;
    const flats = Array.from(
      { length: this.perDerivative },
      (_, n) => (start + Math.floor(n * stride)) % size,
    );
    return flats.sort((a, b) => a - b);
  }

  /** Whether only a sample of some derivative's cells is checked. */
  get isSample(): boolean {
    return this.check.derivatives.some(({ size }) => size > this.perDerivative);
  }

  /**
   * Checks all cells and computes their difference quotients with a step width. Yields progress from 0 to 1. To be run once: it
   * appends to `checked`.
   */
  *run(step: number): SlicedWork<void> {
    let done = 0;
    for (const { derivative, cells } of this.checked)
      for (const flat of this.sampled(derivative)) {
        const checked = this.check.check(derivative, flat);
        cells.push(checked);
        this.quotient(checked, step);
        yield ++done / this.cells;
      }
    this.kinksFound = this.check.kinks;
  }

  /** Computes the difference quotients of all checked cells with another step width. Yields progress from 0 to 1. */
  *measure(step: number): SlicedWork<void> {
    const all = this.checked.flatMap(({ cells }) => cells);
    for (const [n, cell] of all.entries()) {
      this.quotient(cell, step);
      yield (n + 1) / all.length;
    }
  }

  /** The difference quotient of a cell with a step width; cached. */
  quotient(cell: CheckedCell, step: number): Quotient {
    const known = this.quotients.get(cell) ?? new Map<number, Quotient>();
    this.quotients.set(cell, known);
    let found = known.get(step);
    if (found === undefined) {
      [found] = this.check.quotients(cell, [step]);
      known.set(step, found);
    }
    return found;
  }

  /** The first cell that differs from its estimate, in the order of the derivatives; undefined where none does. */
  get firstWrong(): CheckedCell | undefined {
    return this.checked.flatMap(({ cells }) => cells).find(({ verdict }) => verdict === 'differs');
  }

  /** Where the forward pass stands on a kink; undefined until `run` has ended, and where there are too many places to look at. */
  get kinks(): readonly Kink[] | undefined {
    return this.kinksFound;
  }
}

/** Relative difference up to which factors count as the same. */
const tolerance = 1e-3;
/** Entries smaller than this, relative to the largest, are left out when a factor is looked for. */
const negligible = 1e-6;

/**
 * A simple mistake that explains how the checked cells of a derivative differ, to within 0.1 %; undefined where none does, or
 * no cell has the verdict `differs`. Cells whose estimate is next to 0 do not count. `mirrored` only where all cells are
 * checked.
 */
export function mistakeOf({ derivative, cells }: CheckedDerivative): DerivativeMistake | undefined {
  if (!cells.some(({ verdict }) => verdict === 'differs')) return undefined;
  const largest = cells.reduce((a, { estimate }) => Math.max(a, Math.abs(estimate)), 0);
  const telltale = cells.filter(({ estimate }) => Math.abs(estimate) > negligible * largest);
  const factors = telltale.map(({ gradient, estimate }) => gradient / estimate);
  const [factor] = factors;
  if (
    factor !== undefined &&
    factor !== 0 &&
    factors.every((one) => Math.abs(one - factor) <= tolerance * Math.abs(factor))
  )
    return Math.abs(factor + 1) <= tolerance ? { kind: 'sign' } : { kind: 'factor', factor };
  if (derivative.size !== cells.length || cells[0].cell.length !== 2) return undefined;
  const byCell = new Map(cells.map((one) => [one.cell.join(), one]));
  const isMirrored = cells.every(({ cell, gradient }) => {
    const mirror = byCell.get([...cell].reverse().join());
    return mirror !== undefined && Math.abs(gradient - mirror.estimate) <= tolerance * largest;
  });
  return isMirrored ? { kind: 'mirrored' } : undefined;
}
