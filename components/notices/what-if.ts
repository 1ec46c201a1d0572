import { css, html, nothing, type TemplateResult } from 'lit';
import type { CellReference } from '../../src/explain/explanation.ts';
import { cellName } from '../../src/formula/model.ts';
import { format, formatCount, formatExact } from '../../src/number/format.ts';
import { editCell, givenCellOf, overrideCell, setChanges } from '../../src/session/edit.ts';
import { editWords } from '../../src/words/notices/edits.ts';
import { whatIfWords as words } from '../../src/words/notices/what-if.ts';
import { SessionView } from '../base/session-view.ts';

/** Distance of the field from the edge of the window and from its number, in CSS pixels. */
const margin = 8;

/**
 * `<bs-what-if>`: a small popover beside a number, in which the reader types another. A computed number is overridden in the
 * present iteration, a given one is edited from there on or in the whole run. It is opened by `open`.
 */
export class WhatIf extends SessionView {
  static override properties = {
    ...SessionView.properties,
    cell: { state: true },
    problem: { state: true },
    isWhole: { state: true },
  };
  static override readonly sheet = css`
    .what-if {
      inline-size: min(24rem, calc(100vw - 16px));
      max-block-size: calc(100vh - 16px);
    }

    .what-if .line {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.4em 0.6em;
    }

    .what-if input:not([type]) {
      flex: 1 1 6em;
      min-inline-size: 5em;
      min-block-size: 32px;
      padding: 0 0.4em;
      border: 1px solid var(--c-edge);
      border-radius: 3px;
      background: var(--c-sheet);
      font: 0.95em var(--f-mono);
    }

    .what-if input[aria-invalid='true'] {
      border-color: var(--c-wrong);
    }

    .what-if button {
      min-block-size: 32px;
      padding: 0 0.8em;
      border: 1px solid var(--c-edge);
      border-radius: 4px;
      background: none;
      cursor: pointer;
    }

    .what-if button:hover {
      background: var(--c-sheet);
    }

    .what-if fieldset {
      margin: 0.5em 0 0;
      padding: 0;
      border: 0;
    }

    .what-if fieldset label {
      display: inline-flex;
      align-items: center;
      gap: 0.3em;
      min-block-size: 24px;
      margin-inline-end: 0.9em;
    }

    .what-if .hint {
      margin: 0.4em 0 0;
      color: var(--c-quiet);
      font-size: 0.92em;
    }

    .what-if .problem {
      margin: 0.4em 0 0;
    }
  `;
  /** The cell whose number is typed; undefined until `open`. */
  declare cell: CellReference | undefined;
  /** The message about the typed text; empty where there is none. */
  declare problem: string;
  /** Whether a given number changes in the whole run, not only from here on. */
  declare isWhole: boolean;
  private returnTo: HTMLElement | undefined;

  constructor() {
    super();
    this.cell = undefined;
    this.problem = '';
    this.isWhole = false;
  }

  /**
   * Opens the field for a cell beside an element; resolves once it has the focus. When it closes, the focus returns to where it
   * was.
   */
  async open(cell: CellReference, beside: HTMLElement): Promise<void> {
    this.cell = cell;
    this.problem = '';
    this.isWhole = false;
    const root = this.getRootNode() as ShadowRoot;
    this.returnTo = root.activeElement instanceof HTMLElement ? root.activeElement : beside;
    await this.updateComplete;
    const box = this.querySelector<HTMLElement>('.what-if');
    const field = this.field;
    if (box === null || field === null) return;
    field.value = formatExact(this.present(cell));
    if (!box.matches(':popover-open')) box.showPopover();
    this.place(box, beside.getBoundingClientRect());
    field.focus();
    field.select();
  }

  private get field(): HTMLInputElement | null {
    return this.querySelector('input:not([type])');
  }

  /** Places the field below the number, or above it where there is no room. */
  private place(box: HTMLElement, beside: DOMRect): void {
    const { width, height } = box.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const below = beside.bottom + margin;
    const top = below + height <= clientHeight - margin ? below : beside.top - margin - height;
    const within = (at: number, size: number, room: number) =>
      Math.max(margin, Math.min(at, room - margin - size));
    box.style.top = `${within(top, height, clientHeight)}px`;
    box.style.left = `${within(beside.left, width, clientWidth)}px`;
  }

  private get iteration(): number {
    return this.session.moment.frame;
  }

  private present({ name, version, cell }: CellReference): number {
    return this.session.machine.value(this.iteration, name, version, cell);
  }

  /** The override of a cell in the present iteration; undefined where there is none. */
  private presentOverride({ name, version, cell }: CellReference): number | undefined {
    return this.session.machine.overridden(this.iteration, name, version, cell);
  }

  protected override render(): TemplateResult {
    const { cell } = this;
    return html`<div class="what-if floating" popover @toggle=${(event: ToggleEvent) => {
      if (event.newState === 'closed') this.closed();
    }}>${cell === undefined ? nothing : this.form(cell)}</div>`;
  }

  private form(reference: CellReference): TemplateResult {
    const { name, version, cell } = reference;
    const given = givenCellOf(this.session, reference);
    const text = given ?? cellName(name, cell);
    const label =
      given !== undefined ? words.edit(text) : version === 'new' ? words.renewed(text) : words.poke(text);
    const isWrong = this.problem !== '';
    return html`<form novalidate @submit=${(event: Event) => this.submit(event, reference)}>
      <div class="line">
        <label for="what-if">${label}</label>
        <input id="what-if" inputmode="decimal" autocomplete="off" spellcheck="false"
          aria-invalid=${isWrong ? 'true' : 'false'} aria-describedby="what-if-more" />
        <button type="submit">${words.tryIt}</button>
        ${
          this.presentOverride(reference) === undefined
            ? nothing
            : html`<button type="button" @click=${() => this.revert(reference)}>${words.asComputed}</button>`
        }
      </div>
      ${given !== undefined && this.iteration > 1 ? this.choice() : nothing}
      <div id="what-if-more">
        ${given === undefined ? html`<p class="hint">${this.hint(reference)}</p>` : nothing}
        <p class="problem" role="alert">${isWrong ? this.problem : nothing}</p>
      </div>
    </form>`;
  }

  private choice(): TemplateResult {
    const option = (isWhole: boolean, text: string) => html`<label><input type="radio" name="what-if-from"
      .checked=${this.isWhole === isWhole} @change=${() => {
        this.isWhole = isWhole;
      }} />${text}</label>`;
    return html`<fieldset><legend class="visually-hidden">${words.holds}</legend>
      ${option(false, words.fromHere(formatCount(this.iteration)))}${option(true, words.whole)}</fieldset>`;
  }

  /** A sentence about the number that the cell would have without an override. */
  private hint(reference: CellReference): string {
    const { session, iteration } = this;
    const { name, version, cell } = reference;
    if (session.model.quantities.get(name)?.role === 'mode') return editWords.mode(name);
    const count = formatCount(iteration);
    const formula = session.program.writer(name, version);
    if (formula === undefined) return words.drawn(format(this.present(reference)), count);
    const { value } = session.machine.cellOperations(iteration, formula, cell);
    return words.computed(session.figures.text(value, name, cell), count);
  }

  private submit(event: Event, reference: CellReference): void {
    event.preventDefault();
    const { session, iteration } = this;
    const text = this.field?.value ?? '';
    const given = givenCellOf(session, reference);
    const problem =
      given === undefined
        ? overrideCell(session, reference, text)
        : editCell(session, given, text, this.isWhole ? 1 : iteration);
    this.problem = problem ?? '';
    if (problem === undefined) this.hide();
    else this.field?.focus();
  }

  private revert({ name, version, cell }: CellReference): void {
    const { session, iteration } = this;
    setChanges(
      session,
      session.changes.filter(
        (one) =>
          one.kind !== 'poke' ||
          one.frame !== iteration ||
          one.name !== name ||
          one.version !== version ||
          one.cell.join() !== cell.join(),
      ),
    );
    this.hide();
  }

  private hide(): void {
    this.querySelector<HTMLElement>('.what-if')?.hidePopover();
  }

  private closed(): void {
    const { returnTo } = this;
    this.returnTo = undefined;
    // A reader who has moved the focus elsewhere keeps it there.
    const root = this.getRootNode() as ShadowRoot;
    if (root.activeElement !== null && !this.contains(root.activeElement)) return;
    if (returnTo?.isConnected) returnTo.focus({ preventScroll: true });
    else root.querySelector<HTMLElement>('.frame')?.focus({ preventScroll: true });
  }
}
