import type { LayoutDirection } from './edge-ends.ts';
import type { Gap, PlacedEdge, Placement } from './network-placement.ts';
import type { DrawingPoint, Rectangle } from './placed-unit.ts';

/**
 * The lines of a label: `tall` has the old number, the weight and the derivative on three lines, `full` weight and derivative on
 * two, `number` the weight's number alone.
 */
export type LabelForm = 'tall' | 'full' | 'number';

/** The label of an edge: where it is, in drawing units, and what it contains. */
export interface EdgeLabel {
  /** The edge that it belongs to. */
  readonly edge: PlacedEdge;
  /** Its box; no two boxes of labels overlap. */
  readonly box: Rectangle;
  /** Which lines it has. */
  readonly form: LabelForm;
}

interface Size {
  readonly form: LabelForm;
  readonly width: number;
  readonly height: number;
  /** The cost of each label of this size, beside that of its place. */
  readonly cost: number;
}

interface Arranged {
  readonly labels: readonly EdgeLabel[];
  readonly cost: number;
}

const none: Arranged = { labels: [], cost: Number.POSITIVE_INFINITY };

/** Places of a label along its edge, as fractions from its start to its end. */
const places = Array.from({ length: 21 }, (_, at) => 0.1 + 0.04 * at);
/** The preferred place: nearer to the unit that the weight belongs to. */
const favourite = 0.62;

const widths = [108, 100, 86, 74];
const [widest] = widths;
/** The largest first. The narrowest still fits a number of six digits. */
const sizes: readonly Size[] = [
  ...widths.map((width): Size => ({ form: 'tall', width, height: 53, cost: widest - width })),
  ...widths.map((width): Size => ({ form: 'full', width, height: 39, cost: 60 + widest - width })),
];
const bare: Size = { form: 'number', width: 60, height: 19, cost: 0 };
/** How far a label, which may have a frame, stays from the units beside it, in drawing units. */
const aside = 4;
/** How far the edge stays from the corners of its label, in drawing units. */
const inset = 9;

/** Candidates to try before the best arrangement so far is taken. */
const mostTries = 2000;

/**
 * Places labels on edges so that no two overlap (branch and bound with a limit, so that a tight arrangement may be missed). Each
 * gap has the first of these that has room: labels with a derivative at all its weighted edges; such labels at those whose
 * `Edge.id` is in `focus`; bare numbers at those in `focus`; bare numbers at all; none. Where none of a gap's edges is in
 * `focus`, only all or none. All labels with a derivative have one size and form.
 */
export function labelEdges(placement: Placement, focus: ReadonlySet<string>): EdgeLabel[] {
  const smallest = sizes[sizes.length - 1];
  const choices = placement.gaps.map((gap) => {
    const inFocus = gap.edges.filter(({ edge }) => focus.has(edge.id));
    const choices = inFocus.length > 0 ? [gap.edges, inFocus] : [gap.edges];
    const edges = choices.find((some) => placeLabels(placement, gap, some, smallest) !== undefined);
    return { gap, inFocus, edges };
  });
  const large = choices.flatMap(({ gap, edges }) => (edges ? [{ gap, edges }] : []));
  let best: Arranged = { labels: [], cost: Number.POSITIVE_INFINITY };
  const count = large.reduce((sum, { edges }) => sum + edges.length, 0);
  for (const size of sizes) {
    // Sizes get more expensive: one that even the best places could not make up for is not tried.
    if (count * size.cost >= best.cost) break;
    const placed = large.map(({ gap, edges }) => placeLabels(placement, gap, edges, size) ?? none);
    const cost = placed.reduce((sum, one) => sum + one.cost + one.labels.length * size.cost, 0);
    if (cost < best.cost) best = { labels: placed.flatMap(({ labels }) => labels), cost };
  }
  const numbers = choices.flatMap(({ gap, edges, inFocus }) =>
    edges === undefined
      ? (firstOf([inFocus, gap.edges], (some) =>
          some.length > 0 ? placeLabels(placement, gap, some, bare)?.labels : undefined,
        ) ?? [])
      : [],
  );
  return [...best.labels, ...numbers];
}

function firstOf<From, To>(all: readonly From[], to: (one: From) => To | undefined): To | undefined {
  for (const one of all) {
    const found = to(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function placeLabels(
  { direction, width, height }: Placement,
  gap: Gap,
  edges: readonly PlacedEdge[],
  size: Size,
): Arranged | undefined {
  const across = direction === 'right' ? height : width;
  if (edges.length * size.width * size.height > across * (gap.high - gap.low)) return undefined;
  const room = roomOf(gap, direction, across);
  const rooms = edges.map((edge) => {
    const others = gap.edges.filter((other) => other !== edge);
    const crossings = others.flatMap((other) => crossingOf(edge, other) ?? []);
    return places
      .flatMap((t) => {
        const box = boxAt(edge, t, size, room);
        return box === undefined ? [] : [{ box, cost: costOf(t, box, others, crossings) }];
      })
      .sort((a, b) => a.cost - b.cost);
  });
  const arranged = arrange(rooms);
  return (
    arranged && {
      labels: arranged.boxes.map((box, at) => ({ edge: edges[at], box, form: size.form })),
      cost: arranged.cost,
    }
  );
}

function roomOf({ low, high }: Gap, direction: LayoutDirection, across: number): Rectangle {
  return direction === 'right'
    ? { x: low + aside, y: 0, width: high - low - 2 * aside, height: across }
    : { x: 0, y: low + aside, width: across, height: high - low - 2 * aside };
}

interface Candidate {
  readonly box: Rectangle;
  readonly cost: number;
}

/** One candidate for each label, so that no two overlap: the cheapest found within `mostTries`; undefined where none is found. */
function arrange(
  rooms: readonly (readonly Candidate[])[],
): { readonly boxes: readonly Rectangle[]; readonly cost: number } | undefined {
  let tries = mostTries;
  let best: { boxes: Rectangle[]; cost: number } | undefined;
  const least = rooms.map((room) => room[0]?.cost ?? 0);
  /** The least cost of the labels from each one on. */
  const rest = rooms.map((_, at) => least.slice(at).reduce((sum, cost) => sum + cost, 0));
  const chosen: Rectangle[] = [];
  const next = (at: number, cost: number): void => {
    if (at === rooms.length) {
      best = { boxes: [...chosen], cost };
      return;
    }
    for (const candidate of rooms[at]) {
      if (--tries < 0) return;
      const sum = cost + candidate.cost;
      if (best !== undefined && sum + (rest[at + 1] ?? 0) >= best.cost) return;
      if (chosen.some((other) => overlap(candidate.box, other))) continue;
      chosen.push(candidate.box);
      next(at + 1, sum);
      chosen.pop();
    }
  };
  next(0, 0);
  return best;
}

/** A label on its edge, moved away from the units beside it; undefined where the edge would leave it. */
function boxAt(
  { from, to }: PlacedEdge,
  t: number,
  { width, height }: Size,
  room: Rectangle,
): Rectangle | undefined {
  if (width > room.width || height > room.height) return undefined;
  const [x, y] = [from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)];
  const box = {
    x: clamp(x - width / 2, room.x, room.x + room.width - width),
    y: clamp(y - height / 2, room.y, room.y + room.height - height),
    width,
    height,
  };
  const isOn =
    x >= box.x + inset && x <= box.x + width - inset && y >= box.y + inset && y <= box.y + height - inset;
  return isOn || bothCentred(box, x, y) ? box : undefined;
}

/** A low label has no room for the inset. */
const bothCentred = ({ x, y, width, height }: Rectangle, px: number, py: number): boolean =>
  Math.abs(x + width / 2 - px) < 1 && Math.abs(y + height / 2 - py) < 1;

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/**
 * The cost of a place: what the label hides of other edges, most of all where they cross its own, and its distance from the
 * preferred place.
 */
function costOf(
  t: number,
  box: Rectangle,
  others: readonly Segment[],
  crossings: readonly DrawingPoint[],
): number {
  let cost = 40 * Math.abs(t - favourite);
  const wide = { x: box.x - 6, y: box.y - 6, width: box.width + 12, height: box.height + 12 };
  for (const other of others) cost += hidden(other, box);
  for (const crossing of crossings) if (overlap(wide, { ...crossing, width: 0.01, height: 0.01 })) cost += 80;
  return cost;
}

function hidden(edge: Segment, box: Rectangle): number {
  const [start, end] = spanWithin(edge, box) ?? [0, 0];
  return (end - start) * Math.hypot(edge.to.x - edge.from.x, edge.to.y - edge.from.y);
}

/** Both ends of an edge, in drawing units. */
type Segment = Pick<PlacedEdge, 'from' | 'to'>;

/**
 * The part of an edge inside a box, both in drawing units, as fractions from its start (0) to its end (1); undefined where it
 * does not enter the box. The edge is taken as straight between its ends (Liang–Barsky clipping).
 */
export function spanWithin({ from, to }: Segment, box: Rectangle): readonly [number, number] | undefined {
  let [start, end] = [0, 1];
  for (const [p, d, low, size] of [
    [from.x, to.x - from.x, box.x, box.width],
    [from.y, to.y - from.y, box.y, box.height],
  ]) {
    if (d === 0) {
      if (p <= low || p >= low + size) return undefined;
      continue;
    }
    const [a, b] = [(low - p) / d, (low + size - p) / d];
    start = Math.max(start, Math.min(a, b));
    end = Math.min(end, Math.max(a, b));
  }
  return end > start ? [start, end] : undefined;
}

/** The point where two edges cross between their ends; undefined where they do not. */
function crossingOf(a: PlacedEdge, b: PlacedEdge): DrawingPoint | undefined {
  const [ax, ay] = [a.to.x - a.from.x, a.to.y - a.from.y];
  const [bx, by] = [b.to.x - b.from.x, b.to.y - b.from.y];
  const turn = ax * by - ay * bx;
  if (turn === 0) return undefined;
  const [x, y] = [b.from.x - a.from.x, b.from.y - a.from.y];
  const [s, t] = [(x * by - y * bx) / turn, (x * ay - y * ax) / turn];
  const isBetween = (u: number) => u > 0.01 && u < 0.99;
  return isBetween(s) && isBetween(t) ? { x: a.from.x + s * ax, y: a.from.y + s * ay } : undefined;
}

/** Whether two boxes have an area in common; touching is none. */
export const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
