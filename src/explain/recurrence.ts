import type { Affine, Range } from '../formula/affine.ts';
import { children, type Expression, type Reference, references } from '../formula/expression.ts';
import { cellAt, type Formula, type Model, sizeOf } from '../formula/model.ts';
import type { Program } from '../program/program.ts';
import type { Node } from '../program/tree.ts';
import type { UnversionedCell } from './adjoints.ts';
import type { OneSample } from './one-sample.ts';

/** A quantity with a time index. */
export interface TimedQuantity {
  readonly name: string;
  /** Which of its indices, from 0, is the time index. */
  readonly dimension: number;
}

/** A dependence in time: at each moment t, `to` reads `from` of moment t − `by`. */
export interface TimedLink {
  readonly from: string;
  readonly to: string;
  /** In moments; 0: the same moment, negative: a later one. */
  readonly by: number;
  /** The parameter that it is multiplied by, the same at every moment; absent where there is none. */
  readonly weight?: string;
}

/** A recurrent model: the same formulas at every moment, which read results of earlier moments. */
export interface Recurrence {
  /** The moments, both ends inclusive. */
  readonly range: Range;
  /** Given ones first, then in the order of computing. */
  readonly quantities: readonly TimedQuantity[];
  readonly links: readonly TimedLink[];
}

/** The cells of a quantity at a time step, for one sample. */
export function timedCells(
  model: Model,
  one: OneSample,
  { name, dimension }: TimedQuantity,
  moment: number,
): UnversionedCell[] {
  const { shape = [], perSample = false } = model.quantities.get(name) ?? {};
  const own = shape.map((size, d) => (d === dimension || (perSample && d === 0) ? 1 : size));
  return Array.from({ length: sizeOf(own) }, (_, flat) => {
    const cell = cellAt(own, flat);
    cell[dimension] = moment;
    if (perSample) cell[0] = one.sample;
    return { name, cell };
  });
}

type Loop = Extract<Node, { kind: 'loop' }>;

/** The first loop of the forward pass whose iterations need earlier ones. */
function carriedLoop(node: Node): Loop | undefined {
  if (node.kind === 'cell') return undefined;
  if (node.kind === 'loop') {
    const isForward = cells(node).some(({ phase }) => phase === 'forward');
    return node.carries && isForward ? node : carriedLoop(node.body);
  }
  for (const child of node.children) {
    const found = carriedLoop(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

const cells = (node: Node): Formula[] =>
  node.kind === 'cell'
    ? [node.formula]
    : node.kind === 'loop'
      ? cells(node.body)
      : node.children.flatMap(cells);

/**
 * The recurrence of a model: that of its forward pass's first loop whose iterations need earlier ones; undefined where there is
 * none.
 */
export function readRecurrence({ tree, model }: Program): Recurrence | undefined {
  const loop = carriedLoop(tree);
  if (loop === undefined) return undefined;
  const dimensions = new Map<string, number>();
  /** The time index of each formula. */
  const moments = new Map<Formula, string>();
  const note = (formula: Formula, index: string): void => {
    moments.set(formula, index);
    dimensions.set(
      formula.target,
      formula.indices.findIndex(({ name }) => name === index),
    );
  };
  for (const formula of new Set(cells(loop))) note(formula, loop.index);
  // Quantities that are computed for every moment afterwards, such as an output.
  const others = model.formulas.filter((one) => one.phase === 'forward' && !moments.has(one));
  for (const formula of others) {
    const read = [...references(formula.expression)].find(({ name }) => dimensions.has(name));
    const index =
      read && formula.indices.find(({ name }) => offsetOf(read, dimensions.get(read.name), name) === 0);
    if (index !== undefined) note(formula, index.name);
  }
  const links: TimedLink[] = [];
  const given: TimedQuantity[] = [];
  for (const [formula, index] of moments) {
    const weights = weightsOf(formula.expression, (name) => model.quantities.get(name)?.role === 'param');
    for (const reference of references(formula.expression)) {
      const { name } = reference;
      const role = model.quantities.get(name)?.role;
      if (role !== 'computed' && role !== 'given' && role !== 'sample') continue;
      const dimension = dimensions.get(name) ?? reference.indices.findIndex((one) => termOf(one, index));
      const offset = offsetOf(reference, dimension, index);
      if (offset === undefined) continue;
      if (!dimensions.has(name)) {
        dimensions.set(name, dimension);
        given.push({ name, dimension });
      }
      const weight = weights.get(reference);
      const link = { from: name, to: formula.target, by: 0 - offset, ...(weight && { weight }) };
      if (!links.some((one) => one.from === name && one.to === link.to && one.by === link.by))
        links.push(link);
    }
  }
  const computed = [...moments.keys()].map(({ target }) => target);
  const quantities = computed.map((name) => ({ name, dimension: dimensions.get(name) as number }));
  return { range: loop.range, quantities: [...given, ...quantities], links };
}

const termOf = ({ terms }: Affine, index: string): boolean =>
  terms.length === 1 && terms[0][0] === index && terms[0][1] === 1;

/** How many moments after the formula's own a reference reads; undefined where it does not read by time. */
function offsetOf({ indices }: Reference, dimension: number | undefined, index: string): number | undefined {
  const own = indices[dimension ?? -1];
  return own !== undefined && termOf(own, index) ? own.constant : undefined;
}

/** The parameter by which each reference is multiplied, where there is one. */
function weightsOf(e: Expression, isParameter: (name: string) => boolean): Map<Reference, string> {
  const found = new Map<Reference, string>();
  const visit = (node: Expression): void => {
    const parts = children(node);
    if (node.kind === 'operation' && node.operation === 'mul')
      for (const [a, b] of [parts, [...parts].reverse()])
        if (a.kind === 'reference' && b.kind === 'reference' && isParameter(a.name) && !isParameter(b.name))
          found.set(b, a.name);
    parts.forEach(visit);
  };
  visit(e);
  return found;
}
