import { expect } from 'vitest';
import { type Tried, tried } from './statements.testing.ts';

/** What the manual says of entries that a number picks. */
export const pickTries: readonly Tried[] = [
  [
    'the entry that a number picks, counted from 1, as the share of the right class, `-log(p[y])`',
    () => {
      const of = (y: number) => tried(`given p = [0.5, 0.2, 0.3]\ngiven y = ${y}\nforward\n  L = -log(p[y])`);
      expect([1, 2, 3].map((y) => of(y).value('L'))).toEqual([0.5, 0.2, 0.3].map((p) => -Math.log(p)));
    },
  ],
  [
    'It is written out as a sum with a letter of its own, `sum(c: [c = y] * p[c])`, so the gradient reaches that entry alone',
    () => {
      const model =
        tried(`param z = [0.5, 1, -2]\ngiven y = 2\nforward\n  e[k] = exp(z[k])\n  S = sum(k: e[k])
  p[k] = e[k] / S\n  L = -log(p[y])\n  M = z[y]^2\nbackward\n  g[k] = p[k] - [k = y] : dL/dz[k]
  h[k] = 2 * [k = y] * z[k] : dM/dz[k]`);
      expect(model.messages).toEqual([]);
      expect(model.values('h')).toEqual([0, 2, -0]);
      expect(model.formulas).toContain('M = sum(c: [c = y] * z[c])^2');
    },
  ],
  [
    'data that pick none are an error',
    () => {
      for (const y of ['4', '0', '1.5']) {
        const model = tried(`given p = [1, 2, 3]\ngiven y = ${y}\nforward\n  L = p[y]`);
        expect(model.messages.join()).toMatch(/picks none of the entries, which are 1 to 3/);
        expect(model.isRunnable).toBe(false);
      }
    },
  ],
  [
    'for $n$ entries, $3n - 1$',
    () => {
      const model = tried('given p = [1, 2, 3, 4]\ngiven y = 2\nforward\n  L = p[y]');
      expect(model.operations('L')).toHaveLength(3 * 4 - 1);
    },
  ],
];
