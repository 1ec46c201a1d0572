import type { FigureMark } from './picture.ts';

/** A place in a picture, in its units. */
export type Point = readonly [x: number, y: number];

/** An arrow's head: its length and half its width. */
const head = { length: 7, half: 3.2 };

/** A rectangle of a picture. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An arrow through places: straight between two, else a curve that leaves and enters along the layers' direction. */
export class Arrow {
  constructor(
    private readonly through: readonly Point[],
    private readonly isDown: boolean,
  ) {}

  /** The direction in which it ends, of length 1. */
  private get aim(): Point {
    const [[x, y], [endX, endY]] = this.through.slice(-2);
    if (this.through.length > 2) return this.isDown ? [0, 1] : [1, 0];
    const length = Math.hypot(endX - x, endY - y) || 1;
    return [(endX - x) / length, (endY - y) / length];
  }

  private get tip(): Point {
    return this.through[this.through.length - 1];
  }

  /** Its marks; `aside` moves its line to the side, for one of several lines along it. */
  marks(kind: string, aside = 0): FigureMark[] {
    const [ax, ay] = this.aim;
    const [x, y] = this.tip;
    const [bx, by] = [x - ax * head.length, y - ay * head.length];
    const move = ([px, py]: Point): Point => (this.isDown ? [px + aside, py] : [px, py + aside]);
    const line = [...this.through.slice(0, -1), [bx, by] as Point].map(move);
    const [sx, sy] = [-ay * head.half, ax * head.half];
    return [
      { tag: 'path', attributes: { class: `arrow ${kind}`, d: this.path(line) } },
      {
        tag: 'path',
        attributes: {
          class: `head ${kind}`,
          d: `M${spot([x, y])}L${spot([bx + sx, by + sy])}L${spot([bx - sx, by - sy])}Z`,
        },
      },
    ];
  }

  private path([first, ...rest]: readonly Point[]): string {
    let [x, y] = first;
    const pieces = rest.map(([toX, toY]) => {
      const middle = this.isDown ? (y + toY) / 2 : (x + toX) / 2;
      const piece =
        rest.length === 1
          ? `L${spot([toX, toY])}`
          : this.isDown
            ? `C${spot([x, middle])} ${spot([toX, middle])} ${spot([toX, toY])}`
            : `C${spot([middle, y])} ${spot([middle, toY])} ${spot([toX, toY])}`;
      [x, y] = [toX, toY];
      return piece;
    });
    return `M${spot(first)}${pieces.join('')}`;
  }

  /** How little a number so far from it seems to be its own: less far across it than along. */
  strayed(dx: number, dy: number): number {
    const [along, across] = this.isDown ? [dy, dx] : [dx, dy];
    return Math.abs(along) / 8 + Math.abs(across) / 16;
  }

  /** Places along it, about evenly spread. */
  get samples(): Point[] {
    return this.through.slice(1).flatMap(([toX, toY], n) => {
      const [x, y] = this.through[n];
      return Array.from({ length: perPiece }, (_, k): Point => {
        const at = (k + 0.5) / perPiece;
        const eased = this.through.length === 2 ? at : at * at * (3 - 2 * at);
        return this.isDown
          ? [x + (toX - x) * eased, y + (toY - y) * at]
          : [x + (toX - x) * at, y + (toY - y) * eased];
      });
    });
  }
}

/** How finely an arrow's line is looked at when room is sought beside it. */
const perPiece = 12;

/** A place in a path, in tenths of a unit: finer could not be seen. */
export const spot = ([x, y]: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
