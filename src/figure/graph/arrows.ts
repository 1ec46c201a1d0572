import type { FigureMark } from '../base/picture.ts';
import type { Point } from './layered.ts';

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

const spot = ([x, y]: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;

const overlaps = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const holds = ({ x, y, width, height }: Area, [px, py]: Point): boolean =>
  px > x && px < x + width && py > y && py < y + height;

/** The room that a number beside an arrow takes. */
const label = { width: 38, height: 13 };

/** The middles of the numbers beside arrows, where they cover one another, the boxes and the lines least. */
export function labelPlaces(arrows: readonly Arrow[], boxes: readonly Area[]): Point[] {
  const lines = arrows.map((arrow) => arrow.samples);
  const taken = [...boxes];
  return lines.map((own, which) => {
    let best: { readonly cost: number; readonly at: Point; readonly area: Area } | undefined;
    own.forEach(([x, y], n) => {
      const distance = Math.abs((n + 0.5) / own.length - 0.5);
      for (const [dx, dy] of asides) {
        const at: Point = [x + dx, y + dy];
        const area = { ...label, x: at[0] - label.width / 2, y: at[1] - label.height / 2 };
        const covered = lines.reduce(
          (sum, line) => sum + line.filter((one) => holds(area, one)).length * (line === own ? 0.6 : 1),
          0,
        );
        const cost =
          covered +
          4 * distance +
          100 * taken.filter((one) => overlaps(one, area)).length +
          arrows[which].strayed(dx, dy);
        if (best === undefined || cost < best.cost) best = { cost, at, area };
      }
    });
    const { at, area } = best as NonNullable<typeof best>;
    taken.push(area);
    return at;
  });
}

/** How far from its line a number may stand. */
const asides: readonly Point[] = [0, -1, 1].flatMap((dx) => [0, -9, 9].map((dy): Point => [dx * 22, dy]));
