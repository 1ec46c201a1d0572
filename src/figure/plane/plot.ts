import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { format } from '../../number/format.ts';
import type { FigureMark } from '../base/picture.ts';
import { roomFor } from './axes.ts';

/** In the picture's units: the plot's corner, its size, and the room at its right and below. */
const [left, top, width, height, right, room] = [44, 20, 276, 150, 18, 22];
/** How many numbers the axes have, about. */
const [levelCount, belowCount] = [4, 6];
/** The height of a line of the key. */
const keyLine = 16;

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
  /** The plot's height in the picture's units. */
  readonly height?: number;
  /** Whether there are lines at the round numbers. */
  readonly hasGrid?: boolean;
}

/** A plane of two numbers, with its axes. */
export class Plot {
  static readonly size = { width: left + width + right, height: top + height + room };
  static readonly left = left;
  static readonly width = width;
  readonly size: { readonly width: number; readonly height: number };
  private readonly scaleX;
  private readonly scaleY;
  private readonly height: number;
  private readonly hasGrid: boolean;

  constructor({ across, values, range, isLog = false, height: tall = height, hasGrid = true }: PlotRoom) {
    this.height = tall;
    this.hasGrid = hasGrid;
    this.size = { width: left + width + right, height: top + tall + room };
    this.scaleX = scaleLinear(
      [across[0], across[0] === across[1] ? across[1] + 1 : across[1]],
      [left, left + width],
    );
    const rows = [top + tall, top];
    const positive = values.filter((value) => value > 0 && value < Number.POSITIVE_INFINITY);
    const ends = range ?? [Math.min(...positive), Math.max(...positive)];
    const isUsed = isLog && ends[0] > 0 && ends[1] < Number.POSITIVE_INFINITY;
    this.scaleY = isUsed
      ? range === undefined
        ? scaleLog([ends[0], ends[0] === ends[1] ? 10 * ends[1] : ends[1]], rows).nice()
        : scaleLog(range, rows)
      : scaleLinear(roomFor(values, range, levelCount), rows);
  }

  readonly x = (value: number): number => this.scaleX(value);

  readonly y = (value: number): number => this.scaleY(value);

  /** Whether a point has room. */
  holds(x: number, y: number): boolean {
    const [[from, to], [low, high]] = [this.scaleX.domain(), this.scaleY.domain()];
    return x >= from && x <= to && y >= low && y <= high;
  }

  /** A slope of the plane as one of the picture, whose axes differ in scale: the direction, `reach` units long. */
  direction(slope: number, reach: number): readonly [dx: number, dy: number] {
    const [dx, dy] = [this.x(1) - this.x(0), slope * (this.y(1) - this.y(0))];
    const length = Math.hypot(dx, dy);
    return [(reach * dx) / length, (reach * dy) / length];
  }

  get axes(): FigureMark[] {
    const ticks = this.scaleY.ticks(levelCount);
    // A logarithmic axis has many; those that are powers of ten are told.
    const told =
      ticks.length > 2 * levelCount ? ticks.filter((tick) => Number.isInteger(Math.log10(tick))) : ticks;
    return [
      ...told.flatMap((tick): FigureMark[] => [
        ...(this.hasGrid
          ? [
              {
                tag: 'line' as const,
                attributes: {
                  class: tick === 0 ? 'axis' : 'grid',
                  ...{ x1: left, y1: this.y(tick), x2: left + width, y2: this.y(tick) },
                },
              },
            ]
          : []),
        {
          tag: 'text',
          attributes: { class: 'tick', x: left - 6, y: this.y(tick) + 4, 'text-anchor': 'end' },
          text: format(tick),
        },
      ]),
      ...this.scaleX.ticks(belowCount).map(
        (tick): FigureMark => ({
          tag: 'text',
          attributes: { class: 'tick', x: this.x(tick), y: top + this.height + 16, 'text-anchor': 'middle' },
          text: format(tick),
        }),
      ),
    ];
  }

  /** The names of what it runs over, at the ends of both axes, with the cells that they are. */
  names(across: string, up: string, cells: readonly (string | undefined)[] = []): FigureMark[] {
    const right = { x: left + width, y: top + this.height - 6, 'text-anchor': 'end' };
    return [
      { tag: 'text', attributes: { class: 'name', ...right }, text: across, cell: cells[0] },
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
    return {
      tag: 'rect',
      attributes: { class: 'ground', x: left, y: top, width, height: this.height },
    };
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

  /** A round point; none where it has no room. */
  point(x: number, y: number, name: string, cell?: string, r = 4.5): FigureMark[] {
    if (!this.holds(x, y)) return [];
    return [{ tag: 'circle', attributes: { class: name, cx: this.x(x), cy: this.y(y), r }, cell }];
  }
}

/** A key below a picture: a piece of line of each class with its name. It begins at `y`. */
export function keyOf(
  lines: readonly { readonly name: string; readonly text: string }[],
  y: number,
): FigureMark[] {
  return lines.flatMap(({ name, text }, n): FigureMark[] => {
    const middle = y + keyLine * n + keyLine / 2;
    return [
      { tag: 'line', attributes: { class: name, x1: left, y1: middle, x2: left + 26, y2: middle } },
      { tag: 'text', attributes: { class: 'label', x: left + 34, y: middle + 4 }, text },
    ];
  });
}

/** The height of a key of so many lines. */
export const keyHeight = (count: number): number => keyLine * count + 4;
