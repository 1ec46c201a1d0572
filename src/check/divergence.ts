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

/** Where one formula of a hand-written backward pass diverges from the derivative. */
export interface Divergence {
  /** The formula, or the update that contains it, in the running program. */
  readonly formula: Formula;
  /** What the formula is claimed to be, or what its use in `update` shows it to be. */
  readonly claim: Claim;
  /** Whether the text does not state the claim. */
  readonly isInferred: boolean;
  /** The first wrong cell, indices from 1. */
  readonly cell: readonly number[];
  /** The first wrong operation within the cell, from 1: see `firstWrongOperation`. */
  readonly operation: number;
  /** The step of that operation within a frame, from 1. */
  readonly step: number;
  /** What the cell gives if it reads what it should, and the derivative with the claim's sign, both at full precision. */
  readonly written: number;
  readonly derived: number;
  /** Whether these are values at the lesson's numbers; else at trial numbers near them. */
  readonly isHere: boolean;
  /** The known mistake that gives what is written at all trial numbers; absent if none does. */
  readonly mistake?: KnownMistake;
  /** The derivative as a formula, and the model that contains it. */
  readonly right: Formula;
  readonly model: Model;
}

/** How many samples of a batch are searched for one that shows a mistake. */
const mostSamples = 16;
/** Larger programs, in operations, are not run for every known mistake. */
const mostOperations = 200_000;

/** The result of reviewing a backward pass. */
export interface Review {
  /** Where it diverges from the derivative, in the order of the steps. */
  readonly divergences: readonly Divergence[];
  /** Quantities whose claims could not be tried: they and the derivatives are 0 at all trial numbers. */
  readonly untried: readonly string[];
  /** The formulas that give the derivative at all numbers tried, or the updates that contain them, in the running program. */
  readonly agreed: readonly Formula[];
}

/**
 * The divergences that `review` finds with the same arguments, in the order of the steps; none for a text that does not compile.
 */
export const divergences = (
  text: string,
  given: CompileOptions = {},
  edits: Edits = new Map(),
): readonly Divergence[] => review(text, given, edits).divergences;

/**
 * Compares the backward pass of a text, compiled with the options `given`, with the derivative: everything claimed, and
 * everything that `update` uses as a gradient (see `assignRoles`), at full precision, at the lesson's numbers with the reader's
 * `edits` and at seeded ones near them. Each mistake is blamed once: every formula reads what it should read. Finds nothing in a
 * text that does not compile.
 */
export const review = (text: string, given: CompileOptions = {}, edits: Edits = new Map()): Review =>
  runToEnd(reviewTask(text, given, edits));

/** `review` in time slices: with compile options, and the reader's numbers in place of given ones. */
export function* reviewTask(text: string, given: CompileOptions, edits: Edits): SlicedWork<Review> {
  const nothing: Review = { divergences: [], untried: [], agreed: [] };
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
  const tried = new Set<string>();
  const faulty = new Set<string>();
  let faults = 1;
  for (let sample = 0; sample < Math.min(samples, mostSamples) && found.size < faults; sample++) {
    const numbers = numbersOf(running, edits, isSingle ? sample : undefined);
    const trial = new Trial(programs.hand, programs.reference, numbers);
    const { results, memories } = yield* compareClaimsTask(trial, programs.claimed);
    for (const { formula, comparisons, isTried } of results) {
      if (isTried || comparisons.length === 0) untried.delete(formula.target);
      if (isTried && comparisons.length > 0) tried.add(formula.target);
    }
    const wrong = results.filter((one) => one.wrong.length > 0);
    for (const { formula } of wrong) faulty.add(formula.target);
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
  const agreed = programs.claimed
    .filter(({ target }) => tried.has(target) && !faulty.has(target))
    .flatMap((formula) => writtenFormula(running, roles, formula) ?? []);
  return {
    divergences: [...found.values()].sort((a, b) => a.step - b.step),
    untried: [...untried],
    agreed,
  };
}

/** The formula of the running program for a compared one: itself, or the update that contains it. */
function writtenFormula(
  running: Program,
  { updates }: Roles,
  { target, version }: Formula,
): Formula | undefined {
  const update = updates.get(target);
  return update === undefined ? running.writer(target, version) : running.writer(update.parameter, 'new');
}

/**
 * The numbers that enter the frames of the running program; per-sample quantities reduced to one sample (from 0) if one is given.
 */
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
  roles: Roles,
  running: Program,
  programs: ComparedPrograms,
  trial: Trial,
  memories: Memories,
  { formula, claim, comparisons, wrong }: ClaimResult,
  sample: number,
): SlicedWork<Divergence | undefined> {
  const { text, inferred, updates } = roles;
  const update = updates.get(formula.target);
  const own = writtenFormula(running, roles, formula);
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

/** The known mistake that gives what is written at all cells and trials. */
function* knownMistakeOf(
  text: string,
  programs: ComparedPrograms,
  trial: Trial,
  memories: Memories,
  formula: Formula,
  all: readonly CellComparison[],
): SlicedWork<KnownMistake | undefined> {
  // Where digits may have been lost, mistakes cannot be told apart.
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
    // First as if only this formula had the mistake, else as if it contained what others have lines for.
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

/** A factor that explains itself: a sign, a 2, or a count that is divided by. */
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

/** Whether everything is multiplied by a rate, which differs between sets of numbers. */
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

/** The mistake of a variant that gives what is written (`sign` 1) or its negative (−1). */
function named({ mistake }: MistakeVariant, sign: number | undefined): KnownMistake | undefined {
  // A sensitivity may have either sign: decks differ in which one they call δ.
  if (sign === undefined) return undefined;
  return sign > 0 || mistake.kind === 'sensitivity' ? mistake : { ...mistake, turned: true };
}

/**
 * A function that tests whether a variant with a mistake gives what is written (1) or its negative (−1): with all claims before
 * it giving what they should (`isAlone`), or what they give with the same mistake in them.
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
