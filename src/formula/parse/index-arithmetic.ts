import { type Affine, constant, minus, plus, scale } from '../affine.ts';
import { apply, type Expression } from '../expression.ts';
import type { OperationName } from '../operation.ts';

/** An expression as index arithmetic; undefined where it is none. */
export function toAffine(e: Expression): Affine | undefined {
  if (e.kind === 'index') return e.index;
  return e.kind === 'number' && Number.isInteger(e.value) ? constant(e.value) : undefined;
}

/** Index arithmetic is evaluated here, once, and is not a step; everything else stays as written. */
export function combine(name: OperationName, left: Expression, right: Expression): Expression {
  const [a, b] = [toAffine(left), toAffine(right)];
  if ((left.kind === 'index' || right.kind === 'index') && a !== undefined && b !== undefined) {
    if (name === 'add') return { kind: 'index', index: plus(a, b) };
    if (name === 'sub') return { kind: 'index', index: minus(a, b) };
    if (name === 'mul' && a.terms.length === 0) return { kind: 'index', index: scale(b, a.constant) };
    if (name === 'mul' && b.terms.length === 0) return { kind: 'index', index: scale(a, b.constant) };
  }
  return apply(name, left, right);
}
