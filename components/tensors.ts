import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { CellReference } from '../src/explain/explanation.ts';
import { dataCell } from '../src/explain/rolled.ts';
import { references, type Version } from '../src/formula/expression.ts';
import { cellName } from '../src/formula/model.ts';
import { spokenCell, spokenName, texName } from '../src/formula/notation.ts';
import { format } from '../src/number/format.ts';
import { tensorWords as words } from '../src/words/tensors.ts';
import { type ArrayWindow, cellsIn, windowAround } from './array-window.ts';
import { sameCell } from './cell-reference.ts';
import { heatMap, type Shades } from './heat-map.ts';
import { math } from './math.ts';
import { SessionView } from './session-view.ts';
import { tensorsStyles } from './styles/tensors.ts';
import { windowControls } from './window-controls.ts';

/** What is in sight of an array: as shades, or as numbers. */
const extents = {
  shades: { rows: 32, columns: 32 },
  numbers: { rows: 8, columns: 5 },
} as const;
/** The size of a grid in CSS pixels is about the first of these; its cells are not smaller or larger than the others. */
const [side, least, largest] = [232, 7, 40];
/** Cells at least as wide as this have their number in them, as short as it must be. */
const legible = 36;
const inSquare = { precision: { kind: 'decimals', digits: 2 } } as const;

/** An array that the present formula writes or reads. */
interface Tensor {
  readonly name: string;
  readonly version: Version;
  readonly isTarget: boolean;
}

/** Left, top, right and bottom of some cells of one slice, counted from 1. */
interface Region {
  readonly low: readonly [row: number, column: number];
  readonly high: readonly [row: number, column: number];
}

/**
 * `<bs-tensors>`: the arrays that the present formula writes and reads, each as a grid in which the cells at work are marked, or as a
 * table of numbers. The view for models that are not layers of units.
 */
export class Tensors extends SessionView {
  static override readonly sheet = tensorsStyles;
  static override properties = { ...SessionView.properties, form: { state: true } };
  declare form: keyof typeof extents;
  private windows = new Map<string, ArrayWindow>();
  private followed: number | undefined;
  private shownForm: string | undefined;

  constructor() {
    super();
    this.form = 'shades';
  }

  /** The windows follow the cells at work; what was moved by hand stays until the work leaves it. */
  protected override willUpdate(): void {
    if (this.shownForm !== this.form) this.windows = new Map();
    const { explanation, state } = this.session;
    if (state.cursor.step === this.followed && this.shownForm === this.form) return;
    [this.followed, this.shownForm] = [state.cursor.step, this.form];
    for (const cell of [...(explanation?.recent ?? [])].reverse()) this.bring(cell);
    if (explanation !== undefined) this.bring(explanation.target);
  }

  private bring(reference: CellReference): void {
    const shape = this.shapeOf(reference.name);
    const key = keyOf(reference);
    this.windows.set(key, windowAround(shape, reference.cell, extents[this.form], this.windows.get(key)));
  }

  private shapeOf(name: string): readonly number[] {
    return this.session.model.quantities.get(name)?.shape ?? [];
  }

  private windowOf(tensor: Tensor): ArrayWindow {
    const shape = this.shapeOf(tensor.name);
    return (
      this.windows.get(keyOf(tensor)) ??
      windowAround(
        shape,
        shape.map(() => 1),
        extents[this.form],
      )
    );
  }

  /** The target first, then what is read, in the order of reading. Before the first step, what the first formula is about. */
  private get tensors(): Tensor[] {
    const formula = this.session.moment.location?.formula ?? this.session.model.formulas[0];
    if (formula === undefined) return [];
    const all = new Map<string, Tensor>();
    const add = (name: string, version: Version, isTarget: boolean) => {
      const tensor = { name, version, isTarget };
      if (!all.has(keyOf(tensor))) all.set(keyOf(tensor), tensor);
    };
    add(formula.target, formula.version, true);
    for (const { name, version } of references(formula.expression)) add(name, version, false);
    return [...all.values()];
  }

  protected override render(): TemplateResult {
    return html`<div class="tensors">
      ${this.tensors.map((tensor) => this.figure(tensor))}
      <fieldset class="choice">
        <legend>${words.shownAs}</legend>
        ${(['shades', 'numbers'] as const).map(
          (form) => html`<label><input type="radio" name="tensors" .checked=${form === this.form}
            @change=${() => {
              this.form = form;
            }} /><span>${words[form]}</span></label>`,
        )}
      </fieldset>
    </div>`;
  }

  private figure(tensor: Tensor): TemplateResult {
    const { model } = this.session;
    const { name, isTarget } = tensor;
    const window = this.windowOf(tensor);
    const role = isTarget ? words.computed : words.read;
    return html`<figure class="tensor ${isTarget ? 'target' : 'operand'}">
      <figcaption>
        <span class="of" ${math(`${texName(model, name, [])}${tensor.version === 'new' ? '\\ \\text{(new)}' : ''}`, 'silent')}></span>
        <span class="role">${window.shape.length === 0 ? role : words.of(window.shape.join(' × '), role)}</span>
        ${windowControls(window, spokenName(model, name), (next) => {
          this.windows.set(keyOf(tensor), next);
          this.requestUpdate();
        })}
      </figcaption>
      ${this.form === 'shades' ? this.shades(tensor, window) : this.table(tensor, window)}
    </figure>`;
  }

  private value({ name, version }: Tensor, cell: readonly number[]): number | undefined {
    return this.session.moment.value(name, version, cell);
  }

  private shades(tensor: Tensor, window: ArrayWindow): TemplateResult {
    const cells = cellsIn(window);
    const values = cells.map((cell) => this.value(tensor, cell));
    const rows = window.rows.high - window.rows.low + 1;
    const columns = cells.length / rows;
    const most = values.reduce<number>((best, one) => {
      const size = Math.abs(one ?? 0);
      return Number.isFinite(size) && size > best ? size : best;
    }, 0);
    const size = Math.max(least, Math.min(largest, Math.floor(side / Math.max(rows, columns))));
    const [width, height] = [columns * size, rows * size];
    return html`<div class="grid">
      <canvas ${heatMap({ rows, columns, values, most: most || 1 })} .style=${`inline-size:${width}px;block-size:${height}px`}></canvas>
      <svg width=${width + 4} height=${height + 4} viewBox="-2 -2 ${width + 4} ${height + 4}" role="img"
        aria-label=${this.label(tensor, values)}
        @pointermove=${(event: PointerEvent) => this.point(event, tensor, window, size)}>
        <rect class="border" width=${width} height=${height} />
        ${size >= 12 ? rulings(rows, columns, size) : nothing}
        ${size >= legible ? squares({ values, columns, most: most || 1 }, size) : nothing}
        ${this.marks(tensor, window, size)}
        <rect class="aim" width=${size} height=${size} x="-99" y="-99"><title></title></rect>
      </svg>
    </div>`;
  }

  /** What the cell at work reads in all, what the present operation reads, and what is computed. */
  private marks(tensor: Tensor, window: ArrayWindow, size: number): SVGTemplateResult {
    const { explanation } = this.session;
    if (explanation === undefined) return svg``;
    const { target, operands } = explanation;
    const field = tensor.isTarget ? undefined : this.field(tensor, window);
    const box = (cell: readonly number[], kind: string): SVGTemplateResult => {
      const place = placeIn(window, cell);
      return place === undefined
        ? svg``
        : svg`<rect class="mark ${kind}" x=${place[1] * size + 1} y=${place[0] * size + 1} width=${size - 2} height=${size - 2}/>`;
    };
    return svg`
      ${field ? regionBox(field, window, size) : ''}
      ${operands.filter((one) => keyOf(one) === keyOf(tensor)).map(({ cell }) => box(cell, 'now'))}
      ${keyOf(target) === keyOf(tensor) ? box(target.cell, 'target') : ''}`;
  }

  /** The part of the slice in sight that the whole cell at work reads. */
  private field(tensor: Tensor, window: ArrayWindow): Region | undefined {
    let region: Region | undefined;
    for (const { operands } of this.session.moment.unfolded?.operations ?? []) {
      for (const operand of operands) {
        if (operand.kind !== 'cell') continue;
        const { name, version } = operand.reference;
        if (name !== tensor.name || version !== tensor.version) continue;
        const at = rowAndColumn(operand.cell);
        if (operand.cell.slice(0, -2).join() !== window.leading.join()) continue;
        region = region === undefined ? { low: at, high: at } : enclosing(region, at);
      }
    }
    return region;
  }

  private label({ name, isTarget }: Tensor, values: readonly (number | undefined)[]): string {
    const { model, explanation, figures } = this.session;
    const known = values.filter((value) => value !== undefined);
    const range =
      known.length === 0
        ? words.nothing
        : words.range(
            figures.text(known.reduce((a, b) => Math.min(a, b))),
            figures.text(known.reduce((a, b) => Math.max(a, b))),
          );
    const cells = explanation ? (isTarget ? [explanation.target] : explanation.operands) : [];
    const now = cells
      .filter((one) => one.name === name)
      .map(({ cell }) => spokenCell(model, name, cell))
      .join(words.and);
    const work = isTarget ? words.computing : words.reading;
    return words.grid(spokenName(model, name), range, now === '' ? '' : work(now));
  }

  private table(tensor: Tensor, window: ArrayWindow): TemplateResult {
    const { name, version } = tensor;
    const { explanation, figures } = this.session;
    const cells = cellsIn(window);
    const rows = window.rows.high - window.rows.low + 1;
    const columns = cells.length / rows;
    const numbers = (low: number, count: number) => Array.from({ length: count }, (_, at) => low + at);
    const isRow = window.shape.length < 2;
    return html`<table class="grid-table">
      <caption class="visually-hidden">${spokenName(this.session.model, name)}</caption>
      ${
        window.shape.length === 0
          ? nothing
          : html`<thead><tr>${isRow ? nothing : html`<td></td>`}${numbers(window.columns.low, columns).map((n) => html`<th scope="col">${n}</th>`)}</tr></thead>`
      }
      <tbody>${numbers(window.rows.low, rows).map(
        (row, at) => html`<tr>
          ${isRow ? nothing : html`<th scope="row">${row}</th>`}
          ${cells.slice(at * columns, (at + 1) * columns).map((cell) => {
            const value = this.value(tensor, cell);
            const own = { name, version, cell };
            const mark =
              explanation === undefined
                ? ''
                : sameCell(own, explanation.target)
                  ? 'target'
                  : explanation.operands.some((one) => sameCell(one, own))
                    ? 'now'
                    : '';
            return html`<td class=${mark}>${
              value === undefined
                ? html`<span class="pending" role="img" aria-label=${words.notYet}>·</span>`
                : html`<span class="value" data-cell=${dataCell(name, cell)} data-version=${version}>${figures.text(value, name, cell)}</span>`
            }</td>`;
          })}
        </tr>`,
      )}</tbody>
    </table>`;
  }

  /** What is pointed at gets a place of its own, which the other views know by its cell. */
  private point(event: PointerEvent, tensor: Tensor, window: ArrayWindow, size: number): void {
    const drawing = event.currentTarget as SVGSVGElement;
    const { left, top } = drawing.getBoundingClientRect();
    const row = Math.floor((event.clientY - top - 2) / size);
    const column = Math.floor((event.clientX - left - 2) / size);
    const rows = window.rows.high - window.rows.low + 1;
    const cells = cellsIn(window);
    const columns = cells.length / rows;
    const aim = drawing.querySelector<SVGRectElement>('.aim');
    if (aim === null || row < 0 || column < 0 || row >= rows || column >= columns) return;
    const cell = cells[row * columns + column];
    const { name, version } = tensor;
    const value = this.value(tensor, cell);
    aim.setAttribute('x', String(column * size));
    aim.setAttribute('y', String(row * size));
    aim.dataset.cell = dataCell(name, cell);
    aim.dataset.version = version;
    const title = aim.querySelector('title');
    if (title !== null)
      title.textContent = `${cellName(name, cell)}${value === undefined ? '' : ` = ${this.session.figures.text(value, name, cell)}`}`;
  }
}

const keyOf = ({ name, version }: { readonly name: string; readonly version: Version }): string =>
  `${version} ${name}`;

const rowAndColumn = (cell: readonly number[]): readonly [number, number] => [
  cell.length < 2 ? 1 : (cell[cell.length - 2] as number),
  cell.length < 1 ? 1 : (cell[cell.length - 1] as number),
];

const enclosing = ({ low, high }: Region, [row, column]: readonly [number, number]): Region => ({
  low: [Math.min(low[0], row), Math.min(low[1], column)],
  high: [Math.max(high[0], row), Math.max(high[1], column)],
});

/** Row and column of a cell in a window, from 0; undefined outside. */
function placeIn(
  { leading, rows, columns }: ArrayWindow,
  cell: readonly number[],
): readonly [number, number] | undefined {
  const [row, column] = rowAndColumn(cell);
  const isIn =
    cell.slice(0, -2).join() === leading.join() &&
    row >= rows.low &&
    row <= rows.high &&
    column >= columns.low &&
    column <= columns.high;
  return isIn ? [row - rows.low, column - columns.low] : undefined;
}

/** Around what the cell reads, as far as it is in sight. */
function regionBox({ low, high }: Region, { rows, columns }: ArrayWindow, size: number): SVGTemplateResult {
  const top = Math.max(low[0], rows.low) - rows.low;
  const left = Math.max(low[1], columns.low) - columns.low;
  const height = Math.min(high[0], rows.high) - rows.low - top + 1;
  const width = Math.min(high[1], columns.high) - columns.low - left + 1;
  if (height < 1 || width < 1) return svg``;
  return svg`<rect class="mark read" x=${left * size - 1} y=${top * size - 1} width=${width * size + 2} height=${height * size + 2}/>`;
}

/** Figures in the cells: light on what is dark. */
function squares({ values, columns, most }: Omit<Shades, 'rows'>, size: number): SVGTemplateResult {
  return svg`${values.map((value, at) => {
    if (value === undefined) return svg``;
    const [x, y] = [((at % columns) + 0.5) * size, (Math.floor(at / columns) + 0.5) * size + 4];
    return svg`<text class=${inkOn(value / most)} x=${x} y=${y}>${format(value, inSquare)}</text>`;
  })}`;
}

/** From which strength on a cell is dark in the light scheme, and light in the dark one; above 0 and below. */
const turns = { above: { light: 0.58, dark: 0.38 }, below: { light: 0.95, dark: 0.6 } } as const;

function inkOn(share: number): string {
  const { light, dark } = share < 0 ? turns.below : turns.above;
  const strength = Number.isFinite(share) ? Math.abs(share) : 1;
  return `${strength > light ? 'on-dark' : ''} ${strength > dark ? 'on-light' : ''}`;
}

function rulings(rows: number, columns: number, size: number): SVGTemplateResult {
  const lines = [
    ...Array.from({ length: rows - 1 }, (_, at) => `M0 ${(at + 1) * size}h${columns * size}`),
    ...Array.from({ length: columns - 1 }, (_, at) => `M${(at + 1) * size} 0v${rows * size}`),
  ];
  return svg`<path class="rulings" d=${lines.join('')}/>`;
}

if (customElements.get('bs-tensors') === undefined) customElements.define('bs-tensors', Tensors);
