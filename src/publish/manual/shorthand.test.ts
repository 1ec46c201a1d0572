import { expect } from 'vitest';
import { layered, layerTries, σ } from './shorthand-layers.testing.ts';
import { nameTries } from './shorthand-names.testing.ts';
import { linesOf, net, trainingTries } from './shorthand-training.testing.ts';
import { tried, tryStatements } from './statements.testing.ts';

tryStatements('90-the-formula-language.md', 'Shorthand', {
  tried: [
    [
      'Layers, losses and optimizers need not be spelled out',
      () => {
        const model = net();
        expect(model.messages).toEqual([]);
        expect(model.isRunnable).toBe(true);
      },
    ],
    [
      'It is text that is written out before anything else happens, so shorthand and formulas may be mixed at will',
      () => {
        const model = net('forward\n  twice = 2 * L\n  again[i] = sum(j: W1[j,i] * h1[j])');
        expect(model.messages).toEqual([]);
        expect(model.value('twice')).toBe(2 * model.value('L'));
        expect(tried(model.text).value('W1[2,1]')).toBe(model.value('W1[2,1]'));
      },
    ],
    [
      'what you write yourself under the same name takes the place of the shorthand’s line',
      () => {
        const model = net('param W1 = [[1, 2], [3, 4]]\neta = 0.25');
        expect(model.value('W1[2,1]', 0)).toBe(3);
        expect(model.text.match(/^param W1\b/gm)).toHaveLength(1);
        expect(model.value('eta')).toBe(0.25);
      },
    ],
    [
      'without them they would be drawn at random',
      () => {
        const model = tried('given x = [0.35, 0.9]\nlayers: 2 -> 2 sigmoid -> 1 sigmoid, without bias');
        const weights = ['W1[1,1]', 'W1[1,2]', 'W1[2,1]', 'W1[2,2]', 'W2[1,1]', 'W2[1,2]'];
        expect(new Set(weights.map((cell) => model.value(cell)))).toHaveLength(6);
      },
    ],
    [
      'Write `h1[j] = …`, `eta = 0.5`, or `δ2[k] = … : -dL/dnet2[k]`, and only that line is yours',
      () => {
        const usual = linesOf(net('', 'sgd 0.1'));
        for (const [own, replaced] of [
          ['forward\n  h1[j] = 3 * net1[j]', /^ +h1\[j\] = /],
          ['eta = 0.5', /^(rate )?eta = /],
          ['backward\n  δ2[k] = (t[k] - y[k]) * y[k] * (1 - y[k]) : -dL/dnet2[k]', /^ +δ2\[k\] /],
        ] as const) {
          const model = net(own, 'sgd 0.1');
          expect(model.messages).toEqual([]);
          const others = (lines: string[]) => lines.filter((line) => !replaced.test(line)).sort();
          expect(others(linesOf(model))).toEqual(others(usual));
          expect(linesOf(model)).toContain(own.split('\n').at(-1));
          expect(linesOf(model)).toHaveLength(usual.length);
        }
      },
    ],
    [
      'Its sizes must be those that the shorthand states',
      () => {
        expect(net('param W1 = [[1, 2, 3], [4, 5, 6]]').messages.join()).toMatch(
          /^W1 is 2 × 3, but layers says/,
        );
        expect(net('param b2 = [1, 2]').messages.join()).toMatch(/^b2 has 2 entries, but layers says/);
      },
    ],
    [
      'data in the place of a formula are told, as they may have got its name by chance',
      () =>
        expect(net('given h1 = [3, 3]').messages.join()).toMatch(/^h1 takes the place of a line of layers/),
    ],
    [
      'layers one after the other, from the input `x` of two entries',
      () => {
        const model = tried(`
          given x = [0.5, -2]
          param W1 = [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]
          param W2 = [[7, 8, 9]]
          layers: 2 -> 3 tanh -> 1`);
        const h = [0.05 - 0.4, 0.15 - 0.8, 0.25 - 1.2].map(Math.tanh);
        expect(model.value('y[1]')).toBeCloseTo(7 * h[0] + 8 * h[1] + 9 * h[2], 13);
        expect(tried('given x = [1, 2, 3]\nlayers: 2 -> 3 tanh -> 1').messages.join()).toMatch(
          /^x has 3 entries/,
        );
      },
    ],
    [
      '(`1x8x8` is an image of one channel)',
      () => {
        const model = tried('given x[1,8,8] = 1\nlayers: 1x8x8 -> conv 4 3x3');
        expect(model.shape('K1')).toEqual([4, 1, 3, 3]);
      },
    ],
    [
      '`→` will do for the arrow',
      () => {
        const [line, arrow] = ['->', '→'].map((sign) => net('', 'sgd 1', `2 ${sign} 2 tanh ${sign} 1`));
        expect(linesOf(arrow)).toEqual(linesOf(line));
      },
    ],
    [
      'After a comma: `without bias`, `from z`',
      () => {
        const model = tried('given z = [0.5, -2]\nlayers: 2 -> 2 tanh -> 1, without bias, from z');
        expect(model.messages).toEqual([]);
        expect([...model.program.model.quantities.keys()].filter((name) => name.startsWith('b'))).toEqual([]);
        const net = 0.5 * model.value('W1[1,1]') - 2 * model.value('W1[1,2]');
        expect(model.value('net1[1]')).toBeCloseTo(net, 14);
        // A single layer has no name to write.
        expect(
          tried('given w = [1, 2]\nparam W1 = [[3, 4]]\nparam b1 = [0]\nlayers: 2 -> 1, from w').value(
            'y[1]',
          ),
        ).toBe(11);
      },
    ],
    [
      'what the derivatives that layers send back are called, and which they are',
      () => {
        const model = net('sensitivities: q = -dL/dnet');
        const y = model.value('y[1]');
        expect(model.value('q2[1]')).toBeCloseTo((1 - y) * y * (1 - y), 14);
        expect(model.program.model.quantities.has('δ2')).toBe(false);
      },
    ],
    [
      'also `δ = dL/dnet`, or `e = dL/dh` with respect to the activations',
      () => {
        const y = net().value('y[1]');
        expect(net('sensitivities: δ = dL/dnet').value('δ2[1]')).toBeCloseTo((y - 1) * y * (1 - y), 14);
        expect(net('sensitivities: e = dL/dh').value('e2[1]')).toBeCloseTo(y - 1, 14);
      },
    ],
    [
      'a single layer: its kind, its name, what it reads (`from x[4]` where the shape of `x` is not known), what it is made of',
      () => {
        const model = tried('given x = [1, 2]\nuse dense h1 from x, 3 tanh');
        expect([model.shape('h1'), model.shape('W1')]).toEqual([[3], [3, 2]]);
        const text = (from: string) =>
          `given x = [1, 2]\nforward\n  z[i] = 2 * x[i]\nuse dense h1 from ${from}, 3 tanh`;
        expect(tried(text('z')).messages.join()).toMatch(/shape of z is not known/);
        expect(tried(text('z[2]')).messages).toEqual([]);
      },
    ],
    [
      '`use dense f from g, like h1` shares the weights of `h1`',
      () => {
        const model = tried(
          'given x = [1, 2]\ngiven g = [3, 5]\nuse dense h1 from x, 1 sigmoid\nuse dense f from g, like h1',
        );
        const sum = 3 * model.value('W1[1,1]') + 5 * model.value('W1[1,2]');
        expect(model.value('f[1]')).toBeCloseTo(σ(sum), 14);
      },
    ],
    [
      'The first layer has the weights `W1` and biases `b1`, the net inputs `net1`, the activations `h1` and the sensitivities `δ1`; a convolution has kernels `K1`',
      () => {
        for (const name of ['W1', 'b1', 'net1', 'h1', 'δ1']) expect(net().shape(name)).toContain(2);
        expect(layered('4x4 -> conv 3x3 relu').shape('K1')).toEqual([3, 3]);
      },
    ],
    [
      'A layer that stands by itself is called by its own number, `h1`, or else by its whole name: `use dense g from z, 1` has the weights `Wg`',
      () => {
        const model = tried('given z = [1, 2]\nuse dense h3 from z, 1\nuse dense g from z, 1');
        expect([model.shape('W3'), model.shape('Wg')]).toEqual([
          [1, 2],
          [1, 2],
        ]);
      },
    ],
    ...layerTries,
    [
      'one of your own data under a name in the third must have the size beside it',
      () => {
        const own = (sizes: string) =>
          tried(`given x = [1, 2]\nparam W1[${sizes}] = 1\nuse dense h1 from x, 3 sigmoid`);
        expect(own('3,2').messages).toEqual([]);
        expect(own('3,3').isRunnable).toBe(false);
      },
    ],
    ...nameTries,
    ...trainingTries,
    [
      'In `layers:`, a layer with net inputs also gives the derivative with respect to them a name, `δ1`',
      () => {
        expect(net().value('δ1[2]')).toBeCloseTo(-net().value('dL/db1[2]'), 14);
        const model = tried(
          'given x = [1, 2]\ngiven t = 1\nuse dense y from x, 1\nloss: squared error\noptimizer: sgd 1',
        );
        expect(model.text).not.toContain('δ');
        const pooled = tried(
          'given x[4,4] = 1\ngiven t = 1\nlayers: 4x4 -> maxpool 2x2 -> 1\nloss: squared error',
        );
        expect(pooled.text).not.toContain('δ1');
      },
    ],
    [
      'An optimizer takes these for a parameter `W1`',
      () => expect(net('', 'momentum 0.1 0.9 for W1').shape('vW1')).toEqual([2, 2]),
    ],
  ],
  elsewhere: [
    {
      says: 'the debugger shows the formulas',
      file: 'e2e/shorthand.spec.ts',
      title: 'a model in shorthand stands beside the formulas it stands for',
    },
    {
      says: 'These are the names that shorthand takes',
      file: 'src/publish/shorthand-names.test.ts',
      title: 'are those that the language page lists',
    },
  ],
  claimNothing: ['The names follow the lectures.'],
});
