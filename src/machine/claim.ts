import type { CompileOptions } from '../formula/compile.ts';
import { type Diagnostic, Diagnostics } from '../formula/diagnostic.ts';
import { cellAt, cellName, type Formula } from '../formula/model.ts';
import type { Claim } from '../formula/statement.ts';
import { format } from '../number/format.ts';
import { courtOf, judge } from './judgement.ts';
import { type Comparison, likelySlip } from './slip.ts';
import { Trial } from './trial.ts';

/**
 * Checks every formula that is written by hand and claimed to be a derivative against the derived one, in full
 * precision, at the lesson's numbers and at others. Each mistake is blamed once: a formula reads what the claims before
 * it ought to give, so a wrong one does not spoil those that read it. Where it explains more, as with a right formula
 * that is claimed to be something else, formulas read what those before them do give. What is written for one sample is
 * judged on one, whatever the batch; only a model with a line about the whole batch is judged on a batch. Says nothing of
 * a text that does not compile: compiling does.
 */
export function verifyClaims(text: string, given: CompileOptions = {}): Diagnostic[] {
  const court = courtOf(text, given);
  if (court === undefined) return [];
  if ('diagnostics' in court) return court.diagnostics.filter(({ severity }) => severity === 'error');
  const trial = new Trial(court.hand, court.judge);
  const diagnostics = new Diagnostics();
  for (const { formula, claim, known, isTried, wrong } of judge(trial, court.claimed).verdicts) {
    if (known.length === 0) {
      const why = `${claimText(claim)} is not finite at any numbers tried, so ${formula.target} could not be checked`;
      const hint = 'a domain such as : positive keeps trial numbers sensible';
      diagnostics.warning(claim.span, 'claim', `${why}; ${hint}`);
    } else if (wrong.length > 0) {
      const message = explain(trial.ofBatch(formula), claim, trial.shapeOf(formula), known, wrong[0]);
      diagnostics.error(claim.span, 'claim', message);
    } else if (!isTried) {
      const why = `${claimText(claim)} and ${formula.target} are 0 at all numbers tried, which shows nothing`;
      diagnostics.warning(
        claim.span,
        'claim',
        `${why}; choose numbers at which ${claim.of} depends on ${claim.by}`,
      );
    }
  }
  return diagnostics.all;
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
  const where = first.trial === 0 ? '' : ' at trial numbers near the lesson’s';
  const numbers = `${cellName(formula.target, cell)} gives ${format(first.hand, digits)}${where}, but ${claimText(claim, cell, formula)} is ${format(first.derived, digits)}`;
  const slip = Number.isFinite(first.hand) ? likelySlip(known, shape) : 'the formula is not finite there';
  if (slip !== undefined) return `${numbers}; ${slip}`;
  // A shortcut such as p - t holds only on some data, and the author can say on which.
  const domains = 'if it holds only for some data, say for which, as in given t = [0, 1] : onehot';
  return known.every(({ agrees, trial }) => agrees || trial !== 0) ? `${numbers}; ${domains}` : numbers;
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
