import type { CompileOptions } from '../formula/compile/compile.ts';
import { type Diagnostic, Diagnostics } from '../formula/diagnostic.ts';
import type { Formula } from '../formula/model.ts';
import { derivativeText, type FormulaStatement } from '../formula/statement.ts';
import { runToEnd } from '../machine/step/sliced-work.ts';
import type { Program } from '../program/program.ts';
import { compareReadingTask, compileComparison } from './claim-comparison.ts';
import { Trial } from './trial.ts';

/**
 * Checks every formula that is stated not to be a derivative, `: not dL/dW[k,j]`, which is how a lesson shows a mistake on
 * purpose: it must differ from the derivative somewhere. `program` is the text compiled with the options `given`. Reports an
 * error if it agrees, and warnings if that could not be tried.
 */
export function verifyStatedMistakes(
  text: string,
  program: Program,
  given: CompileOptions = {},
): Diagnostic[] {
  const diagnostics = new Diagnostics();
  for (const formula of program.model.formulas) {
    const { mistake, target } = formula;
    if (mistake === undefined) continue;
    const result = resultOf(text, formula, given);
    const what = derivativeText(mistake);
    if (result === undefined)
      diagnostics.warning(mistake.span, 'claim', `there is no ${what} to hold ${target} against`);
    else if (result.wrong.length > 0) continue;
    else if (result.isTried)
      diagnostics.error(mistake.span, 'claim', `${target} is ${what} at all numbers tried; leave out not`);
    else
      diagnostics.warning(
        mistake.span,
        'claim',
        `${target} and ${what} are 0 at all numbers tried, which does not show that they differ`,
      );
  }
  return diagnostics.all;
}

/** The result of the formula if it were claimed to be what it is stated not to be. */
function resultOf(text: string, { target, span, mistake }: Formula, given: CompileOptions) {
  const isSame = (one: FormulaStatement) => one.target === target && one.span.line === span.line;
  const changed = (line: FormulaStatement): FormulaStatement => {
    const { claim, mistake: not, ...rest } = line;
    if (isSame(line)) return { ...rest, ...(not && { claim: not }) };
    // The right formula may exist beside it; it only loses its claim.
    return claim?.of === mistake?.of && claim?.by === mistake?.by ? rest : line;
  };
  const programs = compileComparison(text, { ...given, changed });
  if (programs === undefined || 'diagnostics' in programs) return undefined;
  const claimed = programs.claimed.filter((one) => one.target === target && one.span.line === span.line);
  return runToEnd(compareReadingTask(new Trial(programs.hand, programs.reference), claimed, 'written'))
    .results[0];
}
