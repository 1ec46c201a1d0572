import type { CompileOptions } from '../formula/compile/compile.ts';
import type { Diagnostic } from '../formula/diagnostic.ts';
import type { Formula } from '../formula/model.ts';
import type { Claim } from '../formula/statement.ts';
import { runToEnd, type SlicedWork } from '../machine/step/sliced-work.ts';
import type { Program } from '../program/program.ts';
import { compiled } from './compiled.ts';
import { type CellComparison, mayBeNoise } from './known-mistake.ts';
import type { ClaimReading, Trial } from './trial.ts';

/** The programs in which what is written by hand is judged. */
export interface ComparedPrograms {
  /** As it is written, for one sample where it is written for one. */
  readonly hand: Program;
  /** With a derivative in place of every formula that is claimed to be one. */
  readonly reference: Program;
  /** The formulas that are judged, in order. */
  readonly claimed: readonly Formula[];
  /** Compiles a text as these were compiled. */
  readonly options: CompileOptions;
}

type CompiledComparison = ComparedPrograms | { readonly diagnostics: readonly Diagnostic[] } | undefined;

/** Compiles a text to be judged; what is wrong where it cannot be; undefined where nothing in it is claimed. */
export const compileComparison = (text: string, given: CompileOptions = {}): CompiledComparison =>
  runToEnd(compileComparisonTask(text, given));

/** The same, a program at a time. */
export function* compileComparisonTask(text: string, given: CompileOptions): SlicedWork<CompiledComparison> {
  const whole = compiled(text, given).program;
  yield 0;
  const alone = { ...given, oneSample: true };
  const single = whole?.model.batch && compiled(text, alone).program;
  const hand = single ?? whole;
  const options = single === undefined ? given : alone;
  const claimed = hand?.model.formulas.filter(({ claim, derived }) => claim !== undefined && !derived) ?? [];
  if (hand === undefined || claimed.length === 0) return undefined;
  yield 0;
  const reference = compiled(text, { ...options, deriveClaims: true });
  if (reference.program === undefined) return reference;
  return { hand, reference: reference.program, claimed, options };
}

/** What is known of a claim. */
export interface ClaimResult {
  readonly formula: Formula;
  readonly claim: Claim;
  /** Wherever the derivative is finite. */
  readonly comparisons: readonly CellComparison[];
  /** Whether there was anything to compare: that both are 0 wherever they are tried shows nothing, unless one is so by its form. */
  readonly isTried: boolean;
  /** Where it is not what is written; none where the lesson's numbers lie on a kink and either slope is as good. */
  readonly wrong: readonly CellComparison[];
}

/** What each run of a trial left in memory. */
export type Memories = readonly { readonly hand: Float64Array; readonly reference: Float64Array }[];

/** Trials at which a claim is to be seen: at one alone, where a unit happens to be open, a mistake may happen to be right. */
const enough = 3;

/** What is known of all claims, and what the runs left in memory that showed it. */
export interface ClaimResults {
  readonly results: readonly ClaimResult[];
  readonly memories: Memories;
}

/** Compares every claimed formula with the derivative, at the lesson's numbers and at others. */
export function* compareReadingTask(
  trial: Trial,
  claimed: readonly Formula[],
  reading: ClaimReading,
): SlicedWork<ClaimResults> {
  const found = new Map<Formula, CellComparison[]>(claimed.map((formula) => [formula, []]));
  const memories: { readonly hand: Float64Array; readonly reference: Float64Array }[] = [];
  const run = (n: number): void => {
    for (const [formula, comparisons] of trial.run(n, claimed, reading))
      found.get(formula)?.push(...comparisons);
    memories.push(trial.memories);
  };
  const isTried = (formula: Formula): boolean =>
    found.get(formula)?.some(isSeen) === true || isZero(trial.reference, formula);
  for (const n of trial.numbers.trials) {
    run(n);
    yield 0;
  }
  const isShown = (formula: Formula): boolean =>
    new Set(
      found
        .get(formula)
        ?.filter(isSeen)
        .map((one) => one.trial),
    ).size >= enough || isZero(trial.reference, formula);
  for (const n of trial.numbers.furtherTrials) {
    if (claimed.every(isShown)) break;
    run(n);
    yield 0;
  }
  const results = [...found].map(([formula, comparisons]): ClaimResult => {
    const known = comparisons.filter(({ derived }) => Number.isFinite(derived));
    const wrong = known.filter(({ agrees }) => !agrees);
    const mayBeKink = wrong.every((one) => isOnKink(one, known));
    const isKink = wrong.length > 0 && mayBeKink && trial.isKink(formula, claimed);
    return {
      formula,
      claim: formula.claim as Claim,
      comparisons: known,
      isTried: isTried(formula),
      wrong: isKink ? [] : wrong,
    };
  });
  return { results, memories };
}

/** Whether there is anything to compare. */
const isSeen = ({ hand, derived }: CellComparison): boolean =>
  Number.isFinite(derived) && (hand !== 0 || derived !== 0);

/** Whether a difference may be that between the slopes on both sides of a kink, which is no small one. */
function isOnKink({ trial, hand, derived }: CellComparison, comparisons: readonly CellComparison[]): boolean {
  if (trial !== 0 || !Number.isFinite(hand)) return false;
  const most = comparisons.reduce((a, one) => (one.trial === 0 ? Math.max(a, Math.abs(one.derived)) : a), 0);
  return !mayBeNoise(hand, derived, most);
}

/** Whether a derivative is 0 by its form: the loss does not depend on what it is by. */
function isZero(reference: Program, { target, version }: Formula): boolean {
  const derived = reference.writer(target, version)?.expression;
  return derived?.kind === 'number' && derived.value === 0;
}

/**
 * Compares twice: formulas read what the claims before them ought to give, so that each mistake is blamed once; or what those
 * give, where that explains more.
 */
export function* compareClaimsTask(trial: Trial, claimed: readonly Formula[]): SlicedWork<ClaimResults> {
  const faults = ({ results }: ClaimResults) =>
    results.filter(({ comparisons, wrong }) => comparisons.length === 0 || wrong.length > 0).length;
  const asClaimed = yield* compareReadingTask(trial, claimed, 'claimed');
  if (faults(asClaimed) <= 1) return asClaimed;
  const asWritten = yield* compareReadingTask(trial, claimed, 'written');
  return faults(asWritten) < faults(asClaimed) ? asWritten : asClaimed;
}

/** All of it at once. */
export const compareClaims = (trial: Trial, claimed: readonly Formula[]): ClaimResults =>
  runToEnd(compareClaimsTask(trial, claimed));
