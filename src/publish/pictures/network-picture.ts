import type { Drawing } from '../../explain/drawing.ts';
import type { Machine } from '../../machine/machine.ts';
import { laidOut } from './placement.ts';
import { element, picture } from './svg.ts';

const [radius, spacing] = [8, { column: 38, row: 24, margin: 11 }];

/** A network as circles and edges, as wide as the weights are that a run begins with; of a large layer a part, or its first image. */
export function networkPicture(drawing: Drawing, machine: Machine): string {
  const { width, height, units, images, gaps, edges } = laidOut(drawing, spacing);
  const number = (name: string, cell: readonly number[]) => machine.value(1, name, 'old', cell);
  const weights = edges.map(({ edge: { weight } }) => weight && number(weight.name, weight.cell));
  const largest = Math.max(...weights.map((one) => Math.abs(one ?? 0))) || 1;
  const lines = edges.map(({ from, to }, at) => {
    const weight = weights[at];
    const kind = weight === undefined ? 'join' : weight < 0 ? 'negative' : undefined;
    const strength = weight === undefined ? undefined : 0.5 + (2 * Math.abs(weight)) / largest;
    const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
    return element('line', { class: kind, 'stroke-width': strength, ...ends });
  });
  const circles = units.map(({ layer, x, y }) =>
    element('circle', { class: layer.kind, cx: x, cy: y, r: radius }),
  );
  const dots = gaps.flatMap(({ x, y }) =>
    [-5, 0, 5].map((by) => element('circle', { class: 'dot', cx: x, cy: y + by, r: 1.2 })),
  );
  const fields = images.map(({ layer, side, x, y, size }) => {
    const values = Array.from({ length: layer.size }, (_, at) => {
      const [{ name, cell }] = drawing.unit(layer, at + 1).cells;
      return number(name, cell);
    });
    return field(values, side, x, y, size / side);
  });
  return picture(width, height, ...lines, ...fields, ...circles, ...dots);
}

/**
 * Numbers as squares in rows of `columns`, from the point on to the right and down: the darker, the larger; those below 0 are in
 * the other colour.
 */
export function field(
  values: readonly number[],
  columns: number,
  x: number,
  y: number,
  side: number,
): string {
  const largest = Math.max(...values.map(Math.abs).filter(Number.isFinite)) || 1;
  const squares = values.map((value, at) => {
    // In steps, since a picture of many squares would else be mostly digits.
    const shade = Math.round((10 * Math.abs(value)) / largest) / 10;
    if (!(shade > 0)) return '';
    const place = { x: x + (at % columns) * side, y: y + Math.floor(at / columns) * side };
    const size = { width: side, height: side };
    return element('rect', {
      class: value < 0 ? 'below' : undefined,
      'fill-opacity': shade,
      ...place,
      ...size,
    });
  });
  const [width, height] = [columns * side, Math.ceil(values.length / columns) * side];
  return element(
    'g',
    { class: 'field' },
    ...squares,
    element('rect', { class: 'frame', x, y, width, height }),
  );
}
