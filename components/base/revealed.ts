/** A size, in any unit. */
interface Extent {
  readonly width: number;
  readonly height: number;
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Upper left corner and size. */
export type Part = Extent & Corner;

/** Free space around what is brought into sight. */
const margin = 8;

/**
 * Where to move a window of a size, with its upper left corner at `corner`, to see the first of some parts that fits in it: no
 * further than needed. Where none fits, the last is in its middle.
 */
export function revealed(parts: readonly Part[], sight: Extent, corner: Corner): Corner {
  const part =
    parts.find(({ width, height }) => width <= sight.width && height <= sight.height) ?? parts.at(-1);
  if (part === undefined) return corner;
  return {
    x: along(part.x, part.width, corner.x, sight.width),
    y: along(part.y, part.height, corner.y, sight.height),
  };
}

function along(from: number, size: number, at: number, seen: number): number {
  if (size > seen) return from + (size - seen) / 2;
  const room = Math.min(margin, (seen - size) / 2);
  return Math.min(from - room, Math.max(at, from + size + room - seen));
}

/** The smallest rectangle around some, at least one, in their unit. */
export function around(boxes: readonly Part[]): Part {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

/** Whether an element stands in a region of a height of its own, which what is drawn in it must fit: its frame sets `--whole`. */
export const isInRegion = (element: Element): boolean =>
  getComputedStyle(element).getPropertyValue('--whole') !== '';
