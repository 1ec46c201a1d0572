import { html, type TemplateResult } from 'lit';
import type { CheckedCell } from '../../src/check/gradient-check.ts';
import { coursesPicture } from '../../src/figure/plane/courses.ts';
import { format } from '../../src/number/format.ts';
import type { GradientCheckTask } from '../../src/session/analysis/gradient-check-task.ts';
import type { Session } from '../../src/session/session.ts';
import { gradientCheckWords as words } from '../../src/words/tools/gradient-check.ts';
import { drawn } from '../charts/picture.ts';

/** The smallest step is 1e-13; errors below 1e-17 count as none. */
const most = 13;
const least = 1e-17;

/** An error in up to two significant digits. */
export const errorText = (error: number): string =>
  format(error, { precision: { kind: 'significant', digits: 2 } });

/**
 * The error of a cell's difference quotient over its step, 0.1 to 1e-13, both logarithmic, as a curve and a table; the
 * quotients are computed now, or taken from `gradientCheck`, whose cell it must be. `name` is the cell's, for the caption;
 * `power` is the marked step, as a power of ten below one (4: 1e-4); `width` is the curve's, in CSS pixels.
 */
export function stepCurve(
  session: Session,
  gradientCheck: GradientCheckTask,
  cell: CheckedCell,
  name: string,
  power: number,
  width: number,
): TemplateResult {
  const { figures } = session;
  const found = Array.from({ length: most }, (_, n) => gradientCheck.quotient(cell, Number(`1e-${n + 1}`)));
  const column = found.flatMap(({ error }, n) =>
    Number.isFinite(error) ? [{ last: n + 1, low: error, high: error }] : [],
  );
  return html`<figure class="losses steps">
      <figcaption>${words.curve(name)}</figcaption>
      ${drawn(
        coursesPicture([column], [words.error], {
          ...{ iterations: most, present: power, width, isLog: true },
          least: column.some(({ low }) => low < least) ? least : undefined,
          iterationText: (n) => powerText(n),
        }),
      )}
      <p class="ends quiet" aria-hidden="true"><span>${words.large}</span><span>${words.small}</span></p>
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

/** A power of ten below one, as 10⁻⁴. */
const powerText = (power: number): string =>
  format(Number(`1e-${power}`), { plain: [0, 0] }).replace(/^1×/, '');
