import { expect } from 'vitest';
import { editCell } from '../../session/edit.ts';
import { Session } from '../../session/session.ts';
import { tried, tryStatements } from './statements.testing.ts';

tryStatements('90-the-formula-language.md', 'Data', {
  tried: [
    [
      'inputs, targets: what the model is given',
      () => expect(tried('given x = [0.35, 0.9]\nforward\n  y[i] = 2*x[i]').value('y[2]')).toBe(1.8),
    ],
    [
      'so many numbers, evenly spread, from the first to the last',
      () => {
        const model = tried('given x = linspace(-1, 1, 5)\nforward\n  y[i] = x[i]');
        expect(model.values('x', 0)).toEqual([-1, -0.5, 0, 0.5, 1]);
        expect(tried('sample x = linspace(0, 1/2, 3)\nbatch n = 3\nforward\n  y = x').values('y')).toEqual([
          0, 0.25, 0.5,
        ]);
      },
    ],
    [
      'A number in a list may be a fraction, as in `[1/3, 2/3]`, and one in shorthand, too, as in `sgd 1/2`',
      () => {
        expect(tried('given x = [1/3, -2/3]\nforward\n  y[i] = x[i]').values('x', 0)).toEqual([
          1 / 3,
          -2 / 3,
        ]);
        const model = tried(
          'given x = [1]\ngiven t = [0]\nlayers: 1 -> 1\nloss: squared error\nregularizer: l2 4/6\noptimizer: sgd 1/2',
        );
        expect(model.value('eta', 0)).toBe(0.5);
        expect(model.text).toContain(`${4 / 6}`);
      },
    ],
    [
      'trained parameters, row by row',
      () => {
        const model = tried('param W = [[0.1, 0.8], [0.4, 0.6]]\nforward\n  y = W[1,2]');
        expect(model.shape('W')).toEqual([2, 2]);
        expect(model.value('y')).toBe(0.8);
      },
    ],
    [
      'what an optimizer keeps from one iteration to the next',
      () => {
        const model = tried(`
          param w = [1, 2]
          state m = 0 like w
          forward
            L = sum(i: w[i]^2)
          update
            m[i] <- m[i] + 1
            w[i] <- w[i] - 0.1 * m[i] * dL/dw[i]`);
        expect([1, 2, 3].map((frame) => model.value('m[2]', frame))).toEqual([1, 2, 3]);
        expect(model.shape('m')).toEqual([2]);
        expect(model.value('m[1]', 0)).toBe(0);
      },
    ],
    [
      'numbers that a formula gives, cell by cell',
      () => {
        const model = tried(`
          param W[3,2] = he(1, 2)
          given p[t = 1..8] = sin(t)
          forward
            y[j] = sum(i: W[j,i]) * p[8]`);
        expect(model.shape('W')).toEqual([3, 2]);
        expect(model.value('p[5]', 0)).toBeCloseTo(Math.sin(5), 14);
      },
    ],
    [
      'the last dimension in another shape',
      () => {
        const model = tried('given x = [1, 2, 3, 4] as 2 x 2\nforward\n  y[i] = x[i,1]');
        expect(model.shape('x')).toEqual([2, 2]);
        expect(model.value('y[2]')).toBe(3);
      },
    ],
    [
      'rows and columns swapped, the last two dimensions: `A[3,2]` is 6',
      () => {
        const model = tried('given A = [[1, 2, 3], [4, 5, 6]] transposed\nforward\n  y = A[3,2]');
        expect(model.shape('A')).toEqual([3, 2]);
        expect(model.values('A')).toEqual([1, 4, 2, 5, 3, 6]);
        expect(model.value('y')).toBe(6);
        const deep = tried(
          'given A = [1, 2, 3, 4, 5, 6, 7, 8] as 2 x 2 x 2 transposed\nforward\n  y = A[1,1,2]',
        );
        expect(deep.values('A')).toEqual([1, 3, 2, 4, 5, 7, 6, 8]);
      },
    ],
    [
      'It also follows columns of a table, `as 8 x 8` and `like W1`; of sample data each sample is transposed',
      () => {
        const table = 'table m = moons(5, 0.1, 7)\n';
        const straight = tried(`${table}given A = m[1..2]\nforward\n  y = A[4,2] + A[1,1]`);
        const swapped = tried(`${table}given A = m[1..2] transposed\nforward\n  y = A[2,4] + A[1,1]`);
        expect(swapped.shape('A')).toEqual([2, 5]);
        expect(swapped.value('y')).toBe(straight.value('y'));
        const like = tried(
          'param W = [[1, 2, 3]]\nstate m = 0 like W transposed\nforward\n  y = m[3,1] + W[1,1]',
        );
        expect(like.shape('m')).toEqual([3, 1]);
        const sampled = tried(
          'sample x = [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]] as 2 x 3 transposed\nforward\n  y = x[3,1]',
        );
        expect(sampled.shape('x')).toEqual([3, 2]);
        expect([1, 2].map((frame) => sampled.value('y', frame))).toEqual([3, 9]);
      },
    ],
    [
      'One dimension is an error',
      () => {
        const { messages } = tried('given x = [1, 2, 3] transposed\nforward\n  y = x[1]');
        expect(messages).toEqual(['x has one dimension; transposed swaps the last two, rows and columns']);
        const [sampled] = tried('sample x = [[1, 2], [3, 4]] transposed\nforward\n  y = x[1]').messages;
        expect(sampled).toMatch(/^a sample of x has one dimension/);
      },
    ],
    [
      'an image of one channel, as a layer reads it',
      () => {
        const model = tried('given x = [1, 2, 3, 4] as 1 x 2 x 2\nlayers: 1x2x2 -> maxpool 2x2');
        expect(model.shape('x')).toEqual([1, 2, 2]);
        expect(model.value('y[1,1,1]')).toBe(4);
      },
    ],
    [
      'a learning rate or another single number',
      () => {
        for (const line of ['rate eta = 1', 'eta = 1'])
          expect(tried(`${line}\nforward\n  y = 2 * eta`).program.model.quantities.get('eta')?.role).toBe(
            'rate',
          );
      },
    ],
    [
      'trials at random points respect it',
      () => {
        // Right only where the target's entries add up to 1.
        const softmax = (kind: string) => `
          given z = [0.1, 0.9]
          given t = [0.05, 0.95]${kind}
          forward
            e[k] = exp(z[k])
            p[k] = e[k] / sum(m: e[m])
            L = -sum(k: t[k] * log(p[k]))
          backward
            g[k] = p[k] - t[k] : dL/dz[k]`;
        expect(tried(softmax('')).messages).toHaveLength(1);
        expect(tried(softmax(' : distribution')).messages).toEqual([]);
      },
    ],
    [
      'is taken for a label without being told, and tried as others',
      () => {
        const claim = (right: string) => `
          given x = [0, 0]
          given y = 1
          forward
            e[k] = exp(x[k])
            p[k] = e[k] / sum(m: e[m])
            L = -log(sum(k: [k = y] * p[k]))
          backward
            g[k] = ${right} - [k = y] : dL/dx[k]`;
        expect(tried(claim('p[k]')).messages).toEqual([]);
        expect(tried(claim('0.5')).messages).toHaveLength(1);
      },
    ],
    ['`δ1` is a name', () => expect(tried('given δ1 = 2\nforward\n  größe = δ1').value('größe')).toBe(2)],
    [
      'A list, as any line, may run over several lines while a bracket is open',
      () => {
        expect(tried('given x = [1,\n  2,\n  3]\nforward\n  y = sum(i: x[i])').value('y')).toBe(6);
        const formula = 'y = (a +\n    a\n  ) * sum(\n    i = 1..2: # two of them\n\n    x[i]\n  )';
        expect(tried(`given x = [1, 2]\ngiven a = 3\nforward\n  ${formula}`).value('y')).toBe(18);
      },
    ],
    [
      'a line that begins something of its own, such as `y = …`, ends it',
      () => {
        const { messages } = tried('given a = 3\nforward\n  z = (a + 1\n  y = 2 * a');
        expect(messages).toEqual([expect.stringMatching(/expected \) .* but the line ends/)]);
      },
    ],
    [
      'to the end of the line is a comment',
      () => expect(tried('given x = 2 # + 5\n# forward\nforward\n  y = x # * 3').value('y')).toBe(2),
    ],
    [
      'Data that nothing reads get a message',
      () => {
        const { messages } = tried('given x = 1\ngiven X = 2\nforward\n  y = x');
        expect(messages).toEqual([expect.stringMatching(/^nothing reads .*X/)]);
      },
    ],
    [
      'to store, show or write them is not to read them',
      () => {
        const unread = (more: string) => tried(`given x = [1, 2]\n${more}`).messages.length;
        expect(unread('given y = [3]\nforward\n  z = y[1]\nstore x: 2dp\nshow x: 2dp\nwrite x as \\xi')).toBe(
          1,
        );
        expect(unread('state m = 0 like x\nforward\n  z[i] = m[i]')).toBe(0);
        expect(unread('forward\n  z[i] = x[i]')).toBe(0);
      },
    ],
    [
      'A parameter that only its own update reads is unread',
      () => {
        const updated = (role: string) => `
          given x = 1
          ${role} w = 2
          forward
            y = x
          update
            w <- 0.5 * w`;
        expect(tried(updated('param')).messages).toHaveLength(1);
        for (const role of ['state', 'rate']) expect(tried(updated(role)).messages).toEqual([]);
      },
    ],
    [
      'Every given number can be changed by the reader of the page',
      () => {
        const { program } = tried(`
          given x = [1, 2]
          sample s = [[1, 2], [3, 4]]
          param w = [3, 4]
          state m = 0 like w
          eta = 0.1
          forward
            L = sum(i: w[i] * (x[i] + s[i] + m[i]))
          update
            m[i] <- 0.9*m[i]
            w[i] <- w[i] - eta * dL/dw[i]`);
        const session = new Session(program, '');
        for (const cell of ['x[2]', 's[2,1]', 'w[1]', 'm[2]', 'eta']) editCell(session, cell, '0.25');
        expect(session.changes.map(({ cell }) => cell)).toHaveLength(5);
      },
    ],
  ],
});
