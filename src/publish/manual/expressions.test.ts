import { expect, vi } from 'vitest';
import { Session } from '../../session/session.ts';
import { computed, excludedTermTries, resultOf } from './excluded-terms.testing.ts';
import { pickTries } from './picks.testing.ts';
import { tried, tryStatements } from './statements.testing.ts';

/** What a single step of the gradient gives for `z`, where the loss is what the formula says. */
const slopeAt = (z: number, loss: string, functions = ''): number =>
  tried(`${functions}param z = ${z}\nforward\n  L = ${loss}\nupdate\n  z <- z - dL/dz`).value('dL/dz');

const σ = (z: number): number => 1 / (1 + Math.exp(-z));

tryStatements('90-the-formula-language.md', 'Expressions', {
  tried: [
    [
      '`a + b`, `a - b`, `a * b`, `a/b`, `-a`',
      () => {
        expect(resultOf('a + b')).toEqual({ value: 9, operations: ['add'] });
        expect(resultOf('a - b')).toEqual({ value: 5, operations: ['sub'] });
        expect(resultOf('a * b')).toEqual({ value: 14, operations: ['mul'] });
        expect(resultOf('a/b')).toEqual({ value: 3.5, operations: ['div'] });
        expect(resultOf('-a')).toEqual({ value: -7, operations: ['neg'] });
      },
    ],
    [
      'arithmetic: powers first, then `*` and `/`, then `+` and `-`, each from left to right',
      () => {
        expect(resultOf('a - b - 3').value).toBe(2);
        expect(resultOf('a/b/b').value).toBe(1.75);
        expect(resultOf('a - b + b*3').value).toBe(11);
        expect(resultOf('a + b*b^2').value).toBe(15);
      },
    ],
    [
      'The sign of a bare number, as in `-1`, is no operation',
      () => expect(resultOf('a * -1')).toEqual({ value: -7, operations: ['mul'] }),
    ],
    [
      'a power binds more tightly than a sign, so `-2^2` is −4',
      () => {
        expect(resultOf('-2^2').value).toBe(-4);
        expect(resultOf('-a^2').value).toBe(-49);
      },
    ],
    [
      'a whole power, from 1 to 64',
      () => {
        expect(resultOf('b^64').value).toBe(2 ** 64);
        expect(resultOf('b^1').value).toBe(2);
        for (const exponent of ['0', '65', '2.5', '-1', 'b'])
          expect(computed(`y = a^${exponent}`).messages.join()).toMatch(/whole number from 1 to 64/);
      },
    ],
    [
      '2 multiplications; $n - 1$ for the power $n$',
      () => {
        for (const power of [2, 3, 10])
          expect(resultOf(`1 - a^${power}`).operations).toEqual([
            ...Array.from({ length: power - 1 }, () => 'mul'),
            'sub',
          ]);
      },
    ],
    [
      '`exp(a)` `log(a)` `sqrt(a)` `tanh(a)` `sin(a)` `cos(a)` `abs(a)`',
      () => {
        for (const name of ['exp', 'log', 'sqrt', 'tanh', 'sin', 'cos', 'abs'] as const) {
          const { value, operations } = resultOf(`${name}(a)`);
          expect(value).toBeCloseTo(Math[name](7), 12);
          expect(operations).toEqual([name]);
        }
        expect(resultOf('abs(b - a)').value).toBe(5);
      },
    ],
    [
      'the same bits in every browser',
      () => {
        // What browsers may compute differently is not asked of them: the numbers are right though their functions are not.
        const names = ['exp', 'log', 'tanh', 'sin', 'cos', 'pow', 'expm1', 'log1p'] as const;
        const right = new Map(names.slice(0, 5).map((name) => [name, Math[name as 'exp'](0.5)]));
        const spies = names.map((name) => vi.spyOn(Math, name).mockReturnValue(Number.NaN));
        try {
          for (const [name, value] of right) {
            const model = tried(`given a = 0.5\nforward\n  y = ${name}(a)`);
            expect(model.value('y')).toBeCloseTo(value, 14);
          }
        } finally {
          for (const spy of spies) spy.mockRestore();
        }
      },
    ],
    [
      '`max(a, b)` `min(a, b)`',
      () => {
        expect(resultOf('max(a, b)')).toEqual({ value: 7, operations: ['max'] });
        expect(resultOf('min(a, b)')).toEqual({ value: 2, operations: ['min'] });
      },
    ],
    [
      'the first wins a tie',
      () => {
        for (const name of ['max', 'min']) {
          expect(slopeAt(3, `${name}(2*z, 6 + 0*z)`)).toBe(2);
          expect(slopeAt(3, `${name}(6 + 0*z, 2*z)`)).toBe(0);
        }
      },
    ],
    [
      'a comparison (`=`, `!=`, `<`, `<=`, `>`, `>=`): 1 if it holds, else 0',
      () => {
        const holds = {
          '=': [0, 1, 0],
          '!=': [1, 0, 1],
          '<': [1, 0, 0],
          '<=': [1, 1, 0],
          '>': [0, 0, 1],
          '>=': [0, 1, 1],
        };
        for (const [sign, expected] of Object.entries(holds)) {
          const results = [1, 2, 3].map((left) => resultOf(`[0*a + ${left} ${sign} b]`));
          expect(results.map(({ value }) => value)).toEqual(expected);
          // The product, the sum, and one operation for the comparison.
          for (const { operations } of results) expect(operations).toHaveLength(3);
        }
      },
    ],
    [
      'over all `i`, first to last',
      () => {
        expect(resultOf('sum(i: x[i])')).toEqual({ value: 12, operations: ['add', 'add'] });
        // From last to first the ones would not be lost.
        const model = tried('given x = [1e16, 1, 1, -1e16]\nforward\n  y = sum(i: x[i])');
        expect(model.value('y')).toBe(0);
      },
    ],
    [
      '`sum(i, j: …)` over pairs',
      () => {
        const { value, operations } = resultOf('sum(i, j: x[i] * x[j])');
        expect(value).toBe(12 * 12);
        expect(operations.filter((name) => name === 'add')).toHaveLength(8);
      },
    ],
    [
      'one addition fewer than terms',
      () => {
        for (const terms of [2, 5]) {
          const model = tried(`given x = [${Array(terms).fill(3)}]\nforward\n  y = sum(i: x[i])`);
          expect(model.operations('y')).toEqual(Array(terms - 1).fill('add'));
        }
      },
    ],
    [
      'the sum, divided by the number of its terms, which may be one, but not none',
      () => {
        expect(resultOf('mean(i: x[i])').value).toBe(4);
        expect(tried('given x = [3]\nforward\n  y = mean(i: x[i])').value('y')).toBe(3);
        expect(computed('y = mean(i where i > 3: x[i])').messages.join()).toMatch(/this mean has no terms/);
        const slopes = tried(
          'param w = [3, 5, 4]\nforward\n  L = mean(i: w[i]^2)\nupdate\n  w[i] <- w[i] - dL/dw[i]',
        );
        expect(slopes.value('dL/dw[2]')).toBeCloseTo((2 * 5) / 3, 14);
      },
    ],
    [
      'Where an outer index says how many there are, as in `mean(s where s <= t: …)`, it is divided by `t`',
      () => {
        const model = computed('y[t] = mean(s where s <= t: x[s])');
        expect([1, 2, 3].map((t) => model.value(`y[${t}]`))).toEqual([3, 4, 4]);
        expect(model.operations('y')).toEqual(['div', 'add', 'div', 'add', 'add', 'div']);
      },
    ],
    ['as many as terms', () => expect(resultOf('mean(i: x[i])').operations).toEqual(['add', 'add', 'div'])],
    [
      'the greatest term, and its position',
      () => {
        expect(resultOf('max(i: -x[i])').value).toBe(-3);
        expect(resultOf('argmax(i: x[i])').value).toBe(2);
        expect(resultOf('argmax(i: -x[i])').value).toBe(1);
      },
    ],
    [
      'one fewer than terms',
      () => {
        for (const name of ['max', 'argmax'])
          expect(resultOf(`${name}(i: x[i])`).operations).toEqual([name, name]);
      },
    ],
    [
      'over part of the range',
      () => {
        expect(tried('given x = [3, 5, 4, 9]\nforward\n  y = sum(i = 1..3: x[i])').value('y')).toBe(12);
        const model = computed('y[t] = sum(s where s <= t: x[s])');
        expect([1, 2, 3].map((t) => model.value(`y[${t}]`))).toEqual([3, 8, 12]);
      },
    ],
    [
      'bounds are sums of whole multiples of indices',
      () => {
        const bounded = (bound: string) =>
          tried(
            `given x = [1, 2, 4, 8, 16]\nindex t = 1..2\nforward\n  y[t] = 0*x[5] + sum(s = t..${bound}: x[s])`,
          );
        expect(bounded('2*t + 1').value('y[2]')).toBe(2 + 4 + 8 + 16);
        for (const bound of ['t*t', '1.5*t']) expect(bounded(bound).isRunnable).toBe(false);
      },
    ],
    ...excludedTermTries,
    [
      'the body where the condition on indices holds, else 0',
      () => {
        const model = computed('y[t] = when(t > 1: x[t-1])');
        expect([1, 2, 3].map((t) => model.value(`y[${t}]`))).toEqual([0, 3, 5]);
        expect(computed('y[t] = when(a > 1: x[t])').isRunnable).toBe(false);
      },
    ],
    [
      'those of the body, or none',
      () =>
        expect(computed('y[t] = 1 + when(t > 2: x[t] * x[t-1])').operations('y')).toEqual([
          ...['add', 'add'],
          ...['mul', 'add'],
        ]),
    ],
    ...pickTries,
    [
      'reads 0 outside the array; without the question mark that is an error',
      () => {
        const model = computed('y[t] = 1 + x?[t-1]');
        expect([1, 2, 3].map((t) => model.value(`y[${t}]`))).toEqual([1, 4, 6]);
        expect(model.operations('y')).toEqual(['add', 'add', 'add']);
        const unmarked = computed('y[t] = 1 + x[t-1]');
        expect(unmarked.isRunnable).toBe(false);
        expect(unmarked.messages.join()).toMatch(/reads x at 0/);
      },
    ],
    [
      '`sigmoid(a)` `relu(a)` `step(a)` `softplus(a)` `square(a)` `identity(a)`',
      () => {
        for (const z of [-1.5, 0, 2]) {
          const value = (name: string) => tried(`given z = ${z}\nforward\n  y = ${name}(z)`).value('y');
          expect(value('sigmoid')).toBeCloseTo(σ(z), 14);
          expect(value('relu')).toBe(z > 0 ? z : 0);
          expect(value('step')).toBe(z >= 0 ? 1 : 0);
          expect(value('softplus')).toBeCloseTo(Math.log(1 + Math.exp(z)), 14);
          expect(value('square')).toBe(z * z);
          expect(value('identity')).toBe(z);
        }
      },
    ],
    [
      'the library’s functions; *step into* opens them',
      () => {
        const { program } = tried('given z = 2\nforward\n  y = 3 * sigmoid(z)');
        const after = (command: string) => {
          const session = new Session(program, '');
          session.dispatch(command);
          return session.state.cursor.step;
        };
        expect(after('next')).toBe(1);
        expect(after('over')).toBe(4);
      },
    ],
    [
      'those of the body',
      () => expect(resultOf('sigmoid(a)').operations).toEqual(['neg', 'exp', 'add', 'div']),
    ],
    [
      'the derivative of the loss `L` by `W[j,i]`; asking for it has it derived',
      () => {
        const model = (asking: string) =>
          tried(
            `given x = [3, 5]\nparam W = [[1, 2], [4, 7]]\nforward\n  L = sum(j, i: W[j,i]^2 * x[i])\n${asking}`,
          );
        const asked = model('update\n  W[j,i] <- W[j,i] - dL/dW[j,i]');
        expect(asked.value('dL/dW[2,1]')).toBe(2 * 4 * 3);
        expect(asked.value('dL/dW[1,2]')).toBe(2 * 2 * 5);
        expect(asked.operations('W')).toEqual(['sub', 'sub', 'sub', 'sub']);
        expect(model('').program.model.quantities.has('dL/dW')).toBe(false);
      },
    ],
    [
      '`a`, but no gradient passes through',
      () => {
        expect(slopeAt(3, 'stop(2*z) * z')).toBe(6);
        expect(slopeAt(3, '2*z * z')).toBe(12);
      },
    ],
    [
      'those of `a`',
      () => expect(resultOf('stop(a * b) + 1')).toEqual({ value: 15, operations: ['mul', 'add'] }),
    ],
    [
      'An *operation* is one step of the debugger',
      () => {
        const { program } = tried('given a = 7\nforward\n  y = a*a + 1 - a/2');
        const session = new Session(program, '');
        const operations = ['mul', 'add', 'div', 'sub'].map(() => {
          session.dispatch('next');
          return session.moment.operation?.name;
        });
        expect(operations).toEqual(['mul', 'add', 'div', 'sub']);
        expect(program.size).toBe(4);
      },
    ],
    [
      'A formula without any, such as `a[i] = x[i]`, takes one step: the copy',
      () => expect(computed('y[i] = x[i]').operations('y')).toEqual(['copy', 'copy', 'copy']),
    ],
    [
      'Arithmetic on indices is free',
      () => expect(computed('y[k] = x[2*k - 1] + 1').operations('y')).toEqual(['add', 'add']),
    ],
    [
      'A function of your own has a line of its own, usually above the passes',
      () => {
        const own = 'function swish(z) = z * sigmoid(z)\n';
        const passes = 'given a = 2\nforward\n  y = swish(a)\n';
        for (const text of [own + passes, passes + own])
          expect(tried(text).value('y')).toBeCloseTo(2 * σ(2), 14);
        expect(tried(passes).isRunnable).toBe(false);
      },
    ],
    [
      'A *slope* is the derivative with respect to each parameter, in the parameters and the function’s own value',
      () => {
        // Slopes that are none, so that it shows which are taken.
        const gradient = (parameter: string) =>
          tried(
            `function f(p, q) = p * q  slope 10*q, f + p\nparam a = 3\nparam b = 5\nforward\n  L = f(a, b)\nupdate\n  ${parameter} <- ${parameter} - dL/d${parameter}`,
          ).value(`dL/d${parameter}`);
        expect(gradient('a')).toBe(10 * 5);
        expect(gradient('b')).toBe(3 * 5 + 3);
      },
    ],
    [
      'Without one, the body is differentiated',
      () =>
        expect(slopeAt(2, 'swish(z)', 'function swish(z) = z * sigmoid(z)\n')).toBeCloseTo(
          σ(2) + 2 * σ(2) * (1 - σ(2)),
          14,
        ),
    ],
    [
      'Slopes through the value are what a lecture computes by hand from the stored activation',
      () => {
        const model = tried(`
          param z = 0.3
          forward
            h = sigmoid(z)
            L = 7 * h
          update
            z <- z - dL/dz
          store h: 1dp`);
        // The activation, 0.574…, is stored as 0.6.
        expect(model.value('dL/dz')).toBeCloseTo(7 * 0.6 * 0.4, 14);
        expect(model.value('dL/dz', 1, 'full')).toBeCloseTo(7 * σ(0.3) * (1 - σ(0.3)), 14);
      },
    ],
    [
      'they stay finite where $e^{-z}$ does not',
      () => {
        const body = 'function own(z) = 1 / (1 + exp(-z))';
        expect(Math.exp(800)).toBe(Number.POSITIVE_INFINITY);
        expect(slopeAt(-800, 'own(z)', `${body}  slope own * (1 - own)\n`)).toBe(0);
        expect(slopeAt(-800, 'own(z)', `${body}\n`)).toBeNaN();
      },
    ],
    [
      'A slope that is not the derivative is a finding',
      () => {
        const messages = (slope: string) =>
          tried(`function f(z) = z^2  slope ${slope}\ngiven a = 1\nforward\n  y = f(a)`).messages;
        expect(messages('3*z')).toEqual([expect.stringMatching(/slope/)]);
        expect(messages('2*z')).toEqual([]);
      },
    ],
  ],
});
