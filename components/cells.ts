import { html, nothing, type TemplateResult } from 'lit';
import type { CellReference } from '../src/explain/explanation.ts';
import { dataCell } from '../src/explain/rolled.ts';
import type { Version } from '../src/formula/expression.ts';
import { cellAt, cellName, type Quantity, sizeOf } from '../src/formula/model.ts';
import { spokenCell, texName } from '../src/formula/notation.ts';
import type { Run } from '../src/machine/machine.ts';
import { sameCell } from './cell-reference.ts';
import { math } from './math.ts';
import { SessionView } from './session-view.ts';

/** Of a larger quantity only these first cells and those at work are listed. */
const mostRows = 12;

const runs: readonly { run: Run; title: string }[] = [
  { run: 'lesson', title: 'Lecture rounding' },
  { run: 'full', title: 'Full precision' },
];

/** `<bs-cells>`: every number there is, in both runs side by side, as far as it is computed at this step. */
export class Cells extends SessionView {
  protected override render(): TemplateResult {
    const { model, state } = this.session;
    return html`<table class="cells">
      <caption class="visually-hidden">All cells at this step. Those not computed yet show a dot.</caption>
      <thead>
        <tr>
          <th scope="col">Cell</th>
          ${runs.map(
            ({ run, title }) =>
              html`<th scope="col" class=${run === state.run ? 'chosen' : ''}>${title}</th>`,
          )}
        </tr>
      </thead>
      ${[...model.quantities.values()].map((quantity) => this.rows(quantity))}
    </table>`;
  }

  private rows(quantity: Quantity): TemplateResult {
    const size = sizeOf(quantity.shape);
    const listed = Array.from({ length: Math.min(size, mostRows) }, (_, flat) =>
      cellAt(quantity.shape, flat),
    );
    for (const { cell } of size > mostRows ? this.atWork(quantity.name) : []) {
      if (!listed.some((one) => one.join() === cell.join())) listed.push([...cell]);
    }
    return html`<tbody>
      ${listed.map((cell) => this.row(quantity, cell))}
      ${
        listed.length < size
          ? html`<tr class="rest"><td colspan="3">and ${size - listed.length} more cells of ${quantity.name}</td></tr>`
          : nothing
      }
    </tbody>`;
  }

  /** The cells of a quantity that the present operation writes or reads. */
  private atWork(name: string): readonly CellReference[] {
    const { explanation } = this.session;
    if (explanation === undefined) return [];
    return [explanation.target, ...explanation.operands].filter((one) => one.name === name);
  }

  private row({ name }: Quantity, cell: readonly number[]): TemplateResult {
    const { model, machine, state } = this.session;
    const renewed = machine.layout.has(name, 'new');
    const work = this.atWork(name).filter((one) => one.cell.join() === cell.join());
    const target = work.some((one) => sameCell(one, this.session.explanation?.target as CellReference));
    return html`<tr class="${target ? 'target' : work.length > 0 ? 'operand' : ''}">
      <th scope="row">
        <button type="button" data-cell=${dataCell(name, cell)} data-version=${renewed ? 'new' : 'old'}
          aria-label=${spokenCell(model, name, cell)}
          title="Go to where ${cellName(name, cell)} is computed"
          ><span ${math(`\\displaystyle ${texName(model, name, cell)}`)}></span
        ></button>
      </th>
      ${runs.map(
        ({ run }) => html`<td class=${run === state.run ? 'chosen' : ''}>
          ${this.value(run, name, 'old', cell)}${
            renewed
              ? html`<span class="arrow" role="img" aria-label="becomes"> → </span>${this.value(run, name, 'new', cell)}`
              : nothing
          }
        </td>`,
      )}
    </tr>`;
  }

  private value(run: Run, name: string, version: Version, cell: readonly number[]): TemplateResult {
    const { session } = this;
    const value = session.momentOf(run).value(name, version, cell);
    const figures = session.figuresOf(run);
    if (value === undefined) return html`<span class="pending" role="img" aria-label="not yet">·</span>`;
    const lesson = session.untouchedValue(run, name, version, cell);
    const differs = !Object.is(lesson, value);
    return html`<span
      class="value ${differs ? 'differs' : ''}"
      data-cell=${dataCell(name, cell)}
      data-version=${version}
      title=${differs ? `In the lesson: ${figures.text(lesson, name, cell)}` : nothing}
      >${differs ? html`<span class="sign" role="img" aria-label="differs from the lesson">≠</span>` : nothing}${figures.text(value, name, cell)}</span
    >`;
  }
}
