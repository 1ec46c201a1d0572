import { describe, expect, it } from 'vitest';
import { attentionCase, convolutionCase, gated, lecture } from '../../machine/testing/models.testing.ts';
import { exportNumpy } from './numpy.ts';
import { exportMachine } from './python.testing.ts';
import { exportTorch } from './torch.ts';

/** The data of the small models below, so that each is one formula of `y` and what it reads. */
const data = `
given A = [[1, 2, 3], [4, 5, 6]]
given B = [[1, 2, 3], [4, 5, 6]]
given M = [[[1, 2], [3, 4], [5, 6]], [[1, 2], [3, 4], [5, 6]]]
given u = [1, 2]
given v = [1, 2, 3]
given w = [1, 2, 3]
c = 2
function f(z) = 1 / z
index t = 1..3
index r = 1..2
`;

type Print = typeof exportNumpy;

/** The lines of `run` that compute `y`, without their comments. */
function linesOf(formula: string, print: Print = exportNumpy): string[] {
  const text = print(exportMachine(`${data}\nforward\n  ${formula}`, 'full'), { title: 'y', frames: 1 });
  const [, body] = /# forward\n([\s\S]*?) {8}yield/.exec(text) as RegExpExecArray;
  return body
    .split('\n')
    .map((line) => line.slice(8).replace(/ *#.*$/, ''))
    .filter((line) => line !== '');
}

describe('array code', () => {
  it.each([
    // Sums of products are matrix products, in the order in which one writes them.
    ['y[j] = sum(i: A[j,i] * v[i])', 'y = A @ v'],
    ['y[j] = sum(i: v[i] * A[j,i])', 'y = A @ v'],
    ['y[i] = sum(j: A[j,i] * u[j])', 'y = A.T @ u'],
    ['y[i] = sum(j: u[j] * A[j,i])', 'y = u @ A'],
    ['y[j,k] = sum(i: A[j,i] * B[k,i])', 'y = A @ B.T'],
    ['y[k,j] = sum(i: A[j,i] * B[k,i])', 'y = B @ A.T'],
    ['y[i,k] = sum(j: A[j,i] * B[j,k])', 'y = A.T @ B'],
    ['y = sum(i: v[i] * w[i])', 'y = v @ w'],
    ['y[j] = sum(i: A[j,i] * (v[i] * w[i]))', 'y = A @ (v * w)'],
    ['y[j] = c * sum(i: A[j,i] * v[i]) * u[j]', 'y = c * (A @ v) * u'],
    ['y[j] = -sum(i: A[j,i] * v[i])^2', 'y = -(A @ v)**2'],
    ['y[j,k] = sum(i: M[j,i,k] * v[i])', "y = np.einsum('jik,i->jk', M, v)"],
    ['y[k] = sum(j, i: A[j,i] * M[j,i,k])', "y = np.einsum('ji,jik->k', A, M)"],
    // Products of vectors, and what is broadcast.
    ['y[j,i] = u[j] * v[i]', 'y = np.outer(u, v)'],
    ['y[i,j] = u[j] * v[i]', 'y = np.outer(v, u)'],
    ['y[j,i] = A[j,i] + v[i]', 'y = A + v'],
    ['y[j,i] = A[j,i] - u[j]', 'y = A - u[:, None]'],
    ['y[i,j] = A[j,i] - u[j]', 'y = A.T - u'],
    ['y[r,i] = v[i]', 'y = np.broadcast_to(v, (2, 3))'],
    ['y[t] = 3', 'y = np.full(3, 3, dtype=float)'],
    // Sums and maxima along dimensions.
    ['y = sum(j, i: A[j,i])', 'y = np.sum(A)'],
    ['y[i] = sum(j: A[j,i])', 'y = np.sum(A, axis=0)'],
    ['y[j] = sum(i: (A[j,i] - v[i])^2) / 2', 'y = np.sum((A - v)**2, axis=1) / 2'],
    ['y[j] = max(i: A[j,i])', 'y = np.max(A, axis=1)'],
    ['y[j] = argmax(i: A[j,i])', 'y = 1.0 + np.argmax(A, axis=1)'],
    // Parts of arrays.
    ['y[j] = A[j,2]', 'y = A[:, 1]'],
    ['y[i] = A[1,i]', 'y = A[0]'],
    ['y = sum(i=2..3: v[i])', 'y = np.sum(v[1:])'],
    ['y[t] = v[4-t]', 'y = v[::-1]'],
    ['y[i] = [v[i] > c] * w[i]', 'y = (v > c) * w'],
    ['y[i] = [v[i] > c] - [w[i] = i]', 'y = 1.0 * (v > c) - 1.0 * (w == np.arange(1.0, 4.0))'],
    ['y[i] = f(v[i]) / (c - 2)', 'y = f(v) / np.float64(c - 2)'],
  ])('%s', (formula, expected) => {
    expect(linesOf(formula)).toEqual([expected]);
  });
});

describe('loops, where arrays will not do', () => {
  it.each([
    [
      'y[t] = sum(s where s <= t: v[s] * w[s])',
      ['y = np.zeros(3)', 'for t in range(3):', '    y[t] = v[:t + 1] @ w[:t + 1]'],
    ],
    [
      'y[t] = v[t] + 0.5 * y?[t-1]',
      ['y = np.zeros(3)', 'for t in range(3):', '    y[t] = v[t] + 0.5 * (y[t - 1] if t >= 1 else 0.0)'],
    ],
    [
      'y[t] = sum(s where t - 1 <= s <= t + 1: v[s])',
      [
        'y = np.zeros(3)',
        'for t in range(3):',
        '    y[t] = sum(v[s] for s in range(max(0, t - 1), min(3, t + 2)))',
      ],
    ],
    [
      'y[t] = when(t > 1: v[t-1])',
      ['y = np.zeros(3)', 'for t in range(3):', '    y[t] = v[t - 1] if t >= 1 else 0.0'],
    ],
  ])('%s', (formula, expected) => {
    expect(linesOf(formula)).toEqual(expected);
  });

  it('are lists of tensors in PyTorch, which keeps what is overwritten from being differentiated', () => {
    expect(linesOf('y[t] = v[t] + 0.5 * y?[t-1]', exportTorch)).toEqual([
      'y = {}',
      'for t in range(3):',
      '    y[t] = v[t] + 0.5 * (y[t - 1] if t >= 1 else torch.tensor(0.0))',
      'y = stacked(y, (3,))',
    ]);
  });
});

describe('whole files', () => {
  const text = (model: string, print: Print = exportNumpy, precision: 'lesson' | 'full' = 'lesson') =>
    print(exportMachine(model, precision), { title: 'a "model"', frames: 2 });

  it('say of every line what it is in the language', () => {
    const lines = text(lecture).split('\n');
    expect(lines).toContain('        net1 = W1 @ x                      # net1[j] = sum(i: W1[j,i] * x[i])');
    expect(lines).toContain("        y = keep(sigmoid(net2), '2dp')     # y[k] = sigmoid(net2[k])");
    expect(lines).toContain('        # δ1[j] = h[j] * (1 - h[j]) * sum(k: W2[k,j] * δ2[k]) : -dL/dnet1[j]');
    expect(lines).toContain("        δ1 = keep(h * (1 - h) * (W2.T @ δ2), '4dp')");
    expect(lines).toContain("        W2 = keep(W2 - eta * g2, '4dp')  # W2[k,j] <- W2[k,j] - eta * g2[k,j]");
    expect(lines[0]).toBe(`"""a 'model': 2 iterations in NumPy, exported by Backstep.`);
  });

  it('round as the lesson does, or not, at a flag', () => {
    expect(text(lecture)).toContain('\nROUND = True ');
    expect(text(lecture, exportNumpy, 'full')).toContain('\nROUND = False ');
    expect(text(lecture)).toContain("\nh_digits = np.array(['2dp', '4dp'])\n");
    expect(text(lecture.replace(/store.*/, ''))).not.toContain('ROUND');
  });

  it('compare every derivative with PyTorch’s', () => {
    const torch = text(lecture, exportTorch);
    expect(torch).toContain(
      '        net2.retain_grad()\n        net1.retain_grad()\n        L.backward()\n        with torch.no_grad():\n',
    );
    expect(torch).toContain("            agree('-dL/dnet1', δ1, -net1.grad)\n");
    expect(torch).toContain("            agree('dL/dW1', g1, W1.grad)\n");
  });

  it('are as short as one would write them', () => {
    expect(text(gated(2).text)).toContain(
      '            c[t] = np.tanh(Wc @ x[t] + Uc @ (r[t] * (h[t - 1] if t >= 1 else np.zeros(2))) + bc)\n',
    );
    expect(text(attentionCase(1).text)).toContain('            y[t] = e[t, :t + 1] @ V[:t + 1] / Z[t]\n');
    expect(text(convolutionCase(1).text)).toContain(
      '        m = largest(a[:, u:u + 2, v:v + 2] for u in range(2) for v in range(2))\n',
    );
    for (const model of [gated(1).text, attentionCase(1).text, convolutionCase(1).text])
      for (const line of text(model).split('\n')) expect(line.length).toBeLessThan(150);
  });
});
