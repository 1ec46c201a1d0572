import type { CompileOptions } from '../formula/compile/compile.ts';
import { cellAt, type Formula, type Model } from '../formula/model.ts';
import type { Claim } from '../formula/statement.ts';
import { type Edits, Inputs } from '../machine/memory/inputs.ts';
import { Layout } from '../machine/memory/layout.ts';
import { runToEnd, type SlicedWork } from '../machine/step/sliced-work.ts';
import type { Program } from '../program/program.ts';
import {
  type ClaimResult,
  type ComparedPrograms,
  compareClaimsTask,
  compileComparisonTask,
  type Memories,
} from './claim-comparison.ts';
import { compiled } from './compiled.ts';
import { firstWrongOperation } from './first-wrong-operation.ts';
import { assignRolesTask, type Roles } from './inferred-claims.ts';
import {
  agree,
  agreeBeside,
  type CellComparison,
  factorOf,
  isFactor,
  isMirrored,
  isVanishing,
  type KnownMistake,
} from './known-mistake.ts';
import { type MistakeVariant, mistakeVariants } from './mistake-variants.ts';
import { Trial, trialKernel } from './trial.ts';
import { isWide, type NumbersAt } from './trial-numbers.ts';

/** Where a backward pass written by hand parts from the derivative. */
export interface Divergence {
  /** Of the program that runs. */
  readonly formula: Formula;
  /** What the formula is said to be, or what `update` shows it to be. */
  readonly claim: Claim;
  /** Whether nobody has said so. */
  readonly isInferred: boolean;
  readonly cell: readonly number[];
  /** Within the cell, from 1: see `departure`. */
  readonly operation: number;
  /** The step of a frame that does it. */
  readonly step: number;
  /** What the cell gives, reading what it ought to read, and what the derivative is, at full precision. */
  readonly written: number;
  readonly derived: number;
  /** Whether that is so at the numbers at hand; else it is at others near them. */
  readonly isHere: boolean;
  /** The known mistake that gives what is written, at all numbers tried; undefined where none does. */
  readonly mistake?: KnownMistake;
  /** The derivative as a formula, and the model that it stands in. */
  readonly right: Formula;
  readonly model: Model;
}

/** Of a batch, so many samples are gone through for one that shows the mistake. */
const mostSamples = 16;
/** More operations than that are not gone through again and again for every known mistake. */
const mostOperations = 200_000;

/** What is found in a backward pass. */
export interface Review {
  /** Where it parts from the derivative, in the order of the steps. */
  readonly divergences: readonly Divergence[];
  /** What is claimed of these quantities could not be tried: they and the derivatives are 0 at all numbers. */
  readonly untried: readonly string[];
}

/** Where the backward pass of a text parts from the derivative: see `review`. */
export const divergences = (
  text: string,
  given: CompileOptions = {},
  edits: Edits = new Map(),
): readonly Divergence[] => review(text, given, edits).divergences;

/**
 * Where the backward pass of a text parts from the derivative, in the order of the steps; none where it does not. Compared is
 * what is claimed, and what `update` uses as if it were a gradient (see `withRoles`), at full precision, at the numbers at hand
 * and at seeded ones near them. Each mistake is blamed once: every formula reads what it ought to read.
 */
export const review = (text: string, given: CompileOptions = {}, edits: Edits = new Map()): Review =>
  runToEnd(reviewTask(text, given, edits));

/** The same, in pieces. */
export function* reviewTask(text: string, given: CompileOptions, edits: Edits): SlicedWork<Review> {
  const nothing: Review = { divergences: [], untried: [] };
  const running = compiled(text, given).program;
  if (running === undefined) return nothing;
  yield 0;
  const roles = yield* assignRolesTask(text, given);
  const programs = yield* compileComparisonTask(roles.text, given);
  if (programs === undefined || 'diagnostics' in programs) return nothing;
  const isSingle = programs.hand.model.batch === undefined;
  const samples = isSingle ? (running.model.batch?.size ?? 1) : 1;
  const found = new Map<string, Divergence>();
  const untried = new Set(
    programs.claimed.map(({ target }) => target).filter((name) => running.model.quantities.has(name)),
  );
  let faults = 1;
  for (let sample = 0; sample < Math.min(samples, mostSamples) && found.size < faults; sample++) {
    const numbers = numbersOf(running, edits, isSingle ? sample : undefined);
    const trial = new Trial(programs.hand, programs.reference, numbers);
    const { results, memories } = yield* compareClaimsTask(trial, programs.claimed);
    for (const { formula, comparisons, isTried } of results)
      if (isTried || comparisons.length === 0) untried.delete(formula.target);
    const wrong = results.filter((one) => one.wrong.length > 0);
    faults = wrong.length;
    for (const result of wrong) {
      const { target } = result.formula;
      const isHere = result.wrong[0].trial === 0;
      if (found.get(target)?.isHere || (found.has(target) && !isHere)) continue;
      const one = yield* divergenceOf(roles, running, programs, trial, memories, result, sample);
      if (one !== undefined) found.set(target, one);
    }
    if ([...found.values()].every((one) => one.isHere)) break;
  }
  return { divergences: [...found.values()].sort((a, b) => a.step - b.step), untried: [...untried] };
}

/** What is given in the frames of the program that runs; what differs from sample to sample, of one if that is asked for. */
function numbersOf({ model }: Program, edits: Edits, sample: number | undefined): NumbersAt {
  const layout = new Layout(model);
  const inputs = new Inputs(model, layout, edits);
  return (frame) => {
    const memory = inputs.start.slice();
    inputs.write(memory, frame);
    return (name) => {
      const { offset, size } = layout.slot(name, 'old');
      const all = memory.slice(offset, offset + size);
      if (sample === undefined || model.batch === undefined || !model.quantities.get(name)?.perSample)
        return all;
      const own = size / model.batch.size;
      return all.slice(sample * own, (sample + 1) * own);
    };
  };
}

function* divergenceOf(
  { text, inferred, updates }: Roles,
  running: Program,
  programs: ComparedPrograms,
  trial: Trial,
  memories: Memories,
  { formula, claim, comparisons, wrong }: ClaimResult,
  sample: number,
): SlicedWork<Divergence | undefined> {
  const update = updates.get(formula.target);
  const own =
    update === undefined
      ? running.writer(formula.target, formula.version)
      : running.writer(update.parameter, 'new');
  const right = programs.reference.writer(formula.target, formula.version);
  if (own === undefined || right === undefined) return undefined;
  const [first] = wrong;
  const compared = cellAt(trial.shapeOf(formula), first.flat);
  const mistake = yield* knownMistakeOf(text, programs, trial, memories, formula, comparisons);
  const isReduced = trial.isReduced(formula);
  const line = update && programs.hand.writer(update.parameter, 'new');
  const inline = line && { formula: line, scale: update.scale };
  const isTurned = mistake?.kind === 'sign';
  const operation = isReduced
    ? undefined
    : firstWrongOperation({ ...programs, memories, isTurned, update: inline }, formula, compared);
  const isOfSample = own.indices.length > compared.length;
  const cell = isOfSample ? [sample + 1, ...compared] : compared;
  const steps = running.stepsOf(own, cell);
  const last = steps.last - steps.first + 1;
  return {
    formula: own,
    claim,
    isInferred: update !== undefined || inferred.has(formula.target),
    cell,
    operation: operation ?? last,
    step: steps.first + (operation ?? last) - 1,
    written: first.hand,
    derived: first.derived,
    isHere: first.trial === 0,
    ...(mistake && { mistake }),
    right,
    model: programs.reference.model,
  };
}

/** The known mistake that gives what is written at all cells and numbers tried. */
function* knownMistakeOf(
  text: string,
  programs: ComparedPrograms,
  trial: Trial,
  memories: Memories,
  formula: Formula,
  all: readonly CellComparison[],
): SlicedWork<KnownMistake | undefined> {
  // Where digits may have been lost, no mistake can be told from another.
  const comparisons = all.filter((one) => !isWide(one.trial));
  if (comparisons.every(({ agrees }) => agrees)) return undefined;
  if (comparisons.some(({ hand }) => !Number.isFinite(hand))) return undefined;
  if (isVanishing(comparisons)) return { kind: 'vanishing' };
  const factor = factorOf(comparisons);
  const plain = factor === undefined ? undefined : plainFactor(programs, factor);
  if (plain !== undefined) return plain;
  const shape = trial.shapeOf(formula);
  const byRate = rateOf(programs, trial, comparisons);
  if (byRate !== undefined) return byRate;
  for (const sign of [1, -1]) {
    if (isMirrored(comparisons, shape, sign)) return { kind: 'mirrored', ...(sign < 0 && { turned: true }) };
  }
  if (programs.reference.size <= mostOperations) {
    // As if only this formula had the mistake; or else as if it wrote out what others have lines for.
    let chained: KnownMistake | undefined;
    for (const variant of mistakeVariants(text, programs, formula)) {
      yield 0;
      const test = testOf(variant, programs, trial, memories, formula, comparisons);
      const alone = named(variant, test(true));
      if (alone !== undefined) return alone;
      chained ??= named(variant, test(false));
    }
    if (chained !== undefined) return chained;
  }
  return factor === undefined ? undefined : { kind: 'factor', factor };
}

/** A factor that says by itself what has happened: a sign, a 2, a number of things that is divided by. */
function plainFactor({ reference, hand }: ComparedPrograms, factor: number): KnownMistake | undefined {
  const turned = factor < 0 && { turned: true };
  const size = Math.abs(factor);
  if (isFactor(factor, -1)) return { kind: 'sign' };
  for (const one of [2, 0.5])
    if (isFactor(size, one)) return { kind: 'factor', factor: Math.sign(factor) * one };
  const counts = new Set([...reference.model.quantities.values()].flatMap(({ shape }) => shape));
  for (const { model } of [reference, hand]) {
    if (model.samples !== undefined) counts.add(model.samples.size).add(model.samples.count);
  }
  for (const count of counts)
    if (count > 2 && isFactor(size, 1 / count)) return { kind: 'averaged', over: count, ...turned };
  return undefined;
}

/** Whether everything is multiplied by a rate, which differs from one set of numbers to the next. */
function rateOf(
  { reference }: ComparedPrograms,
  trial: Trial,
  comparisons: readonly CellComparison[],
): KnownMistake | undefined {
  for (const { name, role, shape } of reference.model.quantities.values()) {
    if (role !== 'rate' || shape.length > 0) continue;
    const data = new Map<number, number>();
    const rate = (n: number): number => {
      const value = data.get(n) ?? trial.numbers.of(n).get(name)?.[0] ?? Number.NaN;
      data.set(n, value);
      return value;
    };
    for (const sign of [1, -1]) {
      const isIt = comparisons.every(({ hand, derived, trial: n }) => agree(hand, sign * rate(n) * derived));
      if (isIt) return { kind: 'rate', name, ...(sign < 0 && { turned: true }) };
    }
  }
  return undefined;
}

/** A suspect's mistake, if it gives what is written, or its negative. */
function named({ mistake }: MistakeVariant, sign: number | undefined): KnownMistake | undefined {
  // Of a sensitivity either sign will do: decks differ in which of them they call δ.
  if (sign === undefined) return undefined;
  return sign > 0 || mistake.kind === 'sensitivity' ? mistake : { ...mistake, turned: true };
}

/**
 * Whether a suspect gives what is written, 1, or its negative, −1: where all claims before it give what they ought to, or what they
 * give with the same mistake in them.
 */
function testOf(
  { program }: MistakeVariant,
  { reference }: ComparedPrograms,
  trial: Trial,
  memories: Memories,
  { target, version }: Formula,
  comparisons: readonly CellComparison[],
): (isAlone: boolean) => 1 | -1 | undefined {
  const layout = new Layout(program.model);
  const whole = new Layout(reference.model);
  const { size } = whole.slot(target, version);
  const now = new Float64Array(size);
  let right: Float64Array = now;
  let replaces = true;
  const kernel = trialKernel(program, layout, (formula, flat, value) => {
    if (formula.target === target && formula.version === version) now[flat] = value;
    if (formula.claim === undefined || !replaces) return value;
    return right[whole.slot(formula.target, formula.version).offset + flat];
  });
  return (isAlone) => {
    replaces = isAlone;
    const isPossible = { '1': true, '-1': true };
    for (const [n, memory] of memories.entries()) {
      if (isWide(n)) break;
      const wanted = comparisons.filter((one) => one.trial === n);
      now.fill(0);
      right = memory.reference;
      for (const [name, numbers] of trial.numbers.of(n))
        kernel.memory.set(numbers, layout.slot(name, 'old').offset);
      kernel.run();
      const most = wanted.reduce((a, { hand }) => Math.max(a, Math.abs(hand)), 0);
      for (const sign of [1, -1] as const)
        isPossible[sign] &&= wanted.every(({ flat, hand }) => agreeBeside(hand, sign * now[flat], most));
      if (!isPossible[1] && !isPossible[-1]) return undefined;
    }
    return isPossible[1] ? 1 : -1;
  };
}
