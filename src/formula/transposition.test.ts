import { expect, it } from 'vitest';
import { index } from './affine.ts';
import { columnIndex } from './parse/data-parser.ts';
import { type CellSource, rowAt } from './rows.ts';
import { allRows } from './sample-rows.ts';
import { transposedRows, transposedShape } from './transposition.ts';
import './compile/data-cells.ts';

it('swaps the last two dimensions of each sample, written out or computed on demand', () => {
  const source: CellSource = {
    ...{ name: 'x', expression: { kind: 'index', index: index(columnIndex) }, functions: new Map() },
    ...{ selections: [], shape: [12], dimensions: [] },
  };
  const rows = { count: 2, size: 12, source };
  const shape = [2, 2, 3];
  // Entries [c, i, j] are 6c + 3i + j + 1; now they stand at [c, j, i].
  const wanted = [1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12];
  const onDemand = transposedRows(rows, shape);
  const writtenOut = transposedRows({ ...rows, source: allRows(rows) }, shape);
  for (const found of [onDemand, writtenOut])
    for (const row of [0, 1]) expect([...rowAt(found, row)]).toEqual(wanted);
  expect(transposedShape(shape)).toEqual([2, 3, 2]);
  expect([...rowAt(transposedRows({ ...rows, source: allRows(onDemand) }, [2, 3, 2]), 1)]).toEqual([
    ...rowAt(rows, 1),
  ]);
});
