import {
  type Affine,
  type Condition,
  extent,
  index as indexOf,
  minus,
  plus,
  type Range,
} from '../formula/affine.ts';
import { components } from '../formula/components.ts';
import type { Diagnostics } from '../formula/diagnostic.ts';
import { children, type Expression, type Reference } from '../formula/expression.ts';
import type { Formula } from '../formula/model.ts';
import { block, loop, type Node } from './tree.ts';

/** `reader` reads what `writer` writes in the same pass. */
interface Dependency {
  readonly reader: Formula;
  readonly writer: Formula;
  readonly reference: Reference;
  readonly under: Circumstances;
}

/** The conditions under which a reference is read, and the ranges of the indices in it. */
interface Circumstances {
  readonly conditions: readonly Condition[];
  readonly ranges: ReadonlyMap<string, Range>;
}

/**
 * A tree that runs the formulas of one pass: each after what it reads, otherwise in the order of the lines. Formulas that need
 * each other (a recurrent net) share a loop over an index of all of them along which every need points to earlier iterations,
 * upwards or downwards. Where no index orders them, an error (`cycle`) is reported and the tree leaves them out. Indices in
 * `fixed` (none by default) get no loop: the caller puts those around the tree.
 */
export function scheduleFormulas(
  formulas: readonly Formula[],
  diagnostics: Diagnostics,
  fixed: ReadonlySet<string> = new Set(),
): Node {
  const writers = new Map<string, Formula>();
  for (const one of [...formulas].reverse()) writers.set(`${one.version} ${one.target}`, one);
  const dependencies = formulas.flatMap((reader) => {
    const found: Dependency[] = [];
    const ranges = new Map(reader.indices.map(({ name, range }) => [name, range]));
    collect(reader.expression, { conditions: [], ranges }, (reference, under) => {
      const writer = writers.get(`${reference.version} ${reference.name}`);
      if (writer !== undefined) found.push({ reader, writer, reference, under });
    });
    return found;
  });
  return order(formulas, dependencies, fixed, diagnostics);
}

function collect(
  e: Expression,
  under: Circumstances,
  found: (reference: Reference, under: Circumstances) => void,
): void {
  if (e.kind === 'reference') found(e, under);
  let inner = under;
  if (e.kind === 'when' || e.kind === 'reduction') {
    const own =
      e.kind === 'reduction' ? e.indices.map(({ name, range }) => [name, range as Range] as const) : [];
    inner = { conditions: [...under.conditions, ...e.where], ranges: new Map([...under.ranges, ...own]) };
  }
  for (const part of children(e)) collect(part, inner, found);
}

function order(
  formulas: readonly Formula[],
  dependencies: readonly Dependency[],
  fixed: ReadonlySet<string>,
  diagnostics: Diagnostics,
): Node {
  const reading = new Map<Formula, Dependency[]>(formulas.map((one) => [one, []]));
  for (const dependency of dependencies) reading.get(dependency.reader)?.push(dependency);
  const read = (formula: Formula) => (reading.get(formula) ?? []).map(({ writer }) => writer);
  // Formulas come before their readers, and otherwise stay in the order of the lines.
  return block(
    components(formulas, read).map((group) => {
      const own = new Set(group);
      const inner = group.flatMap((one) => (reading.get(one) ?? []).filter(({ writer }) => own.has(writer)));
      if (inner.length === 0) return nest(group[0], fixed);
      return recurrence(group, inner, fixed, diagnostics);
    }),
  );
}

/** A formula on its own: one loop for each index, the leftmost outermost. */
function nest(formula: Formula, fixed: ReadonlySet<string>): Node {
  const open = formula.indices.filter(({ name }) => !fixed.has(name));
  return open.reduceRight<Node>((body, { name, range }) => loop(name, range, 1, body), {
    kind: 'cell',
    formula,
  });
}

function recurrence(
  group: readonly Formula[],
  inner: readonly Dependency[],
  fixed: ReadonlySet<string>,
  diagnostics: Diagnostics,
): Node {
  for (const { name, range } of group[0].indices) {
    if (fixed.has(name)) continue;
    const shared = group.every(({ indices }) =>
      indices.some(
        (other) => other.name === name && other.range.low === range.low && other.range.high === range.high,
      ),
    );
    if (!shared) continue;
    const offsets = inner.map((dependency) => ({ dependency, ...offsetOf(dependency, name) }));
    const up = offsets.every(({ high }) => high <= 0);
    const down = offsets.every(({ low }) => low >= 0);
    const rest = offsets
      .filter(({ low, high }) => (up ? high === 0 : low === 0))
      .map(({ dependency }) => dependency);
    if ((!up && !down) || rest.length === inner.length) continue;
    const body = order(group, rest, new Set([...fixed, name]), diagnostics);
    return loop(name, range, up ? 1 : -1, body, true);
  }
  const names = group.map(({ target }) => target);
  const [{ lineSpan, target }] = group;
  const sharesNone =
    group.every(({ indices }) => indices.length > 0) &&
    !group[0].indices.some(({ name }) =>
      group.every(({ indices }) => indices.some((other) => other.name === name)),
    );
  const hint = sharesNone ? '; the index along which they run has the same letter in each of them' : '';
  const message =
    group.length === 1
      ? `${target} needs itself; a formula may read its own earlier cells only, such as ${target}?[t-1]`
      : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]} need each other, and no index orders them${hint}`;
  diagnostics.error(lineSpan, 'cycle', message);
  return { kind: 'block', children: [] };
}

/** How far the cell that is read can lie from the reader's own position along one index. */
function offsetOf({ reference, writer, under }: Dependency, name: string): Range {
  const d = writer.indices.findIndex((left) => left.name === name);
  const difference: Affine = minus(reference.indices[d], indexOf(name));
  let { low, high } = extent(difference, under.ranges);
  // A reference such as h[s] under s < t: a condition is ≥ 0, so adding it bounds the difference from above.
  for (const condition of under.conditions) {
    high = Math.min(high, extent(plus(difference, condition), under.ranges).high);
    low = Math.max(low, extent(minus(difference, condition), under.ranges).low);
  }
  return { low, high };
}
