import { html, nothing, type TemplateResult } from 'lit';
import { evenlySpaced } from '../../src/figure/base/picture.ts';
import { type Column, coursesPicture } from '../../src/figure/plane/courses.ts';
import { spokenName } from '../../src/formula/notation.ts';
import { formatCount } from '../../src/number/format.ts';
import type { FrameDivergence } from '../../src/session/analysis/comparison.ts';
import type { Session } from '../../src/session/session.ts';
import { compareWords as words } from '../../src/words/tools/compare.ts';
import { drawn, lineKey } from '../charts/picture.ts';
import { divergenceText } from './compared-numbers.ts';

/** Rows of the table of the curves at most. */
const mostRows = 12;
/**
 * How two runs diverge over iterations: curves of the relative difference of the parameters (logarithmic) and of each loss in
 * both runs, and a table; for a single iteration only the table. `losses` names the losses of `found`, in their order; `found`
 * is in the order of iterations, and `nothing` where it is empty; `width` is the curves', in CSS pixels.
 */
export function divergenceCourse(
  session: Session,
  losses: readonly string[],
  found: readonly FrameDivergence[],
  width: number,
): TemplateResult | typeof nothing {
  if (found.length === 0) return nothing;
  // A single point is no curve.
  if (found.length < 2) return table(session, losses, found);
  const { moment, model } = session;
  const iterations = found[found.length - 1].frame;
  const room = { iterations, present: Math.min(iterations, moment.frame), width };
  return html`${losses.map((name, n) => {
    const curves = [0, 1].map((side) => columns(found, (one) => one.losses[n][side]));
    const named = spokenName(model, name);
    return html`<figure class="losses">
        <figcaption><span>${named}</span>${[words.here, words.there].map((run, side) => lineKey(side, run))}</figcaption>
        ${drawn(coursesPicture(curves, [words.lossHere(named), words.lossThere(named)], room))}
      </figure>`;
  })}
    <figure class="losses">
      <figcaption>${words.parameters}</figcaption>
      ${drawn(
        coursesPicture([columns(found, ({ relative }) => relative)], [words.parameterColumn], {
          ...room,
          ...scaleOf(found),
        }),
      )}
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

/** Logarithmic as long as there is a difference; where there is none at other iterations, that is a power of ten below the least. */
function scaleOf(found: readonly FrameDivergence[]): { readonly isLog: boolean; readonly least?: number } {
  const parted = found.map(({ relative }) => relative).filter((one) => one > 0);
  if (parted.length === 0) return { isLog: false };
  if (parted.length === found.length) return { isLog: true };
  return { isLog: true, least: 10 ** (Math.floor(Math.log10(parted.reduce((a, b) => Math.min(a, b)))) - 1) };
}
