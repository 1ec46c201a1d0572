import type { Range } from '../formula/affine.ts';
import type { Model, Quantity } from '../formula/model.ts';
import { Inputs } from '../machine/memory/inputs.ts';
import { Layout } from '../machine/memory/layout.ts';
import { exp } from '../number/elementary.ts';
import { uniform } from '../number/random.ts';
import type { Program } from '../program/program.ts';
import { isBranching } from './branching.ts';
import { type Labels, labelsOf } from './label-values.ts';

/*
 * The numbers at which claims are tried. Trial 0 has the lesson's own; some more lie near them, where both sides agree
 * to nearly all digits; and where a model branches on its numbers, a few lie far away, so that a branch not taken at the
 * lesson's numbers is taken somewhere.
 */

/** How many sets of numbers near the lesson's a claim is tried at: trials 1 to 5. */
export const nearTrials = 5;
/** Distances of the trials further away. */
const wide = [2, 2, 8, 8] as const;
const widest = 8;
/** How many more of these are tried while a claim has shown nothing. */
const mostFurther = 40;
const seed = 1;
/** How far trial numbers lie from the lesson's; and those that tell a kink, or noise, from a mistake. */
const far = 0.3;
const close = 1e-6;

/** Numbers of everything that is not computed, by name, row by row. */
export type TrialData = ReadonlyMap<string, Float64Array>;
/** The numbers of a quantity at the beginning of a frame (from 1). */
export type NumbersAt = (frame: number) => (name: string) => Float64Array;

/** Whether a trial, by its number from 0, is one of those far from the lesson's numbers, where rounding may have lost digits. */
export const isWide = (trial: number): boolean => trial > nearTrials;

const distanceOf = (trial: number): number =>
  trial === 0 ? 0 : isWide(trial) ? (wide[trial - nearTrials - 1] ?? widest) : far;

/** The program's own numbers. */
function ownNumbers({ model }: Program): NumbersAt {
  const layout = new Layout(model);
  const inputs = new Inputs(model, layout);
  return (frame) => {
    const memory = inputs.start.slice();
    inputs.write(memory, frame);
    return (name) => {
      const { offset, size } = layout.slot(name, 'old');
      return memory.slice(offset, offset + size);
    };
  };
}

/** The sets of numbers that a program is tried at; seeded, so always the same. */
export class TrialNumbers {
  /** The trials, from 0. */
  readonly trials: readonly number[];
  /** More trials, for claims of which these show nothing. */
  readonly furtherTrials: readonly number[];
  private readonly made = new Map<number, TrialData>();
  private readonly labels: Labels;

  constructor(
    private readonly program: Program,
    private readonly numbersAt: NumbersAt = ownNumbers(program),
  ) {
    const { model } = program;
    this.labels = labelsOf(model);
    const branches = isBranching(model);
    const count = 1 + nearTrials + (branches ? wide.length : 0);
    this.trials = Array.from({ length: count }, (_, trial) => trial);
    this.furtherTrials = Array.from({ length: branches ? mostFurther : 0 }, (_, n) => count + n);
  }

  /** The numbers of a trial, cached and shared. Trial n begins from frame n + 1, so other samples are tried, too. */
  of(trial: number): TrialData {
    let found = this.made.get(trial);
    if (found === undefined) {
      const numbersOf = this.numbersAt(1 + trial);
      found = this.moved(numbersOf, trial, distanceOf(trial));
      this.made.set(trial, found);
    }
    return found;
  }

  /** The numbers of a trial shifted relatively by about 1e-6, in a direction numbered from 1. */
  closeTo(trial: number, direction: number): TrialData {
    const data = this.of(trial);
    const numbersOf = (name: string) => (data.get(name) as Float64Array).slice();
    return this.moved(numbersOf, direction, close);
  }

  /** Shifts every number within its domain, except random numbers and the mode; `trial` 0 shifts nothing. */
  private moved(numbersOf: (name: string) => Float64Array, trial: number, distance: number): TrialData {
    const { quantities }: Model = this.program.model;
    const found = new Map<string, Float64Array>();
    let counter = 0;
    const draw = () => uniform(seed, trial, counter++);
    for (const quantity of quantities.values()) {
      const { name, role } = quantity;
      if (role === 'computed') continue;
      const values = numbersOf(name);
      found.set(name, values);
      if (trial === 0 || role === 'random' || role === 'mode') continue;
      moveWithin(quantity, this.labels.get(name), values, trial, distance, draw);
    }
    return found;
  }
}

function moveWithin(
  { domain, shape }: Quantity,
  label: readonly Range[] | undefined,
  values: Float64Array,
  trial: number,
  distance: number,
  draw: () => number,
): void {
  const width = shape.at(-1) ?? 1;
  const isFar = distance >= far;
  if (label !== undefined || domain === 'index' || domain === 'mask') {
    if (isFar) relabel(values, domain === 'mask' ? [{ low: 0, high: 1 }] : (label ?? []), trial, draw);
    return;
  }
  if (domain === 'onehot') {
    for (let start = 0; start < values.length && isFar; start += width) {
      values.fill(0, start, start + width);
      values[start + Math.floor(draw() * width)] = 1;
    }
    return;
  }
  if (domain === 'distribution') {
    for (let start = 0; start < values.length; start += width)
      redistribute(values.subarray(start, start + width), distance, draw);
    return;
  }
  values.forEach((value, at) => {
    const step = distance * (draw() - 0.5);
    // Tiny shifts are relative to the number's own magnitude.
    const size = isFar || value === 0 ? Math.max(1, Math.abs(value)) : Math.abs(value);
    values[at] = domain === 'positive' ? value * exp(step) : value + step * size;
  });
}

/**
 * Replaces labels by others among them or among the possible ones. The first entry goes through all of them trial by trial, so
 * that even a single label is varied.
 */
function relabel(values: Float64Array, ranges: readonly Range[], trial: number, draw: () => number): void {
  const all = [...[...new Set(values)].map((value) => ({ low: value, high: value })), ...ranges];
  const counts = all.map(({ low, high }) => high - low + 1);
  const total = counts.reduce((a, b) => a + b, 0);
  values.forEach((_, at) => {
    let choice = at === 0 ? trial % total : Math.floor(draw() * total);
    let n = 0;
    for (; choice >= counts[n]; n++) choice -= counts[n];
    values[at] = all[n].low + choice;
  });
}

/** Changes probabilities so that they still add up to 1. */
function redistribute(row: Float64Array, distance: number, draw: () => number): void {
  let sum = 0;
  row.forEach((value, at) => {
    // A probability of 0 may become positive, too.
    row[at] = (value + (distance >= far ? 0.1 : 0)) * exp(distance * (draw() - 0.5));
    sum += row[at];
  });
  row.forEach((value, at) => {
    row[at] = value / sum;
  });
}
