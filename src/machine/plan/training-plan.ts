import {
  type Affine,
  coefficient,
  constant,
  extent,
  index,
  minus,
  plus,
  substitute,
} from '../../formula/affine.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import {
  type Assign,
  type Axis,
  assignsOf,
  type Load,
  mapAffines,
  nodesOf,
  type PlanStatement,
  type PlanValue,
  replaceNode,
} from './plan.ts';

/** A plan for frames of which only the results are needed. */
export interface TrainingPlan {
  readonly statements: readonly PlanStatement[];
  /** Pairs that are not renewed in place: copy `new` to `old` after the plan has run. */
  readonly carried: readonly { readonly old: Slot; readonly new: Slot }[];
  /** Quantities whose stores are eliminated, because the only formula that reads them computes them itself. */
  readonly eliminated: ReadonlySet<Slot>;
}

/**
 * Dead-store elimination for training, on a whole plan, which stays as it is: a gradient is computed where the update reads it,
 * and parameters are renewed in place. The operations and their order stay the same, so the bits do, too. `isKept` selects the
 * quantities that must be written. Another store is eliminated only if a non-finite number in it makes its reader non-finite,
 * too.
 */
export function trainingPlan(
  plan: readonly PlanStatement[],
  layout: Layout,
  isKept: (slot: Slot) => boolean,
): TrainingPlan {
  const eliminated = new Set<Slot>();
  let statements = plan;
  for (const producer of assignsOf(plan)) {
    if (isKept(producer.slot) || producer.formula.version !== 'old') continue;
    const now = eliminateStore(statements, producer.slot);
    if (now === undefined) continue;
    statements = now;
    eliminated.add(producer.slot);
  }
  const carried: { old: Slot; new: Slot }[] = [];
  for (const pair of layout.renewed) {
    const now = inPlace(statements, pair.old, pair.new);
    if (now === undefined) carried.push(pair);
    else statements = now;
  }
  return { statements, carried, eliminated };
}

const loadsOf = (value: PlanValue, slot: Slot): Load[] =>
  [...nodesOf(value)].filter((node): node is Load => node.kind === 'load' && node.slot === slot);

/** The plan without the stores of a quantity that is read once, cell by cell; undefined if they are needed. */
function eliminateStore(statements: readonly PlanStatement[], slot: Slot): PlanStatement[] | undefined {
  const all = [...assignsOf(statements)];
  const producers = all.filter((assign) => assign.slot === slot);
  const readers = all.filter(({ value }) => loadsOf(value, slot).length > 0);
  const [producer, reader] = [producers[0], readers[0]];
  if (producers.length !== 1 || readers.length !== 1) return undefined;
  if (!statements.includes(producer) || !statements.includes(reader) || reader === producer) return undefined;
  const [load, second] = loadsOf(reader.value, slot);
  if (second !== undefined || load.inside.length > 0) return undefined;
  const around = pathTo(reader.value, load, reader.axes);
  const names = around && matching(producer, load, around);
  if (names === undefined) return undefined;
  const value = mapAffines(producer.value, (affine) => substitute(affine, names));
  const joined: Assign = { ...reader, value: replaceNode(reader.value, load, value) };
  return statements.filter((each) => each !== producer).map((each) => (each === reader ? joined : each));
}

/** For each operation, which operands make its result non-finite when they are non-finite. */
const strict: Readonly<Record<string, readonly boolean[]>> = {
  add: [true, true],
  sub: [true, true],
  mul: [true, true],
  neg: [true],
  div: [true, false],
};

/** The axes around a load, if every node between it and the root propagates non-finite numbers; else undefined. */
function pathTo(value: PlanValue, load: Load, axes: readonly Axis[]): readonly Axis[] | undefined {
  if (value === load) return axes;
  if (value.kind === 'apply') {
    const through = strict[value.operation] ?? [];
    for (const [at, operand] of value.operands.entries()) {
      const found = through[at] ? pathTo(operand, load, axes) : undefined;
      if (found !== undefined) return found;
    }
  }
  if (value.kind === 'fold' && value.reducer === 'sum' && value.where.length === 0)
    return pathTo(value.body, load, [...axes, ...value.axes]);
  return undefined;
}

/** The reader's axes for the producer's, if every cell of the producer is read exactly once; else undefined. */
function matching(
  producer: Assign,
  load: Load,
  around: readonly Axis[],
): ReadonlyMap<string, Affine> | undefined {
  const own = producer.axes.filter(({ low, high }) => high > low);
  const theirs = around.filter(({ low, high }) => high > low);
  if (own.length !== theirs.length) return undefined;
  const names = new Map<string, Affine>();
  for (const { name, low } of producer.axes) names.set(name, constant(low));
  for (const axis of own) {
    const other = theirs.find(
      ({ name }) => coefficient(load.address, name) === coefficient(producer.address, axis.name),
    );
    if (other === undefined || other.high - other.low !== axis.high - axis.low) return undefined;
    names.set(axis.name, plus(index(other.name), constant(axis.low - other.low)));
  }
  const ranges = new Map(around.map((axis) => [axis.name, axis]));
  const apart = extent(minus(substitute(producer.address, names), load.address), ranges);
  return apart.low === 0 && apart.high === 0 ? names : undefined;
}

/** The plan with the new version of a quantity stored over the old one; undefined if both are needed. */
function inPlace(
  statements: readonly PlanStatement[],
  old: Slot,
  renewed: Slot,
): PlanStatement[] | undefined {
  const shift = constant(old.offset - renewed.offset);
  const writer = statements.findIndex((each) => each.kind === 'assign' && each.slot === renewed);
  const assign = statements[writer];
  if (assign?.kind !== 'assign') return undefined;
  const address = plus(assign.address, shift);
  const isOwn = (load: Load) => {
    const apart = minus(load.address, address);
    return apart.constant === 0 && apart.terms.length === 0;
  };
  if (!loadsOf(assign.value, old).every(isOwn)) return undefined;
  for (const later of assignsOf(statements.slice(writer + 1)))
    if (later.slot === renewed || loadsOf(later.value, old).length > 0) return undefined;
  const moved = (value: PlanValue): PlanValue => {
    let result = value;
    for (const load of loadsOf(value, renewed))
      result = replaceNode(result, load, { ...load, slot: old, address: plus(load.address, shift) });
    return result;
  };
  const change = (each: PlanStatement): PlanStatement => {
    if (each.kind === 'sequence') return { ...each, body: each.body.map(change) };
    return each === assign ? { ...assign, slot: old, address } : { ...each, value: moved(each.value) };
  };
  return statements.map(change);
}
