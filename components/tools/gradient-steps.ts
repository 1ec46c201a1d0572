import { html, type TemplateResult } from 'lit';
import type { CheckedCell } from '../../src/check/gradient-check.ts';
import { format } from '../../src/number/format.ts';
import type { GradientCheckTask } from '../../src/session/analysis/gradient-check-task.ts';
import type { Session } from '../../src/session/session.ts';
import { gradientCheckWords as words } from '../../src/words/tools/gradient-check.ts';
import { plot } from '../charts/line-chart.ts';

/** The smallest step is 1e-13; errors below 1e-17 count as none. */
const most = 13;
const floor = 17;

/** An error in up to two significant digits. */
export const errorText = (error: number): string =>
  format(error, { precision: { kind: 'significant', digits: 2 } });

/**
 * The error of a cell's difference quotient over its step, 0.1 to 1e-13, both logarithmic, as a curve and a table; the
 * quotients are computed now, or taken from `gradientCheck`, whose cell it must be. `name` is the cell's, for the caption;
 * `power` is the marked step, as a power of ten below one (4: 1e-4).
 */
export function stepCurve(
  session: Session,
  gradientCheck: GradientCheckTask,
  cell: CheckedCell,
  name: string,
  power: number,
): TemplateResult {
  const { figures } = session;
  const found = Array.from({ length: most }, (_, n) => gradientCheck.quotient(cell, Number(`1e-${n + 1}`)));
  const column = found.flatMap(({ error }, n) => {
    const height = error > 0 ? Math.max(0, Math.log10(error) + floor) : 0;
    return Number.isFinite(height) ? [{ last: n + 1, low: height, high: height }] : [];
  });
  const worst = found.reduce((a, { error }) => (Number.isFinite(error) ? Math.max(a, error) : a), 0);
  return html`<figure class="losses steps">
      <figcaption>${words.curve(name)}</figcaption>
      ${plot(
        [column],
        { iterations: most, present: power },
        {
          high: errorText(worst),
          low: format(Number(`1e-${floor}`)),
          ends: [words.large, words.small],
        },
      )}
    </figure>
    <details class="numbers"><summary>${words.numbers}</summary>
      <table class="course">
        <thead><tr><th scope="col">${words.step}</th><th scope="col">${words.difference}</th><th scope="col">${words.error}</th></tr></thead>
        <tbody>${found.map(
          ({
            step,
            quotient,
            error,
          }) => html`<tr><th scope="row">${format(step, { precision: { kind: 'significant', digits: 6 } })}</th>
          <td>${figures.text(quotient)}</td><td>${errorText(error)}</td></tr>`,
        )}</tbody>
      </table></details>`;
}
