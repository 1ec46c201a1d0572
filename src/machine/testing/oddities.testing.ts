import { type ModelCase, SeededNumbers } from './models.testing.ts';

/*
 * Small models that each test one corner of the language: reversed and strided indices, diagonals, shared
 * parameters, recurrences in both directions, maxima inside sums, functions with and without slopes.
 */

const n = new SeededNumbers(99);

const odd = (name: string, text: string, recurrent?: string): ModelCase => ({
  name,
  text: text.trim().replace(/^ {4}/gm, ''),
  ...(recurrent && { recurrent }),
});

/** All of them. */
export const oddities: readonly ModelCase[] = [
  odd(
    'a row read backwards',
    `
    given x = ${n.array([4])}
    param w = ${n.array([4])}
    forward
      y[i] = w[5-i] * x[i]
      L = sum(i: y[i]^2) + sum(i=1..2: w[2*i]^3)
    update
      w[i] <- w[i] - 0.1 * dL/dw[i]`,
  ),
  odd(
    'a diagonal and a transpose of the same matrix',
    `
    param W = ${n.array([3, 3])}
    given x = ${n.array([3])}
    forward
      a[i] = sum(j: W[i,j] * x[j])
      b[j] = sum(i: W[i,j] * tanh(a[i]))
      L = sum(i: W[i,i] * b[i])^2 + 0.01 * sum(i, j: abs(W[i,j]))
    update
      W[i,j] <- W[i,j] - 0.1 * dL/dW[i,j]`,
  ),
  odd(
    'a recurrence over two steps back',
    `
    given x = ${n.array([5])}
    param a = ${n.array([2], 0.4)}
    forward
      h[t] = tanh(x[t] + sum(s=1..2: a[s] * h?[t-s]))
      L = sum(t: h[t]^2)
    update
      a[s] <- a[s] - 0.1 * dL/da[s]`,
    't',
  ),
  odd(
    'a recurrence that runs downwards',
    `
    given x = ${n.array([5])}
    param a = 0.7
    forward
      h[t] = tanh(x[t] + a * h?[t+1])
      L = h[1]^2
    update
      a <- a - 0.1 * dL/da`,
    't',
  ),
  odd(
    'a recurrence told in two letters',
    `
    given x = ${n.array([4])}
    param a = 0.7
    param b = [0.3, -0.5]
    forward
      c[t,j] = tanh(b[j] * x[t] + a * sum(k: h?[t-1,k]))
      h[s,k] = c[s,k] * sigmoid(x[s]) + h?[s-1,k] / 2
      L = sum(t, j: h[t,j]^2)
    update
      a <- a - 0.1 * dL/da
      b[j] <- b[j] - 0.1 * dL/db[j]`,
    't',
  ),
  odd(
    'a recurrence over all that is before',
    `
    given x = ${n.array([5])}
    param a = 0.3
    forward
      h[t] = x[t] + a * sum(s where s < t: h[s]^2)
      L = sum(t: h[t])
    update
      a <- a - 0.1 * dL/da`,
    't',
  ),
  odd(
    'a maximum inside a sum',
    `
    param W = ${n.array([3, 4])}
    given x = ${n.array([4])}
    forward
      L = sum(i: max(j: W[i,j] * x[j])^2) + max(W[1,1], W[2,2]) * min(W[1,2], W[2,1])
    update
      W[i,j] <- W[i,j] - 0.1 * dL/dW[i,j]`,
  ),
  odd(
    'a maximum over what is still to come',
    `
    given x = [5, 4, 3, 2, 6]
    param w = [1.1, 1.2, 1.3, 1.4, 0.2]
    index t = 1..5
    forward
      m[t] = max(s, u=0..1 where s >= t: w[s] * (x[s] - u))
      L = sum(t: m[t]^2)
    update
      w[s] <- w[s] - 0.1 * dL/dw[s]
    store m[2]: 1dp  m: 3sf  m[3]: exact  w[1]: 1sf  w: 2dp`,
  ),
  odd(
    'functions of the lesson',
    `
    function swish(z) = z * sigmoid(z)
    function norm(a, b) = sqrt(a^2 + b^2 + 1) slope a/norm, b/norm
    function twice(z) = swish(swish(z))
    param w = ${n.array([3])}
    forward
      h[i] = twice(w[i]) + softplus(w[i]) * square(w[i]) - relu(w[i] + 0.1) / 3
      L = norm(sum(i: h[i]), h[1]) + step(h[2])
    update
      w[i] <- w[i] - 0.1 * dL/dw[i]`,
  ),
  odd(
    'batch normalisation',
    `
    given x = ${n.array([4, 3], 1)}
    given goal = ${n.array([4, 3], 1)}
    param γ = ${n.array([3])}
    param β = ${n.array([3])}
    param W = ${n.array([3, 3])}
    forward
      z[b,j] = sum(i: W[j,i] * x[b,i])
      μ[j] = sum(b: z[b,j]) / 4
      v[j] = sum(b: (z[b,j] - μ[j])^2) / 4
      n[b,j] = (z[b,j] - μ[j]) / sqrt(v[j] + 0.001)
      y[b,j] = γ[j] * n[b,j] + β[j]
      L = sum(b, j: (goal[b,j] - y[b,j])^2) / 8
    update
      W[j,i] <- W[j,i] - 0.1 * dL/dW[j,i]
      γ[j] <- γ[j] - 0.1 * dL/dγ[j]
      β[j] <- β[j] - 0.1 * dL/dβ[j]
    store μ, v: 3dp  n: 2dp`,
  ),
  odd(
    'an embedding tied to the output',
    `
    given w = [2, 1, 3] : index
    given next = [1, 3, 2] : index
    param E = ${n.array([3, 2])}
    forward
      h[t,j] = sum(v: [w[t] = v] * E[v,j])
      s[t,v] = sum(j: E[v,j] * h[t,j])
      Z[t] = sum(v: exp(s[t,v]))
      L = -sum(t, v: [next[t] = v] * log(exp(s[t,v]) / Z[t]))
    update
      E[v,j] <- E[v,j] - 0.1 * dL/dE[v,j]`,
  ),
  odd(
    'two losses on one net',
    `
    given x = ${n.array([2])}
    param a = ${n.array([2])}
    param b = 0.4
    forward
      g = sum(i: a[i] * x[i])
      d = sigmoid(b * g)
      J = -log(d)
      L = log(1 - d + 0.1) + (b - 1)^2
    backward
      up : dJ/dd
    update
      a[i] <- a[i] - 0.1 * dJ/da[i] - 0.01 * dL/da[i]
      b <- b - 0.1 * dL/db + 0 * up`,
  ),
  odd(
    'a window that is clipped, and a term that is there only sometimes',
    `
    given x = ${n.array([6])}
    param k = ${n.array([3])}
    index t = 1..6
    forward
      y[t] = sum(s where t - 1 <= s <= t + 1: k[s-t+2] * x[s])
      L = sum(t: y[t]^2 * when(t > 2: x[t-2]))
    update
      k[s] <- k[s] - 0.1 * dL/dk[s]`,
  ),
  odd(
    'functions with sums, called with the names of their indices',
    `
    index p = 1..3
    function wave(z) = sum(i=1..3: tanh(z*i) / i)
    function twist(i) = sum(p: sigmoid(i*p)) slope sum(p: p * sigmoid(i*p) * (1 - sigmoid(i*p)))
    param w = ${n.array([3])}
    forward
      h[i] = wave(w[i]) * twist(w[i] + i)
      L = wave(sum(p: twist(h[p])))
    update
      w[p] <- w[p] - 0.1 * dL/dw[p]`,
  ),
  odd(
    'a running mean that is renewed before it is used, and one that is used before it is renewed',
    `
    given x = ${n.array([3])}
    param a = 0.8
    param b = 0.5
    state r = 0.3
    state s = 0.2
    forward
      m[i] = a * x[i]
      r <- 0.5*r + 0.5*sum(i: m[i])
      L = sum(i: (m[i] - r*b)^2) + s*b
      s <- 0.9*s + 0.1*m[1]
    update
      a <- a - 0.1 * dL/da
      b <- b - 0.1 * dL/db`,
  ),
  odd(
    'a loss on a few cells only',
    `
    given x = ${n.array([4])}
    param a = 0.7
    param W = ${n.array([4, 4])}
    forward
      g[t] = tanh(a * x[t])
      h[t] = sum(s: W[t,s] * g[s])
      k[t] = h[t]^2
      L = k[2] + sum(u where u >= 3: k[u])
    update
      a <- a - 0.1 * dL/da
      W[t,s] <- W[t,s] - 0.1 * dL/dW[t,s]`,
  ),
  odd(
    'a loss on one cell only',
    `
    given x = ${n.array([4])}
    param a = 0.7
    forward
      h[t] = tanh(a * x[t])
      L = h[2]^2
    update
      a <- a - 0.1 * dL/da`,
  ),
  odd(
    'a gradient that is stopped',
    `
    given x = ${n.array([3])}
    param w = ${n.array([3])}
    param u = 0.4
    forward
      q[i] = w[i] * x[i] * u
      L = sum(i: stop(0 * q[i]) + u * q[i]) + 2
    update
      w[i] <- w[i] - 0.1 * dL/dw[i]
      u <- u - 0.1 * dL/du`,
  ),
  odd(
    'waves of a position, as attention encodes it',
    `
    given x = ${n.array([3])}
    param w = ${n.array([3])}
    param f = 1.3
    forward
      p[i] = sin(w[i] * x[i]) + cos(i * f)
      L = sum(i: p[i]^2) + sin(cos(f)) * w[1]
    update
      w[i] <- w[i] - 0.1 * dL/dw[i]
      f <- f - 0.1 * dL/df`,
  ),
];
