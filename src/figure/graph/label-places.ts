import type { Area, Arrow, Point } from '../base/arrow.ts';

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
