import { html, type TemplateResult } from 'lit';
import { cellAt, cellName, type Model, sizeOf } from '../../src/formula/model.ts';

/** More names than these are not offered one by one, but by their quantities. */
const mostNames = 300;

/** The names that a field for a cell's name completes: its `list` is the `id`. */
export function cellNames(id: string, model: Model): TemplateResult {
  const all = [...model.quantities.values()];
  const count = all.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const names = all.flatMap(({ name, shape }) =>
    count > mostNames
      ? [name]
      : Array.from({ length: sizeOf(shape) }, (_, flat) => cellName(name, cellAt(shape, flat))),
  );
  return html`<datalist id=${id}>${names.map((name) => html`<option value=${name}></option>`)}</datalist>`;
}
