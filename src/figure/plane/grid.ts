import { contours } from 'd3-contour';
import { format } from '../../number/format.ts';
import { spot } from '../base/arrow.ts';
import type { FigureMark } from '../base/picture.ts';
import type { Varied } from './given.ts';
import type { Plot } from './plot.ts';
import type { Surface } from './surface.ts';

/** Numbers at the points of a grid over a part of the plane. */
export class Grid {
  /** `columns` points across, from end to end, and as many upwards. */
  constructor(
    readonly columns: number,
    readonly across: readonly [number, number],
    readonly up: readonly [number, number],
  ) {}

  /** The points, row by row from below. */
  get places(): (readonly [x: number, y: number])[] {
    const { columns, across, up } = this;
    const share = (n: number, [low, high]: readonly [number, number]) =>
      low + ((high - low) * n) / (columns - 1);
    return Array.from({ length: columns * columns }, (_, n) => [
      share(n % columns, across),
      share(Math.floor(n / columns), up),
    ]);
  }

  /** Where numbers at the points are at least each of the `levels`, as one shape a level. What is no number is below each. */
  shapes(plot: Plot, numbers: readonly number[], levels: readonly number[], name: string): FigureMark[] {
    return this.rings(numbers, levels).map((rings) => ({
      tag: 'path',
      attributes: {
        class: name,
        d: rings
          .map(
            (ring) =>
              `M${ring
                .slice(0, -1)
                .map((one) => this.place(plot, one))
                .join('L')}Z`,
          )
          .join(''),
      },
    }));
  }

  /** The lines on which numbers at the points are 0. */
  zeros(plot: Plot, numbers: readonly number[], name: string): FigureMark[] {
    const { columns } = this;
    // The rings run along the edge of the grid, too, where nothing is 0.
    const isEdge = (a: Corner, b: Corner) =>
      [0, 1].some((d) => a[d] === b[d] && (a[d] === 0 || a[d] === columns - 1));
    const d = this.rings(numbers, [0])
      .flat()
      .map((ring) =>
        ring
          .map((one, n) => `${n === 0 || isEdge(ring[n - 1], one) ? 'M' : 'L'}${this.place(plot, one)}`)
          .join(''),
      )
      .join('');
    return d.includes('L') ? [{ tag: 'path', attributes: { class: name, d } }] : [];
  }

  /** The level of each line, written on it where there is room: every other one, on its longest piece. */
  heights(plot: Plot, numbers: readonly number[], levels: readonly number[], name: string): FigureMark[] {
    const last = this.columns - 1;
    const isInside = (corner: Corner) => corner.every((one) => one > 0.08 * last && one < 0.92 * last);
    return this.rings(numbers, levels).flatMap((rings, n): FigureMark[] => {
      if (n % 2 === 0) return [];
      const ring = rings.reduce<Corner[]>((best, one) => (one.length > best.length ? one : best), []);
      const open = ring.filter(isInside);
      if (open.length < 4) return [];
      const [column, row] = open[Math.floor(open.length / 2)];
      const [x, y] = this.place(plot, [column, row]).split(' ');
      return [
        {
          tag: 'text',
          attributes: { class: name, x: Number(x), y: Number(y) + 4, 'text-anchor': 'middle' },
          text: format(levels[n]),
        },
      ];
    });
  }

  private rings(numbers: readonly number[], levels: readonly number[]): Corner[][][] {
    const { columns } = this;
    const finite = numbers.map((one) => (Number.isNaN(one) ? Number.NEGATIVE_INFINITY : one));
    // The rings have a point at the middle of a square, and close half a square beyond the last points.
    const inside = (one: number): number => Math.min(columns - 1, Math.max(0, one - 0.5));
    return contours()
      .size([columns, columns])
      .thresholds([...levels])(finite)
      .map(({ coordinates }) => coordinates.flat().map((ring) => ring.map((corner) => corner.map(inside))));
  }

  private place({ x, y }: Plot, [column, row]: Corner): string {
    const { across, up, columns } = this;
    const share = (n: number, [low, high]: readonly [number, number]) =>
      low + ((high - low) * n) / (columns - 1);
    return spot([x(share(column, across)), y(share(row, up))]);
  }
}

/** A corner of a ring: columns and rows of the grid, from 0. */
type Corner = readonly number[];

/** A grid over the plane of two given numbers, as fine as can be afforded, between `fewest` and `most` points a side. */
export function gridOf(
  surface: Surface,
  { ranges: [across, up] }: Varied,
  [fewest, most]: readonly [number, number],
): Grid {
  return new Grid(Math.floor(Math.sqrt(surface.affordable(fewest ** 2, most ** 2))), across, up);
}
