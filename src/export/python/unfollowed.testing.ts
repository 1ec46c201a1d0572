import type { ModelCase } from '../../machine/testing/models.testing.ts';

/*
 * Models that differentiate by what PyTorch does not track by itself: data, constants, and what is computed from them.
 */

/** A case from an indented text. */
export const unfollowed = (name: string, text: string): ModelCase => ({
  name: `derivatives by ${name}`,
  text: text.trim().replace(/^ {4}/gm, ''),
});

/** See above. */
export const unfollowedCases: readonly ModelCase[] = [
  unfollowed(
    'data only',
    `
    given x = 3
    param w = 0.5
    forward
      a = x*2
      L = (a*w)^2
    backward
      g : dL/da
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'a constant',
    `
    param w = 0.5
    forward
      a = 2
      L = (a*w)^2
    backward
      g : dL/da
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'an array of constants',
    `
    index i = 1..2
    param w = [0.5, 0.3]
    forward
      a[i] = 2 + 0*i
      L = sum(i: a[i]*w[i])^2
    backward
      g[i] : dL/da[i]
    update
      w[i] <- w[i] - 0.1*dL/dw[i]`,
  ),
  unfollowed(
    'data, where there are no parameters',
    `
    given x = [1,2]
    forward
      a[i] = 2*x[i]
      L = sum(i: a[i]^2)
    backward
      g[i] : dL/da[i]
      h[i] : dL/dx[i]`,
  ),
  unfollowed(
    'data, by two losses',
    `
    given x = [1,2]
    param w = 0.5
    forward
      a[i] = 2*x[i]
      b = 7
      L = sum(i: a[i]^2)
      M = w * sum(i: a[i]^2) + b
    backward
      g[i] : dL/da[i]
      h[i] : dM/da[i]
      k : dM/db
    update
      w <- w - 0.1*dM/dw`,
  ),
  unfollowed(
    'samples, and a constant that they share',
    `
    sample x = [1,2,3]
    param w = 0.5
    batch n = 2
    forward
      a = 2*x
      c = 5
      L = (a*w*c)^2
    backward
      g : dL/da
      h : dL/dx
      i : dL/dc
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'what an optimizer remembers, and a rate',
    `
    param w = 0.5
    state m = 0.2
    rate e = 0.1
    forward
      a = m*2
      q = e * 3
      L = (a*w*q)^2
      m <- 0.9*m + 0.1*w
    backward
      g : dL/da
      h : dL/dm
      i : dL/de
      j : dL/dq
    update
      w <- w - e*dL/dw
      e <- e*0.9`,
  ),
  unfollowed(
    'a winner, labels and a truth value',
    `
    given t = [0, 1, 0]
    param w = [0.1,0.2,0.3]
    forward
      k = argmax(i: t[i])
      r = [w[1] > 0]
      L = sum(i: w[i]*t[i])^2 * k + r*w[2]
    backward
      g : dL/dk
      h[i] : dL/dt[i]
      i : dL/dr
    update
      w[i] <- w[i] - 0.1*dL/dw[i]`,
  ),
  unfollowed(
    'copies of data',
    `
    index i = 1..2
    index j = 1..2
    given x = [1,2]
    given s = 3
    param w = [0.1,0.2]
    forward
      a[i] = x[i]
      b = s
      c[i] = x[3-i]
      d[i,j] = a[j]
      L = sum(i: a[i]*w[i] + b*c[i])^2 + sum(i,j: d[i,j]*w[i])
    backward
      g[i] : dL/da[i]
      h : dL/db
      k[i] : dL/dc[i]
      l[i,j] : dL/dd[i,j]
    update
      w[i] <- w[i] - 0.1*dL/dw[i]`,
  ),
  unfollowed(
    'data times 0',
    `
    param w = [0.1,0.2]
    param q = 3
    given x = 1
    forward
      z = x + 1
      L = sum(i: w[i])^2 + 0*q*z
    backward
      g : dL/dq
      h : dL/dz
      i : dL/dx
    update
      w[i] <- w[i] - 0.1*dL/dw[i]`,
  ),
  unfollowed(
    'data, through a recurrence',
    `
    given x = [1,2,3]
    param w = 0.5
    forward
      h[t] = 0.5*h?[t-1] + x[t]
      L = w*sum(t: h[t]^2)
    backward
      g[t] : dL/dh[t]
      k[t] : dL/dx[t]
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'data, in two passes',
    `
    param w = 0.5
    param v = 0.5
    given x = 3
    forward
      a = x*2
      L = (a*w)^2
    backward
      g : dL/da
    update
      w <- w - 0.1*dL/dw
    forward
      b = x*3
      M = (b*v*w)^2
    backward
      h : dM/db
    update
      v <- v - 0.1*dM/dv`,
  ),
  unfollowed(
    'random numbers and the mode',
    `
    random r[3] = normal(1)
    mode training
    param w = 0.5
    forward
      a = training * 2
      b[i] = r[i]
      L = (w * a * sum(i: b[i]))^2
    backward
      g : dL/da
      h[i] : dL/db[i]
      i[i] : dL/dr[i]
      j : dL/dtraining
    update
      w <- w - 0.1*dL/dw`,
  ),
  unfollowed(
    'one cell of data',
    `
    index i = 1..2
    param w = [1,2]
    given x = [3,4]
    forward
      a = x[1]
      b[i] = x[3-i]
      L = (a*w[1])^2 + sum(i: b[i]*w[i])
    backward
      g : dL/da
      h[i] : dL/db[i]
    update
      w[i] <- w[i] - 0.1*dL/dw[i]`,
  ),
  unfollowed(
    'a parameter that no sample changes',
    `
    sample x = [1,2,3,4]
    param w = 0.5
    param P = 0.3
    batch n = 2
    forward
      q = P^2
      L = (x*w - 1)^2 + q
    backward
      h : dL/dq
      k : dL/dx
    update
      w <- w - 0.1*dL/dw
      P <- P - 0.1*dL/dP`,
  ),
  unfollowed(
    'the same, summed',
    `
    sample x = [1,2,3,4]
    param w = 0.5
    param P = 0.3
    batch n = 2, sum
    forward
      q = P^2
      L = (x*w - 1)^2 + q
    backward
      h : dL/dq
      k : dL/dx
    update
      w <- w - 0.1*dL/dw
      P <- P - 0.1*dL/dP`,
  ),
];
