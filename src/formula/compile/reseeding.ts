import { Diagnostics } from '../diagnostic.ts';
import { type Expression, number, walk } from '../expression.ts';
import { type Model, type Quantity, sizeOf } from '../model.ts';
import { readModel } from '../parse/reader.ts';
import type { DataStatement, FunctionStatement, Initial } from '../statement.ts';
import { mapChildren } from '../substitution.ts';
import { DataCells } from './data-cells.ts';
import { isDraw } from './evaluation.ts';

/** What a seed draws: the numbers at the start of a run, the order of the samples, or what every frame draws. */
export type Drawn = 'start' | 'order' | 'frames';

/**
 * The different seeds that a model uses for one purpose, in the order of its lines; empty where it draws nothing for it. For
 * `start` only those that `reseeded` replaces: lines of parameters and state that read no table and contain no sum.
 */
export function seedsOf(model: Model, drawn: Drawn): readonly number[] {
  const found = new Set<number>();
  if (drawn === 'order' && model.samples?.order.kind === 'shuffled') found.add(model.samples.order.seed);
  if (drawn === 'frames') for (const { draws } of model.quantities.values()) if (draws) found.add(draws.seed);
  if (drawn === 'start')
    for (const { initial } of drawnLines(model))
      withSeeds(model, initial.expression, (seed) => {
        found.add(seed);
        return seed;
      });
  return [...found];
}

/**
 * The model with one seed, a whole number, in place of all seeds of a purpose; the given model is not changed. For `start` the
 * numbers are drawn anew, except in lines that read tables or contain sums. For `order` the samples are shuffled by it even
 * where they came in turn; without samples the model is returned as it is.
 */
export function reseeded(model: Model, drawn: Drawn, seed: number): Model {
  if (drawn === 'order') {
    const { samples } = model;
    return samples ? { ...model, samples: { ...samples, order: { kind: 'shuffled', seed } } } : model;
  }
  const quantities = new Map(model.quantities);
  if (drawn === 'frames') {
    for (const [name, quantity] of quantities) {
      const { draws } = quantity;
      if (draws !== undefined) quantities.set(name, { ...quantity, draws: { ...draws, seed } });
    }
    return { ...model, quantities };
  }
  for (const { name, initial } of drawnLines(model)) {
    const quantity = quantities.get(name) as Quantity;
    const { functions } = model;
    const { shape } = quantity;
    const expression = withSeeds(model, initial.expression, () => seed);
    const { dimensions } = initial;
    const cells = new DataCells({ name, expression, functions, selections: [], shape, dimensions });
    const numbers = new Float64Array(sizeOf(shape));
    cells.read(0, numbers, 0);
    quantities.set(name, { ...quantity, numbers });
  }
  return { ...model, quantities };
}

/** Lines that draw parameters or state at the start of a run. Those that also read tables or contain sums keep their seed. */
function drawnLines(model: Model): (DataStatement & { readonly initial: Initial })[] {
  return readModel(model.text, new Diagnostics()).filter(
    (line): line is DataStatement & { readonly initial: Initial } => {
      if (line.kind !== 'data' || line.initial === undefined || line.initial.columns.length > 0) return false;
      const { numbers } = model.quantities.get(line.name) ?? {};
      if (numbers === undefined || (line.role !== 'param' && line.role !== 'state')) return false;
      const nodes = [...walk(line.initial.expression)];
      return (
        nodes.some((e) => e.kind === 'call' && seedsAt(model, e.name).size > 0) &&
        !nodes.some((e) => e.kind === 'reduction')
      );
    },
  );
}

function withSeeds(model: Model, e: Expression, change: (seed: number) => number): Expression {
  if (e.kind !== 'call') return mapChildren(e, (part) => withSeeds(model, part, change));
  const seeds = seedsAt(model, e.name);
  return {
    ...e,
    operands: e.operands.map((operand, at) =>
      seeds.has(at) && operand.kind === 'number'
        ? number(change(operand.value))
        : withSeeds(model, operand, change),
    ),
  };
}

/** Which arguments of a function are seeds: those with which it, or a function that it calls, draws. */
function seedsAt(model: Model, name: string, above: readonly string[] = []): ReadonlySet<number> {
  if (isDraw(name)) return new Set([0]);
  const definition: FunctionStatement | undefined = model.functions.get(name);
  if (definition === undefined || above.includes(name)) return new Set();
  const { parameters, body } = definition;
  const found = new Set<number>();
  for (const node of walk(body)) {
    if (node.kind !== 'call') continue;
    for (const at of seedsAt(model, node.name, [...above, name])) {
      const operand = node.operands[at];
      if (operand?.kind === 'parameter') found.add(parameters.indexOf(operand.name));
    }
  }
  return found;
}
