import type { ModelCase } from '../../machine/testing/models.testing.ts';
import { unfollowed } from './unfollowed.testing.ts';

/*
 * Models in which PyTorch finds no path from the loss to what it is differentiated by, or might take another: behind a
 * stop-gradient, only compared, never true or out of range; the same tensor or the same name for two things.
 */

/** See above. */
export const closedPathCases: readonly ModelCase[] = [
  unfollowed(
    'what is stopped',
    `
    param w = 0.5
    forward
      a = w*2
      b = stop(a)
      L = b^2 + w
    backward
      g : dL/da
      h : dL/db
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'a loss that depends on nothing',
    `
    param w = 0.5
    forward
      a = w*2
      L = 3 + when(1 > 2: a)
    backward
      g : dL/da
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'an empty range',
    `
    param w = 0.5
    given x = [1,2,3]
    index k = 1..3
    forward
      a = w*2
      L = sum(k where k > 5: a*x[k])
    backward
      g : dL/da
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'a parameter that a function only compares',
    `
    function f(a,b) = a + [b > 0]
    param w = 0.5
    param v = 0.5
    forward
      a = w*2
      b = v*2
      L = f(a,b)^2
    backward
      g : dL/da
      h : dL/db
    update
      w <- w - 0.1*dL/dw
      v <- v - 0.1*dL/dv`,
  ),
  unfollowed(
    'a read that is always out of range',
    `
    index i = 1..2
    param w = [0.1,0.2]
    given x = [1,2]
    forward
      a[i] = w[i]*2
      b[i] = a?[i+5]
      L = sum(i: b[i]*x[i])
    backward
      g[i] : dL/da[i]
      h[i] : dL/db[i]
    update
      w[i] <- w[i] - 0.1*dL/dw[i]`,
  ),
  unfollowed(
    'data, into what forward renews',
    `
    param w = 0.5
    state m = 0.2
    given x = 2
    forward
      a = x*2
      m <- 0.5*m + a
      L = (m * w)^2 + a
    backward
      g : dL/da
      h : dL/dm
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'a condition that never holds',
    `
    index t = 1..3
    given x = [1,2,3]
    param w = 0.5
    forward
      a[t] = x[t] * 2
      b[t] = when(t >= 5: a[t])
      L = w*sum(t: b[t]^2)
    backward
      g[t] : dL/da[t]
      k[t] : dL/db[t]
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'the same tensor, by way of functions',
    `
    function id(z) = z
    function part(a, b) = max(a, b) slope 1, 0
    given x = 2
    param w = 0.5
    param v = 0.25
    forward
      a = id(w)
      b = id(x)
      c = id(id(a))
      d = part(w, v)
      L = (a + w + c)^2 + b*x*v + d
    backward
      g : dL/da
      h : dL/dw
      i : dL/db
      j : dL/dx
      k : dL/dc
      l : dL/dd
    update
      v <- v - 0.1*dL/dv`,
  ),
  unfollowed(
    'a slope that is said to be 0',
    `
    function q(z) = z^2 slope 0
    param w = 0.5
    forward
      a = q(w)
      b = q(a)
      L = b + a
    backward
      g : dL/da
      h : dL/dw
      i : dL/db`,
  ),
  unfollowed(
    'no number',
    `
    param w = -0.5
    forward
      a = log(w)
      L = a^2
    backward
      g : dL/da
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'a number over 0',
    `
    param w = 0
    forward
      a = sqrt(w)
      L = a^2
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'an empty range in part',
    `
    index t = 1..3
    index u = 1..3
    given x = [1,2,3]
    param w = 0.5
    forward
      a[t] = x[t] * w
      L = w*sum(t where t > 5: a[t]^2) + sum(t where t > 1: sum(u where u < t: x[u]))
    backward
      g[t] : dL/da[t]
      k[t] : dL/dx[t]
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'what an update has renewed before',
    `
    given x = 2
    param w = 0.5
    forward
      a = x*w
      L = a^2
    update
      w <- w - 0.1*dL/dw
    forward
      b = x*w
      M = b^3
    backward
      g : dM/dw
      h = dM/dw * 1`,
  ),
];
