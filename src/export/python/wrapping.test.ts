import { describe, expect, it } from 'vitest';
import { SeededNumbers } from '../../machine/testing/models.testing.ts';
import { findPython, pythonTrees } from './python.testing.ts';
import { wrapped } from './wrapping.ts';

/** A random expression of Python, of all that the exports are made of. */
function expression(n: SeededNumbers, depth: number): string {
  const leaf = () =>
    n.pick(['a', 'some_long_name', 'δ1', "'2dp'", "'a, (b for [c'", '0.5', '1e-9', "'it\\'s + '", '-x']);
  if (depth <= 0) return leaf();
  const e = () => expression(n, depth - n.whole(1, 2));
  const many = (by: string, most: number) => Array.from({ length: n.whole(1, most) }, e).join(by);
  return n.pick([
    leaf,
    () => `(${e()})`,
    () => `${leaf()} + ${many(' - ', 4)}`,
    () => `(${e()}) * ${leaf()} / (${e()})`,
    () => `(${e()}) @ ${leaf()}.T`,
    () => `np.einsum('ij,jk->ik', ${many(', ', 4)})`,
    () => `np.sum(${e()}, axis=(0, 1))`,
    () => `w[${leaf()} - 1, :, 2::-1, None] * -(${e()})`,
    () => `sum(${e()} for t in range(${leaf()}) for k in range(2, ${leaf()}) if t <= k + 1)`,
    () => `max((${e()} for t in range(9)), default=0.0)`,
    () => `winner((${e()}, 2 * k + 1) for k in range(3))`,
    () => `(${e()} if t >= 1 and k == 2 else np.zeros((${leaf()}, 2)))`,
    () => `-(${e()})**2`,
    () => `1.0 * ((${e()}) > ${leaf()})`,
    () => `[${many(', ', 5)}]`,
  ])();
}

function statement(seed: number): string {
  const n = new SeededNumbers(seed);
  const e = expression(n, n.whole(2, 9));
  return n.pick([
    () => `y = ${e}`,
    () => `cells[t - 1, :] = ${e} + ${expression(n, 2)}`,
    () => `return ${e}`,
    () => `agree('-dL/dW[a = b]', ${e}, ${expression(n, 3)})`,
    () => `y = ${e} if ${leafCondition(n)} else ${expression(n, 2)}`,
    () => `y = ${e} @ ${expression(n, 3)}`,
  ])();
}

const leafCondition = (n: SeededNumbers): string => n.pick(['t >= 1', 'k == t and t <= 2']);

const python = findPython('ast');

describe('a line that is too long', () => {
  it.skipIf(python === undefined)('reads the same to Python, wherever it is broken', () => {
    const seeds = Array.from({ length: 600 }, (_, at) => at + 1);
    const lines = seeds.map(statement);
    const broken = seeds.map((seed, at) => wrapped(lines[at], 1, [1, 20, 40, 80, 118][seed % 5]));
    const inside = (text: string) => `def f():\n${text}\n`;
    const trees = pythonTrees(python as string, [
      ...lines.map((line) => inside(`    ${line}`)),
      ...broken.map(inside),
    ]);
    const wrong = seeds.filter(
      (_, at) => trees[at].startsWith('wrong') || trees[at] !== trees[seeds.length + at],
    );
    expect(
      wrong.map(
        (seed) => `seed ${seed}: ${trees[seeds.length + seed - 1].slice(0, 90)}\n${broken[seed - 1]}`,
      ),
    ).toEqual([]);
    expect(broken.filter((text) => text.includes('\n')).length).toBeGreaterThan(300);
  });

  it('is broken at the loosest place, and inside brackets only', () => {
    const line =
      "dL_dW = np.einsum('ij,jk->ik', first[:, None] + second[None, :] * third, fourth - fifth) + sum(f(a, b) for t in range(2))";
    expect(wrapped(line, 0, 60)).toBe(
      `dL_dW = (
    np.einsum(
        'ij,jk->ik',
        first[:, None] + second[None, :] * third,
        fourth - fifth,
    )
    + sum(f(a, b) for t in range(2))
)`.replace('fifth,', 'fifth'),
    );
    expect(wrapped('y = a + b', 2, 118)).toBe('        y = a + b');
  });
});
