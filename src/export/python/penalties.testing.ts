import type { ModelCase } from '../../machine/testing/models.testing.ts';

/** A batch with a term that all samples share, in their loss and in one of its own; `%` stands for the batch's options. */
export const sharedPenalty = `
    sample x = [1, 2, 3, 4]
    param w = 0.5
    param P = 0.3
    param Q = 0.2
    batch n = 2%
    forward
      L = (x*w - 1)^2 + P^2
      R = Q^2
    backward
      own = 2*P : dL/dP
      once = 2*Q : dR/dQ
    update
      w <- w - 0.1*dL/dw
      P <- P - 0.1*own
      Q <- Q - 0.1*once`
  .trim()
  .replace(/^ {4}/gm, '');

/** The model with a batch that is summed, one that runs together, and one that takes the mean. */
export const penaltyCases: readonly ModelCase[] = [', sum', ', sum, together', ', mean'].map((options) => ({
  name: `a penalty in a batch${options}`,
  text: sharedPenalty.replace('%', options),
}));
