import type { Condition } from '../formula/affine.ts';
import { freshen } from '../formula/derive/derivative-paths.ts';
import type { BoundIndex, Expression, Reduction, Reference } from '../formula/expression.ts';
import type { Formula } from '../formula/model.ts';
import type { FunctionStatement } from '../formula/statement.ts';

/** A place in a formula where cells are read: one cell for each value of the formula's own indices and of those around it. */
export interface ReadingPlace {
  readonly formula: Formula;
  /** With its indices renamed as in `indices`. */
  readonly reference: Reference;
  /** The indices of the reductions around it, outermost first, renamed so that all names differ, also from the formula's own. */
  readonly indices: readonly BoundIndex[];
  /** The conditions under which it is read. */
  readonly where: readonly Condition[];
  /** The path to it from the formula's expression: the number of the part of each node that it lies in, from 0. */
  readonly path: readonly number[];
  /** The arg-maxima around it: an arg-max of a single term does not read it, since its position is known. */
  readonly choices: readonly Reduction[];
}

/**
 * Every place in a formula where cells are read, from left to right, also within a stop-gradient. An argument that its function
 * does not use is not read. `functions` are the model's.
 */
export function readingPlaces(
  formula: Formula,
  functions: ReadonlyMap<string, FunctionStatement>,
): ReadingPlace[] {
  const found: ReadingPlace[] = [];
  const visit = (e: Expression, around: Omit<ReadingPlace, 'formula' | 'reference'>): void => {
    switch (e.kind) {
      case 'reference':
        found.push({ formula, reference: e, ...around });
        return;
      case 'operation':
        e.operands.forEach((operand, n) => {
          visit(operand, into(around, n));
        });
        return;
      case 'call': {
        const definition = functions.get(e.name);
        e.operands.forEach((operand, n) => {
          if (definition === undefined || uses(definition.body, definition.parameters[n], functions))
            visit(operand, into(around, n));
        });
        return;
      }
      case 'power':
        visit(e.base, into(around, 0));
        return;
      case 'stop':
        visit(e.body, into(around, 0));
        return;
      case 'when':
        visit(e.body, { ...into(around, 0), where: [...around.where, ...e.where] });
        return;
      case 'reduction':
        visit(e.body, {
          path: [...around.path, 0],
          indices: [...around.indices, ...e.indices],
          where: [...around.where, ...e.where],
          choices: e.reducer === 'argmax' ? [...around.choices, e] : around.choices,
        });
    }
  };
  visit(freshen(formula.expression), { path: [], indices: [], where: [], choices: [] });
  return found;
}

const into = <Around extends { readonly path: readonly number[] }>(around: Around, n: number): Around => ({
  ...around,
  path: [...around.path, n],
});

/** Whether a function's body uses a parameter. */
function uses(
  body: Expression,
  parameter: string,
  functions: ReadonlyMap<string, FunctionStatement>,
): boolean {
  const within = (e: Expression): boolean => uses(e, parameter, functions);
  switch (body.kind) {
    case 'parameter':
      return body.name === parameter;
    case 'operation':
      return body.operands.some(within);
    case 'call': {
      const definition = functions.get(body.name);
      return body.operands.some(
        (operand, n) =>
          within(operand) &&
          (definition === undefined || uses(definition.body, definition.parameters[n], functions)),
      );
    }
    case 'power':
      return within(body.base);
    case 'stop':
    case 'when':
    case 'reduction':
      return within(body.body);
    default:
      return false;
  }
}
