import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { cellOfData, dataCell } from '../../src/explain/unrolled-tex.ts';
import { cellName, flatIndex, parseCellName, type Quantity, sizeOf } from '../../src/formula/model.ts';
import { spokenName, texBase, texName } from '../../src/formula/notation.ts';
import type { Change, Edit } from '../../src/machine/machine.ts';
import { format, formatCount, formatExact } from '../../src/number/format.ts';
import { command } from '../../src/session/commands.ts';
import { editCell } from '../../src/session/edit.ts';
import { inputFieldsWords as words } from '../../src/words/arrays/input-fields.ts';
import { send } from '../base/events.ts';
import { keyText } from '../base/key-text.ts';
import { lazy } from '../base/lazy-view.ts';
import { math } from '../base/math.ts';
import { SessionView } from '../base/session-view.ts';
import { type ArrayWindow, cellsIn, windowAround } from './array-window.ts';
import { inputsStyles } from './input-fields.styles.ts';
import { windowControls } from './window-controls.ts';

/** An array with more numbers or longer rows than this shows only some fields at once. */
const mostFields = 24;
const mostColumns = 4;
const extentInPart = { rows: 4, columns: 3 };
const rowInPart = { rows: 1, columns: 4 };

const isLarge = (shape: readonly number[]): boolean =>
  sizeOf(shape) > mostFields || shape.length > 2 || (shape.length === 2 && shape[1] > mostColumns);

/**
 * `<bs-input-fields>`: a field for every given number, weight and rate, in its place in the array. A changed number holds from
 * the present iteration on, or in the whole run; a text that is no number is reported below its array. For a computed cell it
 * sends `backstep-what-if`.
 */
export class InputFields extends SessionView {
  static override readonly sheet = inputsStyles;
  static override properties = {
    ...SessionView.properties,
    problems: { state: true },
    isWhole: { state: true },
  };
  /** Messages about typed texts, by the cell's name. */
  declare problems: ReadonlyMap<string, string>;
  /** Whether a new number holds in the whole run instead of from the present iteration on. */
  declare isWhole: boolean;
  private changes: readonly Change[] | undefined;
  private isRenewed = false;
  /** The windows of large arrays. They follow the steps and the reader's moves. */
  private readonly windows = new Map<string, ArrayWindow>();
  private followed = 0;

  constructor() {
    super();
    this.problems = new Map();
    this.isWhole = false;
  }

  /** The iteration (from 1) from which a new number holds, and whose numbers the fields show. */
  private get from(): number {
    return this.isWhole ? 1 : this.session.moment.frame;
  }

  /** Moves the focus to the field of a cell, such as `W1[2,1]`, and shows it; resolves with false where the cell has no field. */
  async focusCell(cell: string): Promise<boolean> {
    const place = parseCellName(cell);
    if (place !== undefined) this.reveal(place);
    this.requestUpdate();
    await this.updateComplete;
    const field = this.querySelector<HTMLInputElement>(`#${fieldId(cell)}`);
    field?.focus();
    field?.select();
    return field !== null;
  }

  protected override render(): TemplateResult {
    const { model } = this.session;
    const given = [...model.quantities.values()].filter(({ numbers }) => numbers !== undefined);
    const reset = command('reset');
    const isAnyLarge = given.some(({ shape }) => isLarge(shape));
    return html`
      ${
        isAnyLarge
          ? html`<bs-cell-finder ${lazy()} data label=${words.find} .session=${this.session} .show=${(cell: UnversionedCell) => this.find(cell)}></bs-cell-finder>`
          : nothing
      }
      ${this.session.moment.frame > 1 ? this.choice() : nothing}
      <div class="arrays">${given.map((quantity) => this.array(quantity))}</div>
      <p class="hint">
        ${
          this.session.changes.length === 0
            ? words.hint
            : html`<button
                type="button"
                class="text-button"
                title=${reset === undefined ? '' : keyText(reset.keys[0])}
                @click=${() => this.session.dispatch('reset')}
              >${words.reset}</button>`
        }
      </p>
    `;
  }

  private choice(): TemplateResult {
    const iteration = formatCount(this.session.moment.frame);
    const option = (isWhole: boolean, text: string) => html`<label><input type="radio" name="inputs-from"
      .checked=${this.isWhole === isWhole} @change=${() => {
        this.isWhole = isWhole;
      }} />${text}</label>`;
    return html`<div class="from" role="radiogroup" aria-labelledby="inputs-holds"><span id="inputs-holds">${words.holds}</span>
        ${option(false, words.fromHere(iteration))}${option(true, words.whole)}
      </div>
      <p class="hint from-hint">${this.isWhole ? words.begins : words.finds(iteration)}</p>`;
  }

  /** A field's number, which the run starts with or the present iteration finds, and the lesson's. */
  private numbersOf(
    { name, shape, numbers }: Quantity,
    at: readonly number[],
  ): { present: number; lesson: number } {
    const { session } = this;
    const { frame } = session.moment;
    const own = numbers?.[flatIndex(shape, at)] ?? 0;
    if (this.from === 1) {
      const [edit] = this.editsOf(cellName(name, at)).filter((one) => one.frame === 1);
      return { present: edit?.value ?? own, lesson: own };
    }
    return {
      present: session.machine.value(frame, name, 'old', at),
      lesson: session.untouchedValue(session.state.precision, name, 'old', at),
    };
  }

  private editsOf(cell: string): Edit[] {
    return this.session.changes.filter((one): one is Edit => one.kind === 'edit' && one.cell === cell);
  }

  private array(quantity: Quantity): TemplateResult {
    const { name, shape } = quantity;
    const tex =
      shape.length === 0 ? texName(this.session.model, name, []) : texBase(this.session.model, name);
    const problem = [...this.problems].find(([cell]) => cell === name || cell.startsWith(`${name}[`));
    const window = this.windowOf(quantity);
    const cells = cellsIn(window);
    const rows = window.rows.high - window.rows.low + 1;
    const columns = cells.length / rows;
    return html`<div class="array" role="group" aria-label=${spokenCell(this.session.model, name, [])}>
      <span class="name" ${math(`${tex.replace('_{#}', '').replace('#', '')} =`)}></span>
      <div class="matrix ${['scalar', 'vector'][shape.length] ?? ''}">
        ${Array.from(
          { length: rows },
          (_, row) => html`<div class="row">
            ${repeat(
              cells.slice(row * columns, (row + 1) * columns),
              (cell) => cell.join(),
              (cell) => this.field(quantity, cell),
            )}
          </div>`,
        )}
      </div>
      ${
        cells.length < sizeOf(shape)
          ? windowControls(window, spokenName(this.session.model, name), (next) => {
              this.windows.set(name, next);
              this.requestUpdate();
            })
          : nothing
      }
      ${problem === undefined ? nothing : html`<p class="problem" id=${`${fieldId(problem[0])}-problem`} role="alert">${problem[1]}</p>`}
    </div>`;
  }

  /** All of a small array; of a large one its window, or the part around a cell. */
  private windowOf({ name, shape }: Quantity, cell?: readonly number[]): ArrayWindow {
    const first = shape.map(() => 1);
    if (!isLarge(shape)) return windowAround(shape, first, { rows: mostFields, columns: mostFields });
    const known = this.windows.get(name);
    if (known !== undefined && cell === undefined) return known;
    return windowAround(shape, cell ?? first, shape.length === 1 ? rowInPart : extentInPart, known);
  }

  /** Moves the window of a large array to a cell that it does not show; false where the cell has no field. */
  private reveal({ name, cell }: UnversionedCell): boolean {
    const quantity = this.session.model.quantities.get(name);
    if (quantity?.numbers === undefined) return false;
    if (isLarge(quantity.shape)) this.windows.set(name, this.windowOf(quantity, cell));
    return true;
  }

  private find({ name, cell }: UnversionedCell): void {
    const { session } = this;
    if (session.model.quantities.get(name)?.numbers !== undefined) void this.focusCell(cellName(name, cell));
    else {
      // A computed cell has no field, but it can be overridden.
      const beside = this.querySelector<HTMLElement>('bs-cell-finder input') ?? this;
      const version = session.machine.layout.has(name, 'new') ? 'new' : 'old';
      send(this, 'backstep-what-if', { cell: { name, version, cell }, beside });
    }
  }

  private field(quantity: Quantity, at: readonly number[]): TemplateResult {
    const { name } = quantity;
    const cell = cellName(name, at);
    const numbers = this.numbersOf(quantity, at);
    const differs = !Object.is(numbers.present, numbers.lesson);
    const present = formatExact(numbers.present);
    // Changes that hold from another iteration than the one shown.
    const others = this.editsOf(cell).filter(({ frame }) => frame > 1 && frame !== this.from);
    const id = fieldId(cell);
    const isWrong = this.problems.has(cell);
    const notes = [...(isWrong ? [`${id}-problem`] : []), ...(differs ? [`${id}-lesson`] : [])];
    return html`<label class="field ${differs ? 'edited' : ''}">
      <input
        id=${id}
        inputmode="decimal"
        autocomplete="off"
        spellcheck="false"
        aria-label=${spokenCell(this.session.model, name, at)}
        aria-invalid=${isWrong ? 'true' : 'false'}
        aria-describedby=${notes.join(' ') || nothing}
        data-cell=${dataCell(name, at)}
        data-present=${present}
        .value=${present}
        @change=${(event: Event) => this.change(cell, event.target as HTMLInputElement)}
        @keydown=${this.restore}
      />
      ${
        differs
          ? html`<small id="${id}-lesson" class="lesson"><span class="visually-hidden">${words.lesson} </span>${this.lessonText(numbers.lesson)}</small>`
          : nothing
      }
      ${others.map(
        ({ value, frame }) => html`<small>${words.later(format(value), formatCount(frame))}</small>`,
      )}
    </label>`;
  }

  /** The lesson's number: all its digits where it is given, as many as are shown in a later iteration. */
  private lessonText(value: number): string {
    return this.from === 1 ? formatExact(value) : this.session.figures.text(value);
  }

  /** A change from anywhere removes reported problems. */
  protected override willUpdate(): void {
    this.follow();
    const { changes } = this.session;
    this.isRenewed = this.changes !== undefined && changes !== this.changes;
    this.changes = changes;
    if (this.isRenewed) this.problems = new Map();
  }

  /** The windows follow the step, except while a field has the focus. */
  private follow(): void {
    const { explanation, state } = this.session;
    if (state.cursor.step === this.followed || this.querySelector('input:focus') !== null) return;
    this.followed = state.cursor.step;
    for (const cell of [...(explanation?.recent ?? [])].reverse()) this.reveal(cell);
    if (explanation !== undefined) this.reveal(explanation.target);
  }

  /** After a change every field shows its number again. */
  protected override updated(): void {
    if (!this.isRenewed) return;
    for (const field of this.querySelectorAll<HTMLInputElement>('input[data-cell]')) {
      field.value = field.dataset.present ?? field.value;
    }
  }

  private change(cell: string, field: HTMLInputElement): void {
    const isSame = field.value.trim() === field.dataset.present;
    this.setProblem(cell, isSame ? undefined : editCell(this.session, cell, field.value, this.from));
  }

  /** Escape takes back what was typed; where that is nothing, it leaves the tool. */
  private restore(event: KeyboardEvent): void {
    const { key, target } = event;
    if (key !== 'Escape' || !(target instanceof HTMLInputElement)) return;
    const { cell, present } = target.dataset;
    if (target.value !== present) event.preventDefault();
    if (present !== undefined) target.value = present;
    if (cell !== undefined) this.setProblem(cellOfData(cell), undefined);
  }

  private setProblem(cell: string, message: string | undefined): void {
    const problems = new Map(this.problems);
    if (message === undefined) problems.delete(cell);
    else problems.set(cell, message);
    this.problems = problems;
  }
}

/** An element id for a cell's name; characters other than ASCII letters and digits are encoded. */
const fieldId = (cell: string): string =>
  `field-${cell.replace(/[^A-Za-z0-9]/gu, (sign) => `_${sign.codePointAt(0)?.toString(36)}_`)}`;
