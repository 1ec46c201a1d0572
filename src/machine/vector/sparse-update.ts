import { type Affine, coefficient, minus } from '../../formula/affine.ts';
import { type Assign, type Axis, type Fold, type Load, type PlanValue, varies } from '../plan/plan.ts';
import * as terms from '../plan/term-table.ts';
import { areNonzeroSafe } from './dot-loops.ts';
import { nowhere } from './factor-cache.ts';
import { factorsOf } from './factors.ts';
import { sharedFactor } from './shared-factor.ts';
import { SparseColumns } from './sparse-columns.ts';
import type { VectorMemory } from './vector-memory.ts';

/** The most entries that a list of columns may have. */
const most = 1 << 21;

/**
 * An update in place such as `W[j,i] <- W[j,i] - eta * sum(n: δ[n,j] * x[n,i]) / 32` or `W[j,i] - eta * (δ[j] * x[i])`, done only
 * where x is not 0: elsewhere the change is 0 or −0, and a number other than −0 stays what it is. The columns with nonzero
 * numbers are listed once and used for eight rows at a time. Rows with a non-finite factor are left to dense loops: `rowOf` makes
 * one that updates a row along an axis, at the current values of the other axes. The returned function does the update and
 * returns true, or returns false, having changed nothing, if it cannot be done sparsely now. Undefined for formulas of another
 * kind.
 */
export function sparseUpdate(
  kernel: VectorMemory,
  assign: Assign,
  rowOf: (axis: Axis) => () => void,
): (() => boolean) | undefined {
  const { address, axes, slot, value } = assign;
  const axis = axes.find(({ name }) => coefficient(address, name) === 1);
  if (axis === undefined || axes.length < 2 || value.kind !== 'apply') return undefined;
  const sign = value.operation === 'sub' ? -1 : value.operation === 'add' ? 1 : 0;
  const [own, change] = value.operands;
  if (sign === 0 || own.kind !== 'load' || !isAt(own, assign)) return undefined;
  const core = coreOf(change, axis);
  if (core === undefined || core.scales.length > 3) return undefined;
  const { sums, sparse, scales, division } = core;
  const outer = axes.filter((each) => each !== axis);
  if (outer.some(({ name }) => coefficient(sparse.address, name) !== 0)) return undefined;
  const axesOfSums = sums ?? { axes: [] };
  const table = terms.termPlaces(axesOfSums);
  if (table.length === 0 || table.length * (axis.high - axis.low + 1) > most) return undefined;

  const { registers } = kernel;
  const setLane = registers.setter(axis.name);
  const base = (affine: Affine) => registers.affine(terms.termBase(affine, axesOfSums));
  const offsets = terms.termOffsets(sparse.address, axesOfSums, table);
  for (const condition of sparse.inside) {
    const values = terms.termOffsets(condition, axesOfSums, table);
    for (let t = 0; t < offsets.length; t++) if (values[t] + condition.constant < 0) offsets[t] = nowhere;
  }
  const columns = new SparseColumns(axis.high - axis.low + 1, offsets, sign, division);
  const sparseBase = base(sparse.address);
  const stride = coefficient(sparse.address, axis.name);
  const other = core.other && sums && sharedFactor(kernel, sums, core.other, sparse.slot, false);
  if (sums !== undefined && other === undefined) return undefined;
  const otherOffsets = other && terms.termOffsets(other.load.address, axesOfSums, table);
  const otherBase = other && base(other.load.address);
  const rowStart = registers.affine(address);
  const steps: (() => void)[] = [];
  const scale = (n: number): (() => number) => {
    const factor = scales[n] ?? 1;
    if (typeof factor === 'number') return () => factor;
    const { start } = kernel.operand(factor, {}, steps);
    return () => kernel.memory[start()];
  };
  const [f, g, h] = [scale(0), scale(1), scale(2)];
  const dense = rowOf(axis);

  let stillSound = true;
  const row = () => {
    const { memory } = kernel;
    kernel.from = 0;
    kernel.to = 1;
    for (const step of steps) step();
    other?.prepare?.();
    setLane(axis.low);
    const start = rowStart();
    if (!columns.add(memory, start, f(), g(), h(), otherOffsets, otherBase?.() ?? 0)) {
      // A non-finite factor also changes cells whose number is 0.
      dense();
      stillSound = false;
    }
  };
  const all = outer.reduceRight<() => void>((body, each) => registers.loop(each, 1, body), row);
  return () => {
    const { memory } = kernel;
    const sound = kernel.sound.get(slot) ?? areNonzeroSafe(memory, slot.offset, slot.offset + slot.size);
    setLane(axis.low);
    if (!sound || !columns.list(memory, sparseBase(), stride)) return false;
    kernel.optimizations.add('sparse');
    stillSound = true;
    all();
    if (!columns.finish(memory)) stillSound = false;
    if (stillSound) kernel.sound.set(slot, true);
    else kernel.forgetSlot(slot);
    return true;
  };
}

function isAt(load: Load, { address, slot }: Assign): boolean {
  const apart = minus(load.address, address);
  return load.slot === slot && load.inside.length === 0 && apart.constant === 0 && apart.terms.length === 0;
}

/** The parts of a change, from the inside outwards. */
interface Core {
  /** The sum of products, or no axes for a single number. */
  readonly sums: Fold | undefined;
  /** The reference whose zeros make the change zero. */
  readonly sparse: Load;
  /** The other factor of the products in the sum. */
  readonly other?: PlanValue;
  /** What the sum is multiplied by, in order; the same along the axis. */
  readonly scales: readonly (PlanValue | number)[];
  /** Which of the scales is a divisor; −1 if none is. */
  readonly division: number;
}

/** Follows a change through products, signs and divisions by a number to the reference whose zeros make it zero. */
function coreOf(value: PlanValue, axis: Axis): Core | undefined {
  if (value.kind === 'load') {
    const isPlain = value.inside.length === 0 && varies(value, axis.name);
    return isPlain ? { sums: undefined, sparse: value, scales: [], division: -1 } : undefined;
  }
  if (value.kind === 'fold') {
    const factors = value.where.length === 0 ? factorsOf(value, { axis }) : undefined;
    if (factors === undefined) return undefined;
    const { own, shared, sign } = factors;
    // The same terms must be out of range in all cells.
    const bound = new Set(value.axes.map(({ name }) => name));
    if (!own.inside.every(({ terms }) => terms.every(([name]) => bound.has(name)))) return undefined;
    return { sums: value, sparse: own, other: shared, scales: sign < 0 ? [-1] : [], division: -1 };
  }
  if (value.kind !== 'apply') return undefined;
  const [a, b] = value.operands;
  const scaled = (part: PlanValue, scale: PlanValue | number): Core | undefined => {
    const core = coreOf(part, axis);
    return core && { ...core, scales: [...core.scales, scale] };
  };
  if (value.operation === 'neg') return scaled(a, -1);
  if (value.operation === 'div') {
    if (b.kind !== 'constant' || b.value === 0) return undefined;
    const core = scaled(a, b.value);
    return core && core.division < 0 ? { ...core, division: core.scales.length - 1 } : undefined;
  }
  if (value.operation !== 'mul' || varies(a, axis.name) === varies(b, axis.name)) return undefined;
  return varies(a, axis.name) ? scaled(a, b) : scaled(b, a);
}
