import type { ModelCase } from '../machine/models.testing.ts';

/*
 * Models that differentiate by what PyTorch does not follow of itself, or whose loss it finds no way to.
 */

const unfollowed = (name: string, text: string): ModelCase => ({
  name: `derivatives by ${name}`,
  text: text.trim().replace(/^ {4}/gm, ''),
});

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
    'a condition that never holds',
    `
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
