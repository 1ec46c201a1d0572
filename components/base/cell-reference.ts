import type { CellReference } from '../../src/explain/explanation.ts';
import { cellOfData } from '../../src/explain/unrolled-tex.ts';
import type { Version } from '../../src/formula/expression.ts';
import { parseCellName } from '../../src/formula/model.ts';

/** The cell that an element stands for, from its `data-cell` and, where it is of the update, `data-version`. */
export function cellOfElement({ dataset }: HTMLElement | SVGElement): CellReference | undefined {
  const found = parseCellName(cellOfData(dataset.cell ?? ''));
  return found && { ...found, version: (dataset.version ?? 'old') as Version };
}

export const sameCell = (a: CellReference, b: CellReference): boolean =>
  a.name === b.name && a.version === b.version && a.cell.join() === b.cell.join();
