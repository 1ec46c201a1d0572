import type { Condition } from '../formula/affine.ts';
import type { BoundIndex, Expression, Reference } from '../formula/expression.ts';
import type { Formula, Quantity } from '../formula/model.ts';
import type { OneSample } from './one-sample.ts';

/** A product `W[j,i] * v[i]` in a formula: an edge with a weight for each value of the indices. */
export interface Connection {
  /** The parameter. */
  readonly weight: Reference;
  /** The value that flows through the network. */
  readonly value: Reference;
  /** The indices of the sums around the product, outermost first. */
  readonly indices: readonly BoundIndex[];
  /** The conditions that they must meet. */
  readonly where: readonly Condition[];
}

/**
 * The weighted inputs of a formula (products of a parameter and a value), and its biases (parameters outside sums and products).
 */
export interface LayerTerms {
  readonly connections: readonly Connection[];
  readonly biases: readonly Reference[];
}

/**
 * Reads the weighted inputs (products with exactly one parameter and one value) and biases of a formula, inside functions'
 * arguments too. A formula without connections is no layer, whatever else it has. `quantities` are the model's; `one` tells
 * shapes for one sample.
 */
export function layerTerms(
  formula: Formula,
  quantities: ReadonlyMap<string, Quantity>,
  one: OneSample,
): LayerTerms {
  const connections: Connection[] = [];
  const biases: Reference[] = [];
  const isWeight = (e: Expression): e is Reference =>
    e.kind === 'reference' && quantities.get(e.name)?.role === 'param';
  const isValue = (e: Expression): e is Reference => {
    if (e.kind !== 'reference') return false;
    const quantity = quantities.get(e.name);
    return quantity !== undefined && carriesValue(quantity, one);
  };

  const visit = (e: Expression, indices: readonly BoundIndex[], where: readonly Condition[]): void => {
    switch (e.kind) {
      case 'operation': {
        if (e.operation !== 'mul') break;
        const factors = factorsOf(e);
        const weights = factors.filter(isWeight);
        const values = factors.filter(isValue);
        if (weights.length === 1 && values.length === 1)
          connections.push({ weight: weights[0], value: values[0], indices, where });
        // A weight that multiplies anything else is no bias.
        for (const factor of factors) if (factor.kind !== 'reference') visit(factor, indices, where);
        return;
      }
      case 'reduction':
        if (e.reducer === 'sum') visit(e.body, [...indices, ...e.indices], [...where, ...e.where]);
        return;
      case 'when':
        visit(e.body, indices, [...where, ...e.where]);
        return;
      case 'stop':
        visit(e.body, indices, where);
        return;
      case 'call':
        break;
      case 'reference':
        if (isWeight(e) && indices.length === 0) biases.push(e);
        return;
      default:
        return;
    }
    for (const operand of e.operands) visit(operand, indices, where);
  };
  visit(formula.expression, [], []);
  return { connections, biases };
}

/** Whether a quantity is a number or a vector (for one sample) that flows through the network: no parameter, no rate. */
const carriesValue = (quantity: Quantity, one: OneSample): boolean =>
  one.shape(quantity).length <= 1 && quantity.role !== 'param' && quantity.role !== 'rate';

function factorsOf(e: Expression): Expression[] {
  return e.kind === 'operation' && e.operation === 'mul' ? e.operands.flatMap(factorsOf) : [e];
}
