import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { Adjoints, type UnversionedCell } from '../../src/explain/adjoints.ts';
import type { CellReads } from '../../src/explain/cell-reads.ts';
import { OneSample } from '../../src/explain/one-sample.ts';
import {
  type Recurrence,
  readRecurrence,
  type TimedLink,
  type TimedQuantity,
  timedCells,
} from '../../src/explain/recurrence.ts';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import { texName } from '../../src/formula/notation.ts';
import type { Program } from '../../src/program/program.ts';
import { unrolledTimeWords as words } from '../../src/words/drawing/unrolled-time.ts';
import { keepInSight } from '../arrays/kept-in-sight.ts';
import { isInRegion } from '../base/revealed.ts';
import { SessionView } from '../base/session-view.ts';
import { CellMarks, type Mark } from '../drawing/cell-marks.ts';
import { NetworkFigures, typesetLine } from '../drawing/network-figures.ts';
import type { DrawingPoint, Rectangle } from '../drawing/placed-unit.ts';
import { symbol, symbolWidth } from '../drawing/svg-label.ts';
import { firstInSight, momentsAtWork } from './moments-at-work.ts';
import { TimedFlows } from './time-flows.ts';
import { box, TimeColumns, type TimedRow, timedRows } from './time-layout.ts';
import { timeTable } from './time-table.ts';
import { timeStyles } from './unrolled-time.styles.ts';

/** Where there is room for more, the picture is enlarged no further than this. */
const largestScale = 1.3;
/** Font sizes in drawing units. */
const type = { symbol: 13, value: 12 };
/** Middle and width of a number alone in its line, of one beside its derivative, and of the derivative, from the box's left side. */
const slots = {
  alone: { x: box.width / 2, width: box.width - 10 },
  value: { x: 35, width: 62 },
  derivative: { x: 101, width: 62 },
};
type Slot = (typeof slots)[keyof typeof slots];
/** Significant digits at most: the table below has them all. */
const mostShown = 4;

/**
 * `<bs-unrolled-time>`: a recurrent model unrolled in time: a column for each time step, arrows for what is read from this and
 * earlier ones, and the numbers as a table. Empty for other models.
 */
export class UnrolledTimeView extends SessionView {
  static override readonly sheet = [timeStyles];
  static override properties = {
    ...SessionView.properties,
    reads: { attribute: false },
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
  /** Which cells each cell reads, and when; without it only what is read now is marked. */
  declare reads: CellReads | undefined;
  private marks: CellMarks | undefined;
  /** For the sample that is drawn: made once for each drawing, since it reads all formulas. */
  private adjoints: Adjoints | undefined;
  private flows: TimedFlows | undefined;
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

  private get columns(): TimeColumns {
    const { low, high } = this.recurrence?.range ?? { low: 1, high: 1 };
    return new TimeColumns(this.room, high - low + 1);
  }

  /** The visible time steps follow those at work. */
  protected override willUpdate(): void {
    const { recurrence, session } = this;
    if (recurrence === undefined) return;
    const { low, high } = recurrence.range;
    const { count } = this.columns;
    const key = `${session.state.cursor.step} ${count}`;
    if (key !== this.followed) {
      this.followed = key;
      const { explanation, model } = session;
      const atWork = explanation ? momentsAtWork(explanation, recurrence, model, this.one) : [];
      this.first = firstInSight(atWork, count, this.first);
    }
    this.first = Math.max(low, Math.min(this.first, high - count + 1));
  }

  /** In a region of its own it shows the part at work, and what that has read. */
  protected override updated(): void {
    const sight = this.closest('.sight');
    const key = `${this.session.state.cursor.step} ${this.room} ${this.tall}`;
    if (sight === null || key === this.inSight) return;
    this.inSight = key;
    keepInSight(sight, () =>
      ['svg .mark.read', 'svg .mark.now', 'svg .mark.target'].flatMap((one) => [
        ...this.querySelectorAll(one),
      ]),
    );
  }

  private get one(): OneSample {
    return new OneSample(this.session.model, this.session.sample ?? 1);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { recurrence } = this;
    if (recurrence === undefined) return nothing;
    const { model, explanation } = this.session;
    this.marks = new CellMarks(this.session, this.reads);
    this.adjoints = new Adjoints(model, this.one);
    this.flows = new TimedFlows(
      model,
      this.one,
      recurrence.quantities,
      this.marks,
      new Set(explanation?.operands.map(({ name }) => name)),
      this.adjoints,
    );
    const { low, high } = recurrence.range;
    const { columns } = this;
    const last = this.first + columns.count - 1;
    const moments = Array.from({ length: columns.count }, (_, at) => this.first + at);
    const rows = timedRows(recurrence, model);
    const end = rows[rows.length - 1];
    const height = end.y + end.height + 4;
    const now = explanation ? spokenCell(model, explanation.target.name, explanation.target.cell) : '';
    const { x, width } = columns.extent;
    const scale = Math.max(1, Math.min(largestScale, this.room / width, this.tall / height));
    return html`<div class="unrolled">
      <svg width=${width * scale} height=${height * scale} viewBox="${x} 0 ${width} ${height}" role="img" aria-label=${words.picture(high - low + 1, now)}>
        ${moments.map((moment, at) => svg`<text class="moment" x=${columns.left(at) + box.width / 2} y="12">${words.moment(moment)}</text>`)}
        ${recurrence.links.map((link) => this.linksOf(link, rows, columns))}
        ${rows.flatMap((row) => moments.map((moment, at) => this.box(row, moment, columns.left(at))))}
      </svg>
      ${
        columns.count > high - low
          ? nothing
          : html`<p class="sight-of">${this.mover(-1, this.first > low)}<span>${words.shown(this.first, last, high)}</span>${this.mover(1, last < high)}</p>`
      }
      <p class="hint">${words.legend}</p>
      ${timeTable(this.session, this.one, rows, moments)}
    </div>`;
  }

  private mover(by: 1 | -1, isOn: boolean): TemplateResult {
    const label = by > 0 ? words.later : words.earlier;
    return html`<button type="button" class="small" aria-label=${label} title=${label} aria-disabled=${!isOn}
      @click=${() => {
        if (isOn) this.first += by * this.columns.count;
      }}>${by > 0 ? '›' : '‹'}</button>`;
  }

  /** The cells of a quantity at a time step, for the present sample. */
  private cellsOf(timed: TimedQuantity, moment: number): UnversionedCell[] {
    return timedCells(this.session.model, this.one, timed, moment);
  }

  private box(row: TimedRow, moment: number, x: number): SVGTemplateResult {
    const { model } = this.session;
    const { y } = row;
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
    { name, lines, dimension }: TimedRow,
    cells: readonly UnversionedCell[],
  ): readonly UnversionedCell[] {
    const { explanation } = this.session;
    const atWork = explanation === undefined ? [] : [explanation.target, ...explanation.recent];
    const own = ({ cell }: UnversionedCell) => cell.filter((_, d) => d !== dimension).join();
    const found = atWork.map((one) => this.adjoints?.primal(one) ?? one).find((one) => one.name === name);
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
    const [adjoint] = this.adjoints?.of(cell) ?? [];
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

  private mark(cell: UnversionedCell, place: Omit<Rectangle, 'height'>): SVGTemplateResult | typeof nothing {
    const kind = this.marks?.of(cell);
    if (kind === undefined) return nothing;
    return svg`<rect class="mark ${kind}" x=${place.x} y=${place.y} width=${place.width} height=${box.line - 1} rx="3"/>`;
  }

  /** The arrows of a link of which an end is in sight. */
  private linksOf(link: TimedLink, rows: readonly TimedRow[], columns: TimeColumns): SVGTemplateResult[] {
    const { low, high } = (this.recurrence as Recurrence).range;
    const [source, target] = [link.from, link.to].map((name) => rows.find((row) => row.name === name));
    if (source === undefined || target === undefined) return [];
    const seen = Array.from({ length: columns.count }, (_, at) => at);
    return [...new Set(seen.flatMap((at) => [at, at + link.by]))].flatMap((at) => {
      const moment = this.first + at;
      if ([moment, moment - link.by].some((one) => one < low || one > high)) return [];
      const flow = this.flows?.of(link, moment);
      const { line, head, label } = columns.arrow(link, source, target, at, flow?.aim === 'from');
      const lit = flow ? `flow ${flow.mark}` : '';
      return svg`<path class="link ${lit}" d=${line}/>${head ? svg`<path class="head ${flow?.aim ? lit : ''}" d=${head}/>` : nothing}${label ? this.weight(link, label, flow?.weight) : nothing}`;
    });
  }

  private weight(
    { weight }: TimedLink,
    { x, y }: DrawingPoint,
    mark: Mark | undefined,
  ): SVGTemplateResult | typeof nothing {
    if (weight === undefined) return nothing;
    const tex = texName(this.session.model, weight, []);
    const width = symbolWidth(tex, type.symbol) + 6;
    return svg`<rect class=${mark ? `mark ${mark}` : 'ground'} x=${x - width / 2} y=${y - 9} width=${width} height="18" rx="3"/><text class="weight" x=${x} y=${y + 4}>${symbol(tex, type.symbol)}</text>`;
  }
}
