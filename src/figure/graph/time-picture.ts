import { ticks } from 'd3-array';
import { OneSample } from '../../explain/one-sample.ts';
import { type TimedLink, timedCells } from '../../explain/recurrence.ts';
import { cellName } from '../../formula/model.ts';
import type { Moment } from '../../machine/moment.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { alternative } from '../base/alternative.ts';
import { Arrow, type Point } from '../base/arrow.ts';
import { valueAt } from '../base/figure-values.ts';
import { type FigureMark, type FigurePicture, isDrawn } from '../base/picture.ts';
import { levels, roomFor } from '../plane/axes.ts';
import type { Timed, TimeNumbers } from './time-numbers.ts';

/** In the picture's units: the width with all moments, and of one at most; the first box's top, and the space between rows. */
const [extent, widest, top, rise] = [336, 96, 24, 26];
/** A unit in a box with its share of the height, and its radius; units of a box that can be told apart. */
const [pitch, radius, mostUnits] = [11, 3.5, 4];
/** The bars: their height, the space above them and below, numbers at their axis, and how much room one needs for its own. */
const bar = { height: 64, above: 40, below: 12, ticks: 3, told: 44 };
/** The legend: its lines' height, a weight's width, and how many stand in a line. */
const legend = { line: 18, width: 84, count: 4 };

/** A quantity's row. */
interface Row {
  readonly name: string;
  readonly dimension: number;
  readonly y: number;
  readonly height: number;
  /** How many units a box has. */
  readonly units: number;
}

/** A recurrent network unrolled in time. Its boxes and arrows stand still while numbers come. */
export class TimePicture {
  private readonly rows: readonly Row[];
  private readonly left: number;
  private readonly stride: number;
  private readonly boxWidth: number;
  private readonly end: number;
  private readonly links: readonly FigureMark[];

  constructor(private readonly timed: Timed) {
    const { model, recurrence, moments, index } = timed;
    let y = top;
    const one = new OneSample(model);
    this.rows = recurrence.quantities.map(({ name, dimension }) => {
      const units = timedCells(model, one, { name, dimension }, moments[0]).length;
      const height = 6 + pitch * Math.min(mostUnits, units);
      const row = { name, dimension, y, height, units };
      y += height + rise;
      return row;
    });
    this.end = y - rise;
    const longest = Math.max(index.length, ...this.rows.map((row) => this.titleOf(row).length));
    this.left = Math.max(36, 6.3 * longest + 12);
    this.stride = Math.min(widest, (extent - this.left) / moments.length);
    this.boxWidth = Math.min(30, this.stride / 2);
    this.links = recurrence.links.flatMap((link) => moments.flatMap((moment) => this.arrow(link, moment)));
  }

  at(moment: Moment, sample: number): FigurePicture {
    const { timed, left, stride, end } = this;
    const { moments, all, weights, gradient, of, index } = timed;
    const numbers = timed.at(moment, sample);
    const bars = end + bar.above;
    const ground = bars + bar.height;
    const below = ground + bar.below + legend.line * Math.ceil(weights.length / legend.count);
    const rest = all > moments.length ? [words.lastMoments(moments.length, all)] : [];
    const right = left + stride * moments.length;
    const now = numbers.now === undefined ? -1 : moments.indexOf(numbers.now);
    const sizes = numbers.gradients.map((value, n) => valueAt(words.atMoment(String(moments[n])), value));
    const marks: FigureMark[] = [
      ...(now < 0
        ? []
        : [
            {
              tag: 'rect' as const,
              attributes: {
                class: 'moment now',
                x: left + stride * now,
                y: 0,
                width: stride,
                height: ground + 4,
                rx: 4,
              },
            },
          ]),
      said('name', [left - 8, 13], index, 'end'),
      ...moments.map((one, n) => said(n === now ? 'tick now' : 'tick', [this.middle(n), 13], String(one))),
      ...this.rows.map((row) =>
        said(
          row.name === of ? 'name of' : 'name',
          [left - 8, row.y + row.height / 2 + 4],
          this.titleOf(row),
          'end',
        ),
      ),
      ...this.links,
      ...this.rows.flatMap((row) => moments.flatMap((_, n) => this.box(row, n, numbers, moment, sample))),
      said('tick', [left, bars - 16], words.sizeOf(gradient.text), 'start'),
      ...this.bars(numbers, bars, right, now),
      ...this.legend(ground + bar.below + 14),
      ...rest.map((one) => said('tick', [left, below + 14], one, 'start')),
    ];
    return {
      width: Math.max(right + 12, 330),
      height: below + legend.line * rest.length + 4,
      marks,
      text: [
        words.unrolled(of, all),
        ...rest.map(words.only),
        ...(weights.length > 0 ? [words.weights(weights.join(', '))] : []),
        alternative('bars', words.theSizeOf(gradient.text), sizes),
        ...(numbers.now === undefined ? [] : [words.nowAt(String(numbers.now))]),
      ].join(' '),
      table: [
        [words.moment, words.sizeOf(of), words.sizeOf(gradient.text)],
        ...moments.map((one, n) => [String(one), valueAt('', numbers.sizes[n]).text, sizes[n].text]),
      ],
    };
  }

  private titleOf({ name, units }: Row): string {
    return units > mostUnits ? words.manyUnits(name, units) : name;
  }

  private readonly middle = (n: number): number => this.left + this.stride * (n + 0.5);

  private box(row: Row, n: number, { now }: TimeNumbers, moment: Moment, sample: number): FigureMark[] {
    const { timed, boxWidth } = this;
    const { model, moments } = timed;
    const cells = timedCells(model, new OneSample(model, sample), row, moments[n]);
    const [x, { y, height }] = [this.middle(n), row];
    const names = cells.map(({ name, cell }) => cellName(name, cell));
    const known = cells.map(({ name, cell }) => moment.value(name, 'old', cell) !== undefined);
    const { location, finishesCell } = moment;
    const done =
      location !== undefined && finishesCell ? cellName(location.formula.target, location.cell) : undefined;
    const isNow = moments[n] === now && done !== undefined && names.includes(done);
    const state = (is: boolean) => (is ? '' : ' missing');
    const marks: FigureMark[] = [
      {
        tag: 'rect',
        attributes: {
          class: `cell${state(known.every((one) => one))}${row.name === timed.of ? ' of' : ''}${isNow ? ' now' : ''}`,
          ...{ x: x - boxWidth / 2, y, width: boxWidth, height, rx: Math.min(6, boxWidth / 3) },
        },
        cell: names.length === 1 ? names[0] : undefined,
      },
    ];
    if (names.length <= mostUnits)
      names.forEach((cell, k) => {
        marks.push({
          tag: 'circle',
          attributes: {
            class: `unit${state(known[k])}${cell === done ? ' now' : ''}`,
            ...{ cx: x, cy: y + 3 + pitch * (k + 0.5), r: radius },
          },
          cell,
        });
      });
    return marks;
  }

  /** The arrow of a link that ends at a moment; none where one of its ends is out of the picture. */
  private arrow({ from, to, by, weight }: TimedLink, moment: number): FigureMark[] {
    const { timed, rows, boxWidth } = this;
    const [source, target] = [from, to].map((name) => rows.find((row) => row.name === name));
    const [start, end] = [moment - by, moment].map((one) => timed.moments.indexOf(one));
    if (source === undefined || target === undefined || start < 0 || end < 0) return [];
    const kind = weight === undefined ? 'plain' : `way-${timed.weights.indexOf(weight) + 1}`;
    const half = boxWidth / 2;
    const [x1, x2] = [this.middle(start), this.middle(end)];
    if (by === 0) {
      const [y1, y2] = [source.y + source.height, target.y];
      const isNext = y2 === y1 + rise;
      // Around the rows between.
      const [dx, aside] = [half / 2, half + Math.min(14, (this.stride - boxWidth) / 3)];
      const through: Point[] = isNext
        ? [
            [x1, y1],
            [x1, y2],
          ]
        : [
            [x1 + dx, y1],
            [x1 + aside, y1 + rise],
            [x1 + aside, y2 - rise],
            [x1 + dx, y2],
          ];
      return new Arrow(through, true).marks(kind);
    }
    const side = by > 0 ? 1 : -1;
    const middleOf = ({ y, height }: Row) => y + height / 2;
    const ends: [Point, Point] = [
      [x1 + side * half, middleOf(source)],
      [x2 - side * half, middleOf(target)],
    ];
    return new Arrow(ends, false).marks(kind);
  }

  private bars(
    { gradients, gradientCells, isNow }: TimeNumbers,
    y: number,
    right: number,
    now: number,
  ): FigureMark[] {
    const { left, stride, boxWidth } = this;
    const room = roomFor(
      gradients.map((one) => one ?? Number.NaN),
      undefined,
      bar.ticks,
    );
    const scale = (value: number) => y + bar.height * (1 - value / room[1]);
    return [
      ...levels(ticks(...room, bar.ticks), scale, [left, right]),
      ...gradients.flatMap((value, n): FigureMark[] => {
        const one = valueAt('', value);
        if (!isDrawn(one)) return [];
        const [x, height] = [this.middle(n), scale(0) - scale(one.value)];
        return [
          {
            tag: 'rect',
            attributes: {
              class: `bar plus${isNow[n] ? ' now' : ''}`,
              ...{ x: x - boxWidth / 2, y: scale(one.value), width: boxWidth, height },
            },
            cell: gradientCells[n],
          },
          ...(stride < bar.told
            ? []
            : [
                said(
                  n === now ? 'number now' : 'number',
                  [x, scale(one.value) - 4],
                  one.text,
                  'middle',
                  gradientCells[n],
                ),
              ]),
        ];
      }),
    ];
  }

  private legend(y: number): FigureMark[] {
    return this.timed.weights.flatMap((name, n): FigureMark[] => {
      const x = this.left + legend.width * (n % legend.count);
      const at = y + legend.line * Math.floor(n / legend.count);
      return [
        { tag: 'path', attributes: { class: `arrow way-${n + 1}`, d: `M${x} ${at - 4}h30` } },
        said('name', [x + 36, at], name, 'start'),
      ];
    });
  }
}

const said = (
  kind: string,
  [x, y]: Point,
  text: string,
  anchor: 'start' | 'middle' | 'end' = 'middle',
  cell?: string,
): FigureMark => ({ tag: 'text', attributes: { class: kind, x, y, 'text-anchor': anchor }, text, cell });
