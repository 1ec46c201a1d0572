import { bottomOf, centre, type DrawingPoint, type PlacedUnit, topOf } from './placed-unit.ts';

/** The direction of the forward pass on the page: to the right where there is room, else down. */
export type LayoutDirection = 'right' | 'down';

/** The way of an edge, in drawing units. */
export interface EdgeEnds {
  /** Its start, on the source's outline. */
  readonly from: DrawingPoint;
  /** Its end, on the target's outline. */
  readonly to: DrawingPoint;
  /** Corners between the ends; empty for a straight edge. */
  readonly by: readonly DrawingPoint[];
}

/** Width beside a column for the links from several targets, in drawing units. */
export const busRoom = 16;

/** The way of an edge between two units; `hasBus`: links within their column go along it, not through one another. */
export function edgeEnds(
  source: PlacedUnit,
  target: PlacedUnit,
  direction: LayoutDirection,
  hasBus: boolean,
): EdgeEnds {
  const [a, b] = [source.box, target.box];
  const isWithin = source.unit.layer.column === target.unit.layer.column;
  const [centreA, centreB] = [centre(a), centre(b)];
  if (isWithin && hasBus) return alongBus(source, target, direction);
  const by: readonly DrawingPoint[] = [];
  if ((direction === 'right') !== isWithin) {
    const forwards = a.x < b.x;
    return {
      by,
      from: { x: forwards ? a.x + a.width : a.x, y: centreA.y },
      to: { x: forwards ? b.x : b.x + b.width, y: centreB.y },
    };
  }
  const down = a.y < b.y;
  return {
    by,
    from: { x: centreA.x, y: down ? bottomOf(source) : topOf(source) },
    to: { x: centreB.x, y: down ? topOf(target) : bottomOf(target) },
  };
}

function alongBus(source: PlacedUnit, target: PlacedUnit, direction: LayoutDirection): EdgeEnds {
  const [a, b] = [centre(source.box), centre(target.box)];
  if (direction === 'right') {
    const [fromX, toX] = [source.box.x + source.box.width, target.box.x + target.box.width];
    const x = Math.max(fromX, toX) + busRoom - 4;
    return {
      from: { x: fromX, y: a.y },
      to: { x: toX, y: b.y },
      by: [
        { x, y: a.y },
        { x, y: b.y },
      ],
    };
  }
  const [fromY, toY] = [bottomOf(source), bottomOf(target)];
  const y = Math.max(fromY, toY) + busRoom - 4;
  return {
    from: { x: a.x, y: fromY },
    to: { x: b.x, y: toY },
    by: [
      { x: a.x, y },
      { x: b.x, y },
    ],
  };
}
