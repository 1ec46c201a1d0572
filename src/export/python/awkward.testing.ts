import { type ModelCase, SeededNumbers } from '../../machine/testing/models.testing.ts';

/*
 * Models with names that Python uses otherwise, and with index maps that are hard for array code: each tests one place
 * where a printer of Python can go wrong.
 */

const n = new SeededNumbers(7);

const awkward = (name: string, text: string, recurrent?: string): ModelCase => ({
  name,
  text: text.trim().replace(/^ {4}/gm, ''),
  ...(recurrent && { recurrent }),
});

/** See above. */
export const awkwardCases: readonly ModelCase[] = [
  awkward(
    'names that belong to Python or to the file',
    `
    function print(lambda) = lambda * sigmoid(lambda)
    function value(np) = np^2 + tanh(np)
    function is(frame, frames) = frame * frames
    given in = ${n.array([3])}
    given None = ${n.array([2])}
    param lambda = ${n.array([2, 3])}
    param np = 0.3
    state run_old = 0.1
    eta = 0.1
    range = 0.5
    forward
      torch[k] = print(sum(class: lambda[k,class] * in[class])) + value(np)
      frame[k] = is(torch[k], run_old) - range * np
      sum_ = max(k: torch[k]) + __name__
      __name__ = torch[1] * 2
      L = sum(k: (frame[k] - None[k])^2) + sum_
      run_old <- 0.9 * run_old + 0.1 * L
    update
      lambda[k,class] <- lambda[k,class] - eta * dL/dlambda[k,class]
      np <- np - eta * dL/dnp
    store torch: 3dp  lambda: 4dp`,
  ),
  awkward(
    'names that become the same in Python',
    `
    given x = 0.4
    param μ = 0.5
    param µ = 0.7
    param ﬁ = 0.2
    param fi = 0.3
    param w½ = 0.1
    dL_dμ = 2
    μ_old = 3
    forward
      L = (μ * x - µ + ﬁ*fi + w½)^2 * dL_dμ + μ_old * μ
    update
      μ <- μ - 0.1 * dL/dμ
      µ <- µ - 0.1 * dL/dµ
      w½ <- w½ - 0.1 * dL/dw½
      ﬁ <- ﬁ - 0.1 * dL/dﬁ`,
  ),
  awkward(
    'indices called as quantities, parameters and each other',
    `
    given t = ${n.array([3])}
    given i = ${n.array([3, 2])}
    param j = ${n.array([2])}
    forward
      k[t] = sum(j: i[t,j] * j[j])
      L = sum(t: sum(i: k[t] * t[i])^2)
    update
      j[i] <- j[i] - 0.01 * dL/dj[i]`,
  ),
  awkward(
    'numbers of its own kind: division by nothing, huge powers, roots and signs',
    `
    given x = [2, 0, -3]
    zero = 0
    huge = 1e200
    index i = 1..3
    param a = 0.5
    forward
      one = 1/zero
      none = -1/(zero*2)
      much = huge^2
      less = -huge^3
      root = sqrt(2) * exp(1) + log(3) - abs(-2) + max(2, 3) - min(zero, 1)
      y[i] = -x[i]^2 - -x[i] + (-2)^3 - 2^2
      far[i] = x[i] / (i - 2)
      truth[i] = [x[i] > 0] + [x[i] = 0] * [1 < 2] - -[x[i] != 2] + 2 * [x[i] <= 0]
      place[i] = i
      level[i] = 3
      same[i] = a
      L = sum(i: y[i] * a) + root * a + [a > 0.1] * a
    update
      a <- a - 0.01 * dL/da`,
  ),
  awkward(
    'indices that run backwards, in steps, and along diagonals',
    `
    given x = ${n.array([7])}
    given A = ${n.array([3, 3])}
    param w = ${n.array([7])}
    index p = 1..3
    forward
      back[p] = w[8-p] * x[5-p]
      skip[p] = sum(u=0..1: w[2*p+u] * x[2*p-1])
      turn[p] = sum(i: A[i,p] * back[4-i])
      diagonal[p] = A[p,p] * skip[p]
      low[p] = sum(i=2..3: A[p,i] * back[i])
      some[p] = max(i=2..3: A[i,p] * w[i+p])
      top = max(i, j: A[i,j] * back[i])
      pick[p] = argmax(i=2..3, j=1..2: A[i,j] * w[p+j])
      L = sum(p: (turn[p] + diagonal[p] + low[p])^2) + sum(p: some[p]) + top * sum(i: max(j: A[i,j] * w[1]))  + 0 * sum(p: pick[p])
    update
      w[i] <- w[i] - 0.01 * dL/dw[i]`,
  ),
  awkward(
    'arrays of three dimensions and claims that name their indices in another order',
    `
    given x = ${n.array([2, 3])}
    param W = ${n.array([2, 4, 3])}
    param B = ${n.array([4, 2])}
    eta = 0.1
    forward
      q[h,t,j] = sum(i: W[h,j,i] * x[t,i]) + B[j,h]
      s[h,t,u] = sum(j: q[h,t,j] * q[h,u,j])
      m[t,h] = tanh(s[h,t,t])
      L = sum(h, t, u: s[h,t,u]^2) / 50 + sum(t, h: m[t,h])
    backward
      gq[j,t,h] : -dL/dq[h,t,j]
      gB[h,j] : dL/dB[j,h]
    update
      W[h,j,i] <- W[h,j,i] - eta * dL/dW[h,j,i]
      B[j,h] <- B[j,h] - eta * gB[h,j]`,
  ),
  awkward(
    'a recurrence over the second index, and one over two',
    `
    given x = ${n.array([2, 4])}
    param U = ${n.array([2, 2])}
    param v = 0.4
    forward
      h[j,t] = tanh(x[j,t] + sum(m: U[j,m] * h?[m,t-1]))
      d[j,t] = x[j,t] + v * d?[j-1,t] + v^2 * d?[j,t-1]
      L = sum(j, t: h[j,t] * d[j,t])
    update
      U[j,m] <- U[j,m] - 0.1 * dL/dU[j,m]
      v <- v - 0.1 * dL/dv`,
    't',
  ),
  awkward(
    'what is renewed in a loop and read before and after',
    `
    given x = ${n.array([4])}
    param a = ${n.array([4])}
    state m = 0.1 like a
    eta = 0.1
    rate decay = 0.5
    forward
      y[t] = a[t] * x[t] + when(t >= 2: a[t-1])
      L = sum(t: y[t]^2)
    update
      before = sum(t: m[t])
      m[t] <- 0.5 * m[t] + when(t > 1: dL/da[t-1]) + m[5-t]
      a[t] <- a[t] - eta * decay * m[t] * before
      after = sum(t: a[t] * m[t])
      decay <- decay * 0.9`,
  ),
  awkward(
    'a perceptron that a last bit decides',
    `
    given x = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
    given t = 1
    param w = [0.3, -0.3, 0.1, -0.1, 0.7, -0.7, 0.2, -0.1]
    param b = -0.21
    forward
      net = sum(i: w[i] * x[i]) + b
      y = step(net - net + (0.1 + 0.2 - 0.3))
      z = step(sum(i: w[i] * x[i]) + b - net)
    update
      w[i] <- w[i] + 0.1 * (t - y) * x[i]
      b <- b + 0.1 * (t - y)
      last = z`,
  ),
  awkward(
    'slopes that are not the derivative, and gradients that are stopped',
    `
    function hard(z) = [z > 0] slope 1 - tanh(z)^2
    function through(a, b) = max(a, b) slope 1, 1
    param w = ${n.array([3])}
    param u = 0.3
    forward
      s[i] = hard(w[i])
      r[i] = through(s[i] * w[i], stop(w[i]) * u)
      L = sum(i: s[i] * r[i]) + stop(u) * u + sum(i: abs(w[i]))
    update
      w[i] <- w[i] - 0.1 * dL/dw[i]
      u <- u - 0.1 * dL/du`,
  ),
  awkward(
    'kinks and ties exactly met',
    `
    given x = [0, 1, 1, -1]
    param w = [1, 1, 1, 1]
    param z = 0
    index p = 1..4
    forward
      a[i] = relu(w[i] * x[i])
      top = max(i: a[i])
      pair[p] = max(q where q <= p + 1: x[q] * w[q])
      L = sum(i: a[i]^2) + top + max(w[1], w[2]) * min(w[3], w[4]) + abs(z) + relu(z) + softplus(z) + sum(p: pair[p] * w[p])
    update
      w[i] <- w[i] - 0.1 * dL/dw[i]
      z <- z - 0.1 * dL/dz`,
  ),
  awkward(
    'an array that is too long to write out',
    `
    given x = ${n.array([40], 1)}
    given image = [${Array.from({ length: 60 }, (_, row) => `[${Array.from({ length: 20 }, (_, at) => (row * 20 + at * 7) % 256).join(', ')}]`).join(', ')}]
    param W = ${n.array([30, 40])}
    forward
      h[j] = tanh(sum(i: W[j,i] * x[i]))
      L = sum(j: h[j]^2) + sum(r, c: image[r,c]) / 1000
    update
      W[j,i] <- W[j,i] - 0.1 * dL/dW[j,i]`,
  ),
  awkward(
    'numbers of Python’s own in sums and functions, and functions that leave operands out',
    `
    index i = 1..3
    index j = 1..2
    function one(z) = 3
    function first(a, b) = a
    function second(a, b) = [b > 0] slope 1, 0
    function nest(a, b) = first(b, a) * one(b)
    given x = [1, 2, 3]
    given u = [0.5, 0.25]
    param w = [0.3, 0.1, -0.2]
    param v = [1, 2]
    eta = 0.1
    huge = 1e200
    forward
      a[i] = one(w[i])
      s = sum(i: one(w[i]))
      b[i,j] = first(w[i], v[j])
      c = sum(i, j: first(w[i], v[j]))
      cc = sum(i, j: second(w[i], v[j]) * nest(w[i], v[j]))
      d = stop(eta * 2)
      f = tanh(sum(i: stop(eta) * x[i]) + sum(k=1..3: 9))
      g = tanh(sum(k=1..3: 9)) + one(eta) + tanh(one(eta))
      k = tanh(max(k=1..3: k) ) + argmax(k=1..3: 4) + argmax(k=1..3: k*k)
      l[i] = when(i > 1: 1)
      m[i] = tanh(when(i > 1: 1))
      o[i] = sum(k=1..3 where k < i: 2) + max(k=1..3 where k < i: 2)
      p = 1 / (sum(k=1..3: 9) - 27)
      q = huge^2 + sum(k=1..3: huge^2)
      r = when(1 > 2: 1)
      t = max(one(x[1]), 2)
      aa[i,j] = first(u[j], w[i])
      L = sum(i: a[i]*w[i]) + s*c*cc*d*f*g*k*w[1] + sum(i: l[i] + m[i]*w[i] + o[i]*w[i]) + t*r*w[1] + sum(i,j: aa[i,j]*b[i,j])
    update
      w[i] <- w[i] - 0.001*dL/dw[i]
      v[j] <- v[j] - 0.001*dL/dv[j]`,
  ),
  awkward(
    'data that are kept in fewer digits than they are given in',
    `
    given c = [0.126, 0.374]
    sample x = ${n.array([5, 2])}
    sample t = ${n.array([5])}
    random r[2] = normal(3)
    param w = ${n.array([2])}
    state m = 0.123456
    batch i = 2, shuffled 7
    forward
      y = sum(j: w[j] * x[j] * (1 + c[j] * r[j])) + m
      L = (y - t)^2
    update
      w[j] <- w[j] - 0.1 * dL/dw[j]
    store x, c: 2dp  c[2]: 1dp  r: 1sf  w: 3dp  m: 2sf  y: 4dp  t: exact`,
  ),
  awkward(
    'nothing but numbers',
    `
    forward
      a = 1 + 2
      b = a / 4
      c = -0.0
      d = 1e-320 * 3`,
  ),
];
