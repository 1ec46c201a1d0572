import type { CompileOptions } from '../formula/compile/compile.ts';
import { type Diagnostic, Diagnostics } from '../formula/diagnostic.ts';
import { domains, isWithin } from '../formula/domain.ts';
import { cellAt, cellName, type Formula } from '../formula/model.ts';
import { rowAt } from '../formula/rows.ts';
import { type Claim, derivativeText } from '../formula/statement.ts';
import { format } from '../number/format.ts';
import type { Program } from '../program/program.ts';
import { type ClaimResult, compareClaims, compileComparison } from './claim-comparison.ts';
import { compiled } from './compiled.ts';
import { assignRoles } from './inferred-claims.ts';
import { likelyMistake } from './known-mistake.ts';
import { verifyStatedMistakes } from './stated-mistake.ts';
import { Trial } from './trial.ts';
import { isWide } from './trial-numbers.ts';

/**
 * Checks every formula that is written by hand and claimed to be a derivative against the derived one, in full
 * precision, at the lesson's numbers and at others. Each mistake is blamed once: a formula reads what the claims before
 * it ought to give, so a wrong one does not spoil those that read it. Where it explains more, as with a right formula
 * that is claimed to be something else, formulas read what those before them do give. What is written for one sample is
 * judged on one, whatever the batch; only a model with a line about the whole batch is judged on a batch. What is said not to be
 * a derivative must not be one, and what an update goes down must be one, whether that is claimed or not. Says nothing of a text
 * that does not compile: compiling does.
 */
export function verifyClaims(text: string, given: CompileOptions = {}): Diagnostic[] {
  const { program } = compiled(text, given);
  if (program === undefined) return [];
  return [
    ...verifyWritten(text, given),
    ...verifyStatedMistakes(text, program, given),
    ...verifyInferred(text, program, given),
  ];
}

function verifyWritten(text: string, given: CompileOptions): readonly Diagnostic[] {
  const programs = compileComparison(text, given);
  if (programs === undefined) return [];
  if ('diagnostics' in programs) return programs.diagnostics.filter(({ severity }) => severity === 'error');
  const trial = new Trial(programs.hand, programs.reference);
  const diagnostics = new Diagnostics();
  for (const result of compareClaims(trial, programs.claimed).results) {
    const { formula, claim, comparisons, isTried, wrong } = result;
    const what = derivativeText(claim);
    if (comparisons.length === 0) {
      const why = `${what} is not finite at any numbers tried, so ${formula.target} could not be checked`;
      const hint = 'a domain such as : positive keeps trial numbers sensible';
      diagnostics.warning(claim.span, 'claim', `${why}; ${hint}`);
    } else if (wrong.length > 0) {
      const gives = `${cellName(formula.target, wrongCell(trial, result))} gives`;
      diagnostics.error(
        claim.span,
        'claim',
        `${explain(trial, result, gives)}${domainHint(trial.hand, result)}`,
      );
    } else if (!isTried) {
      const why = `${what} and ${formula.target} are 0 at all numbers tried, which shows nothing`;
      diagnostics.warning(
        claim.span,
        'claim',
        `${why}; choose numbers at which ${claim.of} depends on ${claim.by}`,
      );
    }
  }
  return diagnostics.all;
}

/** What has no claim, but a role that is told by the update that uses it: it may be wrong, too, and its author may know. */
function verifyInferred(text: string, running: Program, given: CompileOptions): readonly Diagnostic[] {
  const { text: said, inferred, updates } = assignRoles(text, given);
  if (inferred.size === 0 && updates.size === 0) return [];
  const programs = compileComparison(said, given);
  if (programs === undefined || 'diagnostics' in programs) return [];
  const trial = new Trial(programs.hand, programs.reference);
  const diagnostics = new Diagnostics();
  for (const result of compareClaims(trial, programs.claimed).results) {
    const { formula, claim, wrong } = result;
    const { target } = formula;
    if (wrong.length === 0) continue;
    const parameter = updates.get(target)?.parameter;
    const cell = wrongCell(trial, result);
    const own = running.writer(parameter ?? target, parameter === undefined ? 'old' : 'new');
    if (own === undefined || (parameter === undefined && !inferred.has(target))) continue;
    const what = parameter === undefined ? target : `the update of ${parameter}`;
    const gives =
      parameter === undefined
        ? `${cellName(target, cell)} gives`
        : `the update takes for the gradient by ${cellName(parameter, cell)}`;
    const not = `: not ${derivativeText(claim)}${indexText(formula)}`;
    const hint =
      parameter === undefined
        ? `if ${what} is meant so, write ${not} behind it`
        : `if that is meant so, give the gradient a line in backward, and write ${not} behind it`;
    diagnostics.warning(own.span, 'update', `${explain(trial, result, gives)}; ${hint}`);
  }
  return diagnostics.all;
}

const indexText = ({ indices }: Formula): string =>
  indices.length === 0 ? '' : `[${indices.map(({ name }) => name).join(',')}]`;

const wrongCell = (trial: Trial, { formula, wrong: [first] }: ClaimResult): number[] =>
  cellAt(trial.shapeOf(formula), first.flat);

/** What is wrong, at the first cell where it shows, and the slip of the pen that it looks like. */
function explain(trial: Trial, result: ClaimResult, gives: string): string {
  const { formula, claim, comparisons, wrong } = result;
  const [first] = wrong;
  const shape = trial.shapeOf(formula);
  const digits = { precision: { kind: 'significant', digits: 6 } } as const;
  const where =
    first.trial === 0
      ? ''
      : isWide(first.trial)
        ? ' at other trial numbers'
        : ' at trial numbers near the lesson’s';
  const right = derivativeCell(trial.ofBatch(formula), claim, cellAt(shape, first.flat));
  const numbers = `${gives} ${format(first.hand, digits)}${where}, but ${right} is ${format(first.derived, digits)}`;
  if (!Number.isFinite(first.hand)) return `${numbers}; the formula is not finite there`;
  const mistake = likelyMistake(
    comparisons.filter((one) => !isWide(one.trial)),
    shape,
  );
  return mistake === undefined ? numbers : `${numbers}; ${mistake}`;
}

/** A shortcut such as p - t holds only on some data, and the author can say on which. */
function domainHint({ model }: Program, { claim, comparisons }: ClaimResult): string {
  if (comparisons.some(({ agrees, trial }) => !agrees && trial === 0)) return '';
  for (const { name, role, shape, domain, numbers, rows } of model.quantities.values()) {
    const isData = (role === 'given' || role === 'sample') && name !== claim.by;
    if (!isData || domain !== undefined || shape.length === 0) continue;
    const data = numbers ?? (rows && rowAt(rows, 0));
    if (data === undefined) continue;
    const width = shape[shape.length - 1];
    const fitting = (['onehot', 'distribution'] as const).find((one) => isWithin(one, data, width));
    if (fitting !== undefined)
      return `; if it holds only for data like these, say so: write : ${fitting} behind the numbers of ${name}, which ${domains[fitting].rule}`;
  }
  return '; if it holds only for some data, say for which, as in given t = [0, 1] : onehot';
}

/** `-dL/dnet2[1]`, or without a cell where it has none of its own. */
function derivativeCell(formula: Formula, { sign, of, by, indices }: Claim, cell: readonly number[]): string {
  const at = indices.map(
    ({ terms }) => cell[formula.indices.findIndex(({ name }) => name === terms[0]?.[0]) ?? -1],
  );
  return `${sign < 0 ? '-' : ''}d${of}/${cellName(`d${by}`, at.includes(undefined as never) ? [] : at)}`;
}
