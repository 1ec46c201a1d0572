import { describe, expect, it } from 'vitest';
import { uniform } from '../number/random.ts';
import { compileProgram, type Program } from './program.ts';

function compile(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined)
    throw new Error(`${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
  return program;
}

/** Sums that are clipped by several indices around, so that no two cells of a formula need be alike. */
const clipped = [
  `index i = 1..9
index j = 1..7
index k = 1..5
forward
  a[i,j,k] = sum(s=1..9 where s <= i, s >= k: s) + when(j > i: 1 * 2)
  b[k,j] = sum(i where i + j <= 9: a[i,j,k] * 2)
  c = sum(k, j where k <= j: b[k,j])`,
  `given x = [1, 2, 3, 4, 5, 6, 7, 8]
index t = 1..8
forward
  h[t] = sum(s=1..3 where s < t: h?[t-s] * x[t]) + when(t > 4: g?[t-1] * 2 * 3)
  g[t] = h[t] * 2 + sum(s=1..8 where s > t: x[s])`,
];

describe('a step', () => {
  it.each(clipped)('is located where its cell is, whatever the sizes around: %#', (text) => {
    const program = compile(text);
    let cell = { first: 0, last: 0 };
    for (let step = 1; step <= program.size; step++) {
      const { formula, cell: at, operation, operations, first } = program.locate(step);
      if (step > cell.last) {
        // The next cell begins where the one before has ended.
        expect(operation).toBe(1);
        cell = program.stepsOf(formula, at);
        expect(cell.first).toBe(step);
        const environment = new Map(formula.indices.map(({ name }, d) => [name, at[d]]));
        expect(operations).toBe(program.counts.ofCell(formula.expression, environment));
      }
      expect([first, operations]).toEqual([cell.first, cell.last - cell.first + 1]);
      expect(operation).toBe(step - cell.first + 1);
    }
    expect(cell.last).toBe(program.size);
  });

  it('is found the same where there are too many sizes to keep', () => {
    // 27,000 settings of the loops around, whose prefix sums would be 837,000 numbers.
    const program = compile(`index i = 1..30
index j = 1..30
index k = 1..30
index l = 1..30
forward
  a[i,j,k,l] = when(i + j + k <= l + 33: 1 * 2 * 3)`);
    for (let n = 0; n < 400; n++) {
      const cell = [1, 2, 3, 4].map((d) => 1 + Math.floor(uniform(3, d, n) * 30));
      const { first, last } = program.stepsOf(program.model.formulas[0], cell);
      const where = `${cell} at ${first}..${last}`;
      expect(program.locate(first).cell, where).toEqual(cell);
      expect(program.locate(last).cell, where).toEqual(cell);
      expect(last - first + 1, where).toBe(cell[0] + cell[1] + cell[2] <= cell[3] + 33 ? 2 : 1);
    }
  });
});
