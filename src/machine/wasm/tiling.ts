import { coefficient } from '../../formula/affine.ts';
import { type Assign, type Axis, nodesOf, type PlanValue } from '../plan/plan.ts';
import type { AxisDependence } from './axis-dependence.ts';

/**
 * Cells along an axis that are computed together: `count` groups of `width`, from `start` on (counted from the axis's beginning).
 */
export interface Tile {
  readonly start: number;
  readonly count: number;
  readonly width: number;
  /** Whether two cells share a register. */
  readonly isPaired: boolean;
}

/** The loops around the cells of a formula, outermost first. */
export type Tiling = readonly { readonly name: string; readonly tiles: readonly Tile[] }[];

/** How many cells are computed together along one axis in pairs, and along another one by one. */
interface TileChoice {
  readonly paired: Axis | undefined;
  readonly width: number;
  readonly other: Axis | undefined;
  readonly times: number;
}

/** Totals that fit into registers, with room for factors. */
const mostTotals = 8;

const sizeOf = ({ low, high }: Axis): number => high - low + 1;

/**
 * Chooses the loops over a formula's cells with the least estimated number of instructions per cell. Cells computed together
 * share what they read, and their additions overlap; the order of operations in each cell stays. `dependence` is that of the
 * formula's value.
 */
export function tilingOf(assign: Assign, dependence: AxisDependence): Tiling {
  const nodes = [...nodesOf(assign.value)];
  const conditions = nodes.flatMap((node) =>
    node.kind === 'fold'
      ? node.where
      : node.kind === 'where'
        ? node.conditions
        : node.kind === 'load'
          ? node.inside
          : [],
  );
  const free = assign.axes.filter(
    (axis) => sizeOf(axis) > 1 && conditions.every((condition) => coefficient(condition, axis.name) === 0),
  );
  const hasPositions = nodes.some((node) => node.kind === 'fold' && node.reducer === 'argmax');
  const pairable = hasPositions
    ? []
    : free.filter(({ name }) =>
        nodes.every((node) => node.kind !== 'index' || coefficient(node.index, name) === 0),
      );
  let best: TileChoice = { paired: undefined, width: 1, other: undefined, times: 1 };
  let least = cost(assign, dependence, best);
  for (const paired of [undefined, ...pairable])
    for (const width of paired === undefined ? [1] : [2, 4, 8, 16])
      for (const other of [undefined, ...free.filter((axis) => axis !== paired)])
        for (const times of other === undefined ? [1] : [2, 3, 4, 8]) {
          const totals = (paired === undefined ? 1 : width / 2) * times;
          if (totals > mostTotals || (paired && sizeOf(paired) < width) || (other && sizeOf(other) < times))
            continue;
          const choice = { paired, width, other, times };
          const now = cost(assign, dependence, choice);
          if (now < least) [best, least] = [choice, now];
        }
  // Without folds, follow the order in memory; else keep numbers that many cells read.
  const weight = nodes.some(({ kind }) => kind === 'fold')
    ? weights(assign, dependence)
    : new Map(assign.axes.map(({ name }) => [name, Math.abs(coefficient(assign.address, name))]));
  return [...assign.axes]
    .sort((a, b) => (weight.get(b.name) as number) - (weight.get(a.name) as number))
    .map((axis) => ({ name: axis.name, tiles: tilesOf(axis, best) }));
}

function tilesOf(axis: Axis, { paired, width, other, times }: TileChoice): Tile[] {
  const size = sizeOf(axis);
  const parts: Tile[] = [];
  let start = 0;
  const add = (width: number, isPaired: boolean) => {
    const count = Math.floor((size - start) / width);
    if (count > 0) parts.push({ start, count, width, isPaired });
    start += count * width;
  };
  if (axis === paired) {
    add(width, true);
    if (size - start >= 2) add(2 * Math.floor((size - start) / 2), true);
  } else if (axis === other) {
    add(times, false);
    if (size > start) add(size - start, false);
  }
  if (size > start) add(1, false);
  return parts;
}

/** How many numbers are read along each axis: the axis with most should be the outermost loop. */
function weights({ axes, value, slot, address }: Assign, dependence: AxisDependence): Map<string, number> {
  const weight = new Map(axes.map(({ name }) => [name, coefficient(address, name) === 0 ? 0 : slot.size]));
  for (const node of nodesOf(value))
    if (node.kind === 'load')
      for (const name of dependence.of(node))
        if (weight.has(name)) weight.set(name, (weight.get(name) as number) + node.slot.size);
  return weight;
}

const slow: Partial<Record<string, number>> = {
  div: 5,
  sqrt: 8,
  exp: 30,
  log: 30,
  tanh: 40,
  sin: 30,
  cos: 30,
};

/** Roughly how many instructions a cell takes. */
function cost(assign: Assign, dependence: AxisDependence, choice: TileChoice): number {
  const { paired, width, other, times } = choice;
  const cells = width * times;
  const seen = new Set<PlanValue>();
  let sum = 0;
  const visit = (node: PlanValue, loops: readonly Axis[]): void => {
    const meant = dependence.meant(node);
    if (seen.has(meant)) return;
    seen.add(meant);
    const along = dependence.of(meant);
    const isPaired = paired !== undefined && along.has(paired.name);
    const count = (isPaired ? width / 2 : 1) * (other !== undefined && along.has(other.name) ? times : 1);
    const repeated = loops.reduce((product, axis) => product * (along.has(axis.name) ? sizeOf(axis) : 1), 1);
    if (meant.kind === 'load') {
      const factor = paired === undefined ? 0 : coefficient(meant.address, paired.name);
      sum += repeated * count * (factor === 0 || factor === 1 ? 1 : 2.5);
    } else if (meant.kind === 'apply') {
      const calls = slow[meant.operation] ?? 1;
      sum += repeated * count * (calls >= 30 && isPaired ? 2 * calls : calls);
      for (const operand of meant.operands) visit(operand, loops);
    } else if (meant.kind === 'where') visit(meant.body, loops);
    else if (meant.kind === 'fold') {
      const terms = meant.axes.reduce((product, axis) => product * sizeOf(axis), 1);
      // Dependent additions wait for each other, and a loop has its own cost.
      sum += repeated * terms * (Math.max(count, 10 - 2 * count) + 3);
      visit(meant.body, [...loops, ...meant.axes]);
    }
  };
  visit(assign.value, []);
  const factor = paired === undefined ? 0 : coefficient(assign.address, paired.name);
  sum += (cells / (paired === undefined ? 1 : 2)) * (factor === 0 || factor === 1 ? 1 : 2);
  const waste = (axis: Axis | undefined, by: number) =>
    axis === undefined ? 1 : (Math.ceil(sizeOf(axis) / by) * by) / sizeOf(axis);
  return (sum / cells) * waste(paired, width) * waste(other, times);
}
