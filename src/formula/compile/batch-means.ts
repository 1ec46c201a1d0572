import { children, type Expression, type Reference, references } from '../expression.ts';

/** Operations that give the same whether the mean is taken before or after. */
const linear: ReadonlySet<string> = new Set(['add', 'sub', 'neg']);

/**
 * An update reads a quantity that differs from sample to sample (`isPerSample`) by its mean or sum over the batch. Where it
 * multiplies such means or applies a nonlinear function, as in `(t - y) * x[i]`, the author means the mean of the result,
 * another number. Gives the last reference of `isForward` read in this way, undefined where there is none. Leave gradients
 * written by hand out of `isForward`: Adam does take the square of their mean.
 */
export function mixedMean(
  e: Expression,
  isPerSample: (read: Reference) => boolean,
  isForward: (read: Reference) => boolean,
): Reference | undefined {
  const within = (part: Expression) => [...references(part)].filter(isPerSample);
  for (const part of children(e)) {
    const inside = mixedMean(part, isPerSample, isForward);
    if (inside !== undefined) return inside;
  }
  return isLinear(e, (part) => within(part).length === 0) ? undefined : within(e).filter(isForward).pop();
}

function isLinear(e: Expression, isShared: (part: Expression) => boolean): boolean {
  if (e.kind === 'reduction') return e.reducer === 'sum';
  if (e.kind !== 'operation') return e.kind !== 'power' && e.kind !== 'call';
  const [left, right] = e.operands;
  if (e.operation === 'mul') return isShared(left) || isShared(right);
  return e.operation === 'div' ? isShared(right) : linear.has(e.operation);
}
