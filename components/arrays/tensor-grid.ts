import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { CellReads } from '../../src/explain/cell-reads.ts';
import type { CellReference } from '../../src/explain/explanation.ts';
import { Reads } from '../../src/explain/reads.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import { references, type Version } from '../../src/formula/expression.ts';
import { cellName } from '../../src/formula/model.ts';
import { spokenName, texName } from '../../src/formula/notation.ts';
import type { Program } from '../../src/program/program.ts';
import { tensorGridWords as words } from '../../src/words/arrays/tensor-grid.ts';
import { cellOfElement, sameCell } from '../base/cell-reference.ts';
import { choiceStyles } from '../base/choice.styles.ts';
import { choiceButtons } from '../base/choice.ts';
import { math } from '../base/math.ts';
import { isInRegion } from '../base/revealed.ts';
import { SessionView } from '../base/session-view.ts';
import { heatMap } from '../charts/heat-map.ts';
import { type ArrayWindow, cellsIn, type WindowExtent, windowAround } from './array-window.ts';
import {
  type CellRegion,
  enclosing,
  placeIn,
  regionBox,
  rowAndColumn,
  rulings,
  squares,
} from './grid-parts.ts';
import { keepInSight } from './kept-in-sight.ts';
import { tensorsStyles } from './tensor-grid.styles.ts';
import { windowControls } from './window-controls.ts';

const forms = ['shades', 'numbers'] as const;

/** How many rows and columns of an array are shown at most: as shades, and as numbers. */
const [mostShades, numbersExtent] = [32, { rows: 8, columns: 5 }];
/** The usual, the least and the greatest side of a grid, in CSS pixels. */
const sides = { usual: 232, least: 112, greatest: 400 };
/** As many arrays as a formula usually has. */
const usualCount = 3;
/** What a grid needs beside it and above it, in CSS pixels. */
const around = { beside: 32, above: 76 };
/** The smallest and largest side of a cell, in CSS pixels. */
const [least, largest] = [7, 40];
/** Cells at least as wide as this, in CSS pixels, contain their number. */
const legible = 36;

/** An array that the present formula writes or reads. */
interface Tensor {
  readonly name: string;
  readonly version: Version;
  readonly isTarget: boolean;
}

/** Events of the whole debugger that move the highlighted cell. */
const heardOf = ['pointerover', 'focusin'] as const;

/**
 * `<bs-tensor-grid>`: the arrays that the present formula writes and reads, each as a grid of shades with the cells at work
 * marked, or as a table of numbers. Shown for models that are not layers of units.
 */
export class TensorGrid extends SessionView {
  static override readonly sheet = [choiceStyles, tensorsStyles];
  static override properties = { ...SessionView.properties, form: { state: true }, side: { state: true } };
  /** Whether arrays are shown as shades or as numbers. */
  declare form: (typeof forms)[number];
  /** About the side of a grid, in CSS pixels. */
  declare side: number;
  private windows = new Map<string, ArrayWindow>();
  /** The grids as drawn, by `keyOf` of their array. */
  private readonly grids = new Map<string, Grid>();
  private readonly size = new ResizeObserver(([{ contentRect }]) => this.measure(contentRect));
  private followed: number | undefined;
  private shownForm: string | undefined;
  private reads: { readonly program: Program; readonly ofCells: CellReads } | undefined;

  constructor() {
    super();
    this.form = 'shades';
    this.side = sides.usual;
  }

  /** In a region of its own, the usual arrays stand beside each other. */
  private measure({ width, height }: { readonly width: number; readonly height: number }): void {
    if (!isInRegion(this)) return;
    const fitting = Math.min(width / usualCount - around.beside, height - around.above);
    this.side = Math.round(Math.max(sides.least, Math.min(sides.greatest, fitting)));
  }

  private get extent(): WindowExtent {
    if (this.form === 'numbers') return numbersExtent;
    const most = Math.min(mostShades, Math.floor(this.side / least));
    return { rows: most, columns: most };
  }

  /** The windows follow the cells at work; one that the reader moved stays until a step needs a cell outside it. */
  protected override willUpdate(): void {
    const form = `${this.form} ${this.extent.rows}`;
    if (this.shownForm !== form) this.windows = new Map();
    const { explanation, state } = this.session;
    if (state.cursor.step === this.followed && this.shownForm === form) return;
    [this.followed, this.shownForm] = [state.cursor.step, form];
    const sight = this.closest('.sight');
    if (sight !== null)
      keepInSight(sight, () =>
        ['.now', '.mark.target, td.target'].flatMap((one) => [...this.querySelectorAll(one)]),
      );
    for (const cell of [...(explanation?.recent ?? [])].reverse()) this.reveal(cell);
    if (explanation !== undefined) this.reveal(explanation.target);
  }

  private reveal(reference: CellReference): void {
    const shape = this.shapeOf(reference.name);
    const key = keyOf(reference);
    this.windows.set(key, windowAround(shape, reference.cell, this.extent, this.windows.get(key)));
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
        this.extent,
      )
    );
  }

  /** The target, then what is read, in the order of reading; before the first step those of the first formula. */
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
      ${choiceButtons(
        words.shownAs,
        forms.map((value) => ({ value, text: words[value] })),
        this.form,
        (form) => {
          this.form = form;
        },
      )}
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
    const size = Math.max(least, Math.min(largest, Math.floor(this.side / Math.max(rows, columns))));
    const [width, height] = [columns * size, rows * size];
    const grid = { tensor, window, size };
    this.grids.set(keyOf(tensor), grid);
    return html`<div class="grid">
      <canvas ${heatMap({ rows, columns, values, most: most || 1 })} .style=${`inline-size:${width}px;block-size:${height}px`}></canvas>
      <svg width=${width + 4} height=${height + 4} viewBox="-2 -2 ${width + 4} ${height + 4}" role="img"
        aria-label=${this.label(tensor, values)}
        data-grid=${keyOf(tensor)} @pointermove=${(event: PointerEvent) => this.point(event, grid)}>
        <rect class="border" width=${width} height=${height} />
        ${size >= 12 ? rulings(rows, columns, size) : nothing}
        ${size >= legible ? squares({ values, columns, most: most || 1 }, size) : nothing}
        ${this.marks(tensor, window, size)}
        <rect class="aim" width=${size} height=${size} x="-99" y="-99"><title></title></rect>
      </svg>
    </div>`;
  }

  /** Frames around what the cell at work reads in all, what the present operation reads, and what is computed. */
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

  /** The part of the visible slice that the whole cell at work reads; undefined where it reads none of it. */
  private field(tensor: Tensor, window: ArrayWindow): CellRegion | undefined {
    let region: CellRegion | undefined;
    const { moment, program } = this.session;
    const { location, machine } = moment;
    if (this.reads?.program !== program) this.reads = { program, ofCells: new Reads(program).ofCells };
    const { ofCells } = this.reads;
    if (location === undefined) return undefined;
    const slot = machine.layout.slot(tensor.name, tensor.version);
    for (const { low, high } of ofCells.boxes(location.formula, location.cell, slot)) {
      if (window.leading.some((n, d) => n < low[d] || n > high[d])) continue;
      const [from, to] = [rowAndColumn(low), rowAndColumn(high)];
      region = region === undefined ? { low: from, high: to } : enclosing(enclosing(region, from), to);
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

  /** Puts the `.aim` rectangle, which the other views recognize by its `data-cell`, over the cell under the pointer. */
  private point(event: PointerEvent, { tensor, window, size }: Grid): void {
    const drawing = event.currentTarget as SVGSVGElement;
    const { left, top } = drawing.getBoundingClientRect();
    const row = Math.floor((event.clientY - top - 2) / size);
    const column = Math.floor((event.clientX - left - 2) / size);
    const rows = window.rows.high - window.rows.low + 1;
    const cells = cellsIn(window);
    const columns = cells.length / rows;
    if (row < 0 || column < 0 || row >= rows || column >= columns) return;
    this.aim(drawing, { tensor, window, size }, cells[row * columns + column]);
  }

  /** Puts the `.aim` rectangle over the cell that is pointed at or has focus in another view: the canvas knows no cells. */
  private readonly follow = (event: Event): void => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-cell]') : null;
    if (element === null || this.contains(element)) return;
    const pointed = cellOfElement(element);
    for (const drawing of this.querySelectorAll<SVGSVGElement>('.grid svg')) {
      const grid = this.grids.get(drawing.dataset.grid ?? '');
      if (grid !== undefined && grid.tensor.name === pointed?.name) this.aim(drawing, grid, pointed.cell);
    }
  };

  private aim(drawing: SVGSVGElement, { tensor, window, size }: Grid, cell: readonly number[]): void {
    const { name, version } = tensor;
    const place = placeIn(window, cell);
    const aim = drawing.querySelector<SVGRectElement>('.aim');
    if (aim === null) return;
    const [row, column] = place ?? [-9, -9];
    aim.setAttribute('x', String(column * size));
    aim.setAttribute('y', String(row * size));
    aim.dataset.cell = dataCell(name, cell);
    aim.dataset.version = version;
    const value = this.value(tensor, cell);
    const title = aim.querySelector('title');
    if (title !== null)
      title.textContent = `${cellName(name, cell)}${value === undefined ? '' : ` = ${this.session.figures.text(value, name, cell)}`}`;
  }

  /** The root that `heardOf` is listened to on. */
  private heard: Node | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const sight = this.closest('.sight');
    if (sight !== null) this.size.observe(sight);
    this.heard = this.getRootNode();
    for (const name of heardOf) this.heard.addEventListener(name, this.follow);
  }

  override disconnectedCallback(): void {
    // Once disconnected, `getRootNode` gives another root.
    for (const name of heardOf) this.heard?.removeEventListener(name, this.follow);
    this.size.disconnect();
    super.disconnectedCallback();
  }

  /** After a window has moved, the pointed cell lies elsewhere in it. */
  protected override updated(): void {
    for (const drawing of this.querySelectorAll<SVGSVGElement>('.grid svg')) {
      const grid = this.grids.get(drawing.dataset.grid ?? '');
      const aim = drawing.querySelector<SVGRectElement>('.aim');
      const pointed = aim?.dataset.cell === undefined ? undefined : cellOfElement(aim);
      if (grid !== undefined && pointed !== undefined)
        this.aim(drawing, grid, pointed.name === grid.tensor.name ? pointed.cell : []);
    }
  }
}

/** An array as drawn; `size` is a cell's side in CSS pixels. */
interface Grid {
  readonly tensor: Tensor;
  readonly window: ArrayWindow;
  readonly size: number;
}

const keyOf = ({ name, version }: { readonly name: string; readonly version: Version }): string =>
  `${version} ${name}`;
