import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { Adjoints, type UnversionedCell } from '../../src/explain/adjoints.ts';
import { OneSample } from '../../src/explain/one-sample.ts';
import {
  type Recurrence,
  readRecurrence,
  type TimedLink,
  type TimedQuantity,
} from '../../src/explain/recurrence.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import { cellAt, type Model, sizeOf } from '../../src/formula/model.ts';
import { texName } from '../../src/formula/notation.ts';
import type { Program } from '../../src/program/program.ts';
import { unrolledTimeWords as words } from '../../src/words/drawing/unrolled-time.ts';
import { isInRegion, keepInSight } from '../base/revealed.ts';
import { SessionView } from '../base/session-view.ts';
import { NetworkFigures, typesetLine } from './network-figures.ts';
import type { DrawingPoint, Rectangle } from './placed-unit.ts';
import { symbol, symbolWidth } from './svg-label.ts';
import { timeStyles } from './unrolled-time.styles.ts';

/** Sizes in drawing units, which are CSS pixels. */
const box = { width: 136, head: 20, line: 20 };
const gap = { across: 50, down: 30, top: 24 };
/** Width beside the columns for arrows that lead from a moment out of sight, and around a column. */
const margin = { before: 24, after: 26 };
/** Where there is room for more, the picture is enlarged no further than this. */
const largestScale = 1.3;
const type = { symbol: 13, value: 12 };
/** Middle and width of a number alone in its line, of one beside its derivative, and of the derivative, from the box's left side. */
const slots = {
  alone: { x: box.width / 2, width: box.width - 10 },
  value: { x: 35, width: 62 },
  derivative: { x: 101, width: 62 },
};
type Slot = (typeof slots)[keyof typeof slots];
/** Numbers of a quantity at one time step at most; of more, the first are shown. */
const mostLines = 4;
/** Significant digits at most: the table below has them all. */
const mostShown = 4;

/** A quantity with its place among the rows, in drawing units. */
interface Row extends TimedQuantity {
  readonly y: number;
  readonly height: number;
  readonly lines: number;
}

/**
 * `<bs-unrolled-time>`: a recurrent model unrolled in time: a column for each time step, arrows for what is read from this and
 * earlier ones, and the numbers as a table. Empty for other models.
 */
export class UnrolledTimeView extends SessionView {
  static override readonly sheet = [timeStyles];
  static override properties = {
    ...SessionView.properties,
    room: { state: true },
    tall: { state: true },
    first: { state: true },
  };
  /** The available width, in CSS pixels. */
  declare room: number;
  /** The height of the region that it has to itself, in CSS pixels; 0 for none. */
  declare tall: number;
  /** The first visible time step. */
  declare first: number;
  private readonly size = new ResizeObserver(([{ contentRect, target }]) => {
    this.room = Math.floor(contentRect.width);
    this.tall = target !== this && isInRegion(this) ? contentRect.height : 0;
  });
  private made: { program: Program; recurrence: Recurrence | undefined } | undefined;
  private followed = '';
  private inSight = '';

  constructor() {
    super();
    this.room = 560;
    this.tall = 0;
    this.first = 1;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.size.observe(this.closest('.sight') ?? this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.size.disconnect();
  }

  private get recurrence(): Recurrence | undefined {
    const { program } = this.session;
    if (this.made?.program !== program) this.made = { program, recurrence: readRecurrence(program) };
    return this.made.recurrence;
  }

  private get columns(): number {
    const { low, high } = this.recurrence?.range ?? { low: 1, high: 1 };
    return Math.max(
      1,
      Math.min(
        high - low + 1,
        Math.floor((this.room - margin.before - margin.after + gap.across) / (box.width + gap.across)),
      ),
    );
  }

  /** The visible time steps follow the one at work. */
  protected override willUpdate(): void {
    const { recurrence, session } = this;
    if (recurrence === undefined) return;
    const { low, high } = recurrence.range;
    const key = `${session.state.cursor.step} ${this.columns}`;
    if (key !== this.followed) {
      this.followed = key;
      const now = this.momentNow(recurrence);
      if (now !== undefined && now < this.first) this.first = now;
      if (now !== undefined && now >= this.first + this.columns) this.first = now - this.columns + 1;
    }
    this.first = Math.max(low, Math.min(this.first, high - this.columns + 1));
  }

  /** In a region of its own it shows the part at work. */
  protected override updated(): void {
    const sight = this.closest('.sight');
    const key = `${this.session.state.cursor.step} ${this.room} ${this.tall}`;
    if (sight === null || key === this.inSight) return;
    this.inSight = key;
    keepInSight(sight, () =>
      ['svg .mark.now', 'svg .mark.target'].flatMap((one) => [...this.querySelectorAll(one)]),
    );
  }

  private momentNow({ quantities }: Recurrence): number | undefined {
    const { explanation, model } = this.session;
    if (explanation === undefined) return undefined;
    const adjoints = new Adjoints(model, this.one);
    // A weight, which all moments share, is computed from one of them.
    for (const one of [explanation.target, ...explanation.operands]) {
      const cell = adjoints.primal(one) ?? one;
      const timed = quantities.find(({ name }) => name === cell.name);
      if (timed !== undefined) return cell.cell[timed.dimension];
    }
    return undefined;
  }

  private get one(): OneSample {
    return new OneSample(this.session.model, this.session.sample ?? 1);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { recurrence } = this;
    if (recurrence === undefined) return nothing;
    const { model, explanation } = this.session;
    const { low, high } = recurrence.range;
    const last = this.first + this.columns - 1;
    const moments = Array.from({ length: this.columns }, (_, at) => this.first + at);
    const rows = rowsOf(recurrence, model);
    const end = rows[rows.length - 1];
    const height = end.y + end.height + 4;
    const now = explanation ? spokenCell(model, explanation.target.name, explanation.target.cell) : '';
    const width = margin.before + this.columns * (box.width + gap.across) - gap.across + margin.after;
    const scale = Math.max(1, Math.min(largestScale, this.room / width, this.tall / height));
    return html`<div class="unrolled">
      <svg width=${width * scale} height=${height * scale} viewBox="${-margin.before} 0 ${width} ${height}" role="img" aria-label=${words.picture(high - low + 1, now)}>
        ${moments.map((moment, at) => svg`<text class="moment" x=${left(at) + box.width / 2} y="12">${words.moment(moment)}</text>`)}
        ${recurrence.links.flatMap((link) => moments.map((moment, at) => this.link(link, rows, moment, at)))}
        ${rows.flatMap((row) => moments.map((moment, at) => this.box(row, moment, at)))}
      </svg>
      ${
        this.columns > high - low
          ? nothing
          : html`<p class="sight-of">${this.mover(-1, this.first > low)}<span>${words.shown(this.first, last, high)}</span>${this.mover(1, last < high)}</p>`
      }
      <p class="hint">${words.legend}</p>
      ${this.table(rows, moments)}
    </div>`;
  }

  private mover(by: 1 | -1, isOn: boolean): TemplateResult {
    const label = by > 0 ? words.later : words.earlier;
    return html`<button type="button" class="small" aria-label=${label} title=${label} aria-disabled=${!isOn}
      @click=${() => {
        if (isOn) this.first += by * this.columns;
      }}>${by > 0 ? '›' : '‹'}</button>`;
  }

  /** The cells of a quantity at a time step, for the present sample. */
  private cellsOf({ name, dimension }: TimedQuantity, moment: number): UnversionedCell[] {
    const { model } = this.session;
    const { shape = [], perSample = false } = model.quantities.get(name) ?? {};
    const own = shape.map((size, d) => (d === dimension || (perSample && d === 0) ? 1 : size));
    return Array.from({ length: sizeOf(own) }, (_, flat) => {
      const cell = cellAt(own, flat);
      cell[dimension] = moment;
      if (perSample) cell[0] = this.one.sample;
      return { name, cell };
    });
  }

  private box(row: Row, moment: number, at: number): SVGTemplateResult {
    const { model } = this.session;
    const [x, y] = [left(at), row.y];
    const cells = this.cellsOf(row, moment);
    const figures = new NetworkFigures(this.session);
    // A single number has the symbol of its cell, several that of the quantity at this time step.
    const name = cells.length === 1 ? figures.tex(cells[0]) : texName(model, row.name, [moment]);
    const given = model.quantities.get(row.name)?.role === 'computed' ? '' : 'given';
    return svg`<g class="moment-of ${given}">
      <rect class="body" x=${x} y=${y} width=${box.width} height=${row.height} rx="8"/>
      <text class="name" x=${x + box.width / 2} y=${y + 15}>${symbol(name, type.symbol)}</text>
      ${this.shownOf(row, cells).map((cell, n) => this.line(cell, x, y + box.head + n * box.line))}
      ${cells.length > row.lines ? svg`<text class="rest" x=${x + box.width - 8} y=${y + 14}>+${cells.length - row.lines}</text>` : nothing}
    </g>`;
  }

  /** Those cells of a quantity at a moment that have a line: the first, or as many with the one at work. */
  private shownOf(
    { name, lines, dimension }: Row,
    cells: readonly UnversionedCell[],
  ): readonly UnversionedCell[] {
    const { explanation, model } = this.session;
    const adjoints = new Adjoints(model, this.one);
    const atWork = explanation === undefined ? [] : [explanation.target, ...explanation.recent];
    const own = ({ cell }: UnversionedCell) => cell.filter((_, d) => d !== dimension).join();
    const found = atWork.map((one) => adjoints.primal(one) ?? one).find((one) => one.name === name);
    const at =
      found === undefined
        ? 0
        : Math.max(
            0,
            cells.findIndex((cell) => own(cell) === own(found)),
          );
    const first = Math.min(at - (at % lines), cells.length - lines);
    return cells.slice(first, first + lines);
  }

  /** A cell's number and the derivative by it. */
  private line(cell: UnversionedCell, x: number, y: number): SVGTemplateResult {
    const { model } = this.session;
    const [adjoint] = new Adjoints(model, this.one).of(cell);
    return svg`${this.number(cell, slots[adjoint ? 'value' : 'alone'], { x, y })}
      ${adjoint ? this.number(adjoint, slots.derivative, { x, y }, 'derivative') : nothing}`;
  }

  private number(cell: UnversionedCell, slot: Slot, at: DrawingPoint, classes = ''): SVGTemplateResult {
    const figures = new NetworkFigures(this.session);
    const number = figures.number(cell, { size: type.value, most: mostShown });
    const middle = at.x + slot.x;
    const outline = { x: middle - slot.width / 2, y: at.y, width: slot.width };
    return svg`${this.mark(cell, outline)}<g class=${classes} data-cell=${dataCell(cell.name, cell.cell)}><title>${figures.title(cell)}</title>
      <rect class="aim" x=${outline.x} y=${at.y} width=${slot.width} height=${box.line}/>
      ${
        number
          ? typesetLine([number], { x: middle, y: at.y + 13.5, width: slot.width - 8 }).content
          : svg`<text x=${middle} y=${at.y + 13.5}>·</text>`
      }</g>`;
  }

  private mark(
    { name, cell }: UnversionedCell,
    place: Omit<Rectangle, 'height'>,
  ): SVGTemplateResult | typeof nothing {
    const { explanation } = this.session;
    const isSame = (one: UnversionedCell) => one.name === name && one.cell.join() === cell.join();
    const kind =
      explanation === undefined
        ? undefined
        : isSame(explanation.target)
          ? 'target'
          : explanation.operands.some(isSame)
            ? 'now'
            : undefined;
    if (kind === undefined) return nothing;
    return svg`<rect class="mark ${kind}" x=${place.x} y=${place.y} width=${place.width} height=${box.line - 1} rx="3"/>`;
  }

  /** An arrow to a time step from itself or an earlier one; where that is not visible, only the arrow's end. */
  private link(
    { from, to, by, weight }: TimedLink,
    rows: readonly Row[],
    moment: number,
    at: number,
  ): SVGTemplateResult | typeof nothing {
    const [source, target] = [from, to].map((name) => rows.find((row) => row.name === name));
    const { low, high } = (this.recurrence as Recurrence).range;
    if (source === undefined || target === undefined || moment - by < low || moment - by > high)
      return nothing;
    const isNow = this.isAtWork(to, target, moment, from);
    const label = (x: number, y: number) =>
      weight === undefined ? nothing : svg`${this.weight(texName(this.session.model, weight, []), { x, y })}`;
    const classes = `link ${isNow ? 'now' : ''}`;
    if (by === 0) {
      const isNext = target.y === source.y + source.height + gap.down;
      const x = left(at) + box.width / 2;
      const [y1, y2] = [source.y + source.height, target.y];
      // Around the rows between, on the outer side.
      const side = left(at) + box.width + 14;
      const path = isNext
        ? `M${x} ${y1}V${y2 - 6}`
        : `M${left(at) + box.width} ${y1 - source.height / 2}H${side}V${y2 + target.height / 2}H${left(at) + box.width + 6}`;
      const head = isNext
        ? `M${x} ${y2}l-4 -8h8z`
        : `M${left(at) + box.width} ${y2 + target.height / 2}l8 -4v8z`;
      return svg`<path class=${classes} d=${path}/><path class="head ${isNow ? 'now' : ''}" d=${head}/>${isNext ? label(x, (y1 + y2) / 2 - 2) : label(side, (y1 + y2) / 2)}`;
    }
    const [x1, x2] = [at - by < 0 ? left(at) - gap.across / 2 : left(at - by) + box.width, left(at)];
    const [y1, y2] = [source.y + source.height / 2, target.y + target.height / 2];
    const middle = (x1 + x2) / 2;
    return svg`<path class=${classes} d="M${x1} ${at - by < 0 ? y2 : y1}C${middle} ${y1} ${middle} ${y2} ${x2 - 7} ${y2}"/><path class="head ${isNow ? 'now' : ''}" d="M${x2} ${y2}l-8 -4v8z"/>${at - by < 0 ? nothing : label(middle, (y1 + y2) / 2)}`;
  }

  private weight(tex: string, { x, y }: DrawingPoint): SVGTemplateResult {
    const width = symbolWidth(tex, type.symbol) + 6;
    return svg`<rect class="ground" x=${x - width / 2} y=${y - 9} width=${width} height="18"/><text class="weight" x=${x} y=${y + 4}>${symbol(tex, type.symbol)}</text>`;
  }

  /** Whether the cell being computed is at the arrow's end, or in the backward pass at its start. */
  private isAtWork(to: string, { dimension }: TimedQuantity, moment: number, from: string): boolean {
    const { explanation, model } = this.session;
    if (explanation === undefined) return false;
    const adjoints = new Adjoints(model, this.one);
    const isOf = ({ name, cell }: UnversionedCell) => name === to && cell[dimension] === moment;
    const { target, recent } = explanation;
    if (isOf(target)) return recent.some(({ name }) => name === from);
    const primal = adjoints.primal(target);
    return primal?.name === from && recent.some((one) => isOf(adjoints.primal(one) ?? one));
  }

  private table(rows: readonly Row[], moments: readonly number[]): TemplateResult {
    const { model, moment: state, figures } = this.session;
    const adjoints = new Adjoints(model, this.one);
    const text = ({ name, cell }: UnversionedCell) => {
      const value = state.value(name, 'old', cell);
      return value === undefined
        ? html`<span class="pending" role="img" aria-label=${words.notYet}>·</span>`
        : html`<span class="value" data-cell=${dataCell(name, cell)}>${figures.text(value, name, cell)}</span>`;
    };
    const lines = rows.flatMap((row) =>
      this.cellsOf(row, this.first).flatMap((_, n) => {
        const cells = moments.map((moment) => this.cellsOf(row, moment)[n]);
        const derivatives = cells.flatMap((cell) => adjoints.of(cell).slice(0, 1));
        return derivatives.length === cells.length ? [cells, derivatives] : [cells];
      }),
    );
    // The time step is in the column's head.
    const dimensions = new Map(rows.map(({ name, dimension }) => [name, dimension]));
    const label = (ref: UnversionedCell) => {
      const primal = adjoints.primal(ref) ?? ref;
      const own = ref.cell.filter((_, d) => d !== dimensions.get(primal.name));
      return spokenCell(
        model,
        ref.name,
        this.one.own(ref.name, ref.cell).length < ref.cell.length ? own.slice(1) : own,
      );
    };
    return html`<details class="numbers"><summary>${words.inNumbers}</summary>
      <div class="table-scroll" tabindex="0" role="group" aria-label=${words.inNumbers}><table>
      <thead><tr><th scope="col">${words.cell}</th>${moments.map((moment) => html`<th scope="col">${words.moment(moment)}</th>`)}</tr></thead>
      <tbody>${lines.map(
        (cells) =>
          html`<tr><th scope="row">${label(cells[0])}</th>${cells.map((cell) => html`<td>${text(cell)}</td>`)}</tr>`,
      )}</tbody></table></div></details>`;
  }
}

const left = (column: number): number => column * (box.width + gap.across);

function rowsOf({ quantities }: Recurrence, model: Model): Row[] {
  let y = gap.top;
  return quantities.map((timed) => {
    const { shape = [], perSample } = model.quantities.get(timed.name) ?? {};
    const size = sizeOf(shape.filter((_, d) => d !== timed.dimension && !(perSample && d === 0)));
    const lines = Math.min(mostLines, size);
    const row = { ...timed, y, lines, height: box.head + lines * box.line + 4 };
    y += row.height + gap.down;
    return row;
  });
}
