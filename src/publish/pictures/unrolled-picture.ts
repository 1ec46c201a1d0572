import type { Recurrence } from '../../explain/recurrence.ts';
import { element, picture } from './svg.ts';

const mostMoments = 4;
const [radius, column, row, margin] = [8.5, 46, 34, 12];

/** A recurrent model, a column for each of its first moments, what is computed above what it is computed from. */
export function unrolledPicture({ range, quantities, links }: Recurrence): string {
  const moments = Math.min(mostMoments, range.high - range.low + 1);
  const height = 2 * margin + (quantities.length - 1) * row;
  const place = (name: string, moment: number) => ({
    x: margin + moment * column,
    y: height - margin - quantities.findIndex((one) => one.name === name) * row,
  });
  const computed = new Set(links.map(({ to }) => to));
  const each = Array.from({ length: moments }, (_, moment) => moment);
  const lines = each.flatMap((moment) =>
    links
      .filter(({ by }) => moment - by >= 0 && moment - by < moments)
      .map(({ from, to, by, weight }) => {
        const [a, b] = [place(from, moment - by), place(to, moment)];
        const ends = { x1: a.x, y1: a.y, x2: b.x, y2: b.y };
        return element('line', { class: weight ? undefined : 'join', 'stroke-width': 1.6, ...ends });
      }),
  );
  const circles = each.flatMap((moment) =>
    quantities.map(({ name }) => {
      const { x, y } = place(name, moment);
      return element('circle', { class: computed.has(name) ? 'unit' : 'input', cx: x, cy: y, r: radius });
    }),
  );
  return picture(2 * margin + (moments - 1) * column, height, ...lines, ...circles);
}
