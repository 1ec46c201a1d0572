import { cellName } from '../../formula/model.ts';
import type { Moment } from '../../machine/moment.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { type Area, Arrow, type Point } from '../base/arrow.ts';
import { briefText, figureText } from '../base/figure-values.ts';
import type { FigureMark, FigurePicture } from '../base/picture.ts';
import type { CellGraph, GraphNumbers, Road } from './cell-graph.ts';
import { labelPlaces } from './label-places.ts';
import { inLayers, type Layered } from './layered.ts';

/** In the picture's units: the margin at the sides, the least width, which the lines below need, and the height of such a line. */
const [margin, least, line] = [10, 330, 18];
/** How wide a letter is, and how many letters such a line has room for. */
const [letter, longest, longestKey] = [6.3, 46, 40];
/** Lines along one arrow are so far from each other. */
const apart = 4;

/** The picture of a graph of cells whose boxes and arrows stand still while numbers come. */
export class ChainPicture {
  private readonly layout: Layered;
  private readonly shift: number;
  private readonly arrows: readonly Arrow[];
  private readonly labels: readonly Point[];
  private readonly width: number;

  private constructor(
    private readonly graph: CellGraph,
    private readonly roads: readonly Road[],
    layout: Layered,
  ) {
    this.layout = layout;
    this.width = Math.max(layout.width + 2 * margin, least);
    this.shift = (this.width - layout.width) / 2;
    const { isDown } = layout;
    const way = new Map<number, readonly Point[]>();
    graph.cells.forEach((_, to) => {
      incoming(graph, to).forEach((link, n) => {
        way.set(link, layout.ways[to][n]);
      });
    });
    this.arrows = graph.links.map(({ from, to }, n) => {
      const through = (way.get(n) as readonly Point[]).map(this.moved);
      const last = through.length - 1;
      const ends = through.map(([x, y], at): Point => {
        if (at > 0 && at < last) return [x, y];
        const side = at === 0 ? 1 : -1;
        return isDown
          ? [x, y + side * layout.halfHeight]
          : [x + (side * layout.widths[at === 0 ? from : to]) / 2, y];
      });
      return new Arrow(ends, isDown);
    });
    this.labels = labelPlaces(
      this.arrows,
      graph.cells.map((_, n) => this.around(n)),
    );
  }

  /** Undefined where the cells have no room. */
  static of(graph: CellGraph, roads: readonly Road[]): ChainPicture | undefined {
    const layout = inLayers(
      graph.cells.map(({ label }, n) => ({
        width: Math.max(28, label.length * letter + 12),
        from: incoming(graph, n).map((link) => graph.links[link].from),
      })),
    );
    return layout && new ChainPicture(graph, roads, layout);
  }

  at(moment: Moment): FigurePicture {
    const { graph, roads, width } = this;
    const numbers = graph.at(moment);
    const products = roads.map((road) => this.product(road, numbers));
    const sum = products.reduce<number | undefined>(
      (whole, { value }) => (whole === undefined || value === undefined ? undefined : whole + value),
      0,
    );
    const below = this.below(products, sum);
    return {
      width,
      height: this.layout.height + line * below.length + 6,
      marks: [
        ...this.arrowMarks(),
        ...graph.cells.flatMap((_, n) => this.boxMarks(n, moment, numbers)),
        ...this.labels.flatMap(([x, y], n) => {
          const slope = numbers.slopes[n];
          return slope === undefined ? [] : [text('slope', [x, y + 4], briefText(slope))];
        }),
        ...below.flat(),
      ],
      text: this.sentence(numbers, products, sum),
      table: this.table(numbers, products, sum),
    };
  }

  private readonly moved = ([x, y]: Point): Point => [x + this.shift, y];

  private get end(): string {
    return this.graph.cells[this.graph.cells.length - 1].label;
  }

  /** What stands where: one line, or two where a line has no room. */
  private get key(): string[] {
    const parts = [(this.layout.isDown ? words.keyWithin : words.keyAround)(this.end), words.keyArrow];
    const whole = parts.join(' · ');
    return whole.length > longestKey ? parts : [whole];
  }

  /** The room of a box with its numbers. */
  private around(n: number): Area {
    const { isDown, widths, halfHeight, middles } = this.layout;
    const [x, y] = this.moved(middles[n]);
    const [w, h] = isDown
      ? [widths[n] / 2 + 2, halfHeight + 2]
      : [Math.max(widths[n] / 2 + 2, 20), halfHeight + 15];
    return { x: x - w, y: y - h, width: 2 * w, height: 2 * h };
  }

  private arrowMarks(): FigureMark[] {
    return this.arrows.flatMap((arrow, n) => {
      const own = this.roads.flatMap((road, at) => (road.includes(n) ? [at] : []));
      if (own.length === 0) return arrow.marks('plain');
      return own.flatMap((road, k) => arrow.marks(`way-${road + 1}`, (k - (own.length - 1) / 2) * apart));
    });
  }

  private boxMarks(n: number, moment: Moment, { values, derivatives }: GraphNumbers): FigureMark[] {
    const { isDown, widths, halfHeight, middles } = this.layout;
    const { cells } = this.graph;
    const one = cells[n];
    const [x, y] = this.moved(middles[n]);
    const [width, height] = [widths[n], 2 * halfHeight];
    const cell = cellName(one.name, one.cell);
    const { location, finishesCell } = moment;
    const isAt = (name: string, version: string): boolean =>
      location !== undefined &&
      finishesCell &&
      location.formula.version === version &&
      cellName(location.formula.target, location.cell) === name;
    const now = isAt(cell, one.version) ? ' now' : '';
    const [value, derivative] = [values[n], derivatives[n]];
    const [above, under] = isDown ? [-10, 18] : [-halfHeight - 5, halfHeight + 13];
    const marks: FigureMark[] = [
      {
        tag: 'rect',
        attributes: {
          class: `${value === undefined ? 'cell missing' : 'cell'}${now}`,
          ...{ x: x - width / 2, y: y - halfHeight, width, height, rx: one.isGiven ? 2 : 12 },
        },
        cell,
      },
      text('name', [x, y + 4], one.label, cell),
    ];
    if (value !== undefined) marks.push(text(`number${now}`, [x, y + above], briefText(value), cell));
    if (derivative !== undefined && n < cells.length - 1) {
      const own = one.own && cellName(one.own.cell.name, one.own.cell.cell);
      const isNow = one.own && own !== undefined && isAt(own, one.own.cell.version);
      marks.push(text(`derivative${isNow ? ' now' : ''}`, [x, y + under], briefText(derivative), own));
    }
    return marks;
  }

  private product(road: Road, { slopes }: GraphNumbers): Product {
    const { cells, links } = this.graph;
    const factors = road.map((link) => slopes[link]);
    const names = [links[road[0]].from, ...road.map((link) => links[link].to)].map((n) => cells[n].label);
    const known = factors.filter((one) => one !== undefined);
    if (known.length < factors.length) return { names, value: undefined, text: words.notYet };
    const value = known.reduce((whole, one) => whole * one, 1);
    const factorTexts = known.map((one) => (one < 0 ? `(${figureText(one)})` : figureText(one)));
    return {
      names,
      value,
      text: known.length === 1 ? figureText(value) : `${factorTexts.join(' · ')} = ${figureText(value)}`,
    };
  }

  /** A line for each road, their sum, and the key. */
  private below(products: readonly Product[], sum: number | undefined): FigureMark[][] {
    const y = (n: number) => this.layout.height + line * (n + 1);
    const rows = products.map(({ names, value, text: said }, n): FigureMark[] => {
      const whole = `${names.join(' → ')}: ${said}`;
      const short = words.road(String(n + 1), value === undefined ? words.notYet : figureText(value));
      return [
        {
          tag: 'path',
          attributes: { class: `arrow way-${n + 1}`, d: `M${margin} ${y(n) - 4}H${margin + 30}` },
        },
        text('road', [margin + 38, y(n)], whole.length > longest ? short : whole),
      ];
    });
    if (rows.length > 1)
      rows.push([
        text(
          'road',
          [margin + 38, y(rows.length)],
          words.together(sum === undefined ? words.notYet : figureText(sum)),
        ),
      ]);
    for (const one of this.key) rows.push([text('tick', [margin, y(rows.length)], one)]);
    return rows;
  }

  private sentence(
    { values, derivatives }: GraphNumbers,
    products: readonly Product[],
    sum: number | undefined,
  ): string {
    const { cells } = this.graph;
    const known = cells.flatMap(({ label }, n) => {
      const value = values[n];
      return value === undefined ? [] : [words.is(label, figureText(value))];
    });
    const missing = cells.length - known.length;
    const start = products[0].names[0];
    const first = cells.findIndex(({ label }) => label === start);
    const [derivative, isOwn] = [derivatives[first], cells[first].own !== undefined];
    return words.said(
      words.chain,
      this.end,
      [
        known.length > 0 ? words.listed(known.join(', ')) : words.none,
        ...(known.length > 0 && missing > 0 ? [words.missing(missing)] : []),
        ...products.map(({ names, text: said, value }) =>
          value === undefined ? words.openRoad(names.join(', ')) : words.roadGives(names.join(', '), said),
        ),
        ...(products.length > 1 && sum !== undefined ? [words.roadsGive(figureText(sum))] : []),
        ...(derivative === undefined
          ? []
          : [(isOwn ? words.ownDerivativeIs : words.derivativeIs)(this.end, start, figureText(derivative))]),
      ].join(' '),
    );
  }

  private table(
    { values, slopes, derivatives }: GraphNumbers,
    products: readonly Product[],
    sum: number | undefined,
  ): string[][] {
    const { cells, links } = this.graph;
    const shown = (value: number | undefined) => (value === undefined ? words.notYet : figureText(value));
    return [
      ['', words.value, words.slope, words.derivativeOf(this.end)],
      ...cells.map(({ label }, n) => [label, shown(values[n]), '', shown(derivatives[n])]),
      ...links.map(({ from, to }, n) => [
        `${cells[from].label} → ${cells[to].label}`,
        '',
        shown(slopes[n]),
        '',
      ]),
      ...products.map(({ names, value }, n) => [
        words.road(String(n + 1), names.join(' → ')),
        '',
        '',
        shown(value),
      ]),
      [words.allRoads, '', '', shown(sum)],
    ];
  }
}

/** A road’s name, and the product of its slopes. */
interface Product {
  readonly names: readonly string[];
  readonly value: number | undefined;
  /** With its factors. */
  readonly text: string;
}

const incoming = ({ links }: CellGraph, to: number): number[] =>
  links.flatMap((link, n) => (link.to === to ? [n] : []));

const text = (kind: string, [x, y]: Point, said: string, cell?: string): FigureMark => ({
  tag: 'text',
  attributes: {
    class: kind,
    x,
    y,
    ...(kind === 'road' || kind === 'tick' ? {} : { 'text-anchor': 'middle' }),
  },
  text: said,
  cell,
});
