import { nothing, type SVGTemplateResult, svg } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import type { Unit, Weight } from '../../src/explain/drawing.ts';
import { dataCell } from '../../src/explain/unrolled-tex.ts';
import { cutLabel } from '../../src/formula/dimensions/cut-label.ts';
import type { Version } from '../../src/formula/expression.ts';
import { formatCount } from '../../src/number/format.ts';
import { networkDrawingWords as words } from '../../src/words/drawing/network-drawing.ts';
import { around } from '../base/revealed.ts';
import type { Mark } from './cell-marks.ts';
import { type EdgeLabel, spanWithin } from './edge-labels.ts';
import type { EdgeStrokes } from './edge-strokes.ts';
import { type Caption, Captions } from './network-captions.ts';
import { type NetworkFigures, sizes } from './network-figures.ts';
import type { Flow, Marks } from './network-marks.ts';
import type { PlacedEdge, Placement } from './network-placement.ts';
import type { Overlays } from './overlays.ts';
import { centre, type DrawingPoint, type PlacedUnit, type Rectangle, topOf } from './placed-unit.ts';
import { textWidth } from './svg-label.ts';

const arrow = { length: 10, half: 5 };
/** The width of an edge at work that has no weight, in drawing units. */
const unweighted = 2;
/** How far the middle of a badge is from the corner of a line of text, in drawing units. */
const besideText = { x: 8, y: 9.5 };
/** Length of the thicker piece of an edge beside its label, in drawing units, on the side of the nearer unit. */
const tie = 10;

/**
 * The drawing of one step, from back to front: edges, paths of tools, flows, labels, units, omissions. `epoch` lists what every
 * part depends on: while it is the same, a part is rendered again only where its own numbers and marks change.
 */
export class Picture {
  private readonly captions: Captions;

  constructor(
    private readonly placement: Placement,
    private readonly labels: readonly EdgeLabel[],
    private readonly strokes: EdgeStrokes,
    private readonly marks: Marks,
    private readonly figures: NetworkFigures,
    private readonly overlays: Overlays,
    private readonly epoch: readonly unknown[],
  ) {
    this.captions = new Captions(
      figures,
      placement,
      labels,
      (cell) => marks.isPending(cell),
      (cell) => marks.of(cell) === 'target',
    );
  }

  /** The content of the `<svg>`, in the placement's units. */
  render(): SVGTemplateResult {
    const { edges, units, omissions, direction } = this.placement;
    return svg`
      <g class="edges">${edges.map((edge) => this.still(this.edgeKey(edge), () => this.edge(edge)))}</g>
      <g class="paths">${this.overlays.isEmpty ? nothing : edges.map((edge) => this.path(edge))}</g>
      <g class="flows">${this.marks.flows(edges).map((flow) => this.flow(flow))}</g>
      <g class="labels">${this.labels.map((label) => this.still(this.labelKey(label), () => this.label(label)))}</g>
      <g class="units">${units.map((unit) => this.still(this.unitKey(unit), () => this.unit(unit)))}</g>
      <g class="omissions">${omissions.map(({ x, y, count }) =>
        direction === 'right'
          ? this.omission({ x, y }, `⋮ ${words.more(formatCount(count))}`)
          : svg`<text x=${x} y=${y + 5}>⋯</text>`,
      )}</g>`;
  }

  /** How many units are left out; no edge crosses it. */
  private omission({ x, y }: DrawingPoint, text: string): SVGTemplateResult {
    const width = textWidth(text, sizes.omission) + 8;
    return svg`<rect class="ground" x=${x - width / 2} y=${y - 8} width=${width} height="16"/><text class="count" x=${x} y=${y + 4} font-size=${sizes.omission}>${text}</text>`;
  }

  /** Renders a part only where its key changes: most of a network rests in every step. */
  private still(key: readonly unknown[], draw: () => SVGTemplateResult): unknown {
    return guard([...this.epoch, ...key], draw);
  }

  private edgeKey({ edge, from, to }: PlacedEdge): readonly unknown[] {
    const isRenewed = edge.weight !== undefined && this.figures.isRenewed(edge.weight);
    const { width, isNegative } = this.strokes.of(edge);
    return [edge.id, from.x, from.y, to.x, to.y, isRenewed, width, isNegative];
  }

  private unitKey({ unit, box }: PlacedUnit): readonly unknown[] {
    const { x, y, width, height } = box;
    const weights = unit.biases.flatMap((weight) => [weight, ...weight.gradients]);
    const cells = [...unit.cells, ...unit.sensitivities, ...weights];
    return [unit.id, x, y, width, height, this.captions.form, ...this.cellKeys(cells)];
  }

  private labelKey({ edge, box, form }: EdgeLabel): readonly unknown[] {
    const { weight } = edge.edge;
    const cells = weight ? [weight, ...weight.gradients] : [];
    return [edge.edge.id, box.x, box.y, box.width, form, this.captions.form, ...this.cellKeys(cells)];
  }

  /** What the drawing of some cells depends on. */
  private cellKeys(cells: readonly UnversionedCell[]): readonly unknown[] {
    return cells.flatMap((cell) => [
      this.figures.value(cell, 'old'),
      this.figures.value(cell, 'new'),
      this.marks.of(cell),
      this.marks.isPending(cell),
    ]);
  }

  private edge({ edge, from, to, by }: PlacedEdge): SVGTemplateResult {
    const d = pathOf([from, ...by, to]);
    if (edge.weight === undefined) return svg`<g class="join"><path class="edge" d=${d}/></g>`;
    const { width, isNegative } = this.strokes.of(edge);
    const line = svg`<path class="edge ${isNegative ? 'negative' : ''}" d=${d} stroke-width=${width}/>`;
    // A wider, invisible line makes the edge easy to point at.
    return svg`<g data-cell=${data(edge.weight)} data-version=${this.version(edge.weight)}>${line}<line class="aim" x1=${from.x} y1=${from.y} x2=${to.x} y2=${to.y}/></g>`;
  }

  /** An edge as part of a tool's path; a weight's badge is on the edge where no label carries it. */
  private path({ edge, from, to, by, source, target }: PlacedEdge): SVGTemplateResult {
    const { overlays } = this;
    const { weight } = edge;
    const carried = weight ? [weight, ...weight.gradients] : [];
    const isLabelled = this.labels.some((label) => label.edge.edge === edge);
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const isLit = overlays.isBetween(unitCells(source), unitCells(target), carried);
    return svg`${isLit ? svg`<path class="path" d=${pathOf([from, ...by, to])}/>` : nothing}${
      isLabelled
        ? nothing
        : carried.slice(0, 1).map((cell) => this.badge(cell, { ...middle, width: 0, height: 0 }))
    }`;
  }

  /** A tool's badge at the upper right corner of a cell's box; beside a line of text, which it would cover there. */
  private badge(
    cell: UnversionedCell,
    { x, y, width }: Rectangle,
    isBeside = false,
  ): SVGTemplateResult | typeof nothing {
    const found = this.overlays.of(cell);
    if (found === undefined) return nothing;
    const at = isBeside ? { x: x + width + besideText.x, y: y + besideText.y } : { x: x + width, y: y + 1 };
    return svg`<g class="badge ${found.kind}"><circle cx=${at.x} cy=${at.y} r="8"/><text x=${at.x} y=${at.y + 4}>${found.sign}</text></g>`;
  }

  /** An edge at work: in the colour of the pass, with a halo, and as wide as it is anyway, since that stands for a number. */
  private flow({ edge, mark, arrow: aim }: Flow): SVGTemplateResult {
    const points = [edge.from, ...edge.by, edge.to];
    const [before, to] = (aim === 'from' ? [...points].reverse() : points).slice(-2);
    const length = Math.hypot(to.x - before.x, to.y - before.y);
    const [ux, uy] = [(to.x - before.x) / length, (to.y - before.y) / length];
    const size = mark === 'read' ? 0.8 : 1;
    const [back, half] = [arrow.length * size, arrow.half * size];
    const [left, right] = [half, -half].map(
      (w) => `${to.x - back * ux - w * uy} ${to.y - back * uy + w * ux}`,
    );
    const { width, isNegative } = this.strokes.of(edge.edge);
    const d = pathOf(points);
    return svg`<path class="flow halo ${mark}" d=${d}/>
      <path class="flow ${isNegative ? 'negative' : ''}" d=${d} stroke-width=${edge.edge.weight ? width : unweighted}/>
      ${aim ? svg`<path class="head" d="M ${to.x} ${to.y} L ${left} L ${right} Z"/>` : ''}`;
  }

  /** A label with its lines; the edge is thicker where it leaves the label, and marked lines are on top. */
  private label(label: EdgeLabel): SVGTemplateResult {
    const { weight } = label.edge.edge;
    const captions = this.captions.label(label);
    if (weight === undefined || captions.length === 0) return svg``;
    const [a, b] = tieOf(label.edge, around(captions.map(({ box }) => box)));
    return svg`<g data-cell=${data(weight)}>${a && b ? svg`<line class="tie" x1=${a.x} y1=${a.y} x2=${b.x} y2=${b.y}/>` : ''}</g>${this.inOrder(captions).map((caption) => this.caption(caption, weight))}`;
  }

  private inOrder(captions: readonly Caption[]): Caption[] {
    const rank = ({ cell, kind }: Caption) =>
      kind !== 'old' && ['target', 'now'].includes(this.marks.of(cell) ?? '') ? 1 : 0;
    return [...captions].sort((a, b) => rank(a) - rank(b));
  }

  /** A line about a parameter: itself or the derivative by it. */
  private caption({ cell, kind, line, box }: Caption, weight: Weight): SVGTemplateResult {
    if (kind === 'derivative')
      return svg`<g class="derivative" data-cell=${data(cell)}>${this.title(cell)}${this.ground(box, this.marks.of(cell))}${line.content}${this.badge(cell, box, true)}</g>`;
    if (kind === 'cell')
      return svg`<g class="settable" tabindex="-1" role="button" data-cell=${data(weight)} data-version=${this.version(weight)}
      >${this.title(cell)}${reach(box)}${this.ground(box, this.marks.of(cell))}${line.content}${this.badge(cell, box, true)}</g>`;
    return svg`<g data-cell=${data(weight)} data-version=${this.version(weight)}
      >${this.title(cell)}${this.ground(box, undefined)}${line.content}</g>`;
  }

  /** The background of a line, or the mark of the operation where it has one. */
  private ground(box: Rectangle, mark: Mark | undefined): SVGTemplateResult {
    if (mark === 'target' || mark === 'now')
      return this.frame({ ...box, x: box.x - 2, width: box.width + 4 }, mark);
    return svg`<rect class="ground" x=${box.x} y=${box.y} width=${box.width} height=${box.height}/>`;
  }

  private title(cell: UnversionedCell): SVGTemplateResult {
    const tooltip = this.overlays.of(cell)?.tooltip;
    return svg`<title>${this.figures.title(cell)}${tooltip === undefined ? '' : `\n${tooltip}`}</title>`;
  }

  private unit(placed: PlacedUnit): SVGTemplateResult {
    const { unit, box, compartments, sensitivities, biases } = placed;
    const radius = radiusOf(box, unit);
    const dividers = compartments
      .slice(1)
      .map((part) =>
        part.x > box.x
          ? svg`<line class="divider" x1=${part.x} y1=${box.y + 1} x2=${part.x} y2=${box.y + box.height - 1}/>`
          : svg`<line class="divider" x1=${box.x + 1} y1=${part.y} x2=${box.x + box.width - 1} y2=${part.y}/>`,
      );
    return svg`<g class="unit ${unit.layer.kind}">${
      unit.label &&
      svg`<text x=${centre(box).x} y=${topOf(placed) + 11} font-size=${sizes.omission}>${cutLabel(unit.label, box.width / 7)}</text>`
    }
      ${sensitivities.map((tab, at) => this.sensitivity(unit.sensitivities[at], tab)).reverse()}
      ${biases.map((tab, at) => this.bias(unit.biases[at], tab))}
      <rect class="body" x=${box.x} y=${box.y} width=${box.width} height=${box.height} rx=${radius}/>
      ${dividers}
      ${unit.cells.map((cell, at) => this.compartment(cell, compartments[at], unit))}
    </g>`;
  }

  private compartment(cell: UnversionedCell, box: Rectangle, unit: Unit): SVGTemplateResult {
    const { x, y } = centre(box);
    const inner = { x: box.x + 2.5, y: box.y + 2.5, width: box.width - 5, height: box.height - 5 };
    const radius = radiusOf(box, unit) - 2;
    const isGiven = unit.layer.kind === 'input' || unit.layer.kind === 'target';
    return svg`<g class=${isGiven ? 'settable' : ''} data-cell=${data(cell)} tabindex=${isGiven ? -1 : nothing} role=${isGiven ? 'button' : nothing}>${this.title(cell)}
      <rect class="aim" x=${inner.x} y=${inner.y} width=${inner.width} height=${inner.height} rx=${Math.min(radius, inner.height / 2)}/>
      ${this.ring(cell, inner, radius)}${this.frame(inner, this.marks.of(cell), radius)}
      ${this.figures.pair(cell, unit, { x, y, width: box.width - (unit.cells.length > 1 ? 10 : 14) }, this.marks.isPending(cell))}
      ${this.badge(cell, inner)}
    </g>`;
  }

  private sensitivity(cell: UnversionedCell, box: Rectangle): SVGTemplateResult {
    const inner = { x: box.x + 2, y: box.y + 0.5, width: box.width - 4, height: box.height - 1.5 };
    return svg`<g class="tab derivative" data-cell=${data(cell)}>${this.title(cell)}
      <path class="body" d=${tabPath(box)}/>${this.ring(cell, inner)}${this.frame(inner, this.marks.of(cell))}${this.captions.sensitivity(cell, box).line.content}${this.badge(cell, inner, true)}
    </g>`;
  }

  private bias(weight: Weight, box: Rectangle): SVGTemplateResult {
    return svg`<g class="tab bias">
      <path class="body" d=${tabPath(box, true)}/>${this.inOrder(this.captions.bias(weight, box)).map((one) => this.caption(one, weight))}
    </g>`;
  }

  private ring(
    cell: UnversionedCell,
    { x, y, width, height }: Rectangle,
    radius = 18,
  ): SVGTemplateResult | typeof nothing {
    if (!this.overlays.isOnPath(cell)) return nothing;
    return svg`<rect class="on-path" x=${x} y=${y} width=${width} height=${height} rx=${Math.min(radius, height / 2)}/>`;
  }

  private version(weight: Weight): Version {
    return this.figures.isRenewed(weight) ? 'new' : 'old';
  }

  /** A frame around a cell: solid where it is written, dashed where it is read, thin where it was read before. */
  private frame({ x, y, width, height }: Rectangle, mark: Mark | undefined, radius = 4): SVGTemplateResult {
    if (mark === undefined) return svg``;
    const rx = Math.min(radius, height / 2);
    return svg`<rect class="mark ${mark}" x=${x} y=${y} width=${width} height=${height} rx=${rx}/>`;
  }
}

/** The radius of a unit's corners: a unit of several cells leaves the room in them to what these contain. */
const radiusOf = ({ height }: Rectangle, { cells }: Unit): number => (cells.length > 1 ? 12 : height / 2);

const unitCells = ({ unit }: PlacedUnit): readonly UnversionedCell[] => [
  ...unit.cells,
  ...unit.sensitivities,
];

const data = ({ name, cell }: UnversionedCell): string => dataCell(name, cell);

const pathOf = (points: readonly DrawingPoint[]): string =>
  `M ${points.map(({ x, y }) => `${x} ${y}`).join(' L ')}`;

/**
 * The piece of an edge between a box on it and the nearer unit, on the other side where there is none; empty where the edge
 * misses the box.
 */
function tieOf({ from, to }: PlacedEdge, box: Rectangle): [from: DrawingPoint, to: DrawingPoint] | [] {
  const within = spanWithin({ from, to }, box);
  if (within === undefined) return [];
  const length = tie / Math.hypot(to.x - from.x, to.y - from.y);
  const at = (t: number): DrawingPoint => ({
    x: from.x + t * (to.x - from.x),
    y: from.y + t * (to.y - from.y),
  });
  const [start, end] = within;
  const isAtEnd = 1 - end < start ? 1 - end > length / 2 : start < length / 2;
  return isAtEnd ? [at(end), at(Math.min(1, end + length))] : [at(Math.max(0, start - length)), at(start)];
}

/** The outline of a tab below a unit, or above it; its open end continues behind the unit. */
function tabPath({ x, y, width, height }: Rectangle, standing = false): string {
  const r = 6;
  const behind = 16;
  const [start, turn] = standing ? [y + height + behind, -1] : [y - behind, 1];
  const side = turn * (height + behind - r);
  return `M ${x} ${start} v ${side} q 0 ${turn * r} ${r} ${turn * r} h ${width - 2 * r} q ${r} 0 ${r} ${-turn * r} v ${-side}`;
}

/** The smallest target of WCAG 2.2, and a little more, in drawing units, which are CSS pixels or more. */
const smallestTarget = 25;

/** What is not seen of a target: a line of text is lower than a finger needs, and a short number narrower. */
function reach({ x, y, width, height }: Rectangle): SVGTemplateResult {
  const [across, down] = [Math.max(width, smallestTarget), Math.max(height, smallestTarget)];
  return svg`<rect class="reach" x=${x - (across - width) / 2} y=${y - (down - height) / 2} width=${across} height=${down}/>`;
}
