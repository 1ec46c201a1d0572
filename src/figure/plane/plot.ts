import { scaleLinear, scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { format } from '../../number/format.ts';
import type { FigureMark } from '../base/picture.ts';
import { levels, roomFor } from './axes.ts';

/** The room around a plot, in the picture's units. */
interface Margins {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly below: number;
}

/** Room for names and numbers; for numbers alone, which may be long; and for neither, but for half a line's width. */
export const margins = {
  named: { left: 44, top: 20, right: 18, below: 22 },
  unnamed: { left: 56, top: 8, right: 18, below: 22 },
  bare: { left: 2, top: 2, right: 2, below: 2 },
} satisfies Record<string, Margins>;

/** A plot's size, in the picture's units. */
const [usualWidth, usualHeight] = [276, 150];
/** How many numbers the axis at the left has at most, about, and how far numbers are from each other at least, in the picture's units. */
const [mostLevels, betweenLevels, betweenNumbers] = [4, 36, 46];
/** Letters of a number at an axis, and between which powers of ten it has none, if it had more. */
const [mostLetters, plain] = [7, [-4, 6] as const];
/** The room above a key, and the height of a line of it. */
const [aboveKey, keyLine] = [8, 16];

/** A number at an axis; one with many digits as a power of ten. */
function tickText(tick: number): string {
  const text = format(tick);
  return text.length <= mostLetters ? text : format(tick, { plain });
}

/** What a plot is made with. */
export interface PlotRoom {
  /** From where to where it runs. */
  readonly across: readonly [number, number];
  /** The numbers that want room. */
  readonly values: readonly number[];
  /** What has room instead of these numbers. */
  readonly range?: readonly [number, number] | undefined;
  /** Equal factors are equal lengths, as long as there are positive numbers; others have no place. */
  readonly isLog?: boolean;
  /** On a logarithmic scale, what is less has the place of this at the lower edge, where the axis says 0. */
  readonly least?: number | undefined;
  /** What a number is called at the axis below. */
  readonly acrossText?: ((value: number) => string) | undefined;
  /** The plot's height in the picture's units. */
  readonly height?: number;
  /** The whole picture's width: where it is that of its place, units are CSS pixels. */
  readonly width?: number | undefined;
  readonly around?: Margins;
  /** Whether there are lines at the round numbers. */
  readonly hasGrid?: boolean;
}

/** A plane of two numbers, with its axes. */
export class Plot {
  readonly size: { readonly width: number; readonly height: number };
  private readonly scaleX;
  private readonly scaleY;
  /** The plot's edges. */
  private readonly left: number;
  private readonly right: number;
  private readonly top: number;
  private readonly bottom: number;
  private readonly hasGrid: boolean;
  private readonly levelCount: number;
  private readonly least: number | undefined;
  private readonly acrossText: (value: number) => string;

  constructor({
    across,
    values,
    range,
    isLog = false,
    least,
    acrossText = tickText,
    height = usualHeight,
    width,
    around = margins.named,
    hasGrid = true,
  }: PlotRoom) {
    const { left, top } = around;
    this.hasGrid = hasGrid;
    this.left = left;
    this.top = top;
    this.right = width === undefined ? left + usualWidth : Math.max(left + 1, width - around.right);
    this.bottom = top + height;
    this.size = { width: this.right + around.right, height: this.bottom + around.below };
    this.levelCount = Math.max(2, Math.min(mostLevels, Math.floor(height / betweenLevels)));
    this.scaleX = scaleLinear(
      [across[0], across[0] === across[1] ? across[1] + 1 : across[1]],
      [this.left, this.right],
    );
    const rows = [this.bottom, this.top];
    const all = least === undefined ? values : [least, ...values];
    const positive = all.filter(
      (value) => value >= (least ?? Number.MIN_VALUE) && value < Number.POSITIVE_INFINITY,
    );
    const ends = range ?? [Math.min(...positive), Math.max(...positive)];
    const isUsed = isLog && ends[0] > 0 && ends[1] < Number.POSITIVE_INFINITY;
    this.scaleY = isUsed
      ? range === undefined
        ? scaleLog([ends[0], ends[0] === ends[1] ? 10 * ends[1] : ends[1]], rows).nice()
        : scaleLog(range, rows)
      : scaleLinear(roomFor(values, range, this.levelCount), rows);
    this.least = isUsed ? least : undefined;
    this.acrossText = acrossText;
  }

  readonly x = (value: number): number => this.scaleX(value);

  readonly y = (value: number): number => this.scaleY(this.raised(value));

  private raised(value: number): number {
    return this.least !== undefined && value < this.least ? this.least : value;
  }

  /** The point of the plane at a place of the picture; undefined outside the plot. */
  pointAt(x: number, y: number): readonly [x: number, y: number] | undefined {
    const isWithin = x >= this.left && x <= this.right && y >= this.top && y <= this.bottom;
    return isWithin ? [this.scaleX.invert(x), this.scaleY.invert(y)] : undefined;
  }

  /** Whether a point has room. */
  holds(x: number, y: number): boolean {
    const [[from, to], [low, high]] = [this.scaleX.domain(), this.scaleY.domain()];
    const height = this.raised(y);
    return x >= from && x <= to && height >= low && height <= high;
  }

  /** A slope of the plane as one of the picture, whose axes differ in scale: the direction, `reach` units long. */
  direction(slope: number, reach: number): readonly [dx: number, dy: number] {
    const [dx, dy] = [this.x(1) - this.x(0), slope * (this.y(1) - this.y(0))];
    const length = Math.hypot(dx, dy);
    return [(reach * dx) / length, (reach * dy) / length];
  }

  get axes(): FigureMark[] {
    const { left, right, bottom, levelCount } = this;
    const belowCount = Math.max(2, Math.floor((right - left) / betweenNumbers));
    const ticks = this.scaleY.ticks(levelCount);
    // A logarithmic axis has many; those that are powers of ten are told.
    const round =
      ticks.length > 2 * levelCount ? ticks.filter((tick) => Number.isInteger(Math.log10(tick))) : ticks;
    const { least } = this;
    const told = least === undefined ? round : [least, ...round.filter((tick) => tick > least)];
    const lines = levels(told, this.y, [left, right], (tick) => (tick === least ? '0' : tickText(tick)));
    return [
      ...(this.hasGrid ? lines : lines.filter(({ tag }) => tag === 'text')),
      ...this.scaleX.ticks(belowCount).map(
        (tick): FigureMark => ({
          tag: 'text',
          attributes: { class: 'tick', x: this.x(tick), y: bottom + 16, 'text-anchor': 'middle' },
          text: this.acrossText(tick),
        }),
      ),
    ];
  }

  /** The names of what it runs over, at the ends of both axes, with the cells that they are. */
  names(across: string, up: string, cells: readonly (string | undefined)[] = []): FigureMark[] {
    const { left, top, right: x, bottom } = this;
    const end = { x, y: bottom - 6, 'text-anchor': 'end' };
    return [
      { tag: 'text', attributes: { class: 'name', ...end }, text: across, cell: cells[0] },
      {
        tag: 'text',
        attributes: { class: 'name', x: left - 6, y: top - 8, 'text-anchor': 'start' },
        text: up,
        cell: cells[1],
      },
    ];
  }

  /** The plot's edge. */
  get edge(): FigureMark {
    const { left: x, top: y, right, bottom } = this;
    return { tag: 'rect', attributes: { class: 'ground', x, y, width: right - x, height: bottom - y } };
  }

  /** A line through points of the plane, interrupted where one has no room or is no number. */
  line(points: readonly (readonly [x: number, y: number])[], name = 'curve'): FigureMark {
    const path = line<readonly [number, number]>()
      .defined(([x, y]) => this.holds(x, y))
      .x(([x]) => this.x(x))
      .y(([, y]) => this.y(y))
      .digits(1);
    return { tag: 'path', attributes: { class: name, d: path(points) ?? '' } };
  }

  /** What lies between two numbers over one: from the lowest to the highest. */
  band(pieces: readonly (readonly [x: number, low: number, high: number])[]): FigureMark {
    const shape = area<readonly [number, number, number]>()
      .x(([x]) => this.x(x))
      .y0(([, low]) => this.y(low))
      .y1(([, , high]) => this.y(high))
      .digits(1);
    return { tag: 'path', attributes: { class: 'band', d: shape(pieces) ?? '' } };
  }

  /** A line from the lower to the upper edge. */
  upright(x: number, name: string): FigureMark {
    const at = this.x(x);
    return {
      tag: 'line',
      attributes: { class: name, x1: at, y1: this.bottom, x2: at, y2: this.top },
    };
  }

  /** A round point; none where it has no room. */
  point(x: number, y: number, name: string, cell?: string, r = 4.5): FigureMark[] {
    if (!this.holds(x, y)) return [];
    return [{ tag: 'circle', attributes: { class: name, cx: this.x(x), cy: this.y(y), r }, cell }];
  }
}

/** A line of a key: the class of the marks that it explains, and their name. */
export interface KeyLine {
  readonly name: string;
  readonly text: string;
}

/** A key below a picture of this height, and the height with it; without lines there is none. */
export function keyBelow(
  height: number,
  lines: readonly KeyLine[],
): { readonly marks: readonly FigureMark[]; readonly height: number } {
  if (lines.length === 0) return { marks: [], height };
  const { left } = margins.named;
  return {
    marks: lines.flatMap(({ name, text }, n): FigureMark[] => {
      const middle = height + aboveKey + keyLine * (n + 0.5);
      return [
        { tag: 'line', attributes: { class: name, x1: left, y1: middle, x2: left + 26, y2: middle } },
        { tag: 'text', attributes: { class: 'label', x: left + 34, y: middle + 4 }, text },
      ];
    }),
    height: height + aboveKey + keyLine * lines.length + 4,
  };
}
