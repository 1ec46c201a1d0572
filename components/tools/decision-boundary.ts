import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { spokenCell } from '../../src/explain/spoken-cell.ts';
import { texName } from '../../src/formula/notation.ts';
import { format, formatCount } from '../../src/number/format.ts';
import {
  type AxisSpan,
  type DataPoint,
  DecisionBoundary,
} from '../../src/session/analysis/decision-boundary.ts';
import type { Session } from '../../src/session/session.ts';
import { decisionBoundaryWords as words } from '../../src/words/tools/decision-boundary.ts';
import { math } from '../base/math.ts';
import { SessionView } from '../base/session-view.ts';
import { levelLines } from '../charts/contour.ts';
import { paintRegions } from '../charts/filled-regions.ts';
import { decisionStyles } from './decision-boundary.styles.ts';

/** Points along each side of the grid, which is filled coarsely first, then finer. */
const finenesses = [17, 33, 65] as const;
/** Milliseconds of one time slice. */
const turn = 8;
/** The side of the plane in drawing units, CSS pixels where there is room. */
const side = 320;
/** Points along each side of the table, and rows of the list of points. */
const [tableSide, mostRows] = [5, 12];
/** Significant digits beside the plane. */
const digits = 3;

/** A shape for each class, so that colour is not needed to distinguish them. */
const shapes: readonly string[] = [
  'M-4.500 0a4.500 4.500 0 1 0 9 0a4.500 4.500 0 1 0 -9 0z',
  'M-4 -4h8v8h-8z',
  'M0 -5.500L5 4H-5z',
  'M0 -6L5 0L0 6L-5 0z',
  'M-5 -2h3v-3h4v3h3v4h-3v3h-4v-3h-3z',
  'M0 5.500L-5 -4H5z',
  'M-6 0L-1.500 -1.500L0 -6L1.500 -1.500L6 0L1.500 1.500L0 6L-1.500 1.500z',
  'M-5 -3L0 -6L5 -3V3L0 6L-5 3z',
];

/** What the grid depends on; a change of any fills it again. */
type Basis = readonly [session: Session, frame: number, run: string, changes: unknown];

/** The grid filled last. */
interface Filled {
  readonly fineness: number;
  /** Row by row from the top, all outputs of each point. */
  readonly answers: readonly Float64Array[];
}

/**
 * `<bs-decision-boundary>`: the model's outputs over the plane of its two inputs, as shades with the lines between classes and
 * the data points, and as a table; the output at the pointer.
 */
export class DecisionBoundaryView extends SessionView {
  static override readonly sheet = [decisionStyles];
  static override properties = {
    ...SessionView.properties,
    filled: { state: true },
    pointed: { state: true },
  };
  /** The grid as shown; undefined until the coarsest one is filled. */
  declare filled: Filled | undefined;
  /** The inputs at the pointer; undefined without one. */
  declare pointed: readonly [number, number] | undefined;
  private basis: Basis | undefined;
  private decision: DecisionBoundary | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lines: readonly string[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.basis = undefined;
  }

  protected override willUpdate(): void {
    const { session } = this;
    const { moment, state } = session;
    const basis: Basis = [session, moment.frame, state.precision, state.changes];
    if (this.basis?.every((one, at) => one === basis[at])) return;
    this.basis = basis;
    this.decision = DecisionBoundary.of(session);
    clearTimeout(this.timer);
    if (this.decision === undefined) this.filled = undefined;
    else this.fill(this.decision, 0, []);
  }

  /** Fills a grid for one time slice, and schedules the rest and the finer ones. */
  private fill(decision: DecisionBoundary, level: number, answers: Float64Array[]): void {
    const fineness = finenesses[level];
    const end = performance.now() + turn;
    while (answers.length < fineness * fineness && performance.now() < end) {
      const [x, y] = this.placeAt(decision, fineness, answers.length);
      answers.push(decision.at(x, y).slice());
    }
    if (answers.length < fineness * fineness)
      this.timer = setTimeout(() => this.fill(decision, level, answers));
    else {
      this.lines = linesOf(decision, answers, fineness);
      this.filled = { fineness, answers };
      if (level + 1 < finenesses.length) this.timer = setTimeout(() => this.fill(decision, level + 1, []));
    }
  }

  private placeAt({ spans: [across, up] }: DecisionBoundary, fineness: number, at: number): [number, number] {
    const share = (n: number, { low, high }: AxisSpan) => low + (n / (fineness - 1)) * (high - low);
    return [share(at % fineness, across), share(fineness - 1 - Math.floor(at / fineness), up)];
  }

  protected override render(): TemplateResult {
    const { decision } = this;
    if (decision === undefined) return html`<p class="quiet">${words.none}</p>`;
    const summary = this.summary(decision);
    return html`<div class="decision">
      <figure>
        ${this.picture(decision, summary)}
        <p class="answer">${this.pointed ? this.answerAt(decision, this.pointed) : words.hint}</p>
      </figure>
      <div>
        <p>${summary}</p>
        ${this.legend(decision)}
      </div>
      ${this.table(decision)}
    </div>`;
  }

  private summary(decision: DecisionBoundary): string {
    const { figures, model, moment } = this.session;
    const { points, plane, outputs, classes, level } = decision;
    const classified = points.filter(({ classIndex }) => classIndex !== undefined);
    const right = classified.filter((point) => this.isRight(decision, point)).length;
    const line =
      outputs > 1 ? words.many : words.level(spokenCell(model, plane.output.name, []), figures.text(level));
    const isAnnounced = classified.length > 0 && classes.length > 1;
    return [
      `${capital(words.with(formatCount(moment.frame)))}.`,
      line,
      ...(this.filled !== undefined && this.lines.every((path) => path === '') ? [words.nowhere] : []),
      ...(isAnnounced ? [words.right(formatCount(right), formatCount(classified.length))] : []),
    ].join(' ');
  }

  private isRight(decision: DecisionBoundary, { place, classIndex }: DataPoint): boolean {
    return decision.classOf(decision.at(...place)) === classIndex;
  }

  private picture(decision: DecisionBoundary, summary: string): TemplateResult {
    const { model } = this.session;
    const { plane, spans, points } = decision;
    const [across, up] = spans;
    const rows = new Set(this.session.machine.inputs.rows(this.session.moment.frame));
    const name = (at: number) => math(texName(model, plane.input.name, [at]), 'silent');
    const end = (value: number) => this.short(value);
    return html`<div class="plane">
      <span class="top" aria-hidden="true">${end(up.high)}</span><span class="vertical" aria-hidden="true" ${name(2)}></span><span class="bottom" aria-hidden="true">${end(up.low)}</span>
      <div class="field" @pointermove=${this.point} @pointerleave=${() => {
        this.pointed = undefined;
      }}>
        <canvas ${paintRegions(this.filled && { ...this.filled, decision })}></canvas>
        <svg viewBox="0 0 ${side} ${side}" role="img" aria-label=${words.picture(summary)}>
          ${this.lines.map((path) => svg`<path class="line-ground" d=${path}/><path class="line" d=${path}/>`)}
          ${points.map((one) => this.mark(decision, one, plane.input.rows === undefined || rows.has(one.row)))}
        </svg>
      </div>
      <span class="start" aria-hidden="true">${end(across.low)}</span><span class="horizontal" aria-hidden="true" ${name(1)}></span><span class="end" aria-hidden="true">${end(across.high)}</span>
    </div>`;
  }

  private mark(
    { spans, classes }: DecisionBoundary,
    { place, classIndex = 0 }: DataPoint,
    isHere: boolean,
  ): SVGTemplateResult {
    const [x, y] = place.map(
      (value, at) => side * ((value - spans[at].low) / (spans[at].high - spans[at].low)),
    );
    return svg`<g transform="translate(${round(x)} ${round(side - y)})" class="point ${isHere ? 'here' : ''} ${classes.length === 2 && classIndex === 0 ? 'hollow' : ''}">
      ${isHere ? svg`<circle r="9"/>` : nothing}<path d=${shapes[classIndex % shapes.length]}/></g>`;
  }

  private legend({ classes, points, outputs }: DecisionBoundary): TemplateResult | typeof nothing {
    if (classes.length === 0) return nothing;
    const { figures } = this.session;
    return html`<ul class="legend">${classes.map(
      (
        target,
        at,
      ) => html`<li><svg viewBox="-8 -8 16 16" aria-hidden="true"><g class="point ${classes.length === 2 && at === 0 ? 'hollow' : ''}"><path d=${shapes[at % shapes.length]}/></g></svg>
        ${outputs > 1 ? words.classOf(String(target)) : words.target(figures.text(target))}
        <span class="count">${formatCount(points.filter(({ classIndex }) => classIndex === at).length)}</span></li>`,
    )}<li><svg viewBox="-8 -8 16 16" aria-hidden="true"><g class="point here"><circle r="7"/></g></svg>${words.here}</li></ul>`;
  }

  private readonly point = (event: PointerEvent): void => {
    const { decision } = this;
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    if (decision === undefined) return;
    const [across, up] = decision.spans;
    this.pointed = [
      across.low + ((event.clientX - left) / width) * (across.high - across.low),
      up.high - ((event.clientY - top) / height) * (up.high - up.low),
    ];
  };

  private answerAt(decision: DecisionBoundary, [x, y]: readonly [number, number]): string {
    return words.answer(this.short(x), this.short(y), this.answerText(decision.at(x, y)));
  }

  private short(value: number): string {
    return format(value, { precision: { kind: 'significant', digits } });
  }

  private answerText(answer: ArrayLike<number>): string {
    return Array.from(answer, (value) => this.short(value)).join(', ');
  }

  /** The outputs in a table cell; of several the number, from 1, of the greatest. */
  private inTable(decision: DecisionBoundary, answer: Float64Array): string {
    return decision.outputs > 1 ? String(1 + decision.classOf(answer)) : this.answerText(answer);
  }

  private table(decision: DecisionBoundary): TemplateResult {
    const { model } = this.session;
    const { plane, points } = decision;
    const places = (at: 0 | 1) => {
      const { low, high } = decision.spans[at];
      return Array.from({ length: tableSide }, (_, n) => low + (n / (tableSide - 1)) * (high - low));
    };
    const name = (at: number) => spokenCell(model, plane.input.name, [at]);
    return html`<details class="numbers">
      <summary>${words.inNumbers}</summary>
      <div class="tables">
        <table>
          <caption>${words.output}; ${words.across(name(1))}, ${words.down(name(2))}</caption>
          <thead><tr><td></td>${places(0).map((x) => html`<th scope="col">${this.short(x)}</th>`)}</tr></thead>
          <tbody>${places(1)
            .reverse()
            .map(
              (y) =>
                html`<tr><th scope="row">${this.short(y)}</th>${places(0).map(
                  (x) => html`<td>${this.inTable(decision, decision.at(x, y))}</td>`,
                )}</tr>`,
            )}</tbody>
        </table>
        <table>
          <caption>${words.points}</caption>
          <thead><tr>${[words.sampleColumn, name(1), name(2), words.targetColumn, words.outputColumn].map(
            (title) => html`<th scope="col">${title}</th>`,
          )}<td></td></tr></thead>
          <tbody>${points.slice(0, mostRows).map((one) => this.row(decision, one))}</tbody>
        </table>
      </div>
    </details>`;
  }

  private row(decision: DecisionBoundary, point: DataPoint): TemplateResult {
    const { row, place, classIndex } = point;
    const target = classIndex === undefined ? '' : this.session.figures.text(decision.classes[classIndex]);
    return html`<tr>
      <th scope="row">${row}</th>${place.map((value) => html`<td>${this.short(value)}</td>`)}
      <td>${target}</td><td>${this.inTable(decision, decision.at(...place))}</td>
      <td>${classIndex === undefined || decision.classes.length < 2 ? '' : this.isRight(decision, point) ? words.yes : words.no}</td>
    </tr>`;
  }
}

/** The lines between the classes, each as the `d` of an SVG path. */
function linesOf(decision: DecisionBoundary, answers: readonly Float64Array[], fineness: number): string[] {
  const count = decision.outputs > 1 ? decision.outputs : 1;
  const scale = side / (fineness - 1);
  return Array.from({ length: count }, (_, one) => {
    const margins = answers.map((answer) => decision.margin(answer, one));
    const place = ([x, y]: readonly [number, number]) => `${round(scale * x)} ${round(scale * y)}`;
    return levelLines(margins, fineness)
      .map(([from, to]) => `M${place(from)}L${place(to)}`)
      .join('');
  });
}

const round = (value: number): number => Math.round(10 * value) / 10;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
