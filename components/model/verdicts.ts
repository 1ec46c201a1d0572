import type { Formula, Model } from '../../src/formula/model.ts';
import { divergenceReason, type Review } from '../../src/session/analysis/divergence.ts';
import { modelEditingWords as words } from '../../src/words/model/model-editing.ts';
import type { Verdict } from './model-host.ts';

/**
 * What a review says of each formula of `model` that it has looked at, sorted by lines. `lineOf` gives the written line (from 1) for
 * a line of the formulas, undefined where nobody has written it; such formulas have no verdict.
 */
export function verdictsOf(
  { divergences, agreed, untried }: Review,
  model: Model,
  lineOf: (line: number) => number | undefined,
): readonly Verdict[] {
  const found = new Map<number, Verdict>();
  const tell = ({ span }: Formula, kind: Verdict['kind'], text: string): void => {
    const line = lineOf(span.line);
    if (line !== undefined && !found.has(line)) found.set(line, { line, kind, text });
  };
  // A line that shorthand or an update shares by several formulas tells what is wrong in it.
  for (const one of divergences) tell(one.formula, 'differs', divergenceReason(one));
  for (const formula of model.formulas)
    if (untried.includes(formula.target) && formula.phase === 'backward')
      tell(formula, 'untried', words.nothingSeen);
  for (const formula of agreed) tell(formula, 'agrees', words.agrees);
  return [...found.values()].sort((a, b) => a.line - b.line);
}
