import type { LayoutDirection } from './edge-ends.ts';
import type { Gap, PlacedEdge, Placement } from './network-placement.ts';
import { centre, type DrawingPoint, type Rectangle } from './placed-unit.ts';

/**
 * The lines of a label: `tall` has the old number, the weight and the derivative on three lines, `full` weight and derivative on
 * two, `line` the weight alone, `number` only its number, in small type. The last two show the derivative in place of the weight
 * where that is being computed.
 */
export type LabelForm = 'tall' | 'full' | 'line' | 'number';

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
  /** `both` is `full` among labels of one line. */
  readonly form: LabelForm | 'both';
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

/** The widths of a label, and what each costs: in less than the usual, numbers are shorter and symbols have no room. */
const widths = [
  { width: 108, cost: 0 },
  { width: 100, cost: 4 },
  { width: 86, cost: 10 },
  { width: 74, cost: 60 },
];
/** The heights by form, and what lines that are not there cost: the old number is dropped first. */
const forms = [
  { form: 'tall', height: 53, cost: 0 },
  { form: 'full', height: 39, cost: 14 },
  { form: 'line', height: 20, cost: 40 },
] as const;
/** The cheapest first. The narrowest still fits a number of six digits. */
const sizes: readonly Size[] = forms
  .flatMap(({ cost, ...form }) => widths.map((width) => ({ ...form, ...width, cost: cost + width.cost })))
  .sort((a, b) => a.cost - b.cost);
const narrowest = widths[widths.length - 1].width;
const line: Size = { form: 'line', width: narrowest, height: 20, cost: 0 };
const bare: Size = { form: 'number', width: 60, height: 19, cost: 0 };
const both: Size = { form: 'both', width: narrowest, height: 39, cost: 0 };
/** How far a label, which may have a frame, stays from the units beside it, in drawing units. */
const aside = 4;
/** How far the edge stays from the corners of its label, in drawing units. */
const inset = 9;
/** How much nearer the middle of a label is to its own edge than to any other, in drawing units. */
const nearer = 1;

/** Candidates to try before the best arrangement so far is taken. */
const mostTries = 2000;

/**
 * Places labels on edges so that no two overlap and each is nearest to its own edge (branch and bound with a limit, so that a
 * tight arrangement may be missed). Each gap has the first of these that has room: a label at all its weighted edges; bare numbers
 * at all; a label at those whose `Edge.id` is in `focus`; bare numbers at these; none. All labels but bare numbers have one size
 * and form: with lines fewer rather than for fewer edges.
 */
export function labelEdges(placement: Placement, focus: ReadonlySet<string>): EdgeLabel[] {
  const choices = placement.gaps.map((gap) => {
    const inFocus = gap.edges.filter(({ edge }) => focus.has(edge.id));
    const tried = [gap.edges, inFocus].flatMap((edges) =>
      edges.length === 0 ? [] : [line, bare].map((size) => ({ gap, edges, size })),
    );
    return firstOf(tried, (one) => {
      const placed = placeLabels(placement, gap, one.edges, one.size);
      return placed && { ...one, placed };
    });
  });
  const large = choices.flatMap((one) => (one?.size === line ? [one] : []));
  const numbers = choices.flatMap((one) => (one?.size === bare ? one.placed.labels : []));
  let best: Arranged = none;
  const count = large.reduce((sum, { edges }) => sum + edges.length, 0);
  for (const size of sizes) {
    // Sizes get more expensive: one that even the best places could not make up for is not tried.
    if (count * size.cost >= best.cost) break;
    const placed = large.map(({ gap, edges }) => placeLabels(placement, gap, edges, size) ?? none);
    const cost = placed.reduce((sum, one) => sum + one.cost + one.labels.length * size.cost, 0);
    if (cost < best.cost) best = { labels: placed.flatMap(({ labels }) => labels), cost };
  }
  return [...best.labels, ...numbers];
}

/**
 * The labels of `labelEdges` with weight and derivative at those edges whose `Edge.id` is in `atWork`, where others have a line
 * only: there or, where that has no room, elsewhere on the edge; none of the others moves.
 */
export function withDerivatives(
  placement: Placement,
  labels: readonly EdgeLabel[],
  atWork: ReadonlySet<string>,
): EdgeLabel[] {
  const placed = [...labels];
  labels.forEach(({ edge, box, form }, at) => {
    const gap = placement.gaps.find(({ edges }) => edges.includes(edge));
    if (gap === undefined || !atWork.has(edge.edge.id) || form === 'tall' || form === 'full') return;
    const others = placed.filter((_, n) => n !== at).map((other) => other.box);
    const size = { ...both, width: Math.max(box.width, both.width) };
    const [found] = candidates(placement, gap, edge, size)
      .filter((one) => others.every((other) => !overlap(one.box, other)))
      .sort((a, b) => distanceOf(a.box, box) - distanceOf(b.box, box));
    if (found !== undefined) placed[at] = { edge, box: found.box, form: 'full' };
  });
  return placed;
}

const distanceOf = (a: Rectangle, b: Rectangle): number => {
  const [from, to] = [centre(a), centre(b)];
  return Math.hypot(from.x - to.x, from.y - to.y);
};

function firstOf<From, To>(all: readonly From[], to: (one: From) => To | undefined): To | undefined {
  for (const one of all) {
    const found = to(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function placeLabels(
  placement: Placement,
  gap: Gap,
  edges: readonly PlacedEdge[],
  size: Size,
): Arranged | undefined {
  const across = placement.direction === 'right' ? placement.height : placement.width;
  if (edges.length * size.width * size.height > across * (gap.high - gap.low)) return undefined;
  const arranged = arrange(
    edges.map((edge) => candidates(placement, gap, edge, size).sort((a, b) => a.cost - b.cost)),
  );
  return (
    arranged && {
      labels: arranged.boxes.map((box, at) => ({ edge: edges[at], box, form: formOf(size) })),
      cost: arranged.cost,
    }
  );
}

/** The places for an edge's label at which it is nearer to its own edge than to the gap's others. */
function candidates(
  { direction, width, height }: Placement,
  gap: Gap,
  edge: PlacedEdge,
  size: Size,
): Candidate[] {
  const room = roomOf(gap, direction, direction === 'right' ? height : width);
  const others = gap.edges.filter((other) => other !== edge);
  const crossings = others.flatMap((other) => crossingOf(edge, other) ?? []);
  const shifts = shiftsOf(size);
  const spots = shifts.flatMap((shift) => places.map((t) => ({ shift, t })));
  return spots.flatMap(({ shift, t }) => {
    const box = boxAt(edge, t, size, room, shift);
    if (box === undefined) return [];
    const middle = centre(box);
    const own = distanceFrom(edge, middle) + nearer;
    if (others.some((other) => distanceFrom(other, middle) < own)) return [];
    return [{ box, cost: costOf(t, box, edge, others, crossings) }];
  });
}

const formOf = ({ form }: Size): LabelForm => (form === 'both' ? 'full' : form);

/**
 * How far the middle of a label may be from its edge, across the page and down it, in drawing units: where it is tight, a number
 * alone may stand a little to the left or right, and two lines among single ones higher or lower.
 */
const shiftsOf = ({ form }: Size): readonly DrawingPoint[] =>
  form === 'number'
    ? [0, -16, 16].map((x) => ({ x, y: 0 }))
    : form === 'both'
      ? [0, 10, -10].map((y) => ({ x: 0, y }))
      : [{ x: 0, y: 0 }];

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
  shift: DrawingPoint,
): Rectangle | undefined {
  if (width > room.width || height > room.height) return undefined;
  const [x, y] = [from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)];
  const box = {
    x: clamp(x - width / 2 + shift.x, room.x, room.x + room.width - width),
    y: clamp(y - height / 2 + shift.y, room.y, room.y + room.height - height),
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

/** The part of its edge that a label hides at no cost. */
const mostHidden = 0.5;
/** How far a crossing of edges should be from a label, in drawing units: nearer, only a stray sign is left of it. */
const beside = 10;

/**
 * The cost of a place: what the label hides of other edges, most of all where they cross its own, and of its own, and its distance
 * from the preferred place.
 */
function costOf(
  t: number,
  box: Rectangle,
  edge: Segment,
  others: readonly Segment[],
  crossings: readonly DrawingPoint[],
): number {
  const [start, end] = spanWithin(edge, box) ?? [0, 0];
  // Of a short edge that its label hides, stubs remain.
  let cost = 40 * Math.abs(t - favourite) + (end - start > mostHidden ? 60 * (end - start - mostHidden) : 0);
  const wide = {
    x: box.x - beside,
    y: box.y - beside,
    width: box.width + 2 * beside,
    height: box.height + 2 * beside,
  };
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

/** How far a point is from an edge, taken as straight between its ends, in drawing units. */
export function distanceFrom({ from, to }: Segment, { x, y }: DrawingPoint): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const t = clamp(((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1), 0, 1);
  return Math.hypot(x - from.x - t * dx, y - from.y - t * dy);
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
