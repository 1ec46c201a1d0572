import { type ModelCase, SeededNumbers } from './models.testing.ts';

/** A model that takes its data in samples. */
export interface BatchCase extends ModelCase {
  /** Its samples cannot be computed one after the other. */
  readonly together?: boolean;
}

const shape = (text: string): string => text.trim().replace(/^ {4}/gm, '');

/** The lecture's net on the four cases of XOR, its backward pass by hand. */
export const xor: BatchCase = {
  name: 'XOR in one batch, by hand',
  text: shape(`
    sample x = [[0, 0], [0, 1], [1, 0], [1, 1]]
    sample t = [[0], [1], [1], [0]]
    param W1 = [[0.1, 0.8], [0.4, 0.6]]
    param W2 = [[0.3, 0.9]]
    param b = [0.1]
    eta = 0.5
    batch n = all
    forward
      net1[j] = sum(i: W1[j,i] * x[i])
      h[j]    = sigmoid(net1[j])
      net2[k] = sum(j: W2[k,j] * h[j]) + b[k]
      y[k]    = sigmoid(net2[k])
      L       = sum(k: (t[k] - y[k])^2) / 2
    backward
      δ2[k]   = (t[k] - y[k]) * y[k]*(1 - y[k])           : -dL/dnet2[k]
      δ1[j]   = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k]) : -dL/dnet1[j]
      g2[k,j] = -δ2[k] * h[j]                             : dL/dW2[k,j]
      g1[j,i] = -δ1[j] * x[i]                             : dL/dW1[j,i]
      gb[k]   = -δ2[k]                                    : dL/db[k]
    update
      W2[k,j] <- W2[k,j] - eta * g2[k,j]
      W1[j,i] <- W1[j,i] - eta * g1[j,i]
      b[k]    <- b[k] - eta * gb[k]
    store h[1]: 2dp  h[2]: 4dp  y: 2dp  δ1, δ2: 4dp  g1, g2: 3sf  W1, W2: 4dp`),
};

const n = new SeededNumbers(31);
const options = ['', ', shuffled 7', ', sum', ', shuffled 5, sum, together'];

/** A random fully connected net on random samples, the backward pass derived. */
export function batchPerceptron(seed: number): BatchCase {
  const numbers = new SeededNumbers(seed);
  const [inputs, hidden, outputs] = [numbers.whole(1, 3), numbers.whole(1, 3), numbers.whole(1, 2)];
  const count = numbers.whole(3, 6);
  const size = numbers.whole(2, count);
  const activation = numbers.pick(['sigmoid', 'tanh', 'relu']);
  const option = options[seed % options.length];
  return {
    name: `perceptron ${inputs}-${hidden}-${outputs} ${activation}, ${size} of ${count}${option}`,
    text: shape(`
    sample x = ${numbers.array([count, inputs], 1)}
    sample t = ${numbers.array([count, outputs], 1)}
    param W1 = ${numbers.array([hidden, inputs])}
    param b1 = ${numbers.array([hidden])}
    param W2 = ${numbers.array([outputs, hidden])}
    eta = 0.2
    λ = 0.01
    batch n = ${size}${option}
    forward
      net[j] = sum(i: W1[j,i] * x[i]) + b1[j]
      h[j] = ${activation}(net[j])
      y[k] = sum(j: W2[k,j] * h[j])
      L = sum(k: (t[k] - y[k])^2) + λ * sum(j, i: W1[j,i]^2)
    backward
      δ[j] : -dL/dnet[j]
      g[j,i] : dL/dW1[j,i]
    update
      W1[j,i] <- W1[j,i] - eta * g[j,i]
      b1[j] <- b1[j] - eta * dL/db1[j]
      W2[k,j] <- W2[k,j] - eta * dL/dW2[k,j]
    store h: 3dp  δ: 4dp  y[1]: 2dp`),
  };
}

/** Models that take their data in samples. */
export const batchCases: readonly BatchCase[] = [
  xor,
  ...Array.from({ length: 4 }, (_, seed) => batchPerceptron(seed + 1)),
  {
    name: 'softmax and cross-entropy on a mini-batch with momentum',
    text: shape(`
    sample x = ${n.array([5, 3])}
    sample t = [[0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]] : onehot
    param W = ${n.array([3, 3])}
    param b = ${n.array([3])}
    state m = 0 like W
    eta = 0.1
    batch n = 3, shuffled 11
    forward
      z[k] = sum(i: W[k,i] * x[i]) + b[k]
      top = max(k: z[k])
      e[k] = exp(z[k] - top)
      p[k] = e[k] / sum(l: e[l])
      L = -sum(k: t[k] * log(p[k]))
    update
      m[k,i] <- 0.9 * m[k,i] + dL/dW[k,i]
      W[k,i] <- W[k,i] - eta * m[k,i]
      b[k] <- b[k] - eta * dL/db[k]
    store p: 3dp  e: 4sf`),
  },
  {
    name: 'convolution and max-pool on a batch of images',
    text: shape(`
    sample x = ${n.array([3, 5, 4], 1)}
    sample goal = ${n.array([3, 2])}
    param K = ${n.array([2, 2, 2])}
    param V = ${n.array([2, 2, 2])}
    index p = 1..3
    index q = 1..2
    eta = 0.1
    batch n = 2
    forward
      a[c,p,q] = relu(sum(u, v: K[c,u,v] * x?[2*p+u-2, 2*q+v-2]))
      m[c,r] = max(u=0..1, q: a[c,r+u,q])
      y[k] = sum(c, r: V[k,c,r] * m[c,r])
      L = sum(k: (goal[k] - y[k])^2)
    update
      K[c,u,v] <- K[c,u,v] - eta * dL/dK[c,u,v]
      V[k,c,r] <- V[k,c,r] - eta * dL/dV[k,c,r]
    store a: 2dp  y: 3sf`),
  },
  {
    name: 'LSTM over a batch of sequences',
    recurrent: 't',
    text: shape(`
    sample x = ${n.array([3, 3, 2], 1)}
    sample goal = ${n.array([3, 1])}
    ${['f', 'i', 'o', 'g']
      .map((g) => `param W${g} = ${n.array([2, 2])}\n    param U${g} = ${n.array([2, 2])}`)
      .join('\n    ')}
    param V = ${n.array([1, 2])}
    eta = 0.1
    batch n = 2
    forward
      ${['f', 'i', 'o', 'g']
        .map((g) => {
          const activation = g === 'g' ? 'tanh' : 'sigmoid';
          return `${g}[t,j] = ${activation}(sum(a: W${g}[j,a] * x[t,a]) + sum(m: U${g}[j,m] * h?[t-1,m]))`;
        })
        .join('\n      ')}
      c[t,j] = f[t,j] * c?[t-1,j] + i[t,j] * g[t,j]
      h[t,j] = o[t,j] * tanh(c[t,j])
      y[k] = sum(j: V[k,j] * h[3,j])
      L = sum(k: (goal[k] - y[k])^2) / 2
    update
      ${['f', 'i', 'o', 'g']
        .map(
          (g) =>
            `W${g}[j,a] <- W${g}[j,a] - eta * dL/dW${g}[j,a]\n      U${g}[j,m] <- U${g}[j,m] - eta * dL/dU${g}[j,m]`,
        )
        .join('\n      ')}
      V[k,j] <- V[k,j] - eta * dL/dV[k,j]
    store c: 3dp`),
  },
  {
    name: 'dropout, a normalised weight and a decaying rate',
    text: shape(`
    sample x = ${n.array([4, 3], 1)}
    sample t = ${n.array([4], 1)}
    param V = ${n.array([3, 3])}
    param w = ${n.array([3])}
    state step = 0
    rate eta0 = 0.3
    random r[3] = uniform(7)
    random ε = normal(8)
    mode training
    batch n = 2, shuffled 3
    forward
      eta = eta0 / (1 + 0.1 * step)
      size[j] = sqrt(sum(i: V[j,i]^2))
      W[j,i] = V[j,i] / size[j]
      a[j] = tanh(sum(i: W[j,i] * (x[i] + training * 0.1 * ε)))
      h[j] = a[j] * (training * [r[j] >= 0.4] / 0.6 + 1 - training)
      y = sum(j: w[j] * h[j])
      L = (t - y)^2 / 2
    backward
      gw[j] = -(t - y) * h[j] : dL/dw[j]
    update
      step <- step + 1
      V[j,i] <- V[j,i] - eta * dL/dV[j,i]
      w[j] <- w[j] - eta * dL/dw[j]
    store a: 3dp`),
  },
  {
    name: 'batch normalisation',
    together: true,
    text: shape(`
    sample x = ${n.array([4, 3], 1)}
    sample goal = ${n.array([4, 3], 1)}
    param γ = ${n.array([3])}
    param β = ${n.array([3])}
    param W = ${n.array([3, 3])}
    state running = [0, 0, 0]
    mode training
    eta = 0.1
    batch n = 3
    forward
      z[j] = sum(i: W[j,i] * x[i])
      μ[j] = sum(n: z[n,j]) / 3
      v[j] = sum(n: (z[n,j] - μ[j])^2) / 3
      hat[n,j] = (z[n,j] - (training * μ[j] + (1 - training) * running[j])) / sqrt(v[j] + 0.001)
      running[j] <- 0.9 * running[j] + 0.1 * μ[j]
      y[j] = γ[j] * hat[j] + β[j]
      L = sum(j: (goal[j] - y[j])^2) / 2
    update
      W[j,i] <- W[j,i] - eta * dL/dW[j,i]
      γ[j] <- γ[j] - eta * dL/dγ[j]
      β[j] <- β[j] - eta * dL/dβ[j]
    store μ, v: 3dp  hat: 2dp`),
  },
  {
    name: 'a loss of the batch as a whole',
    together: true,
    text: shape(`
    sample x = ${n.array([3, 2], 1)}
    param w = ${n.array([2])}
    eta = 0.1
    batch n = all
    forward
      y = tanh(sum(i: w[i] * x[i]))
      best = max(n: y[n])
      L = sum(n: y[n]^2) / 3 + best^2
    update
      w[i] <- w[i] - eta * dL/dw[i]
    store y: 2dp`),
  },
];

/** A GAN on batches: new noise for every sample, two losses, the discriminator updated in between. */
export const sampledAdversaries: BatchCase = {
  name: 'a GAN on batches of noise',
  text: shape(`
    sample x = ${n.array([5], 1)}
    random z = normal(4)
    param a = 0.5
    param b = 0.1
    param w = 0.8
    param c = -0.2
    eta = 0.1
    batch n = 3, shuffled 2
    forward
      g = a*z + b
      real = sigmoid(w*x + c)
      fake = sigmoid(w*g + c)
      LD = -log(real) - log(1 - fake)
    update
      w <- w - eta * dLD/dw
      c <- c - eta * dLD/dc
    forward
      fooled = sigmoid(w*g + c)
      LG = -log(fooled)
    update
      a <- a - eta * dLG/da
      b <- b - eta * dLG/db
    store fooled, fake: 3dp  w: 2dp`),
};
