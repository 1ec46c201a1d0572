import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { CellRef } from '../src/explain/adjoints.ts';
import { type Drawing, readDrawing, type Weight } from '../src/explain/drawing.ts';
import { dataCell } from '../src/explain/rolled.ts';
import type { Version } from '../src/formula/expression.ts';
import type { Model } from '../src/formula/model.ts';
import { spokenCell } from '../src/formula/notation.ts';
import { type EdgeLabel, labelEdges } from './edge-labels.ts';
import { type Line, NetworkFigures } from './network-figures.ts';
import { type Flow, type Mark, Marks } from './network-marks.ts';
import {
  type Box,
  centre,
  type PlacedEdge,
  type PlacedUnit,
  type Placement,
  place,
} from './network-placement.ts';
import { SessionView } from './session-view.ts';

/** Before the room is known. */
const usualWidth = 560;
const arrow = { length: 10, half: 5 };

/**
 * `<bs-network>`: the model as a network, read off its formulas, with the numbers that are computed at this step and the present
 * operation marked in it.
 */
export class NetworkDrawing extends SessionView {
  static override properties = { ...SessionView.properties, room: { state: true } };
  /** How wide the drawing may be, in CSS pixels. */
  declare room: number;
  private readonly size = new ResizeObserver(([{ contentRect }]) => this.measure(contentRect.width));
  private made: { model: Model; drawing: Drawing | undefined } | undefined;

  constructor() {
    super();
    this.room = usualWidth;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.measure(this.clientWidth);
    this.size.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.size.disconnect();
  }

  private measure(width: number): void {
    if (width > 0) this.room = Math.floor(width);
  }

  private get drawing(): Drawing | undefined {
    const { model } = this.session;
    if (this.made?.model !== model) this.made = { model, drawing: readDrawing(model) };
    return this.made.drawing;
  }

  protected override render(): TemplateResult {
    const { drawing } = this;
    if (drawing === undefined) {
      return html`<p class="no-network">This model has no units and edges to draw; its cells are in the table.</p>`;
    }
    const marks = new Marks(this.session, drawing);
    const placement = place(drawing, { width: this.room, focus: marks.places() });
    const labels = labelEdges(placement, marks.focus(placement.edges));
    const picture = new Picture(placement, labels, marks, new NetworkFigures(this.session));
    return html`<svg class="network" viewBox="0 0 ${placement.width} ${Math.ceil(placement.height)}" role="img"
      aria-label=${this.label(drawing, marks)}>${picture.render()}</svg>`;
  }

  private label(drawing: Drawing, { target }: Marks): string {
    const counts = drawing.layers
      .filter(({ kind }) => kind === 'input' || kind === 'unit')
      .map(({ kind, size }) => `${size} ${kind}${size === 1 ? '' : 's'}`);
    const now = target ? ` Now computing ${spokenCell(this.session.model, target.name, target.cell)}.` : '';
    return `Network of ${counts.join(', then ')}.${now} The table of all numbers says the same.`;
  }
}

/** One drawing of one moment, from back to front: edges, what flows along them, labels, units, and marks around cells. */
class Picture {
  constructor(
    private readonly placement: Placement,
    private readonly labels: readonly EdgeLabel[],
    private readonly marks: Marks,
    private readonly figures: NetworkFigures,
  ) {}

  render(): SVGTemplateResult {
    const { edges, units, omissions, direction } = this.placement;
    return svg`
      <g class="edges">${edges.map((edge) => this.edge(edge))}</g>
      <g class="flows">${this.marks.flows(edges).map((flow) => this.flow(flow))}</g>
      <g class="labels">${this.labels.map((label) => this.label(label))}</g>
      <g class="units">${units.map((unit) => this.unit(unit))}</g>
      <g class="omissions">${omissions.map(({ x, y }) => svg`<text x=${x} y=${y + 5}>${direction === 'right' ? '⋮' : '⋯'}</text>`)}</g>`;
  }

  private edge({ edge, from, to }: PlacedEdge): SVGTemplateResult {
    const line = svg`<line class="edge" x1=${from.x} y1=${from.y} x2=${to.x} y2=${to.y}/>`;
    if (edge.weight === undefined) return svg`<g class="join">${line}</g>`;
    // A wider line that is not seen makes the edge easy to point at.
    return svg`<g data-cell=${data(edge.weight)} data-version=${this.version(edge.weight)}>${line}<line class="aim" x1=${from.x} y1=${from.y} x2=${to.x} y2=${to.y}/></g>`;
  }

  private flow({ edge, mark, arrow: aim }: Flow): SVGTemplateResult {
    const [from, to] = aim === 'from' ? [edge.to, edge.from] : [edge.from, edge.to];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
    const size = mark === 'read' ? 0.8 : 1;
    const [back, half] = [arrow.length * size, arrow.half * size];
    const end = aim ? { x: to.x - (back - 1) * ux, y: to.y - (back - 1) * uy } : to;
    const [left, right] = [half, -half].map(
      (w) => `${to.x - back * ux - w * uy} ${to.y - back * uy + w * ux}`,
    );
    return svg`<line class="flow ${mark}" x1=${from.x} y1=${from.y} x2=${end.x} y2=${end.y}/>
      ${aim ? svg`<path class="head" d="M ${to.x} ${to.y} L ${left} L ${right} Z"/>` : ''}`;
  }

  private label({ edge, box, form }: EdgeLabel): SVGTemplateResult {
    const { weight } = edge.edge;
    if (weight === undefined) return svg``;
    const { x, y } = centre(box);
    const width = box.width - 4;
    if (form === 'number')
      return this.weight(weight, this.figures.bare(weight, { x, y: y + 4, width: box.width }), x, y + 4);
    return this.parameter(weight, { x, width }, [y - 4, y + 13]);
  }

  /** A parameter with the derivative by it, on two lines. */
  private parameter(
    weight: Weight,
    room: { x: number; width: number },
    [first, second]: readonly [number, number],
    prefix = '',
  ): SVGTemplateResult {
    const { x } = room;
    const [gradient] = weight.gradients;
    const line =
      gradient && this.figures.gradient(gradient, { ...room, y: second }, this.isPending(gradient));
    return svg`${this.weight(weight, this.figures.weight(weight, { ...room, y: first }, prefix, prefix === ''), x, first)}${
      gradient && line
        ? svg`<g class="derivative" data-cell=${data(gradient)}>${this.ground(line, x, second, this.marks.of(gradient))}${line.content}</g>`
        : ''
    }`;
  }

  private weight(weight: Weight, line: Line, x: number, y: number): SVGTemplateResult {
    return svg`<g data-cell=${data(weight)} data-version=${this.version(weight)}
      >${this.ground(line, x, y, this.marks.of(weight))}${line.content}</g>`;
  }

  /** What a line of text stands on, so that no edge strikes it through; the mark of the operation where it has one. */
  private ground(
    { width, above = 0 }: Line,
    x: number,
    y: number,
    mark: Mark | undefined,
  ): SVGTemplateResult {
    const isMarked = mark === 'target' || mark === 'now';
    const wide = width + (isMarked ? 10 : 4);
    const box = { x: x - wide / 2, y: y - 12.5 - above, width: wide, height: 17 + above };
    if (isMarked) return this.frame(box, mark);
    return svg`<rect class="ground" x=${box.x} y=${box.y} width=${box.width} height=${box.height}/>`;
  }

  private unit({ unit, box, compartments, sensitivities, biases }: PlacedUnit): SVGTemplateResult {
    const radius = compartments.length > 1 && compartments[1].y > box.y ? 12 : box.height / 2;
    const dividers = compartments
      .slice(1)
      .map((part) =>
        part.x > box.x
          ? svg`<line class="divider" x1=${part.x} y1=${box.y + 1} x2=${part.x} y2=${box.y + box.height - 1}/>`
          : svg`<line class="divider" x1=${box.x + 1} y1=${part.y} x2=${box.x + box.width - 1} y2=${part.y}/>`,
      );
    return svg`<g class="unit ${unit.layer.kind}">
      ${sensitivities.map((tab, at) => this.sensitivity(unit.sensitivities[at], tab)).reverse()}
      ${biases.map((tab, at) => this.bias(unit.biases[at], tab))}
      <rect class="body" x=${box.x} y=${box.y} width=${box.width} height=${box.height} rx=${radius}/>
      ${dividers}
      ${unit.cells.map((cell, at) => this.compartment(cell, compartments[at]))}
    </g>`;
  }

  private compartment(cell: CellRef, box: Box): SVGTemplateResult {
    const { x, y } = centre(box);
    const inner = { x: box.x + 2.5, y: box.y + 2.5, width: box.width - 5, height: box.height - 5 };
    return svg`<g data-cell=${data(cell)}>
      <rect class="aim" x=${inner.x} y=${inner.y} width=${inner.width} height=${inner.height} rx=${Math.min(18, inner.height / 2)}/>
      ${this.frame(inner, this.marks.of(cell), 18)}
      ${this.figures.pair(cell, { x, y, width: box.width - 8 }, this.isPending(cell))}
    </g>`;
  }

  private sensitivity(cell: CellRef, box: Box): SVGTemplateResult {
    const { x, y } = centre(box);
    const inner = { x: box.x + 2, y: box.y + 1, width: box.width - 4, height: box.height - 3 };
    const line = this.figures.line(cell, { x, y: y + 4.5, width: box.width - 8 }, this.isPending(cell));
    return svg`<g class="tab derivative" data-cell=${data(cell)}>
      <path class="body" d=${tabPath(box)}/>${this.frame(inner, this.marks.of(cell))}${line.content}
    </g>`;
  }

  private bias(weight: Weight, box: Box): SVGTemplateResult {
    const room = { x: centre(box).x, width: box.width - 8 };
    return svg`<g class="tab bias">
      <path class="body" d=${tabPath(box, true)}/>${this.parameter(weight, room, [box.y + 14.5, box.y + 30], '+')}
    </g>`;
  }

  private version(weight: Weight): Version {
    return this.figures.isRenewed(weight) ? 'new' : 'old';
  }

  private isPending({ name, cell }: CellRef): boolean {
    const { target, isUnfinished } = this.marks;
    return isUnfinished && target?.name === name && target.cell.join() === cell.join();
  }

  /** Around a cell: whole where it is written, broken where it is read, thin where it was read a moment ago. */
  private frame({ x, y, width, height }: Box, mark: Mark | undefined, radius = 4): SVGTemplateResult {
    if (mark === undefined) return svg``;
    const rx = Math.min(radius, height / 2);
    return svg`<rect class="mark ${mark}" x=${x} y=${y} width=${width} height=${height} rx=${rx}/>`;
  }
}

const data = ({ name, cell }: CellRef): string => dataCell(name, cell);

/** A tab that hangs below a unit, or stands on it; its open end goes on behind the unit. */
function tabPath({ x, y, width, height }: Box, standing = false): string {
  const r = 6;
  const behind = 16;
  const [start, turn] = standing ? [y + height + behind, -1] : [y - behind, 1];
  const side = turn * (height + behind - r);
  return `M ${x} ${start} v ${side} q 0 ${turn * r} ${r} ${turn * r} h ${width - 2 * r} q ${r} 0 ${r} ${-turn * r} v ${-side}`;
}
