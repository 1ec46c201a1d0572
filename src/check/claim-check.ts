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
 * Checks every hand-written formula with a claim against the derived formula, at full precision, at the lesson's numbers and at
 * trial numbers; `given` are the compile options. Each mistake is blamed once: a formula reads what the claims before it should
 * give, so a wrong one does not spoil its readers; where that explains more, as with a right formula under a wrong claim,
 * formulas read what those before them do give. Formulas written for one sample are checked on one sample, unless the model has a
 * line about the whole batch. Claims with `not` must be wrong, and a gradient used by an update must be right even without a
 * claim.
 *
 * Reports errors for wrong claims, warnings for claims that could not be tried and for wrong gradients without a claim. Returns
 * nothing for a text that does not compile, since compiling reports that.
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

/**
 * Checks formulas without a claim whose role follows from the update that uses them. Only warns, since their author may mean it
 * so.
 */
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
        : `the update takes for the gradient with respect to ${cellName(parameter, cell)}`;
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

/** What is wrong, at the first cell where it shows, and the known mistake that would explain it. */
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

/** A shortcut such as p - t holds only for some data: suggests a domain with which the author can declare that. */
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

/** `-dL/dnet2[1]`, or without indices if it has no cell of its own. */
function derivativeCell(formula: Formula, { sign, of, by, indices }: Claim, cell: readonly number[]): string {
  const at = indices.map(
    ({ terms }) => cell[formula.indices.findIndex(({ name }) => name === terms[0]?.[0]) ?? -1],
  );
  return `${sign < 0 ? '-' : ''}d${of}/${cellName(`d${by}`, at.includes(undefined as never) ? [] : at)}`;
}
