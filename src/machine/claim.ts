import type { CompileOptions } from '../formula/compile.ts';
import { type Diagnostic, Diagnostics } from '../formula/diagnostic.ts';
import { type Batch, cellAt, cellName, type Formula, type Model } from '../formula/model.ts';
import type { Claim } from '../formula/statement.ts';
import { exp } from '../number/elementary.ts';
import { format } from '../number/format.ts';
import { uniform } from '../number/random.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { storingKernel } from './fast-kernels.ts';
import { Inputs } from './inputs.ts';
import type { FrameKernel } from './kernel.ts';
import { Layout } from './layout.ts';
import { agree, type Comparison, likelySlip } from './slip.ts';
import { type Store, storeExactly } from './store.ts';

/** How many sets of trial numbers a claim is tested at, besides the lesson's own. */
const trials = 5;
const seed = 1;
/** How far trial numbers lie from the lesson's, and how far those that tell a kink from a mistake. */
const far = 0.3;
const near = 1e-6;
type Data = ReadonlyMap<string, Float64Array>;

/**
 * Checks every formula that is written by hand and claimed to be a derivative against the derived one, in full
 * precision, at the lesson's numbers and at others. Each mistake is blamed once: a formula reads what the claims before
 * it ought to give, so a wrong one does not spoil those that read it. Where it explains more, as with a right formula
 * that is claimed to be something else, formulas read what those before them do give. What is written for one sample is
 * judged on one, whatever the batch; only a model with a line about the whole batch is judged on a batch. Says nothing of
 * a text that does not compile: compiling does.
 */
export function verifyClaims(text: string, given: CompileOptions = {}): Diagnostic[] {
  const whole = compileProgram(text, given).program;
  const alone = { ...given, oneSample: true };
  const single = whole?.model.batch && compileProgram(text, alone).program;
  const hand = single ?? whole;
  const options = single === undefined ? given : alone;
  const claimed = hand?.model.formulas.filter(({ claim, derived }) => claim !== undefined && !derived) ?? [];
  if (hand === undefined || claimed.length === 0) return [];
  const judge = compileProgram(text, { ...options, deriveClaims: true });
  if (judge.program === undefined) return judge.diagnostics.filter(({ severity }) => severity === 'error');
  const trial = new Trial(hand, judge.program);
  const asClaimed = findingsOf(trial, claimed, 'claimed');
  const asWritten = asClaimed.length > 1 ? findingsOf(trial, claimed, 'written') : asClaimed;
  return asWritten.length < asClaimed.length ? asWritten : asClaimed;
}

/** What a formula reads where it reads a claimed one: what that ought to give, or what it does give. */
type Reading = 'claimed' | 'written';

function findingsOf(trial: Trial, claimed: readonly Formula[], reading: Reading): Diagnostic[] {
  const found = new Map<Formula, Comparison[]>(claimed.map((formula) => [formula, []]));
  trial.run(trial.data(0, 0), true, found, reading);
  for (let n = 1; n <= trials; n++) trial.run(trial.data(n, far), false, found, reading);
  const diagnostics = new Diagnostics();
  for (const [formula, comparisons] of found) {
    const claim = formula.claim as Claim;
    const known = comparisons.filter(({ derived }) => Number.isFinite(derived));
    const wrong = known.filter(({ agrees }) => !agrees);
    const mayBeKink = wrong.every(({ atLesson, hand }) => atLesson && Number.isFinite(hand));
    if (known.length === 0) {
      const why = `${claimText(claim)} is not finite at any numbers tried, so ${formula.target} could not be checked`;
      const hint = 'a domain such as : positive keeps trial numbers sensible';
      diagnostics.warning(claim.span, 'claim', `${why}; ${hint}`);
    } else if (wrong.length > 0 && !(mayBeKink && trial.isKink(formula, claimed))) {
      diagnostics.error(
        claim.span,
        'claim',
        explain(trial.ofBatch(formula), claim, trial.shapeOf(formula), known, wrong[0]),
      );
    }
  }
  return diagnostics.all;
}

/** The hand-written program and its judge, run side by side on the same numbers. */
class Trial {
  private readonly layouts: { hand: Layout; judge: Layout };
  private readonly kernels: { hand: FrameKernel; judge: FrameKernel };
  /** What becomes of the numbers that the hand-written formulas give. */
  private store = storeExactly;
  private readonly inputs: Inputs;

  constructor(
    readonly hand: Program,
    private readonly judge: Program,
  ) {
    this.layouts = { hand: new Layout(hand.model), judge: new Layout(judge.model) };
    const store: Store = (formula, flat, value) => this.store(formula, flat, value);
    this.kernels = {
      hand: storingKernel(hand, this.layouts.hand, store),
      judge: storingKernel(judge, this.layouts.judge, storeExactly),
    };
    this.inputs = new Inputs(hand.model, this.layouts.hand);
  }

  /** The numbers of a trial: those of a frame, moved by as much as `distance`. Trial 0 has the lesson's own. */
  data(trial: number, distance: number): Data {
    const memory = this.inputs.start.slice();
    // Far away other samples may be looked at, too; nearby it is the same one.
    this.inputs.write(memory, distance === far ? 1 + trial : 1);
    const numbersOf = (name: string) => {
      const { offset, size } = this.layouts.hand.slot(name, 'old');
      return memory.slice(offset, offset + size);
    };
    return perturbed(this.hand.model, numbersOf, trial, distance);
  }

  /** Whether a formula is written for one sample, and claimed to be what the batch gives by the mean or sum of it. */
  private isReduced({ target }: Formula): boolean {
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

  run(data: Data, atLesson: boolean, found: ReadonlyMap<Formula, Comparison[]>, reading: Reading): void {
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
      found.get(formula)?.push({ flat, hand, derived, agrees, atLesson });
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
      this.run(this.data(n, near), false, around, 'claimed');
    }
    return around.get(formula)?.every(({ agrees }) => agrees) === true;
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

/** What is wrong, at the first cell where it shows, and the slip of the pen that it looks like. */
function explain(
  formula: Formula,
  claim: Claim,
  shape: readonly number[],
  known: readonly Comparison[],
  first: Comparison,
): string {
  const cell = cellAt(shape, first.flat);
  const digits = { precision: { kind: 'significant', digits: 6 } } as const;
  const where = first.atLesson ? '' : ' at trial numbers near the lesson’s';
  const numbers = `${cellName(formula.target, cell)} gives ${format(first.hand, digits)}${where}, but ${claimText(claim, cell, formula)} is ${format(first.derived, digits)}`;
  const slip = Number.isFinite(first.hand) ? likelySlip(known, shape) : 'the formula is not finite there';
  if (slip !== undefined) return `${numbers}; ${slip}`;
  // A shortcut such as p - t holds only on some data, and the author can say on which.
  const domains = 'if it holds only for some data, say for which, as in given t = [0, 1] : onehot';
  return known.every(({ agrees, atLesson }) => agrees || !atLesson) ? `${numbers}; ${domains}` : numbers;
}

/** `-dL/dnet2`, with the numbers of a cell where they are given. */
function claimText(
  { sign, of, by, indices }: Claim,
  cell: readonly number[] = [],
  formula?: Formula,
): string {
  const at = indices.map(
    ({ terms }) => cell[formula?.indices.findIndex(({ name }) => name === terms[0]?.[0]) ?? -1],
  );
  return `${sign < 0 ? '-' : ''}d${of}/${cellName(`d${by}`, at.includes(undefined as never) ? [] : at)}`;
}
