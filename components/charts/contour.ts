/** A place on a grid in columns and rows from 0; fractions lie between grid points. */
type Place = readonly [x: number, y: number];

/**
 * The zero level lines of a quantity on a grid, as straight segments in no order (marching squares), in columns and rows of the
 * grid from 0. Values are row by row, `columns` in each; a square of the grid with a corner that is not finite has no line.
 */
export function levelLines(values: ArrayLike<number>, columns: number): (readonly [Place, Place])[] {
  const found: (readonly [Place, Place])[] = [];
  const rows = values.length / columns;
  for (let y = 0; y + 1 < rows; y++)
    for (let x = 0; x + 1 < columns; x++) {
      const corners = [
        [x, y],
        [x + 1, y],
        [x + 1, y + 1],
        [x, y + 1],
      ] as const;
      if (!corners.every(([column, row]) => Number.isFinite(values[row * columns + column]))) continue;
      const crossings = corners.flatMap((from, at): Place[] => {
        const to = corners[(at + 1) % 4];
        const [a, b] = [values[from[1] * columns + from[0]], values[to[1] * columns + to[0]]];
        if (a > 0 === b > 0) return [];
        const t = a / (a - b);
        return [[from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]];
      });
      // Four crossings are a saddle: two lines, either way.
      for (let at = 0; at + 1 < crossings.length; at += 2) found.push([crossings[at], crossings[at + 1]]);
    }
  return found;
}
