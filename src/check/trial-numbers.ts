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
 * The numbers at which claims are tried. Trial 0 has the lesson's own; some more lie near them, where both sides come
 * to nearly all digits; and where a model decides anything by its numbers, a few lie far away, so that what is shut at the
 * lesson's numbers is open somewhere.
 */

/** How many sets of numbers near the lesson's a claim is tried at, besides these. */
export const nearTrials = 5;
/** Of those further away, the distances. */
const wide = [2, 2, 8, 8] as const;
const widest = 8;
/** So many more of these are tried as long as nothing has been seen of some claim. */
const mostFurther = 40;
const seed = 1;
/** How far trial numbers lie from the lesson's; and those that tell a kink, or noise, from a mistake. */
const far = 0.3;
const close = 1e-6;

/** Numbers of what is given, by name. */
export type TrialData = ReadonlyMap<string, Float64Array>;
/** What a quantity holds at the beginning of a frame. */
export type NumbersAt = (frame: number) => (name: string) => Float64Array;

/** Whether a trial is of those far away, where rounding may have eaten digits of either side. */
export const isWide = (trial: number): boolean => trial > nearTrials;

const distanceOf = (trial: number): number =>
  trial === 0 ? 0 : isWide(trial) ? (wide[trial - nearTrials - 1] ?? widest) : far;

/** The numbers of the program itself. */
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

/** The numbers that a program is tried at. */
export class TrialNumbers {
  /** The trials, from 0. */
  readonly trials: readonly number[];
  /** More of them, for claims of which these show nothing. */
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

  /** Those of a trial. Away from the lesson's own, other frames are looked at, too, and so other samples. */
  of(trial: number): TrialData {
    let found = this.made.get(trial);
    if (found === undefined) {
      const numbersOf = this.numbersAt(1 + trial);
      found = this.moved(numbersOf, trial, distanceOf(trial));
      this.made.set(trial, found);
    }
    return found;
  }

  /** Those of a trial, moved by next to nothing, in one of several ways, from 1. */
  closeTo(trial: number, direction: number): TrialData {
    const data = this.of(trial);
    const numbersOf = (name: string) => (data.get(name) as Float64Array).slice();
    return this.moved(numbersOf, direction, close);
  }

  /** Some data, each entry moved within its domain; `trial` 0 leaves all as it is, and what is drawn stays. */
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
    // What is moved by next to nothing is so beside its own size.
    const size = isFar || value === 0 ? Math.max(1, Math.abs(value)) : Math.abs(value);
    values[at] = domain === 'positive' ? value * exp(step) : value + step * size;
  });
}

/**
 * Puts other labels in place of those that are there: others of them, and those that may be. The first entry goes through them
 * trial by trial, so that even a single label is tried as others.
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

/** Other probabilities, which add up to 1 as these do. */
function redistribute(row: Float64Array, distance: number, draw: () => number): void {
  let sum = 0;
  row.forEach((value, at) => {
    // Where there was none before, there may be some, too.
    row[at] = (value + (distance >= far ? 0.1 : 0)) * exp(distance * (draw() - 0.5));
    sum += row[at];
  });
  row.forEach((value, at) => {
    row[at] = value / sum;
  });
}
