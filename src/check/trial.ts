import type { Batch, Formula } from '../formula/model.ts';
import { fastStoringKernel } from '../machine/kernel/fast-kernels.ts';
import { Layout } from '../machine/memory/layout.ts';
import { type Store, storeExactly } from '../machine/memory/store.ts';
import type { FrameKernel } from '../machine/plan/frame-kernel.ts';
import { steppingKernel } from '../machine/step/stepping-kernel.ts';
import type { Program } from '../program/program.ts';
import { agree, agreeRoughly, type CellComparison, mayBeNoise } from './known-mistake.ts';
import { isWide, type NumbersAt, nearTrials, type TrialData, TrialNumbers } from './trial-numbers.ts';

/** What a formula reads where it reads a claimed one: what that should give, or what it does give. */
export type ClaimReading = 'claimed' | 'written';

/** A small program, in operations, is stepped for a few frames rather than compiled to a faster kernel. */
const smallProgram = 4000;

/**
 * A kernel for a few frames in which every value passes through `store` as it is written. Its memory starts at 0: fill in what is
 * not computed, then call `run` (not `advance`).
 */
export const trialKernel = (program: Program, layout: Layout, store: Store): FrameKernel =>
  program.size <= smallProgram
    ? steppingKernel(program, layout, store)
    : fastStoringKernel(program, layout, store);

/** All cells of a formula: what it gives, and what it should give. */
interface Pair {
  readonly hand: Float64Array;
  readonly derived: Float64Array;
}

/** How often numbers are shifted slightly to see how much of a difference is noise. */
const noiseRuns = 6;
/** A difference up to this many times the effect of such a shift is noise. */
const mostNoise = 10;

/** Runs the hand-written and the reference program side by side on the same numbers. */
export class Trial {
  /** The layouts of both programs' memories. */
  readonly layouts: { hand: Layout; reference: Layout };
  /** The numbers at which both run. */
  readonly numbers: TrialNumbers;
  private readonly kernels: { hand: FrameKernel; reference: FrameKernel };
  /** What is stored for the numbers that the hand-written formulas give. */
  private store = storeExactly;
  /** The largest derivative of each formula so far. */
  private readonly largest = new Map<Formula, number>();

  constructor(
    readonly hand: Program,
    readonly reference: Program,
    numbersAt?: NumbersAt,
  ) {
    this.numbers = new TrialNumbers(hand, numbersAt);
    this.layouts = { hand: new Layout(hand.model), reference: new Layout(reference.model) };
    const store: Store = (formula, flat, value) => this.store(formula, flat, value);
    this.kernels = {
      hand: trialKernel(hand, this.layouts.hand, store),
      reference: trialKernel(reference, this.layouts.reference, storeExactly),
    };
  }

  /**
   * Whether a formula is written for one sample, and claimed to be the derivative by a parameter: its mean or sum over the batch.
   */
  isReduced({ target }: Formula): boolean {
    const isPerSample = ({ model }: Program) => model.quantities.get(target)?.perSample === true;
    return isPerSample(this.hand) && !isPerSample(this.reference);
  }

  /** The formula as it is compared: without the sample index if it is reduced. */
  ofBatch(formula: Formula): Formula {
    return this.isReduced(formula) ? { ...formula, indices: formula.indices.slice(1) } : formula;
  }

  /** The shape of a claimed formula's derivative. */
  shapeOf({ target, version }: Formula): readonly number[] {
    return this.layouts.reference.slot(target, version).shape;
  }

  /** Runs both programs on the numbers of a trial and compares every claimed formula cell by cell. Sets `memories`. */
  run(trial: number, claimed: readonly Formula[], reading: ClaimReading): Map<Formula, CellComparison[]> {
    const pairs = this.evaluate(this.numbers.of(trial), claimed, reading);
    const memories = this.memories;
    const found = new Map<Formula, CellComparison[]>();
    const doubtful: { formula: Formula; one: CellComparison; at: number }[] = [];
    for (const [formula, { hand, derived }] of pairs) {
      const most = largestOf(derived);
      const ever = Math.max(most, this.largest.get(formula) ?? 0);
      this.largest.set(formula, ever);
      const comparisons: CellComparison[] = [];
      hand.forEach((value, flat) => {
        const one = { trial, flat, hand: value, derived: derived[flat] };
        if (isWide(trial)) {
          // If either side overflows there is nothing to compare.
          if (!Number.isFinite(value) || !Number.isFinite(derived[flat])) return;
          comparisons.push({ ...one, agrees: agreeRoughly(value, derived[flat], ever) });
          return;
        }
        const agrees = agree(value, derived[flat]);
        if (!agrees && mayBeNoise(value, derived[flat], most))
          doubtful.push({ formula, one: { ...one, agrees }, at: comparisons.length });
        comparisons.push({ ...one, agrees });
      });
      found.set(formula, comparisons);
    }
    if (doubtful.length > 0) {
      const noise = this.noise(trial, claimed, reading, pairs);
      for (const { formula, one, at } of doubtful) {
        const noiseLevel = noise.get(formula)?.[one.flat] ?? 0;
        const agrees = Math.abs(one.hand - one.derived) <= mostNoise * noiseLevel;
        (found.get(formula) as CellComparison[])[at] = { ...one, agrees };
      }
    }
    this.memories = memories;
    return found;
  }

  /** Copies of both memories after the last run; in the hand-written one, formulas hold what their readers read. */
  memories: { readonly hand: Float64Array; readonly reference: Float64Array } = {
    hand: new Float64Array(0),
    reference: new Float64Array(0),
  };

  /**
   * How much both sides of every cell together change if the numbers of a trial are shifted slightly. Rounding left over from
   * cancellation changes as much as it differs; small numbers do not.
   */
  private noise(
    trial: number,
    claimed: readonly Formula[],
    reading: ClaimReading,
    pairs: ReadonlyMap<Formula, Pair>,
  ): ReadonlyMap<Formula, Float64Array> {
    const found = new Map([...pairs].map(([formula, { hand }]) => [formula, new Float64Array(hand.length)]));
    for (let direction = 1; direction <= noiseRuns; direction++) {
      const moved = this.evaluate(this.numbers.closeTo(trial, direction), claimed, reading);
      for (const [formula, { hand, derived }] of pairs) {
        const now = moved.get(formula) as Pair;
        const noiseLevel = found.get(formula) as Float64Array;
        hand.forEach((value, flat) => {
          const one = Math.abs(now.hand[flat] - value) + Math.abs(now.derived[flat] - derived[flat]);
          if (one > noiseLevel[flat]) noiseLevel[flat] = one;
        });
      }
    }
    return found;
  }

  private evaluate(data: TrialData, claimed: readonly Formula[], reading: ClaimReading): Map<Formula, Pair> {
    const compared = this.memory('reference', data);
    this.kernels.reference.run();
    const pairs = new Map<Formula, Pair>();
    for (const formula of claimed) {
      const { offset, size } = this.layouts.reference.slot(formula.target, formula.version);
      pairs.set(formula, { hand: new Float64Array(size), derived: compared.slice(offset, offset + size) });
    }
    const memory = this.memory('hand', data);
    this.store = (formula, flat, value) => {
      const pair = pairs.get(formula);
      if (pair === undefined || this.isReduced(formula)) return value;
      pair.hand[flat] = value;
      const derived = pair.derived[flat];
      return reading === 'claimed' && Number.isFinite(derived) ? derived : value;
    };
    this.kernels.hand.run();
    for (const [formula, { hand }] of pairs)
      if (this.isReduced(formula)) hand.set(this.reduced(memory, formula));
    this.memories = { hand: memory.slice(), reference: compared.slice() };
    return pairs;
  }

  /** What a formula gives for all samples, combined as the batch does. */
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
   * Whether a formula that is wrong at the lesson's numbers is right all around them: then they lie on a kink, such as max(z, 0)
   * at z = 0, where either one-sided slope is as good as the other.
   */
  isKink(formula: Formula, claimed: readonly Formula[]): boolean {
    for (let direction = 1; direction <= nearTrials; direction++) {
      const pair = this.evaluate(this.numbers.closeTo(0, direction), claimed, 'claimed').get(formula) as Pair;
      const most = largestOf(pair.derived);
      const isRight = pair.hand.every(
        (value, flat) => agree(value, pair.derived[flat]) || mayBeNoise(value, pair.derived[flat], most),
      );
      if (!isRight) return false;
    }
    return true;
  }

  /** The memory of a kernel with the given numbers written into it. */
  private memory(which: 'hand' | 'reference', data: TrialData): Float64Array {
    const { memory } = this.kernels[which];
    for (const [name, numbers] of data) memory.set(numbers, this.layouts[which].slot(name, 'old').offset);
    return memory;
  }
}

const largestOf = (numbers: Float64Array): number =>
  numbers.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
