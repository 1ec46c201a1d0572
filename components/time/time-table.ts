import { html, type TemplateResult } from 'lit';
import { Adjoints, type UnversionedCell } from '../../src/explain/adjoints.ts';
import type { OneSample } from '../../src/explain/one-sample.ts';
import { type TimedQuantity, timedCells } from '../../src/explain/recurrence.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import type { Session } from '../../src/session/session.ts';
import { unrolledTimeWords as words } from '../../src/words/drawing/unrolled-time.ts';

/** The numbers of the moments in sight and the derivatives by them: a row for each cell, a column for each moment. */
export function timeTable(
  { model, moment: state, figures }: Session,
  one: OneSample,
  rows: readonly TimedQuantity[],
  moments: readonly number[],
): TemplateResult {
  const adjoints = new Adjoints(model, one);
  const text = ({ name, cell }: UnversionedCell) => {
    const value = state.value(name, 'old', cell);
    return value === undefined
      ? html`<span class="pending" role="img" aria-label=${words.notYet}>·</span>`
      : html`<span class="value" data-cell=${dataCell(name, cell)}>${figures.text(value, name, cell)}</span>`;
  };
  const lines = rows.flatMap((row) =>
    timedCells(model, one, row, moments[0]).flatMap((_, n) => {
      const cells = moments.map((moment) => timedCells(model, one, row, moment)[n]);
      const derivatives = cells.flatMap((cell) => adjoints.of(cell).slice(0, 1));
      return derivatives.length === cells.length ? [cells, derivatives] : [cells];
    }),
  );
  // The time step is in the column's head.
  const dimensions = new Map(rows.map(({ name, dimension }) => [name, dimension]));
  const label = (ref: UnversionedCell) => {
    const primal = adjoints.primal(ref) ?? ref;
    const own = ref.cell.filter((_, d) => d !== dimensions.get(primal.name));
    return spokenCell(
      model,
      ref.name,
      one.own(ref.name, ref.cell).length < ref.cell.length ? own.slice(1) : own,
    );
  };
  return html`<details class="numbers"><summary>${words.inNumbers}</summary>
      <div class="table-scroll" tabindex="0" role="group" aria-label=${words.inNumbers}><table>
      <thead><tr><th scope="col">${words.cell}</th>${moments.map((moment) => html`<th scope="col">${words.moment(moment)}</th>`)}</tr></thead>
      <tbody>${lines.map(
        (cells) =>
          html`<tr><th scope="row">${label(cells[0])}</th>${cells.map((cell) => html`<td>${text(cell)}</td>`)}</tr>`,
      )}</tbody></table></div></details>`;
}
