import { expect } from 'vitest';
import { isWide, TrialNumbers } from '../../check/trial-numbers.ts';
import { indexTries } from './indices.testing.ts';
import { tried, tryStatements } from './statements.testing.ts';

/** A layer of two units and what is claimed of its sensitivities. */
const net = (backward: string) =>
  tried(`
    given x = [0.35, 0.9]
    given t = [0.5, 0.2]
    param W = [[0.1, 0.8], [0.4, 0.6]]
    forward
      net[k] = sum(i: W[k,i] * x[i])
      y[k] = sigmoid(net[k])
      L = sum(k: (t[k] - y[k])^2) / 2
    backward
      ${backward}`);

/** The derivative of that loss by the first net input, by hand. */
const byNet1 = (() => {
  const y = 1 / (1 + Math.exp(-(0.1 * 0.35 + 0.8 * 0.9)));
  return (y - 0.5) * y * (1 - y);
})();

tryStatements('90-the-formula-language.md', 'Formulas', {
  tried: [
    [
      'A formula stands in a pass under its heading: `forward`, `backward` or `update`',
      () => {
        const model = tried('state s = 1\nforward\n  y = s\nbackward\n  z = y\nupdate\n  s <- z + 1');
        expect(model.program.model.passes.map(({ phase }) => phase)).toEqual([
          'forward',
          'backward',
          'update',
        ]);
        expect(tried('given s = 1\ny[i] = s').isRunnable).toBe(false);
        expect(tried('given s = 1\nsideways\n  y = s').isRunnable).toBe(false);
      },
    ],
    [
      'Passes run in the order of the text and make up one *iteration*',
      () => {
        const model = tried('state s = 1\nforward\n  a = s\nupdate\n  s <- s + 1\nforward\n  b = 10 * s');
        expect(model.finished).toEqual(['a', 's', 'b']);
        expect([1, 2].map((frame) => model.value('a', frame))).toEqual([1, 2]);
        expect([1, 2].map((frame) => model.value('b', frame))).toEqual([20, 30]);
      },
    ],
    [
      'A heading may come again',
      () => {
        const model = tried(`
          param d = 2
          param g = 3
          forward
            f1 = d * g
            L = f1^2 / 2
          update
            d <- d - 0.1 * dL/dd
          forward
            f2 = d * g
            E = f2^2 / 2
          update
            g <- g - 0.1 * dE/dg`);
        expect(model.messages).toEqual([]);
        const d = 2 - 0.1 * (2 * 3 * 3);
        expect(model.value('f2')).toBeCloseTo(d * 3, 14);
        expect(model.value('g')).toBeCloseTo(3 - 0.1 * d * 3 * d, 14);
      },
    ],
    [
      'A line reads the newest version of every name',
      () => {
        const model = tried(
          'param w = 1\nstate s = 0\nforward\n  y = w\nupdate\n  w <- 5 * y\n  s <- w\nforward\n  z = w + s',
        );
        expect(model.value('z')).toBe(10);
        expect(model.value('y', 2)).toBe(5);
      },
    ],
    [
      'what a pass computes has a name of its own, and a parameter is updated once in an iteration',
      () => {
        const twice = (text: string) => tried(`param w = 1\nforward\n  y = w\n${text}`);
        for (const again of [
          '  y = 2',
          'forward\n  y = 2',
          'update\n  w <- 2\n  w <- 3',
          'update\n  w <- 2\nforward\n  z = w\nupdate\n  w <- z',
        ]) {
          expect(twice(again).isRunnable).toBe(false);
          expect(twice(again).messages.join()).toMatch(/already/);
        }
      },
    ],
    [
      'computes a quantity, once in every iteration, for every `j`',
      () => {
        const model = tried(
          'state net = [0, 1]\nforward\n  h[j] = sigmoid(net[j])\nupdate\n  net[j] <- net[j] + 1',
        );
        expect(model.finished).toEqual(['h[1]', 'h[2]', 'net[1]', 'net[2]']);
        for (const frame of [1, 2])
          for (const j of [1, 2])
            expect(model.value(`h[${j}]`, frame)).toBeCloseTo(1 / (1 + Math.exp(2 - j - frame)), 14);
      },
    ],
    [
      'updates a parameter, a state, a rate or given data, which keep their new value in the next iteration',
      () => {
        const kept = (role: string) => tried(`${role} w = 1\nforward\n  y = w\nupdate\n  w <- 3 * w`);
        for (const role of ['param', 'state', 'rate', 'given'])
          expect([1, 2, 3].map((frame) => kept(role).value('y', frame))).toEqual([1, 3, 9]);
        for (const other of ['sample w = [1]', 'random w = normal(1)', 'mode w'])
          expect(tried(`${other}\nforward\n  y = w\nupdate\n  w <- 3`).isRunnable).toBe(false);
      },
    ],
    [
      'The right side reads the old values of `W`, even where cells of it are updated already; lines after this one read the new ones',
      () => {
        const model = tried(`
          param W = [1, 2]
          param b = 0
          forward
            y = b
          update
            W[i] <- W[i] + 10 * W[1]
            b <- W[2]`);
        expect(model.values('W')).toEqual([11, 12]);
        expect(model.value('b')).toBe(12);
      },
    ],
    [
      'It is checked against the derivation, at the lesson’s values, at five sets of numbers near them',
      () => {
        const claimed = (right: string) =>
          tried(`param w = 3\nforward\n  L = w^2\nbackward\n  g = ${right} : dL/dw`);
        expect(claimed('2*w').messages).toEqual([]);
        expect(claimed('3*w').messages.join()).toMatch(/g gives 9, but dL\/dw is 6/);
        // Right at the lesson's number alone.
        expect(claimed('6').messages.join()).toMatch(/at trial numbers near the lesson’s/);
        const numbers = new TrialNumbers(claimed('2*w').program);
        const [own, ...near] = numbers.trials.map((trial) => numbers.of(trial).get('w')?.[0] ?? 0);
        expect([own, near.length, new Set(near).size]).toEqual([3, 5, 5]);
        for (const w of near) expect(Math.abs(w / 3 - 1)).toBeLessThan(0.16);
      },
    ],
    [
      'where the model decides something by its numbers, as `max(z, 0)` does, at some far away',
      () => {
        const claimed = (right: string) =>
          tried(`param z = 3\nforward\n  L = max(z, 0)\nbackward\n  g = ${right} : dL/dz`);
        expect(claimed('[z > 0]').messages).toEqual([]);
        expect(claimed('1').messages.join()).toMatch(/g gives 1 at other trial numbers, but dL\/dz is 0/);
        const numbers = new TrialNumbers(claimed('1').program);
        const far = numbers.trials.filter(isWide).map((trial) => numbers.of(trial).get('z')?.[0] ?? 0);
        expect(far).toHaveLength(4);
        expect(Math.max(...far.map((z) => Math.abs(z - 3)))).toBeGreaterThan(3);
      },
    ],
    [
      'a claim alone: the formula is derived, under this name and with this sign',
      () => {
        for (const sign of [-1, 1]) {
          const model = net(`δ[k] : ${sign < 0 ? '-' : ''}dL/dnet[k]`);
          expect(model.messages).toEqual([]);
          expect(model.shape('δ')).toEqual([2]);
          expect(model.value('δ[1]')).toBeCloseTo(sign * byNet1, 14);
        }
      },
    ],
    [
      'the formula is said not to be that derivative, and checked to differ from it. The right one may stand beside it',
      () => {
        const mistaken = 'δ[k] = t[k] - y[k] : not -dL/dnet[k]';
        const right = '(t[k] - y[k]) * y[k] * (1 - y[k])';
        expect(net(mistaken).messages).toEqual([]);
        expect(net(`${mistaken}\n      r[k] = ${right} : -dL/dnet[k]`).messages).toEqual([]);
        expect(net(`${mistaken}\n      r[k] : -dL/dnet[k]`).messages).toEqual([]);
        expect(net(mistaken.replace('t[k] - y[k]', right)).messages.join()).toMatch(/leave out not/);
        expect(net(mistaken.replace('not ', '')).messages).toHaveLength(1);
      },
    ],
    ...indexTries,
    [
      'A derivative that an update asks for is computed in the backward pass before it, or in one made for it',
      () => {
        const phases = (backward: string) => {
          const { model } = tried(
            `param w = 3\nforward\n  L = w^2\n${backward}update\n  w <- w - 0.1 * dL/dw`,
          ).program;
          const derived = model.formulas.find(({ target }) => target === 'dL/dw');
          return [derived?.pass, ...model.passes.map(({ phase }) => phase)];
        };
        expect(phases('backward\n  g = L + 1\n')).toEqual([1, 'forward', 'backward', 'update']);
        expect(phases('')).toEqual([1, 'forward', 'backward', 'update']);
      },
    ],
    [
      'from all forward lines so far',
      () => {
        const model = tried(`
          param w = 2
          param v = 3
          forward
            y = w^2
          update
            v <- v - 1
          forward
            L = v * y
          update
            w <- w - 0.1 * dL/dw`);
        expect(model.value('dL/dw')).toBe((3 - 1) * 2 * 2);
        const early = 'param w = 2\nforward\n  y = w\nupdate\n  w <- w - dL/dw\nforward\n  L = y^2';
        expect(tried(early).isRunnable).toBe(false);
      },
    ],
    [
      'What a backward or update pass has computed counts as given there: nothing is differentiated through it',
      () => {
        const after = (text: string) =>
          tried(`
            param w = 3
            state s = 0
            forward
              L = w^2
            ${text}
            forward
              E = s * w
            update
              w <- w - dE/dw`);
        const updated = after('update\n  s <- w^2');
        expect(updated.value('dE/dw')).toBe(3 ** 2);
        const backward = after('backward\n  g : dL/dw').text.replace('E = s * w', 'E = g * w');
        expect(tried(backward).value('dE/dw')).toBe(2 * 3);
      },
    ],
    [
      'Lines are computed in the order in which they stand, but what a line needs of the later ones of its pass is computed just before it',
      () => {
        expect(tried('forward\n  c = 1 + 1\n  a = 2 + 1\n  b = 3 + 1').finished).toEqual(['c', 'a', 'b']);
        const early = tried('forward\n  a = 1 + 1\n  b = 2 * d\n  c = 3 + 1\n  d = e + 1\n  e = a + 1');
        expect(early.finished).toEqual(['a', 'e', 'd', 'b', 'c']);
        expect(early.value('b')).toBe(8);
      },
    ],
    [
      'Quantities that need each other, as in a recurrent network, are computed together, along the index in which every need points to the past, or every one to the future',
      () => {
        const recurrent = (past: string) =>
          tried(`
            given x = [1, 2, 3]
            forward
              c[t] = x[t] + h?[${past}]
              h[t] = 2 * c[t]`);
        expect(recurrent('t-1').finished).toEqual(['c[1]', 'h[1]', 'c[2]', 'h[2]', 'c[3]', 'h[3]']);
        expect(recurrent('t-1').values('h')).toEqual([2, 8, 22]);
        expect(recurrent('t+1').finished).toEqual(['c[3]', 'h[3]', 'c[2]', 'h[2]', 'c[1]', 'h[1]']);
        expect(recurrent('t-1] + h?[t+1').messages.join()).toMatch(/no index orders them/);
        expect(recurrent('t').messages.join()).toMatch(/need each other/);
      },
    ],
  ],
});
