import { html, type TemplateResult } from 'lit';
import type { CellReference } from '../../src/explain/explanation.ts';
import { cellAt, cellName, type Model, sizeOf } from '../../src/formula/model.ts';

/** On a field for a cell's name: while it has the focus, a click on a number writes its name there. */
const attribute = 'data-takes-cell';

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

/** The field of a debugger's tree that takes a click on a number now; undefined where none has the focus. */
export function takingField(root: ShadowRoot): HTMLInputElement | undefined {
  const { activeElement } = root;
  return activeElement instanceof HTMLInputElement && activeElement.hasAttribute(attribute)
    ? activeElement
    : undefined;
}

/** Writes a cell's name in place of what is selected in a field, as if it had been typed. */
export function writeCell(field: HTMLInputElement, { name, cell }: CellReference): void {
  const { selectionStart, selectionEnd, value } = field;
  field.setRangeText(
    cellName(name, cell),
    selectionStart ?? value.length,
    selectionEnd ?? value.length,
    'end',
  );
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
