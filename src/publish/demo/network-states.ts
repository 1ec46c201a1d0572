import type { TextRun } from '../../../components/drawing/svg-label.ts';
import { textRuns } from '../../../components/drawing/svg-label.ts';
import type { Drawing, Unit } from '../../explain/drawing.ts';
import type { CellReference } from '../../explain/explanation.ts';
import type { Figures } from '../../explain/figures.ts';
import { cellName } from '../../formula/model.ts';
import { texName } from '../../formula/notation.ts';
import { escapeHtml } from '../../lesson/markdown/html.ts';
import type { Machine } from '../../machine/machine.ts';
import { laidOut } from '../pictures/placement.ts';
import { element } from '../pictures/svg.ts';

/** A computed cell and the cells read for it, the n-th of a frame. */
export interface ComputedCell {
  readonly target: CellReference;
  readonly reads: readonly CellReference[];
}

const [radius, spacing] = [33, { column: 132, row: 122, margin: 58 }];

type Cell = Pick<CellReference, 'name' | 'cell'>;
const nameOf = ({ name, cell }: Cell): string => cellName(name, cell);

/**
 * A network with the numbers of a whole frame as one SVG: each number has `data-from` and `data-until`, the steps (from 1, both
 * inclusive) at which it is seen, and what takes part in a step has that in `data-lit`, where its number is
 * computed in `data-now`. Whoever shows a step has to choose: see `showStep`.
 */
export function networkStates(
  drawing: Drawing,
  machine: Machine,
  figures: Figures,
  steps: readonly ComputedCell[],
): string {
  const { width, height, units, edges } = laidOut(drawing, spacing);
  const model = machine.program.model;
  const stepOf = (cell: Cell, version: string): number | undefined => {
    const at = steps.findIndex(({ target }) => target.version === version && nameOf(target) === nameOf(cell));
    return at < 0 ? undefined : at + 1;
  };
  const label = ({ name, cell }: Cell) => runs(textRuns(texName(model, name, cell)));
  /** The steps in which one of the cells is computed, or is read. */
  const parts = (cells: readonly Cell[]) => {
    const names = new Set(cells.map(nameOf));
    const now = steps.flatMap(({ target }, at) => (names.has(nameOf(target)) ? [at + 1] : []));
    const lit = steps.flatMap(({ reads }, at) =>
      reads.some((one) => names.has(nameOf(one))) ? [at + 1] : [],
    );
    return { 'data-now': now.join(' ') || undefined, 'data-lit': lit.join(' ') || undefined };
  };
  const number = (cell: Cell, version: 'old' | 'new', x: number, y: number, until?: number) => {
    const value = machine.value(1, cell.name, version, cell.cell);
    const from = stepOf(cell, version);
    const data = { class: `number ${version}`, x, y, 'data-from': from, 'data-until': until };
    return element('text', data, figures.text(value, cell.name, cell.cell));
  };
  const lines = edges.map(({ edge, from, to }) => {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = Math.hypot(dx, dy) || 1;
    const [ux, uy] = [(dx / length) * radius, (dy / length) * radius];
    const ends = { x1: from.x + ux, y1: from.y + uy, x2: to.x - ux, y2: to.y - uy };
    const { weight } = edge;
    if (weight === undefined) return element('line', { class: 'join', ...ends });
    // Where edges cross, in the middle, a number would be any edge's.
    const crosses = dy !== 0 && units.some(({ id, layer }) => id === edge.to && layer.size > 1);
    const part = crosses ? 0.37 : 0.5;
    const [x, y] = [from.x + part * dx, from.y + part * dy];
    const update = stepOf(weight, 'new');
    const numbers =
      number(weight, 'old', x, y, update && update - 1) + (update ? number(weight, 'new', x, y) : '');
    const line = element('line', ends);
    return element('g', { class: 'edge', ...parts([weight, ...weight.gradients]) }, line, numbers);
  });
  const circles = units.map(({ layer, n, x, y }) => {
    const unit: Unit = drawing.unit(layer, n);
    const { cells, sensitivities } = unit;
    const numbers = cells.map((cell, at) => {
      const next = cells[at + 1] && stepOf(cells[at + 1], 'old');
      return number(cell, 'old', x, y, next && next - 1);
    });
    const blame = sensitivities.slice(-1).map((cell) => {
      const name = element('tspan', { class: 'name' }, label(cell));
      const value = figures.text(machine.value(1, cell.name, 'old', cell.cell), cell.name, cell.cell);
      const data = { x, y: y + radius + 17, 'data-from': stepOf(cell, 'old') };
      // Twice: a halo around one part of a name would lie over the part before it.
      return ['halo', 'sensitivity']
        .map((kind) => element('text', { class: kind, ...data }, name, ` ${value}`))
        .join('');
    });
    // A target hangs below its loss, and the line between them comes from above.
    const nameAt = layer.kind === 'target' ? y + radius + 16 : y - radius - 7;
    return element(
      'g',
      { class: `unit ${layer.kind}`, ...parts([...cells, ...sensitivities]) },
      element('circle', { cx: x, cy: y, r: radius }),
      element('text', { class: 'name', x, y: nameAt }, label(cells[cells.length - 1])),
      ...numbers,
      ...blame,
    );
  });
  const size = { viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}` };
  return element('svg', { class: 'network', ...size, 'aria-hidden': 'true' }, ...lines, ...circles);
}

/** A name's runs as parts of a text; raised and lowered by hand, since not every browser has `baseline-shift`. */
function runs(parts: readonly TextRun[] | undefined): string {
  let height = 0;
  return (parts ?? [])
    .map(({ text, style, level }) => {
      const wanted = level === 'base' ? 0 : level === 'sup' ? -5 : 4;
      const dy = wanted - height;
      height = wanted;
      const kind = [style, level === 'base' ? '' : 'script'].filter(Boolean).join(' ');
      return element('tspan', { class: kind, dy: dy === 0 ? undefined : dy }, escapeHtml(text));
    })
    .join('');
}
