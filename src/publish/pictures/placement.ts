import { type Drawing, type Edge, type Shown, unitId } from '../../explain/drawing.ts';
import type { DrawnLayer } from '../../explain/layers.ts';

/** Distances in a picture, in its own units. */
export interface Spacing {
  /** Between the centres of neighbouring columns, and of units in one. */
  readonly column: number;
  readonly row: number;
  /** Around everything, from the outermost centres. */
  readonly margin: number;
}

/** A unit at its place. */
export interface PlacedCircle {
  readonly id: string;
  readonly layer: DrawnLayer;
  /** From 1. */
  readonly n: number;
  readonly x: number;
  readonly y: number;
}

/** A layer that is shown as an image of its units, row by row, since it is too large and a square. */
export interface PlacedImage {
  readonly layer: DrawnLayer;
  /** Units in a row. */
  readonly side: number;
  /** The left upper corner, and the length of an edge. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** A network with all its parts at their places. */
export interface NetworkPlacement {
  readonly width: number;
  readonly height: number;
  readonly units: readonly PlacedCircle[];
  readonly images: readonly PlacedImage[];
  /** Where units are left out. */
  readonly gaps: readonly { readonly x: number; readonly y: number }[];
  /** Only those between what is shown; those of an image begin at the middle of its right side. */
  readonly edges: readonly { readonly edge: Edge; readonly from: Point; readonly to: Point }[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Layers of more units are shown in part, or as an image; the second where columns would else be high. */
const mostUnits = [6, 2] as const;
/** The most rows of a column, if they can be so few. */
const mostRows = 7;
/** The rows that an image is high. */
const imageRows = 4;

const sideOf = ({ size }: DrawnLayer): number | undefined => {
  const side = Math.round(Math.sqrt(size));
  return size >= 25 && side * side === size ? side : undefined;
};

/** Places a network: a column for each column of its layers, each centred. */
export function laidOut(drawing: Drawing, { column, row, margin }: Spacing): NetworkPlacement {
  const { layers } = drawing;
  const units: PlacedCircle[] = [];
  const images: PlacedImage[] = [];
  const gaps: Point[] = [];
  const shown = new Map<string, readonly number[]>();
  const points = new Map<string, Point>();
  const columns = Math.max(...layers.map((layer) => layer.column)) + 1;
  const stacked = (most: number) =>
    Array.from({ length: columns }, (_, at) =>
      layers.filter((layer) => layer.column === at).map((layer) => ({ layer, ...partsOf(layer, most) })),
    );
  const heightsOf = (some: ReturnType<typeof stacked>) =>
    some.map((stack) => stack.reduce((sum, { rows }) => sum + rows, 0));
  const [stacks] = mostUnits.map(stacked).sort((a, b) => {
    const excess = (one: typeof a) => Math.max(mostRows, ...heightsOf(one));
    return excess(a) - excess(b);
  });
  const heights = heightsOf(stacks);
  const tallest = Math.max(...heights);
  const imageSize = (imageRows - 0.6) * row;
  /** What an image in the first column takes more than units, on each side. */
  const extra = stacks[0].some(({ image }) => image) ? imageSize / 2 - margin / 2 : 0;
  stacks.forEach((stack, at) => {
    const x = margin + extra + at * column + (at > 0 ? extra : 0);
    let y = margin + ((tallest - heights[at]) / 2) * row;
    for (const { layer, rows, slots, image } of stack) {
      if (image !== undefined) {
        const size = imageSize;
        images.push({ layer, side: image, x: x - size / 2, y: y - 0.2 * row, size });
        shown.set(layer.id, [1]);
        points.set(unitId(layer, 1), { x: x + size / 2, y: y - 0.2 * row + size / 2 });
      } else {
        shown.set(
          layer.id,
          slots.filter((n) => n > 0),
        );
        slots.forEach((n, slot) => {
          const place = { x, y: y + slot * row };
          if (n === 0) gaps.push(place);
          else {
            units.push({ id: unitId(layer, n), layer, n, ...place });
            points.set(unitId(layer, n), place);
          }
        });
      }
      y += rows * row;
    }
  });
  return {
    width: 2 * margin + 2 * extra + (columns - 1) * column,
    height: 2 * margin + (tallest - 1) * row,
    units,
    images,
    gaps,
    edges: edgesOf(drawing, shown, points),
  };
}

/** What is shown of a layer, of which at most so many units fit: units by number, 0 for those left out, or an image with so many in a row. */
function partsOf(
  layer: DrawnLayer,
  most: number,
): { rows: number; slots: readonly number[]; image?: number } {
  const { size } = layer;
  const image = size > most ? sideOf(layer) : undefined;
  if (image !== undefined) return { rows: imageRows, slots: [], image };
  const all = Array.from({ length: size }, (_, at) => at + 1);
  const slots = size <= most ? all : [...all.slice(0, Math.ceil(most / 2)), 0, size];
  return { rows: slots.length, slots };
}

function edgesOf(drawing: Drawing, shown: Shown, points: ReadonlyMap<string, Point>) {
  return drawing.layers.flatMap((layer) =>
    (shown.get(layer.id) ?? []).flatMap((n) =>
      drawing.edgesInto(layer, n, shown).flatMap((edge) => {
        const [from, to] = [points.get(edge.from), points.get(edge.to)];
        return from && to ? [{ edge, from, to }] : [];
      }),
    ),
  );
}
