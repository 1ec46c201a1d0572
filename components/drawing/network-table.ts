import { html, nothing, type TemplateResult } from 'lit';
import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import type { Weight } from '../../src/explain/drawing.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import type { Version } from '../../src/formula/expression.ts';
import { texName } from '../../src/formula/notation.ts';
import type { Session } from '../../src/session/session.ts';
import { networkDrawingWords as words } from '../../src/words/drawing/network-drawing.ts';
import { math } from '../base/math.ts';
import type { NetworkFigures } from './network-figures.ts';
import type { Marks } from './network-marks.ts';
import type { Placement } from './network-placement.ts';

export { networkTableStyles } from './network-table.styles.ts';

/**
 * The table form of a drawing at the session's present step: the same units, numbers and marks, one row for each placed unit,
 * with the slope of its function, the weights of its incoming edges and their derivatives.
 */
export function networkTable(
  session: Session,
  { units, edges }: Placement,
  marks: Marks,
  figures: NetworkFigures,
): TemplateResult {
  const number = (cell: UnversionedCell) => numberOf(session, cell, marks, figures.slope(cell));
  return html`<table class="network-table">
    <caption class="visually-hidden">${words.table}</caption>
    <thead><tr>${[words.place, words.numbers, words.sensitivities, words.weights].map(
      (title) => html`<th scope="col">${title}</th>`,
    )}</tr></thead>
    <tbody>${units.map(({ unit }) => {
      const into = edges
        .filter(({ target }) => target.unit === unit)
        .flatMap(({ edge }) => edge.weight ?? []);
      const withGradients = ({ name, cell, gradients }: Weight): UnversionedCell[] => [
        { name, cell },
        ...gradients,
      ];
      const weights = [...into, ...unit.biases].flatMap(withGradients);
      return html`<tr>
        <th scope="row">${words[unit.layer.kind]('', true).trim()} ${unit.n}${unit.label === undefined ? '' : ` (${unit.label})`}</th>
        <td>${unit.cells.map(number)}</td>
        <td>${unit.sensitivities.map(number)}</td>
        <td>${weights.map(number)}</td>
      </tr>`;
    })}</tbody>
  </table>`;
}

/** A cell with its number, or with the old and the new one where it has been renewed, and its slope in words, if it has one. */
function numberOf(
  session: Session,
  ref: UnversionedCell,
  marks: Marks,
  slope: string | undefined,
): TemplateResult {
  const { model, moment, machine, figures } = session;
  const { name, cell } = ref;
  const versions: readonly Version[] = machine.layout.has(name, 'new') ? ['old', 'new'] : ['old'];
  const values = versions.flatMap((version) => {
    const value = moment.value(name, version, cell);
    return value === undefined ? [] : [{ version, text: figures.text(value, name, cell) }];
  });
  const mark = marks.of(ref);
  const state = mark === 'target' ? words.computed : mark === 'now' ? words.read : '';
  return html`<span class="number ${mark ?? ''}"><span ${math(texName(model, name, cell))}></span> ${
    values.length === 0
      ? html`<span class="pending" role="img" aria-label=${words.notYet}>·</span>`
      : values.map(
          ({ version, text }, at) =>
            html`${at === 0 ? '= ' : ' → '}<span class="value" data-cell=${dataCell(name, cell)} data-version=${version}>${text}</span>`,
        )
  }${slope === undefined ? nothing : html`<span class="slope-there">, ${slope}</span>`}${state === '' ? nothing : html`<span class="visually-hidden">, ${state}</span>`}</span>`;
}
