import type { Box, Direction, Gap, PlacedEdge, Placement } from './network-placement.ts';

/** With the derivative and the renewed weight, or the weight's number alone. */
export type LabelForm = 'full' | 'number';

export interface EdgeLabel {
  readonly edge: PlacedEdge;
  readonly box: Box;
  readonly form: LabelForm;
}

/** Where along an edge its label is tried, from its beginning to its end. */
const places = [0.36, 0.64, 0.3, 0.7, 0.39, 0.61, 0.42, 0.58, 0.5, 0.24, 0.76, 0.18, 0.82];

/** Widths of labels with symbol and derivative; the last still holds a number of six digits. */
const widths = [104, 96, 88, 78, 68];

/** How long is looked for an arrangement. */
const mostTries = 4000;

/**
 * Labels for edges that never lie on each other. Between two columns either all edges have their label, or, where they are too
 * many, those that matter now have it; all have their bare number where that much fits and nothing matters more.
 */
export function labelEdges({ gaps, direction }: Placement, focus: ReadonlySet<string>): EdgeLabel[] {
  return gaps.flatMap((gap) => {
    const inFocus = gap.edges.filter(({ edge }) => focus.has(edge.id));
    return (
      placeLabels(gap, gap.edges, 'full', direction) ??
      (inFocus.length > 0
        ? (placeLabels(gap, inFocus, 'full', direction) ?? placeLabels(gap, inFocus, 'number', direction))
        : undefined) ??
      placeLabels(gap, gap.edges, 'number', direction) ??
      []
    );
  });
}

/** The widest labels that fit, down to the narrowest that can be read. */
function placeLabels(
  gap: Gap,
  edges: readonly PlacedEdge[],
  form: LabelForm,
  direction: Direction,
): EdgeLabel[] | undefined {
  const sizes =
    form === 'full' ? widths.map((width) => ({ width, height: 32 })) : [{ width: 54, height: 15 }];
  for (const size of sizes) {
    const labels = placeAt(gap, edges, form, direction, size);
    if (labels !== undefined) return labels;
  }
  return undefined;
}

function placeAt(
  gap: Gap,
  edges: readonly PlacedEdge[],
  form: LabelForm,
  direction: Direction,
  size: { width: number; height: number },
): EdgeLabel[] | undefined {
  const rooms = edges.map((edge) =>
    places.map((t) => boxAt(edge, t, size)).filter((box) => isInside(box, gap, direction)),
  );
  return arrange(rooms)?.map((box, at) => ({ edge: edges[at], box, form }));
}

/** One of the rooms for each label, so that no two overlap; the first that fit together, if that is soon found. */
function arrange(rooms: readonly (readonly Box[])[]): Box[] | undefined {
  let tries = mostTries;
  const chosen: Box[] = [];
  const next = (at: number): boolean => {
    if (at === rooms.length) return true;
    for (const box of rooms[at]) {
      if (--tries < 0) return false;
      if (chosen.some((other) => overlap(box, other))) continue;
      chosen.push(box);
      if (next(at + 1)) return true;
      chosen.pop();
    }
    return false;
  };
  return next(0) ? chosen : undefined;
}

function boxAt(
  { from, to }: PlacedEdge,
  t: number,
  { width, height }: { width: number; height: number },
): Box {
  const [x, y] = [from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)];
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** A label may come close to the units but not lie on them. */
function isInside(box: Box, { low, high }: Gap, direction: Direction): boolean {
  const [from, to] = direction === 'right' ? [box.x, box.x + box.width] : [box.y, box.y + box.height];
  return from >= low - 1 && to <= high + 1;
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
