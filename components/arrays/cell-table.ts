import { html, nothing, type TemplateResult } from 'lit';
import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import type { CellReference } from '../../src/explain/explanation.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import { references, type Version } from '../../src/formula/expression.ts';
import { cellAt, cellName, type Quantity, sizeOf } from '../../src/formula/model.ts';
import { spokenName, texName } from '../../src/formula/notation.ts';
import type { RunPrecision } from '../../src/machine/machine.ts';
import { format } from '../../src/number/format.ts';
import { cellTableWords as words } from '../../src/words/arrays/cell-table.ts';
import { changeWords as changed } from '../../src/words/notices/changes.ts';
import { sameCell } from '../base/cell-reference.ts';
import { lazy } from '../base/lazy-view.ts';
import { math } from '../base/math.ts';
import { showInPlace } from '../base/own-place.ts';
import { SessionView } from '../base/session-view.ts';
import { toolIcons } from '../base/tool-icons.ts';
import { type ArrayWindow, cellsIn, listExtent, windowAround } from './array-window.ts';
import { cellsStyles } from './cell-table.styles.ts';
import { windowControls } from './window-controls.ts';

/** A quantity with more cells than `mostRows` shows about `rowsInPart` of them, and those at work. */
const mostRows = 12;
const rowsInPart = 7;
/** In a model with more cells than this a quantity is folded while the present formula does not use it. */
const mostCells = 160;
/** A quantity with no more cells than this is never folded. */
const neverFolded = 3;

const precisions: readonly { precision: RunPrecision; title: () => string }[] = [
  { precision: 'lesson', title: () => words.rounded },
  { precision: 'full', title: () => words.full },
];

/**
 * `<bs-cell-table>`: a table of all cells with their numbers at this step, in both precisions side by side where the model has
 * storing rules; "·" where a cell is not computed yet. Large quantities show a window and can be folded.
 */
export class CellTable extends SessionView {
  static override readonly sheet = cellsStyles;
  /** The windows of large quantities. They follow the steps and the reader's moves. */
  private readonly windows = new Map<string, ArrayWindow>();
  private followed: number | undefined;
  private found: UnversionedCell | undefined;
  /** What the reader has folded or unfolded; other quantities follow the present formula. */
  private readonly unfolded = new Map<string, boolean>();
  private isFoldable = false;
  private inFormula: ReadonlySet<string> = new Set();

  protected override willUpdate(): void {
    const { step } = this.session.state.cursor;
    if (step === this.followed) return;
    this.followed = step;
    this.found = undefined;
    const { explanation, model, moment } = this.session;
    const sizes = [...model.quantities.values()].map(({ shape }) => sizeOf(shape));
    this.isFoldable = sizes.reduce((sum, size) => sum + size, 0) > mostCells;
    const formula = moment.location?.formula ?? model.formulas[0];
    const read = formula === undefined ? [] : [...references(formula.expression)].map(({ name }) => name);
    this.inFormula = new Set([...(formula ? [formula.target] : []), ...read]);
    // The target last, so that its window is the one that stays.
    for (const cell of explanation ? [...explanation.recent].reverse() : []) this.reveal(cell);
    if (explanation) this.reveal(explanation.target);
  }

  /** Moves the window of a large quantity to a cell that it does not show. */
  private reveal({ name, cell }: UnversionedCell): void {
    const shape = this.shapeOf(name);
    if (sizeOf(shape) > mostRows) this.windows.set(name, this.windowOf(name, cell));
  }

  private shapeOf(name: string): readonly number[] {
    return this.session.model.quantities.get(name)?.shape ?? [];
  }

  private windowOf(name: string, cell: readonly number[]): ArrayWindow {
    const shape = this.shapeOf(name);
    return windowAround(shape, cell, listExtent(shape, rowsInPart), this.windows.get(name));
  }

  /** Marks a cell, and scrolls the table's own place to it. */
  private find(cell: UnversionedCell): void {
    this.reveal(cell);
    this.found = cell;
    this.unfolded.set(cell.name, true);
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const row = this.querySelector('tr.found');
      if (row !== null) showInPlace(row);
    });
  }

  /** Without storing rules both precisions give the same numbers. */
  private get runs(): typeof precisions {
    const { model, state } = this.session;
    return model.store.length > 0
      ? precisions
      : precisions.filter(({ precision }) => precision === state.precision);
  }

  protected override render(): TemplateResult {
    const { model, state } = this.session;
    const quantities = [...model.quantities.values()];
    const isLarge = quantities.some(({ shape }) => sizeOf(shape) > mostRows);
    return html`${
      isLarge
        ? html`<bs-cell-finder ${lazy()} .session=${this.session} .show=${(cell: UnversionedCell) => this.find(cell)}></bs-cell-finder>`
        : nothing
    }<table class="cells">
      <caption class="visually-hidden">${words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">${words.cell}</th>
          ${this.runs.map(
            ({ precision, title }) =>
              html`<th scope="col" class=${precision === state.precision ? 'chosen' : ''}>${this.runs.length > 1 ? title() : words.value}</th>`,
          )}
        </tr>
      </thead>
      ${quantities.map((quantity) => this.section(quantity))}
    </table>`;
  }

  private section(quantity: Quantity): TemplateResult {
    const { name, shape } = quantity;
    const size = sizeOf(shape);
    const isFoldable = this.isFoldable && size > neverFolded;
    const isOpen = !isFoldable || (this.unfolded.get(name) ?? this.inFormula.has(name));
    const isPart = size > mostRows;
    if (!isFoldable && !isPart) return html`<tbody>${this.rows(quantity)}</tbody>`;
    return html`<tbody class="foldable">
      <tr class="head"><th scope="rowgroup" colspan=${1 + this.runs.length}>
        ${this.heading(quantity, isFoldable, isOpen)}
        ${isOpen && isPart ? this.controls(quantity) : html`<span class="shape">${shape.join(' × ')}</span>`}
      </th></tr>
      ${isOpen ? this.rows(quantity) : nothing}
    </tbody>`;
  }

  private heading({ name }: Quantity, isFoldable: boolean, isOpen: boolean): TemplateResult {
    const { model } = this.session;
    const symbol = math(texName(model, name, []), 'silent');
    if (!isFoldable) return html`<span class="of" ${symbol}></span>`;
    return html`<button type="button" class="of" aria-expanded=${isOpen} aria-label=${spokenName(model, name)}
      @click=${() => {
        this.unfolded.set(name, !isOpen);
        this.requestUpdate();
      }}><span class="turn" aria-hidden="true">${isOpen ? toolIcons.fold : toolIcons.unfold}</span><span ${symbol}></span></button>`;
  }

  private controls({ name }: Quantity): TemplateResult {
    return windowControls(this.sight(name), spokenName(this.session.model, name), (next) => {
      this.windows.set(name, next);
      this.requestUpdate();
    });
  }

  /** The window of a large quantity. */
  private sight(name: string): ArrayWindow {
    return (
      this.windows.get(name) ??
      this.windowOf(
        name,
        this.shapeOf(name).map(() => 1),
      )
    );
  }

  /** All cells of a small quantity; of a large one those in its window, and those at work elsewhere. */
  private rows({ name, shape }: Quantity): TemplateResult[] {
    const size = sizeOf(shape);
    if (size <= mostRows)
      return Array.from({ length: size }, (_, flat) => this.row(name, cellAt(shape, flat)));
    const cells = cellsIn(this.sight(name));
    const shown = new Set(cells.map(String));
    const others = this.atWork(name).filter(({ cell }) => !shown.has(String(cell)));
    return [...cells, ...others.map(({ cell }) => cell)].map((cell) => this.row(name, cell));
  }

  /** The cells of a quantity that the present operation writes or reads. */
  private atWork(name: string): readonly CellReference[] {
    const { explanation } = this.session;
    if (explanation === undefined) return [];
    return [explanation.target, ...explanation.operands].filter((one) => one.name === name);
  }

  private row(name: string, cell: readonly number[]): TemplateResult {
    const { model, machine, state, explanation } = this.session;
    const renewed = machine.layout.has(name, 'new');
    const work = this.atWork(name).filter((one) => one.cell.join() === cell.join());
    const target = work.some((one) => explanation && sameCell(one, explanation.target));
    const symbol = texName(model, name, cell);
    const isFound = this.found?.name === name && this.found.cell.join() === cell.join();
    return html`<tr class="${target ? 'target' : work.length > 0 ? 'operand' : ''} ${isFound ? 'found' : ''}">
      <th scope="row" class=${symbol.includes('\\frac') ? 'tall' : ''}>
        <button type="button" data-cell=${dataCell(name, cell)} data-version=${renewed ? 'new' : 'old'}
          aria-label=${spokenCell(model, name, cell)}
          title=${words.go(cellName(name, cell))}
          ><span ${math(`\\displaystyle ${symbol}`, 'silent')}></span
        ></button>
      </th>
      ${this.runs.map(
        ({ precision }) => html`<td class=${precision === state.precision ? 'chosen' : ''}>
          ${this.value(precision, name, 'old', cell)}${
            renewed
              ? html`<span class="arrow" role="img" aria-label=${words.becomes}> → </span>${this.value(precision, name, 'new', cell)}`
              : nothing
          }
        </td>`,
      )}
    </tr>`;
  }

  private value(
    precision: RunPrecision,
    name: string,
    version: Version,
    cell: readonly number[],
  ): TemplateResult {
    const { session } = this;
    const value = session.momentOf(precision).value(name, version, cell);
    const figures = session.figuresOf(precision);
    if (value === undefined)
      return html`<span class="pending" role="img" aria-label=${words.notYet}>·</span>`;
    const lesson = session.untouchedValue(precision, name, version, cell);
    if (Object.is(lesson, value))
      return html`<span class="value" data-cell=${dataCell(name, cell)} data-version=${version}>${figures.text(value, name, cell)}</span>`;
    const before = figures.text(lesson, name, cell);
    // An override shows all digits that were typed.
    const isOverridden =
      session.momentOf(precision).machine.overridden(session.moment.frame, name, version, cell) !== undefined;
    return html`<span class="pair"><span class="value differs" data-cell=${dataCell(name, cell)} data-version=${version}
        title=${changed.lesson(before)}><span class="sign" role="img" aria-label=${changed.differs}>≠</span
        >${isOverridden ? format(value) : figures.text(value, name, cell)}</span
      ><small><span class="visually-hidden"> ${changed.inLesson} </span>${before}</small></span>`;
  }
}
