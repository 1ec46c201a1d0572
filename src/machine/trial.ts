import type { Batch, Formula, Model } from '../formula/model.ts';
import { exp } from '../number/elementary.ts';
import { uniform } from '../number/random.ts';
import type { Program } from '../program/program.ts';
import { storingKernel } from './fast-kernels.ts';
import { Inputs } from './inputs.ts';
import type { FrameKernel } from './kernel.ts';
import { Layout } from './layout.ts';
import { plainKernel } from './plain-kernel.ts';
import { agree, type Comparison } from './slip.ts';
import { type Store, storeExactly } from './store.ts';

/** How many sets of trial numbers a claim is tested at, besides the lesson's own. */
export const trials = 5;
const seed = 1;
/** How far trial numbers lie from the lesson's, and how far those that tell a kink from a mistake. */
export const far = 0.3;
const near = 1e-6;

/** Numbers of what is given, by name. */
export type Data = ReadonlyMap<string, Float64Array>;
/** What a quantity holds at the beginning of a frame. */
type NumbersAt = (frame: number) => (name: string) => Float64Array;

/** What a formula reads where it reads a claimed one: what that ought to give, or what it does give. */
export type Reading = 'claimed' | 'written';

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

/** Of a small program, a few frames are stepped through before a faster way is found. */
const smallProgram = 4000;

/** A kernel for a few frames in which every value goes through `store`. */
export const trialKernel = (program: Program, layout: Layout, store: Store): FrameKernel =>
  program.size <= smallProgram ? plainKernel(program, layout, store) : storingKernel(program, layout, store);

/** The numbers that a program is tried at. */
export class TrialNumbers {
  private readonly made = new Map<string, Data>();

  constructor(
    private readonly program: Program,
    private readonly numbersAt: NumbersAt = ownNumbers(program),
  ) {}

  /** Those of a frame, moved by as much as `distance`. Trial 0 has the lesson's own. */
  at(trial: number, distance: number): Data {
    const key = `${trial} ${distance}`;
    let found = this.made.get(key);
    if (found === undefined) {
      // Far away other samples may be looked at, too; nearby it is the same one.
      const numbersOf = this.numbersAt(distance === far ? 1 + trial : 1);
      found = perturbed(this.program.model, numbersOf, trial, distance);
      this.made.set(key, found);
    }
    return found;
  }
}

/** The hand-written program and its judge, run side by side on the same numbers. */
export class Trial {
  readonly layouts: { hand: Layout; judge: Layout };
  private readonly kernels: { hand: FrameKernel; judge: FrameKernel };
  /** What becomes of the numbers that the hand-written formulas give. */
  private store = storeExactly;
  private readonly numbers: TrialNumbers;

  constructor(
    readonly hand: Program,
    readonly judge: Program,
    numbersAt: NumbersAt = ownNumbers(hand),
  ) {
    this.numbers = new TrialNumbers(hand, numbersAt);
    this.layouts = { hand: new Layout(hand.model), judge: new Layout(judge.model) };
    const store: Store = (formula, flat, value) => this.store(formula, flat, value);
    this.kernels = {
      hand: trialKernel(hand, this.layouts.hand, store),
      judge: trialKernel(judge, this.layouts.judge, storeExactly),
    };
  }

  /** The numbers of a trial: see `TrialNumbers`. */
  data(trial: number, distance: number): Data {
    return this.numbers.at(trial, distance);
  }

  /** Whether a formula is written for one sample, and claimed to be what the batch gives by the mean or sum of it. */
  isReduced({ target }: Formula): boolean {
    const isPerSample = ({ model }: Program) => model.quantities.get(target)?.perSample === true;
    return isPerSample(this.hand) && !isPerSample(this.judge);
  }

  /** The formula as it is compared: without the sample index where it is reduced first. */
  ofBatch(formula: Formula): Formula {
    return this.isReduced(formula) ? { ...formula, indices: formula.indices.slice(1) } : formula;
  }

  shapeOf({ target, version }: Formula): readonly number[] {
    return this.layouts.judge.slot(target, version).shape;
  }

  /** Runs both on the same numbers and notes what every formula gives and ought to give. */
  run(data: Data, trial: number, found: ReadonlyMap<Formula, Comparison[]>, reading: Reading): void {
    const judged = this.memory('judge', data);
    this.kernels.judge.run();
    const largest = new Map<Formula, number>();
    const before = new Map([...found].map(([formula, comparisons]) => [formula, comparisons.length]));
    const compare = (formula: Formula, flat: number, hand: number): number => {
      const slot = this.layouts.judge.slot(formula.target, formula.version);
      const derived = judged[slot.offset + flat];
      let most = largest.get(formula);
      if (most === undefined) {
        most = judged
          .subarray(slot.offset, slot.offset + slot.size)
          .reduce((a, b) => Math.max(a, Math.abs(b)), 0);
        largest.set(formula, most);
      }
      const agrees = agree(hand, derived, most);
      found.get(formula)?.push({ trial, flat, hand, derived, agrees });
      return reading === 'claimed' && Number.isFinite(derived) ? derived : hand;
    };
    const memory = this.memory('hand', data);
    this.store = (formula, flat, hand) =>
      !found.has(formula) || this.isReduced(formula) ? hand : compare(formula, flat, hand);
    this.kernels.hand.run();
    for (const formula of found.keys()) {
      if (!this.isReduced(formula)) continue;
      for (const [flat, hand] of this.reduced(memory, formula).entries()) compare(formula, flat, hand);
    }
    // Cells come in any order, and the first that is wrong is told of.
    for (const [formula, comparisons] of found) {
      const now = comparisons.splice(before.get(formula) as number);
      comparisons.push(...now.sort((a, b) => a.flat - b.flat));
    }
  }

  /** What a formula gives for each sample, as the batch takes it. */
  private reduced(memory: Float64Array, { target, version }: Formula): Float64Array {
    const { offset, size } = this.layouts.hand.slot(target, version);
    const { size: samples, reduction } = this.hand.model.batch as Batch;
    const own = size / samples;
    const total = new Float64Array(own);
    for (let n = 0; n < samples; n++)
      for (let at = 0; at < own; at++) total[at] += memory[offset + n * own + at];
    return reduction === 'mean' ? total.map((sum) => sum / samples) : total;
  }

  /**
   * Whether a formula that is wrong at the lesson's numbers is right all around them: then they lie on a kink, such
   * as max(z, 0) at z = 0, where either one-sided slope is as good as the other.
   */
  isKink(formula: Formula, claimed: readonly Formula[]): boolean {
    const around = new Map<Formula, Comparison[]>(claimed.map((one) => [one, []]));
    for (let n = 1; n <= trials; n++) {
      this.run(this.data(n, near), n, around, 'claimed');
    }
    return around.get(formula)?.every(({ agrees }) => agrees) === true;
  }

  /** What both have in memory after a run; in that of the hand-written program, formulas hold what those that read them read. */
  get memories(): { readonly hand: Float64Array; readonly judge: Float64Array } {
    return { hand: this.kernels.hand.memory.slice(), judge: this.kernels.judge.memory.slice() };
  }

  /** The memory of a kernel, with the numbers of a trial. */
  private memory(which: 'hand' | 'judge', data: Data): Float64Array {
    const { memory } = this.kernels[which];
    for (const [name, numbers] of data) memory.set(numbers, this.layouts[which].slot(name, 'old').offset);
    return memory;
  }
}

/** Some data, each entry moved a little, within its domain; `trial` 0 leaves all as it is, and what is drawn stays. */
function perturbed(
  { quantities }: Model,
  numbersOf: (name: string) => Float64Array,
  trial: number,
  distance: number,
): Data {
  const found = new Map<string, Float64Array>();
  let counter = 0;
  const draw = () => uniform(seed, trial, counter++);
  for (const { name, role, shape, domain } of quantities.values()) {
    if (role === 'computed') continue;
    const values = numbersOf(name);
    found.set(name, values);
    if (role === 'random' || role === 'mode') continue;
    if (trial === 0 || domain === 'index' || domain === 'mask') continue;
    if (domain === 'onehot') {
      const row = shape[shape.length - 1] ?? 1;
      for (let start = 0; start < values.length && distance === far; start += row) {
        values.fill(0, start, start + row);
        values[start + Math.floor(draw() * row)] = 1;
      }
      continue;
    }
    values.forEach((value, at) => {
      const step = distance * (draw() - 0.5);
      values[at] = domain === 'positive' ? value * exp(step) : value + step * Math.max(1, Math.abs(value));
    });
  }
  return found;
}
