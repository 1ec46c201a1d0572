import { html, nothing, type TemplateResult } from 'lit';
import { cellOfData, dataCell } from '../src/explain/rolled.ts';
import { cellAt, cellName, type Quantity } from '../src/formula/model.ts';
import { spokenCell, texBase, texName } from '../src/formula/notation.ts';
import { formatExact } from '../src/number/format.ts';
import { command } from '../src/session/commands.ts';
import { keyText } from './key-text.ts';
import { math } from './math.ts';
import { SessionView } from './session-view.ts';

/** Larger arrays are not for typing. */
const mostFields = 64;

/** `<bs-inputs>`: every given number, weight and rate in its place, to be changed. */
export class Inputs extends SessionView {
  static override properties = { ...SessionView.properties, problems: { state: true } };
  declare problems: ReadonlyMap<string, string>;
  private edits: ReadonlyMap<string, number> | undefined;
  private isRenewed = false;

  constructor() {
    super();
    this.problems = new Map();
  }

  /** Puts the focus on a cell's field; false where it has none. */
  focusCell(cell: string): boolean {
    const field = this.querySelector<HTMLInputElement>(`#${fieldId(cell)}`);
    field?.focus();
    field?.select();
    return field !== null;
  }

  protected override render(): TemplateResult {
    const { model, state } = this.session;
    const given = [...model.quantities.values()].filter(({ numbers }) => numbers !== undefined);
    const reset = command('reset');
    return html`
      <div class="arrays">${given.map((quantity) => this.array(quantity))}</div>
      <p class="hint">
        ${
          state.edits.size === 0
            ? 'Change any number: everything that depends on it follows.'
            : html`<button
                type="button"
                class="text-button"
                title=${reset === undefined ? '' : keyText(reset.keys[0])}
                @click=${() => this.session.dispatch('reset')}
              >Back to the lesson’s numbers</button>`
        }
      </p>
    `;
  }

  private array(quantity: Quantity): TemplateResult {
    const { name, shape, numbers } = quantity;
    const tex =
      shape.length === 0 ? texName(this.session.model, name, []) : texBase(this.session.model, name);
    const rows = shape.length < 2 ? 1 : shape[0];
    const count = numbers?.length ?? 0;
    const columns = count / rows;
    const problem = [...this.problems].find(([cell]) => cell === name || cell.startsWith(`${name}[`));
    return html`<div class="array" role="group" aria-label=${spokenCell(this.session.model, name, [])}>
      <span class="name" ${math(`${tex.replace('_{#}', '').replace('#', '')} =`)}></span>
      ${
        count > mostFields
          ? html`<span>${shape.join(' × ')} numbers</span>`
          : html`<div class=${shape.length === 0 ? 'matrix scalar' : 'matrix'}>
              ${Array.from(
                { length: rows },
                (_, row) => html`<div class="row">
                  ${Array.from({ length: columns }, (_, column) => this.field(quantity, row * columns + column))}
                </div>`,
              )}
            </div>`
      }
      ${problem === undefined ? nothing : html`<p class="problem" id=${`${fieldId(problem[0])}-problem`} role="alert">${problem[1]}</p>`}
    </div>`;
  }

  private field({ name, shape, numbers }: Quantity, flat: number): TemplateResult {
    const { model, state } = this.session;
    const at = cellAt(shape, flat);
    const cell = cellName(name, at);
    const own = formatExact(numbers?.[flat] ?? 0);
    const edited = state.edits.get(cell);
    const present = edited === undefined ? own : formatExact(edited);
    const id = fieldId(cell);
    const isWrong = this.problems.has(cell);
    return html`<label class="field ${edited === undefined ? '' : 'edited'}">
      <input
        id=${id}
        inputmode="decimal"
        autocomplete="off"
        spellcheck="false"
        aria-label=${spokenCell(model, name, at)}
        aria-invalid=${isWrong ? 'true' : 'false'}
        aria-describedby=${isWrong ? `${id}-problem` : edited === undefined ? nothing : `${id}-lesson`}
        data-cell=${dataCell(name, at)}
        data-present=${present}
        .value=${present}
        @change=${(event: Event) => this.change(cell, event.target as HTMLInputElement)}
        @keydown=${this.restore}
      />
      ${edited === undefined ? nothing : html`<small id="${id}-lesson"><span class="visually-hidden">lesson: </span>${own}</small>`}
    </label>`;
  }

  /** After an edit from anywhere, what was mistyped before is gone. */
  protected override willUpdate(): void {
    const { edits } = this.session.state;
    this.isRenewed = this.edits !== undefined && edits !== this.edits;
    this.edits = edits;
    if (this.isRenewed) this.problems = new Map();
  }

  /** And every field shows its number again. */
  protected override updated(): void {
    if (!this.isRenewed) return;
    for (const field of this.querySelectorAll<HTMLInputElement>('input[data-cell]')) {
      field.value = field.dataset.present ?? field.value;
    }
  }

  private change(cell: string, field: HTMLInputElement): void {
    const message = this.session.edit(cell, field.value);
    if (message !== undefined) this.tell(cell, message);
  }

  private restore({ key, target }: KeyboardEvent): void {
    if (key !== 'Escape' || !(target instanceof HTMLInputElement)) return;
    const { cell, present } = target.dataset;
    if (present !== undefined) target.value = present;
    if (cell !== undefined) this.tell(cellOfData(cell), undefined);
  }

  private tell(cell: string, message: string | undefined): void {
    const problems = new Map(this.problems);
    if (message === undefined) problems.delete(cell);
    else problems.set(cell, message);
    this.problems = problems;
  }
}

/** An id from a cell's name: letters beyond ASCII as their code. */
const fieldId = (cell: string): string =>
  `field-${cell.replace(/[^A-Za-z0-9]/gu, (sign) => `_${sign.codePointAt(0)?.toString(36)}_`)}`;
