import { html, nothing, type TemplateResult } from 'lit';
import { spokenName } from '../../src/formula/notation.ts';
import { formatCount } from '../../src/number/format.ts';
import type { FrameDivergence } from '../../src/session/analysis/comparison.ts';
import type { Session } from '../../src/session/session.ts';
import { compareWords as words } from '../../src/words/tools/compare.ts';
import { type Column, curvesRange, evenlySpaced, plot } from '../charts/line-chart.ts';
import { divergenceText } from './compared-numbers.ts';

/** Rows of the table of the curves at most. */
const mostRows = 12;
/**
 * How two runs diverge over iterations: curves of the relative difference of the parameters (logarithmic) and of each loss in
 * both runs, and a table; for a single iteration only the table. `losses` names the losses of `found`, in their order; `found`
 * is in the order of iterations; `nothing` where it is empty.
 */
export function divergenceCourse(
  session: Session,
  losses: readonly string[],
  found: readonly FrameDivergence[],
): TemplateResult | typeof nothing {
  if (found.length === 0) return nothing;
  const { moment, figures, model } = session;
  const iterations = found[found.length - 1].frame;
  const place = { iterations, present: Math.min(iterations, moment.frame) };
  const { most, least, height } = scaleOf(found);
  const divergence = columns(found, ({ relative }) => height(relative));
  // A single point is no curve.
  if (found.length < 2) return table(session, losses, found);
  const ends = [formatCount(1), formatCount(iterations)] as const;
  return html`${losses.map((name, n) => {
    const curves = [0, 1].map((side) => columns(found, (one) => one.losses[n][side]));
    const { low, high } = curvesRange(curves);
    return html`<figure class="losses">
        <figcaption><span>${spokenName(model, name)}</span>
          ${[words.here, words.there].map((run, side) => html`<span class="key loss-${side}"><span class="line" aria-hidden="true"></span>${run}</span>`)}
        </figcaption>
        ${plot(curves, place, { high: figures.text(high), low: figures.text(low), ends })}
      </figure>`;
  })}
    <figure class="losses">
      <figcaption>${words.parameters}</figcaption>
      ${plot([divergence], place, { high: divergenceText(most), low: most === 0 ? '' : divergenceText(least), ends })}
    </figure>
    ${table(session, losses, found)}`;
}

/** The curves as numbers. */
function table(
  session: Session,
  losses: readonly string[],
  found: readonly FrameDivergence[],
): TemplateResult {
  const { figures, model } = session;
  const rows = evenlySpaced(found.length, mostRows).map((n) => found[n - 1]);
  return html`<details class="numbers"><summary>${words.numbers}</summary>
    <table class="course">
      <thead><tr><th scope="col">${words.iteration}</th><th scope="col">${words.parameterColumn}</th>
        ${losses.map((name) => [words.lossHere, words.lossThere].map((label) => html`<th scope="col">${label(spokenName(model, name))}</th>`))}
      </tr></thead>
      <tbody>${rows.map(
        ({ frame, relative, losses: values }) => html`<tr>
          <th scope="row"><button type="button" class="text-button" @click=${() => session.goToFrame(frame)}>${formatCount(frame)}</button></th>
          <td>${divergenceText(relative)}</td>
          ${values.map((both) => both.map((value) => html`<td>${figures.text(value)}</td>`))}
        </tr>`,
      )}</tbody>
    </table></details>`;
}

const columns = (found: readonly FrameDivergence[], value: (one: FrameDivergence) => number): Column[] =>
  found.flatMap((one) => {
    const at = value(one);
    return Number.isFinite(at) ? [{ last: one.frame, low: at, high: at }] : [];
  });

/** A logarithmic scale from the power of ten below the smallest difference; a difference of 0 is one unit below. */
function scaleOf(found: readonly FrameDivergence[]): {
  readonly most: number;
  readonly least: number;
  readonly height: (relative: number) => number;
} {
  const parted = found.map(({ relative }) => relative).filter((one) => one > 0);
  const bottom = Math.floor(Math.log10(parted.reduce((a, b) => Math.min(a, b), 1)));
  const isSame = parted.length < found.length;
  return {
    most: parted.reduce((a, b) => Math.max(a, b), 0),
    least: isSame ? 0 : 10 ** bottom,
    height: (relative) => (relative === 0 ? 0 : Math.log10(relative) - bottom + (isSame ? 1 : 0)),
  };
}
