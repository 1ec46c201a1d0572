import { children, type Expression, type Reference, references } from '../expression.ts';

/** Of what the mean is the same, whether it is taken before or after. */
const linear: ReadonlySet<string> = new Set(['add', 'sub', 'neg']);

/**
 * An update reads what has a value for each sample by its mean (or sum) over the batch. Where it multiplies or bends
 * what forward has computed, as in `(t - y) * x[i]`, its author means the mean of the outcome, which is another number.
 * Gives the last quantity of `isForward` that is read so; gradients written by hand may be bent, as Adam bends them.
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
