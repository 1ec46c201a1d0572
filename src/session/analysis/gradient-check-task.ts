import {
  type CheckedCell,
  type Derivative,
  GradientCheck,
  type Quotient,
} from '../../check/gradient-check.ts';
import type { Kink } from '../../check/kinks.ts';
import type { Machine } from '../../machine/machine.ts';
import type { SlicedWork } from './background-task.ts';

/** Operations that a whole check may take; where it is cheap it is done without being asked for. */
const budget = 1.5e9;
const cheap = 1e8;
/** Runs of the loss for one cell, about. */
const runs = 8;
const [fewest, most] = [6, 64];

/** What would explain how a derivative is off: in all cells that were looked at, by the same factor, or mirrored. */
export type DerivativeMistake =
  | { readonly kind: 'sign' }
  | { readonly kind: 'factor'; readonly factor: number }
  | { readonly kind: 'mirrored' };

/** One derivative, as far as its cells have been checked. */
export interface CheckedDerivative {
  readonly derivative: Derivative;
  readonly cells: readonly CheckedCell[];
}

/** The gradient check of one frame: all cells of small arrays, of large ones a sample. */
export class GradientCheckTask {
  readonly check: GradientCheck;
  readonly checked: { readonly derivative: Derivative; readonly cells: CheckedCell[] }[];
  private readonly perDerivative: number;
  private readonly quotients = new Map<CheckedCell, Map<number, Quotient>>();
  private kinksFound: readonly Kink[] | undefined;
  /** What all of it comes to. */
  readonly cells: number;
  readonly isCheap: boolean;

  constructor(
    readonly machine: Machine,
    readonly frame: number,
    /** Which sample is taken of what is large. */
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

  /** Which cells of a derivative are looked at, spread over it. */
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

  /** Whether only a sample is looked at. */
  get isSample(): boolean {
    return this.check.derivatives.some(({ size }) => size > this.perDerivative);
  }

  /** Checks all cells, and takes their quotients with a step. */
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

  /** Takes the quotients of all cells with another step. */
  *measure(step: number): SlicedWork<void> {
    const all = this.checked.flatMap(({ cells }) => cells);
    for (const [n, cell] of all.entries()) {
      this.quotient(cell, step);
      yield (n + 1) / all.length;
    }
  }

  /** The quotient of a cell with a step, taken once. */
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

  /** The first cell that is not what differences say, in the order in which the model computes. */
  get firstWrong(): CheckedCell | undefined {
    return this.checked.flatMap(({ cells }) => cells).find(({ verdict }) => verdict === 'differs');
  }

  /** Where the forward pass stands on a kink; undefined where there is too much to look at. */
  get kinks(): readonly Kink[] | undefined {
    return this.kinksFound;
  }
}

/** How close factors lie, where they are the same one. */
const tolerance = 1e-3;
/** Entries smaller than this beside the largest say nothing of a factor. */
const negligible = 1e-6;

/** What would explain how the cells of a derivative are off; undefined where nothing simple does, or none is. */
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
