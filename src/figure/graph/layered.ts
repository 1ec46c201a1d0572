import type { Point } from '../base/arrow.ts';

/** A box to be placed: its width, and the positions of the boxes before it from which an arrow leads to it. */
export interface Box {
  readonly width: number;
  readonly from: readonly number[];
}

/** Boxes placed in layers, each after those that lead to it. */
export interface Layered {
  readonly width: number;
  readonly height: number;
  /** Whether layers follow one another downwards. */
  readonly isDown: boolean;
  readonly halfHeight: number;
  readonly widths: readonly number[];
  /** The middle of each box. */
  readonly middles: readonly Point[];
  /** For each box, the places through which the arrow from each of its `from` passes, ends included. */
  readonly ways: readonly (readonly (readonly Point[])[])[];
}

/** In the picture's units: its greatest width, and the least space between two layers that has room for a number. */
const [extent, gap] = [330, 54];
/** Across a layer that runs down or across: from box to box, and from an arrow that passes to what is beside it. */
const spaces = { right: { box: 62, passing: 30 }, down: { box: 6, passing: 10 } };
/** Half a box: with its number above and its derivative below it, or within it. */
const half = { right: 12, down: 23 };
/** A box that has its numbers within it is at least so wide. */
const narrowest = 58;
/** The space between two layers that follow one another downwards: the least, and for each arrow, whose number needs room, up to the most. */
const fall = { least: 38, each: 5, most: 80 };
/** The space above the first layer of those. */
const top = 8;
/** How often the order of layers is improved. */
const sweeps = 6;

/** A box, or a place at which an arrow passes a layer. */
interface Item {
  readonly width: number;
  readonly layer: number;
  readonly box: number | undefined;
  readonly before: Item[];
  readonly after: Item[];
  at: number;
}

/** Boxes in layers from left to right, or, where there are too many of them, from top to bottom; undefined where they have no room. */
export function inLayers(boxes: readonly Box[]): Layered | undefined {
  const depths = depthsOf(boxes);
  const widths = widest(boxes, depths);
  const free = extent - widths.reduce((sum, width) => sum + width, 0);
  const count = widths.length;
  if (count === 1 || free / (count - 1) >= gap) return place(boxes, depths, false, widths);
  const wide = boxes.map((box) => ({ ...box, width: Math.max(narrowest, box.width) }));
  const late = latest(wide, depths);
  const found = place(wide, late, true, widest(wide, late));
  return found.width > extent + 1 ? undefined : found;
}

function depthsOf(boxes: readonly Box[]): number[] {
  const depths: number[] = [];
  for (const { from } of boxes) depths.push(Math.max(-1, ...from.map((one) => depths[one])) + 1);
  return depths;
}

/** What nothing leads to stands just before what it leads to first, or before that where there is no room: first what leads to least. */
function latest(boxes: readonly Box[], depths: readonly number[]): number[] {
  const found = [...depths];
  const readers = boxes.map((_, n) =>
    boxes.flatMap(({ from }, to) => (from.includes(n) ? [depths[to]] : [])),
  );
  const first = boxes
    .flatMap(({ from }, n) => (from.length === 0 && readers[n].length > 0 ? [n] : []))
    .sort((a, b) => readers[a].length - readers[b].length);
  for (const n of first) found[n] = Math.min(...readers[n]) - 1;
  const { box, passing } = spaces.down;
  for (let layer = Math.max(...found); layer > -boxes.length; layer--) {
    const width = () =>
      boxes.reduce((sum, one, n) => {
        const passes = readers[n].filter((to) => found[n] < layer && to > layer).length;
        return sum + passes * passing + (found[n] === layer ? one.width + box : 0);
      }, 0);
    for (const n of first) if (found[n] === layer && width() > extent) found[n] -= 1;
  }
  const least = Math.min(...found);
  return found.map((depth) => depth - least);
}

function widest(boxes: readonly Box[], depths: readonly number[]): number[] {
  const widths = Array.from({ length: Math.max(...depths) + 1 }, () => 0);
  boxes.forEach(({ width }, n) => {
    widths[depths[n]] = Math.max(widths[depths[n]], width);
  });
  return widths;
}

function place(
  boxes: readonly Box[],
  depths: readonly number[],
  isDown: boolean,
  widths: readonly number[],
): Layered {
  const items: Item[] = boxes.map(({ width }, n) => item(depths[n], width, n));
  const layers: Item[][] = widths.map(() => []);
  for (const one of items) layers[one.layer].push(one);
  const trails = boxes.map(({ from }, n) =>
    from.map((one) => {
      const trail = [items[one]];
      for (let layer = depths[one] + 1; layer < depths[n]; layer++) {
        const passing = item(layer, 0, undefined);
        layers[layer].push(passing);
        trail.push(passing);
      }
      trail.push(items[n]);
      trail.slice(1).forEach((next, at) => {
        next.before.push(trail[at]);
        trail[at].after.push(next);
      });
      return trail;
    }),
  );
  order(layers, isDown);
  const space = spaces[isDown ? 'down' : 'right'];
  const reach = (one: Item) =>
    (isDown ? one.width : 0) / 2 + (one.box === undefined ? space.passing : space.box) / 2;
  const extents = layers.map((layer) => layer.reduce((sum, one) => sum + 2 * reach(one), 0));
  const breadth = Math.max(...extents);
  layers.forEach((layer, n) => {
    let at = (breadth - extents[n]) / 2;
    for (const one of layer) {
      one.at = at + reach(one);
      at += 2 * reach(one);
    }
  });
  const halfHeight = isDown ? half.down : half.right;
  const level = Math.min(
    90,
    (extent - widths.reduce((sum, width) => sum + width, 0)) / Math.max(1, widths.length - 1),
  );
  const between = layers.map((layer) => {
    const arrows = layer.reduce((sum, { box, after }) => sum + (box === undefined ? 0 : after.length), 0);
    return isDown ? Math.min(fall.most, fall.least + fall.each * arrows) : level;
  });
  const along: number[] = [];
  let reached = isDown ? top : 0;
  widths.forEach((width, n) => {
    const length = isDown ? 2 * halfHeight : width;
    along.push(reached + length / 2);
    reached += length + between[n];
  });
  const end = reached - between[between.length - 1];
  const pointOf = ({ layer, at }: Item, aside = 0): Point =>
    isDown ? [at, along[layer] + aside] : [along[layer] + aside, at];
  // Past a layer an arrow goes straight, so that it meets no box of it.
  const through = (one: Item): Point[] => {
    const reach = isDown ? halfHeight : widths[one.layer] / 2;
    return one.box === undefined ? [pointOf(one, -reach), pointOf(one, reach)] : [pointOf(one)];
  };
  return {
    isDown,
    halfHeight,
    width: isDown ? breadth : end,
    height: isDown ? end + top : breadth,
    widths: boxes.map((box) => box.width),
    middles: items.map((one) => pointOf(one)),
    ways: trails.map((all) => all.map((trail) => trail.flatMap(through))),
  };
}

const item = (layer: number, width: number, box: number | undefined): Item => ({
  ...{ layer, width, box, at: 0 },
  before: [],
  after: [],
});

/** Each layer in the order of the middles of what it is tied to, so that few arrows cross. */
function order(layers: readonly Item[][], isDown: boolean): void {
  const size = (one: Item) => (isDown && one.box !== undefined ? 2 : 1);
  const spread = (layer: Item[]): void => {
    const whole = layer.reduce((sum, one) => sum + size(one), 0);
    let at = -whole / 2;
    for (const one of layer) {
      one.at = at + size(one) / 2;
      at += size(one);
    }
  };
  layers.forEach(spread);
  for (let n = 0; n < sweeps; n++) {
    const isBack = n % 2 === 1;
    for (const layer of isBack ? [...layers].reverse() : layers) {
      const middle = new Map(
        layer.map((one) => {
          const tied = isBack ? one.after : one.before;
          return [one, tied.length === 0 ? one.at : tied.reduce((sum, { at }) => sum + at, 0) / tied.length];
        }),
      );
      layer.sort((a, b) => (middle.get(a) as number) - (middle.get(b) as number));
      spread(layer);
    }
  }
}
