import { type Affine, type Condition, index as indexOf, minus, plus } from '../formula/affine.ts';
import type { Diagnostics } from '../formula/diagnostic.ts';
import { type Expression, type Reference, children } from '../formula/expression.ts';
import type { Formula } from '../formula/model.ts';
import { type Node, block, loop } from './tree.ts';

/** `reader` reads what `writer` writes in the same pass. */
interface Dependency {
  readonly reader: Formula;
  readonly writer: Formula;
  readonly reference: Reference;
  /** The inequalities under which it is read. */
  readonly conditions: readonly Condition[];
}

/**
 * The order in which the formulas of a pass run. A formula runs after what it reads, else in the order of the lines.
 * Formulas that need each other (a recurrent net) share a loop over an index in which every need points to
 * iterations that are over: all offsets ≤ 0, loop up; all ≥ 0, loop down.
 */
export function schedulePass(formulas: readonly Formula[], diagnostics: Diagnostics): Node {
  const dependencies = formulas.flatMap((reader) => {
    const found: Dependency[] = [];
    collect(reader.expression, [], (reference, conditions) => {
      const writer = formulas.find(
        ({ target, version }) => target === reference.name && version === reference.version,
      );
      if (writer !== undefined) found.push({ reader, writer, reference, conditions });
    });
    return found;
  });
  return order(formulas, dependencies, new Set(), diagnostics);
}

function collect(
  e: Expression,
  conditions: readonly Condition[],
  found: (reference: Reference, conditions: readonly Condition[]) => void,
): void {
  if (e.kind === 'reference') found(e, conditions);
  const inner = e.kind === 'when' || e.kind === 'reduction' ? [...conditions, ...e.where] : conditions;
  for (const part of children(e)) collect(part, inner, found);
}

function order(
  formulas: readonly Formula[],
  dependencies: readonly Dependency[],
  fixed: ReadonlySet<string>,
  diagnostics: Diagnostics,
): Node {
  return block(
    components(formulas, dependencies).map((group) => {
      const inner = dependencies.filter(
        ({ reader, writer }) => group.includes(reader) && group.includes(writer),
      );
      if (inner.length === 0) return nest(group[0], fixed);
      return recurrence(group, inner, fixed, diagnostics);
    }),
  );
}

/** A formula on its own: its indices are loops, the leftmost outermost. */
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
    return loop(name, range, up ? 1 : -1, order(group, rest, new Set([...fixed, name]), diagnostics));
  }
  const names = group.map(({ target }) => target);
  const [{ lineSpan, target }] = group;
  const message =
    group.length === 1
      ? `${target} needs itself; a formula may read its own earlier cells only, such as ${target}?[t-1]`
      : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]} need each other, and no index orders them`;
  diagnostics.error(lineSpan, 'cycle', message);
  return { kind: 'block', children: [] };
}

/** How far the cell that is read can lie from the reader's own place, along one index. */
function offsetOf(
  { reference, writer, conditions }: Dependency,
  name: string,
): { low: number; high: number } {
  const d = writer.indices.findIndex((left) => left.name === name);
  const difference: Affine = minus(reference.indices[d], indexOf(name));
  if (difference.terms.length === 0) return { low: difference.constant, high: difference.constant };
  // A reference such as h[s] under s < t: the condition itself bounds the difference.
  let low = -Infinity;
  let high = Infinity;
  for (const condition of conditions) {
    const above = plus(difference, condition);
    const below = minus(difference, condition);
    if (above.terms.length === 0) high = Math.min(high, above.constant);
    if (below.terms.length === 0) low = Math.max(low, below.constant);
  }
  return { low, high };
}

/** Strongly connected components (Tarjan), what is read before its readers, else in the order of the lines. */
function components(formulas: readonly Formula[], dependencies: readonly Dependency[]): Formula[][] {
  const found: Formula[][] = [];
  const number = new Map<Formula, number>();
  const lowest = new Map<Formula, number>();
  const stack: Formula[] = [];
  const visit = (formula: Formula): void => {
    const own = number.size;
    number.set(formula, own);
    lowest.set(formula, own);
    stack.push(formula);
    for (const { reader, writer } of dependencies) {
      if (reader !== formula) continue;
      if (!number.has(writer)) visit(writer);
      else if (!stack.includes(writer)) continue;
      lowest.set(formula, Math.min(lowest.get(formula) as number, lowest.get(writer) as number));
    }
    if (lowest.get(formula) !== own) return;
    const group = stack.splice(stack.indexOf(formula));
    found.push(group.sort((a, b) => a.id - b.id));
  };
  for (const formula of formulas) if (!number.has(formula)) visit(formula);
  return found;
}
