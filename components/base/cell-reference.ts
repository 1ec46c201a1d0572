import type { CellReference } from '../../src/explain/explanation.ts';
import { cellOfData } from '../../src/explain/unrolled-tex.ts';
import type { Version } from '../../src/formula/expression.ts';
import { parseCellName } from '../../src/formula/model.ts';

/**
 * The cell of an element's `data-cell`, indices from 1; its version is `data-version`, `old` where that is missing. Undefined
 * where `data-cell` is missing or is no cell's name.
 */
export function cellOfElement({ dataset }: HTMLElement | SVGElement): CellReference | undefined {
  const found = parseCellName(cellOfData(dataset.cell ?? ''));
  return found && { ...found, version: (dataset.version ?? 'old') as Version };
}

/** Whether two references name the same quantity, version and indices. */
export const sameCell = (a: CellReference, b: CellReference): boolean =>
  a.name === b.name && a.version === b.version && a.cell.join() === b.cell.join();
