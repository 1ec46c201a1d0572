import { html, nothing, type TemplateResult } from 'lit';
import type { Explanation, OpenedCall } from '../../src/explain/explanation.ts';
import { changeWords } from '../../src/words/notices/changes.ts';
import { formulaWords as words } from '../../src/words/reading/formula.ts';
import { math } from '../base/math.ts';

/**
 * Splits TeX at its equals sign or arrow; without one, all of it is the right side. The sign has spaces around it; one inside a
 * data attribute has none.
 */
function sides(tex: string): { left: string; sign: string; right: string } {
  const found = /^(.*?) (=|\\leftarrow) (.*)$/s.exec(tex);
  return found ? { left: found[1], sign: found[2], right: found[3] } : { left: '', sign: '', right: tex };
}

/** The right side as a line of its own, in display style. */
const line = (tex: string, sign = '='): string => `\\displaystyle {}${sign} ${tex}`;

/** Both sides of an equation, as a row of the grid `.lines`; `kind` is a class of both. */
const equation = (kind: string, left: string, right: string, sign?: string): TemplateResult => html`
  <span class="left ${kind}" ${math(left)}></span>
  <span class="right ${kind}" ${math(line(right, sign), 'broken')}></span>`;

/**
 * The formula of a step, row by row: the general rule, where it is unfolded; symbols; numbers; and beneath them what is computed
 * so far, where that is not yet the same, or the result. `toggleRule` is called by the button that folds the rule.
 */
export function linesTemplate(
  explanation: Explanation,
  isRuleShown: boolean,
  toggleRule: () => void,
): TemplateResult {
  const { general, symbols, numbers, reduced, calls, result } = explanation;
  const rule = sides(general);
  const { left, sign, right } = sides(symbols);
  // Inside a function the outer formula does not change until the cell is finished, and the function needs the space.
  const isOpen = calls.length > 0 && result === undefined;
  return html`<div class="lines ${isOpen ? 'calling' : ''}" role="group" aria-label=${words.formula}>
    ${
      isOpen
        ? nothing
        : html`<button type="button" class="text-button fold-rule" aria-expanded=${isRuleShown} title=${words.ruleHint}
            @click=${toggleRule}>${words.rule}</button>
          ${isRuleShown ? equation('general', rule.left, rule.right, rule.sign) : nothing}
          ${equation('symbols', left, right, sign)}`
    }
    ${equation('numbers', left, numbers, sign)}
    ${calls.map((call) => openedCall(call, result !== undefined))}
    ${result === undefined ? (isOpen ? nothing : soFar(reduced, numbers)) : finished(explanation, result)}
  </div>`;
}

/** TeX without marks and groups, to compare what is seen. */
const bare = (tex: string): string => tex.replace(/\\htmlData\{[^}]*\}|[{}]/g, '');

/** What is computed of a line of numbers, beneath it; nothing while that looks the same. */
const soFar = (reduced: string, numbers: string): TemplateResult | typeof nothing =>
  bare(reduced) === bare(numbers)
    ? nothing
    : html`<span class="right so-far" ${math(line(reduced), 'broken')}></span>`;

/** A call that is stepped through; what is computed of it is the result once the cell `isFinished`. */
function openedCall({ definition, numbers, reduced }: OpenedCall, isFinished: boolean): TemplateResult {
  const symbols = sides(definition);
  const values = sides(numbers);
  return html`<div class="call lines">
    ${equation('symbols', symbols.left, symbols.right)}
    ${equation('numbers', values.left, values.right)}
    ${isFinished ? nothing : soFar(reduced, values.right)}
  </div>`;
}

/** The computed value; then the stored one, where it is another, and why: a storing rule or the reader's override. */
function finished(
  { reduced, numbers }: Explanation,
  { computed, stored, rule, isOverridden }: NonNullable<Explanation['result']>,
): TemplateResult | typeof nothing {
  const isStoredAsIs = isOverridden !== true && (rule === undefined || stored === computed);
  // A number that is only taken over is its own result.
  if (isStoredAsIs && bare(numbers) === bare(reduced)) return nothing;
  const why = isOverridden ? changeWords.poked : rule === undefined ? '' : changeWords.storedWith(rule);
  return html`<span class="right result">
    <span ${math(line(isStoredAsIs ? reduced : computed))}></span>
    ${isStoredAsIs || why === '' ? nothing : html`<span ${math(`{}\\to \\htmlData{now=1}{${stored}}`)}></span>`}
    ${why === '' ? nothing : html`<span class="stored ${isOverridden ? 'poked' : ''}">${why}</span>`}
  </span>`;
}
