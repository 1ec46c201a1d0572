import type { FigureMark } from '../base/picture.ts';
import { below, levels, pathThrough, roomFor } from './axes.ts';

/** In the picture's units: the plot's corner, its size, and the room at its right and below. */
const [left, top, width, height, right, room] = [40, 8, 280, 150, 18, 22];
/** How many numbers the axes have, about. */
const [levelCount, belowCount] = [4, 6];

/** A plane of two numbers, with its axes. */
export class Plot {
  static readonly size = { width: left + width + right, height: top + height + room };
  private readonly low: number;
  private readonly high: number;

  /** See `roomFor`. */
  constructor(
    private readonly across: readonly [number, number],
    values: readonly number[],
    range?: readonly [number, number],
  ) {
    [this.low, this.high] = roomFor(values, range, levelCount);
  }

  readonly x = (value: number): number =>
    left + (width * (value - this.across[0])) / (this.across[1] - this.across[0] || 1);

  readonly y = (value: number): number => top + height * (1 - (value - this.low) / (this.high - this.low));

  /** Whether a point has room. */
  holds(x: number, y: number): boolean {
    return x >= this.across[0] && x <= this.across[1] && y >= this.low && y <= this.high;
  }

  /** A slope of the plane as one of the picture, whose axes differ in scale: the direction, `reach` units long. */
  direction(slope: number, reach: number): readonly [dx: number, dy: number] {
    const dx = width / (this.across[1] - this.across[0] || 1);
    const dy = (-slope * height) / (this.high - this.low);
    const length = Math.hypot(dx, dy);
    return [(reach * dx) / length, (reach * dy) / length];
  }

  get axes(): FigureMark[] {
    return [
      ...levels([this.low, this.high], levelCount, this.y, left, left + width),
      ...below(this.across, belowCount, this.x, top + height + 16),
    ];
  }

  /** A line through points of the plane, interrupted where one has no room or is no number. */
  line(points: readonly (readonly [x: number, y: number])[]): FigureMark {
    const d = pathThrough(points.map(([x, y]) => [this.x(x), this.y(y), this.holds(x, y)]));
    return { tag: 'path', attributes: { class: 'curve', d } };
  }
}
