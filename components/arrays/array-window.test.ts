import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellsIn,
  listExtent,
  movedWindow,
  windowAround,
  windowDirections,
  windowText,
} from './array-window.ts';

const place = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }).chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    cell: fc.tuple(...shape.map((size) => fc.integer({ min: 1, max: size }))),
    rows: fc.integer({ min: 1, max: 9 }),
    columns: fc.integer({ min: 1, max: 9 }),
  }),
);

const within = (shape: readonly number[], cell: readonly number[]) =>
  cell.length === shape.length && cell.every((n, d) => n >= 1 && n <= shape[d]);

describe('window on an array', () => {
  it('holds the cell it was made for, and nothing outside the array', () => {
    fc.assert(
      fc.property(place, ({ shape, cell, rows, columns }) => {
        const cells = cellsIn(windowAround(shape, cell, { rows, columns }));
        expect(cells.map(String)).toContain(String(cell));
        expect(cells.every((one) => within(shape, one))).toBe(true);
        expect(cells.length).toBeLessThanOrEqual(rows * columns);
      }),
      { seed: 4 },
    );
  });

  it('stays where it is while the cell is in sight', () => {
    const extent = { rows: 1, columns: 7 };
    const first = windowAround([256, 784], [12, 298], extent);
    expect(first.columns).toEqual({ low: 296, high: 302 });
    expect(windowAround([256, 784], [12, 302], extent, first)).toEqual(first);
    expect(windowAround([256, 784], [12, 303], extent, first).columns).toEqual({ low: 301, high: 307 });
    expect(windowAround([256, 784], [13, 298], extent, first).rows).toEqual({ low: 13, high: 13 });
  });

  it('comes to every cell by moving on, and goes no further than the ends', () => {
    const seen = new Set<string>();
    let window = windowAround([3, 2, 5, 4], [1, 1, 1, 1], { rows: 2, columns: 3 });
    for (let slice = 0; slice < 8; slice++) {
      for (let row = 0; row < 4; row++) {
        for (let column = 0; column < 3; column++) {
          for (const cell of cellsIn(window)) seen.add(cell.join());
          window = movedWindow(window, 'columns', 1);
        }
        window = movedWindow(movedWindow(movedWindow(window, 'columns', -1), 'columns', -1), 'rows', 1);
      }
      for (let row = 0; row < 4; row++) window = movedWindow(window, 'rows', -1);
      window = movedWindow(window, 'slices', 1);
    }
    expect(seen.size).toBe(3 * 2 * 5 * 4);
  });

  it('says what is in sight', () => {
    const window = windowAround([256, 784], [12, 298], { rows: 5, columns: 4 });
    expect(windowText(window, 'rows')).toBe('rows 11–15 of 256');
    expect(windowText(window, 'columns')).toBe('columns 297–300 of 784');
    expect(windowDirections(window)).toEqual(['rows', 'columns']);
    expect(windowText(windowAround([784], [3], { rows: 1, columns: 7 }), 'columns')).toBe(
      'entries 1–7 of 784',
    );
  });

  it('lists whole rows where they are short', () => {
    expect(listExtent([8, 3, 3], 7)).toEqual({ rows: 2, columns: 3 });
    expect(listExtent([256, 784], 7)).toEqual({ rows: 1, columns: 7 });
    expect(listExtent([784], 7)).toEqual({ rows: 1, columns: 7 });
  });
});
