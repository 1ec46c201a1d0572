import { expect } from 'vitest';
import { type Tried, type TriedModel, tried } from './statements.testing.ts';

/* What the page says of losses, optimizers and what belongs to them, computed a second time by hand. */

/** A net of two layers that learns, with what is written besides. */
export const net = (more = '', optimizer = 'sgd 0.5', layers = '2 -> 2 tanh -> 1 sigmoid'): TriedModel =>
  tried(`
    given x = [0.5, -2]
    given t = [1]
    layers: ${layers}
    loss: half squared error
    optimizer: ${optimizer}
    ${more.replaceAll('\n', '\n    ')}`);

/** The lines of its formulas, without those that only say how names are written. */
export const linesOf = ({ text }: TriedModel): string[] =>
  text.split('\n').filter((line) => line !== '' && !/^\s*#|^write /.test(line));

/** A loss of two outputs that are given by formulas, so that it can be computed by hand. */
const lossOf = (loss: string, outputs: readonly number[], targets: readonly number[]): number => {
  const model = tried(`
    given p = [${outputs}]
    use activation y from p, identity
    given t = [${targets}]
    loss: ${loss}`);
  return model.value('L');
};

/** A layer of these units with weights of 1 each way, so that its net inputs are those of `x`, and a loss. */
const classes = (x: readonly number[], layer: string, loss: string, more = ''): TriedModel =>
  tried(`
    given x = [${x}]
    given t = [0, 1]
    param W1 = [[1, 0], [0, 1]]
    param b1 = [0, 0]
    layers: 2 -> ${layer}
    loss: ${loss}
    optimizer: sgd 1
    ${more}`);

/** The learning rate at the beginnings of iterations 1 to `n`. */
const rates = (rate: string, n: number, optimizer = 'sgd 0.5'): number[] => {
  const model = net(`rate: ${rate}`, optimizer);
  return Array.from({ length: n }, (_, frame) => model.value('eta', frame));
};

export const trainingTries: readonly Tried[] = [
  [
    'the loss `L` of output `y` and target `t`',
    () => {
      const model = tried(
        'given x = [2]\ngiven t = [1]\nparam W1 = [[3]]\nlayers: 1 -> 1\nloss: squared error',
      );
      expect(model.value('L')).toBe(25);
    },
  ],
  [
    '`loss E: squared error of g, x` names all three',
    () => {
      const model = tried(
        'given x = [2, 5]\ngiven p = [3, 1]\nuse activation g from p, identity\nloss E: squared error of g, x',
      );
      expect(model.value('E')).toBe(1 + 16);
    },
  ],
  [
    'Of a single unit the target may be a single number',
    () => {
      const text = (units: number) =>
        `given x = [2, 1]\ngiven t = 4\nlayers: 2 -> ${units}\nloss: squared error`;
      const model = tried(text(1));
      expect(model.value('L')).toBeCloseTo((4 - model.value('y[1]')) ** 2, 13);
      expect(tried(text(2)).isRunnable).toBe(false);
    },
  ],
  [
    'the update of all parameters, with the learning rate `eta`',
    () => {
      const model = net();
      for (const cell of ['W1[1,1]', 'b1[2]', 'W2[1,2]', 'b2[1]'])
        expect(model.value(cell)).toBeCloseTo(model.value(cell, 0) - 0.5 * model.value(`dL/d${cell}`), 14);
      expect(model.value('dL/dW2[1,2]')).not.toBe(0);
      expect(model.value('eta')).toBe(0.5);
    },
  ],
  [
    'then `of E` and `for W1, b1` if it is not all',
    () => {
      const model = net('forward\n  E = y[1] + W2[1,1]', 'sgd 0.5 of E for W2, b1');
      const [y, h] = [model.value('y[1]'), model.value('h1[1]')];
      expect(model.value('W2[1,1]')).toBeCloseTo(model.value('W2[1,1]', 0) - 0.5 * (y * (1 - y) * h + 1), 14);
      expect(model.value('b1[1]')).not.toBe(0);
      expect([model.value('W1[1,1]'), model.value('b2[1]')]).toEqual([model.value('W1[1,1]', 0), 0]);
    },
  ],
  [
    'which takes steps of $\\eta v$ with $v \\leftarrow \\mu v + \\nabla L$',
    () => {
      const model = net('', 'momentum 0.1 0.9');
      let [v, w] = [0, model.value('W1[1,2]', 0)];
      for (const frame of [1, 2, 3]) {
        v = 0.9 * v + model.value('dL/dW1[1,2]', frame);
        w -= 0.1 * v;
        expect(model.value('W1[1,2]', frame)).toBeCloseTo(w, 14);
      }
    },
  ],
  [
    '`adam 0.001 0.9 0.999`',
    () => {
      const model = net('', 'adam 0.001 0.9 0.999');
      let [m, v, w] = [0, 0, model.value('W1[1,2]', 0)];
      for (const frame of [1, 2, 3]) {
        const gradient = model.value('dL/dW1[1,2]', frame);
        m = 0.9 * m + 0.1 * gradient;
        v = 0.999 * v + 0.001 * gradient ** 2;
        w -= (0.001 * (m / (1 - 0.9 ** frame))) / (Math.sqrt(v / (1 - 0.999 ** frame)) + 1e-8);
        expect(model.value('W1[1,2]', frame)).toBeCloseTo(w, 12);
      }
    },
  ],
  [
    'a penalty `R` on all weights, not on biases, or `for W1, W2`: λ times the sum of their squares, without ½, or for `l1` of their absolute values',
    () => {
      const own = 'param W1 = [[1, -2], [3, 4]]\nparam W2 = [[-5, 6]]\nparam b1 = [7, 8]\n';
      const penalty = (line: string) => net(`${own}regularizer: ${line}`).value('R');
      expect(penalty('l2 0.01')).toBeCloseTo(0.01 * (1 + 4 + 9 + 16 + 25 + 36), 14);
      expect(penalty('l1 0.01')).toBeCloseTo(0.01 * (1 + 2 + 3 + 4 + 5 + 6), 14);
      expect(penalty('l2 0.01 for W2')).toBeCloseTo(0.01 * (25 + 36), 14);
      const image = tried(`
        given x[4,4] = 1
        given t = 1
        param K1 = [[1, 2], [3, 4]]
        param b1 = 5
        param W2 = [[[6, 7, 8], [9, 1, 2], [3, 4, 5]]]
        layers: 4x4 -> conv 2x2 relu -> 1
        loss: squared error
        regularizer: l2 1`);
      expect(image.value('R')).toBe(30 + 36 + 49 + 64 + 81 + 1 + 4 + 9 + 16 + 25);
    },
  ],
  [
    'An optimizer adds its gradient to that of the loss',
    () => {
      const model = net('regularizer: l2 0.01');
      const before = model.value('W1[1,2]', 0);
      const gradient = model.value('dL/dW1[1,2]') + 2 * 0.01 * before;
      expect(model.value('W1[1,2]')).toBeCloseTo(before - 0.5 * gradient, 14);
    },
  ],
  [
    'what becomes of `eta` after every update',
    () => {
      for (const [frame, rate] of rates('decay 0.8', 5).entries())
        expect(rate).toBeCloseTo(0.5 * 0.8 ** frame, 14);
    },
  ],
  [
    '`constant`, `decay 0.5 every 10`',
    () => {
      expect(rates('constant', 4)).toEqual([0.5, 0.5, 0.5, 0.5]);
      expect(rates('decay 0.5 every 3', 8)).toEqual([0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125, 0.125]);
    },
  ],
  [
    '`periodic 10 to 0.001`, which falls along a cosine and starts anew',
    () => {
      for (const [frame, rate] of rates('periodic 4 to 0.1', 10).entries())
        expect(rate).toBeCloseTo(0.1 + ((0.5 - 0.1) * (1 + Math.cos((Math.PI * (frame % 4)) / 4))) / 2, 14);
    },
  ],
  [
    'how weights without numbers are drawn, from this seed',
    () => {
      const drawn = (seed: number) => net(`initializer: he ${seed}`).value('W1[1,1]', 0);
      expect(drawn(3)).not.toBe(drawn(4));
      expect(net('initializer: he 3\nparam W1 = [[1, 2], [3, 4]]').value('W1[2,1]', 0)).toBe(3);
    },
  ],
  [
    '`he`, `xavier` (as it is without this line), or `gaussian 1 0.1` with a standard deviation',
    () => {
      const drawn = (line: string) => {
        const model = tried(`given x[60] = 1\n${line}\nlayers: 60 -> 40`);
        return [...(model.program.model.quantities.get('W1')?.numbers ?? [])];
      };
      const deviation = (all: number[]) => Math.sqrt(all.reduce((sum, w) => sum + w * w, 0) / all.length);
      expect(deviation(drawn('initializer: he 1')) / Math.sqrt(2 / 60)).toBeCloseTo(1, 1);
      expect(deviation(drawn('initializer: gaussian 1 0.3')) / 0.3).toBeCloseTo(1, 1);
      const even = drawn('initializer: xavier 1');
      expect(Math.max(...even.map(Math.abs)) / Math.sqrt(6 / 100)).toBeCloseTo(1, 1);
      expect(drawn('')).toEqual(even);
    },
  ],
  ['Biases start at 0', () => expect(net('initializer: he 1').value('b1[2]', 0)).toBe(0)],
  [
    '`mean squared error`, that sum divided by the number of outputs, `cross-entropy`, `multi-label cross-entropy`',
    () => {
      const [y, t] = [
        [0.2, 0.7],
        [0.5, 1],
      ] as const;
      const squares = 0.3 ** 2 + 0.3 ** 2;
      expect(lossOf('squared error', y, t)).toBeCloseTo(squares, 14);
      expect(lossOf('half squared error', y, t)).toBeCloseTo(squares / 2, 14);
      expect(lossOf('mean squared error', [0.2, 0.7, 0.4], [0.5, 1, 0.4])).toBeCloseTo(squares / 3, 14);
      expect(lossOf('cross-entropy', y, t)).toBeCloseTo(-0.5 * Math.log(0.2) - Math.log(0.7), 14);
      expect(lossOf('multi-label cross-entropy', y, t)).toBeCloseTo(
        -0.5 * Math.log(0.2) - 0.5 * Math.log(0.8) - Math.log(0.7),
        14,
      );
    },
  ],
  [
    'the last two also `fused`',
    () => {
      for (const [loss, layer] of [
        ['cross-entropy', '2 softmax'],
        ['multi-label cross-entropy', '2 sigmoid'],
      ]) {
        const [plain, fused] = ['', 'fused '].map((kind) => classes([0.4, -0.7], layer, kind + loss));
        expect(fused.messages).toEqual([]);
        expect(fused.value('L')).toBeCloseTo(plain.value('L'), 14);
        expect(fused.value('W1[2,1]')).toBeCloseTo(plain.value('W1[2,1]'), 14);
      }
      expect(classes([1, 2], '2', 'fused squared error').isRunnable).toBe(false);
    },
  ],
  [
    'for two networks that play against each other `discriminator of r, f` and `generator of f`',
    () => {
      const model = tried(
        'given r = [0.8]\ngiven f = [0.3]\nuse activation p from r, identity\nuse activation q from f, identity\nloss D: discriminator of p, q\nloss G: generator of q',
      );
      expect(model.value('D')).toBeCloseTo(-Math.log(0.8) - Math.log(0.7), 14);
      expect(model.value('G')).toBeCloseTo(-Math.log(0.3), 14);
    },
  ],
  [
    'A fused loss is computed from the net inputs, of a softmax by way of the logarithm of a sum',
    () => {
      // Where the output underflows, the loss of the net inputs is still there.
      expect(classes([800, 0], '2 softmax', 'fused cross-entropy').value('L')).toBe(800);
      expect(classes([0, -800], '2 sigmoid', 'fused multi-label cross-entropy').value('L')).toBeCloseTo(
        800 + Math.log(2),
        12,
      );
      expect(classes([800, 0], '2 softmax', 'cross-entropy').value('L')).toBe(Number.POSITIVE_INFINITY);
    },
  ],
  [
    'its derivative is written as a line with a claim, $y - t$, or $t - y$ where sensitivities have a minus',
    () => {
      const line = (sign: string, layer: string, loss: string) =>
        linesOf(classes([1, 2], layer, loss, `sensitivities: δ = ${sign}dL/dnet`)).find((one) =>
          one.includes('δ1'),
        );
      for (const [layer, loss] of [
        ['2 softmax', 'fused cross-entropy'],
        ['2 sigmoid', 'fused multi-label cross-entropy'],
      ]) {
        expect(line('', layer, loss)?.trim()).toBe('δ1[j] = y[j] - t[j] : dL/dnet1[j]');
        expect(line('-', layer, loss)?.trim()).toBe('δ1[j] = t[j] - y[j] : -dL/dnet1[j]');
      }
    },
  ],
  [
    'the plain one is derived from the logarithm of $y$ and has none where $y$ is rounded to 0',
    () => {
      const gradient = (loss: string) => classes([800, 0], '2 softmax', loss).value('dL/db1[2]');
      expect(gradient('cross-entropy')).toBeNaN();
      expect(gradient('fused cross-entropy')).toBe(-1);
      const rounded = classes([8, 0], '2 softmax', 'cross-entropy', 'store y: 2dp');
      expect(rounded.value('y[2]')).toBe(0);
      expect(rounded.value('dL/db1[2]')).toBeNaN();
    },
  ],
];
