import { type Expression, references, walk } from '../../formula/expression.ts';
import type { Model } from '../../formula/model.ts';
import { calledOperations, operation, precedence } from '../../formula/operation.ts';

/**
 * Whether a node itself is a comparison (`<`, `<=` and the like): its value jumps, so the last bit of its operands can decide
 * it.
 */
export const isComparison = (e: Expression): boolean =>
  e.kind === 'operation' &&
  operation(e.operation).precedence === precedence.atom &&
  operation(e.operation).arity === 2 &&
  !calledOperations.has(e.operation);

/**
 * Whether `isSought` holds for a node of an expression, itself included, or of a function that it calls, directly or not.
 * Declared slopes are not looked at.
 */
export function reaches(
  e: Expression,
  functions: Model['functions'],
  isSought: (node: Expression) => boolean,
): boolean {
  return [...walk(e)].some((node) => {
    if (isSought(node)) return true;
    const definition = node.kind === 'call' ? functions.get(node.name) : undefined;
    return definition !== undefined && reaches(definition.body, functions, isSought);
  });
}

/**
 * Names of the quantities that forward passes compare, and of all that these are computed from, as far as forward passes
 * compute them: a perceptron's net input decides a step.
 */
export function decidingQuantities({ formulas, functions }: Model): Set<string> {
  const forward = formulas.filter(({ phase }) => phase === 'forward');
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    for (const { target, expression } of forward) {
      if (target !== name) continue;
      found.add(name);
      for (const read of references(expression)) add(read.name);
    }
  };
  for (const { expression, target } of forward) {
    for (const node of walk(expression)) {
      if (!isComparison(node) && !(node.kind === 'call' && reaches(node, functions, isComparison))) continue;
      if ([...walk(node)].some(({ kind }) => kind === 'reduction')) found.add(target);
      for (const { name } of references(node)) add(name);
    }
  }
  return found;
}
