import { describe, expect, it } from 'vitest';
import { codeFormula } from '../formula/print/pseudocode.ts';
import { compileProgram } from './program.ts';

/*
 * Compiling takes time in proportion to what is written and derived. Times are ratios within one run, and their
 * bounds generous: twice as much may take four times as long only if something goes through all for each.
 */

const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

const chain = (count: number) =>
  `param a = 0.5\nforward\n  h1 = tanh(a)\n${lines(count - 1, (n) => `  h${n + 2} = tanh(h${n + 1})`)}\n  L = h${count}^2\nbackward\n  g : dL/da`;
const dense = (count: number) => {
  const all = (n: number) => Array.from({ length: n }, (_, j) => `h${j + 1}`).join(' + ');
  return `param a = 0.5\nforward\n  h1 = tanh(a)\n${lines(count - 1, (n) => `  h${n + 2} = ${all(n + 1)}`)}\n  L = h${count}\nbackward\n  g : dL/da`;
};
const independent = (count: number) => `param a = 0.5\nforward\n${lines(count, (n) => `  h${n} = tanh(a)`)}`;
const backwards = (count: number) =>
  `param a = 0.5\nforward\n${lines(count, (n) => `  h${n} = tanh(h${n + 1})`)}\n  h${count} = tanh(a)`;

/** The processor's time for one compilation, in µs: of as many as take a fifth of a second, since its clock may tick in hundredths. */
function timeOf(text: string): number {
  const before = process.cpuUsage();
  for (let count = 1; ; count++) {
    compileProgram(text);
    const { user, system } = process.cpuUsage(before);
    if (user + system > 200_000) return (user + system) / count;
  }
}

describe('compiling', () => {
  it.each([
    ['a chain with its derivative', chain, 90, 360],
    ['formulas that have nothing to do with each other', independent, 90, 360],
    ['a chain told from its end', backwards, 90, 360],
  ])('%s takes time in proportion', (_, text, few, many) => {
    compileProgram(text(many));
    // 16 times as long it would take if each formula were held against each.
    expect(timeOf(text(many)) / timeOf(text(few))).toBeLessThan((many / few) * 3);
  });

  it('a dense graph takes time in proportion to its references', () => {
    compileProgram(dense(45));
    // 9 times as many references; 27 times as long if every formula were visited for each pair.
    expect(timeOf(dense(45)) / timeOf(dense(15))).toBeLessThan(18);
  });

  it('gives an adjoint of its own to what would become a formula too long to be read', () => {
    const { program, diagnostics } = compileProgram(chain(500));
    expect(diagnostics).toEqual([]);
    const derived = (program?.model.formulas ?? []).filter((formula) => formula.derived);
    expect(derived.length).toBeGreaterThan(50);
    expect(Math.max(...derived.map((formula) => codeFormula(formula).length))).toBeLessThan(400);
  });
});
