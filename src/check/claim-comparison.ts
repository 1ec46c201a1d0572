import type { CompileOptions } from '../formula/compile/compile.ts';
import type { Diagnostic } from '../formula/diagnostic.ts';
import type { Formula } from '../formula/model.ts';
import type { Claim } from '../formula/statement.ts';
import { runToEnd, type SlicedWork } from '../machine/step/sliced-work.ts';
import type { Program } from '../program/program.ts';
import { compiled } from './compiled.ts';
import { type CellComparison, mayBeNoise } from './known-mistake.ts';
import type { ClaimReading, Trial } from './trial.ts';

/** The two programs that are compared. */
export interface ComparedPrograms {
  /** The text as written, compiled for one sample if it is written for one. */
  readonly hand: Program;
  /** The reference program: every formula with a claim is replaced by the derived one. */
  readonly reference: Program;
  /** The hand-written formulas of `hand` that have a claim, in order. */
  readonly claimed: readonly Formula[];
  /** The options with which both were compiled. */
  readonly options: CompileOptions;
}

/** Both programs, or why there are none: see `compileComparison`. */
type CompiledComparison = ComparedPrograms | { readonly diagnostics: readonly Diagnostic[] } | undefined;

/**
 * Compiles a text for comparison, with the options `given` (none by default): both programs; or the diagnostics if the derivative
 * does not compile; or undefined if nothing is claimed or the text itself does not compile.
 */
export const compileComparison = (text: string, given: CompileOptions = {}): CompiledComparison =>
  runToEnd(compileComparisonTask(text, given));

/** `compileComparison` in time slices, one program at a time. */
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

/** The result of comparing one claimed formula. */
export interface ClaimResult {
  readonly formula: Formula;
  readonly claim: Claim;
  /** All cells and trials at which the derivative is finite. */
  readonly comparisons: readonly CellComparison[];
  /**
   * Whether there was anything to compare: if both sides are 0 wherever they were tried, that shows nothing, unless the
   * derivative is identically 0.
   */
  readonly isTried: boolean;
  /**
   * The comparisons that disagree; empty if they do so only because the lesson's numbers lie on a kink, where either slope is
   * right.
   */
  readonly wrong: readonly CellComparison[];
}

/** The memories of both programs after each trial that was run, in order. */
export type Memories = readonly { readonly hand: Float64Array; readonly reference: Float64Array }[];

/**
 * A claim needs this many trials with nonzero values: at a single one, where a unit happens to be active, a mistake may look
 * right.
 */
const enough = 3;

/** The results for all claims, and the memories in which they show. */
export interface ClaimResults {
  /** One for each claimed formula, in order. */
  readonly results: readonly ClaimResult[];
  readonly memories: Memories;
}

/**
 * Compares claimed formulas (of `trial.hand`) with the derivative, in time slices: at all numbers of `trials`, and of
 * `furtherTrials` as long as these have shown too little of some claim. `reading` decides what other formulas read where they
 * read a claimed one. Runs the trial, so `trial.memories` are those of the last number afterwards.
 */
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

/** Whether a difference may be that between the slopes on both sides of a kink, which is never tiny. */
function isOnKink({ trial, hand, derived }: CellComparison, comparisons: readonly CellComparison[]): boolean {
  if (trial !== 0 || !Number.isFinite(hand)) return false;
  const most = comparisons.reduce((a, one) => (one.trial === 0 ? Math.max(a, Math.abs(one.derived)) : a), 0);
  return !mayBeNoise(hand, derived, most);
}

/** Whether a derivative is identically 0: the loss does not depend on what it is by. */
function isZero(reference: Program, { target, version }: Formula): boolean {
  const derived = reference.writer(target, version)?.expression;
  return derived?.kind === 'number' && derived.value === 0;
}

/**
 * Compares claimed formulas (of `trial.hand`) with the derivative, in time slices. Formulas read what the claims before them
 * should give, so that each mistake is blamed once; or what they do give, where that leaves fewer wrong claims. Runs the trial,
 * so `trial.memories` change; take those of the result.
 */
export function* compareClaimsTask(trial: Trial, claimed: readonly Formula[]): SlicedWork<ClaimResults> {
  const faults = ({ results }: ClaimResults) =>
    results.filter(({ comparisons, wrong }) => comparisons.length === 0 || wrong.length > 0).length;
  const asClaimed = yield* compareReadingTask(trial, claimed, 'claimed');
  if (faults(asClaimed) <= 1) return asClaimed;
  const asWritten = yield* compareReadingTask(trial, claimed, 'written');
  return faults(asWritten) < faults(asClaimed) ? asWritten : asClaimed;
}

/** `compareClaimsTask` all at once. */
export const compareClaims = (trial: Trial, claimed: readonly Formula[]): ClaimResults =>
  runToEnd(compareClaimsTask(trial, claimed));
