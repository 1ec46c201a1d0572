import { describe, expect, it } from 'vitest';
import { compileModel } from '../formula/compile/compile.ts';
import { codeFormula } from '../formula/print/pseudocode.ts';
import { Machine } from '../machine/machine.ts';
import { adversarialExample, adversaries } from '../machine/testing/models.testing.ts';
import { record } from '../machine/testing/recorder.testing.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { verifyClaims } from './claim-check.ts';

function compile(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined)
    throw new Error(`${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
  return program;
}

/** `pass phase formula` of every formula. */
const formulas = (text: string): string[] =>
  compile(text).model.formulas.map((one) => `${one.pass} ${one.phase} ${codeFormula(one)}`);

/**
 * The derivative of a loss by a cell, by central differences with one extrapolation. Updated numbers are kept
 * constant: the derivative is taken with them given.
 */
function slope(
  program: Program,
  machine: Machine,
  loss: string,
  cell: string,
  version: 'old' | 'new',
): number {
  const { model } = program;
  const renewed = machine.layout.renewed.map(
    ({ old }) => [`new ${old.name}`, machine.value(1, old.name, 'new', [])] as const,
  );
  const at = machine.value(1, cell, version, []);
  const lossAt = (value: number) => {
    const comparisons = new Map<string, number>([
      ...renewed,
      [`old ${cell}`, machine.value(1, cell, 'old', [])],
      [`${version} ${cell}`, value],
    ]);
    return record(model, 1, { rounded: false, only: 'forward', known: comparisons })[0].after.get(
      `old ${loss}`,
    ) as number;
  };
  const central = (h: number) => (lossAt(at + h) - lossAt(at - h)) / (2 * h);
  return (4 * central(1e-4) - central(2e-4)) / 3;
}

describe('passes that come again', () => {
  it('let a GAN look through the renewed discriminator', () => {
    const program = compile(adversaries.text);
    const machine = new Machine(program, 'full');
    const at = (name: string, version: 'old' | 'new' = 'old', cell: number[] = []) =>
      machine.value(1, name, version, cell);
    const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    expect(at('w', 'new')).not.toBe(at('w'));
    expect(at('fooled', 'old', [1])).toBeCloseTo(
      sigmoid(at('w', 'new') * at('g', 'old', [1]) + at('c', 'new')),
      14,
    );
    expect(at('fake', 'old', [1])).toBeCloseTo(sigmoid(at('w') * at('g', 'old', [1]) + at('c')), 14);
    for (const [loss, cell] of [
      ['LD', 'w'],
      ['LD', 'c'],
      ['LG', 'a'],
      ['LG', 'b'],
    ])
      expect(at(`d${loss}/d${cell}`)).toBeCloseTo(slope(program, machine, loss, cell, 'old'), 9);
  });

  it('each have their own place', () => {
    const { model, passes } = compile(adversaries.text);
    expect(model.passes.map(({ phase }) => phase)).toEqual([
      'forward',
      'backward',
      'update',
      'forward',
      'backward',
      'update',
    ]);
    expect(passes.map(({ pass }) => pass)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('may go on from what a backward pass has found, which then counts as given', () => {
    const program = compile(adversarialExample.text);
    const { model } = program;
    expect(model.passes.map(({ phase }) => phase)).toEqual([
      'forward',
      'backward',
      'forward',
      'backward',
      'update',
    ]);
    const machine = new Machine(program, 'full');
    const w = [0.1, 0.8];
    const x2 = [1, 2].map((i) => machine.value(1, 'x2', 'old', [i]));
    const y2 = Math.tanh(w[0] * x2[0] + w[1] * x2[1]);
    [1, 2].forEach((i) => {
      expect(machine.value(1, 'dL2/dw', 'old', [i])).toBeCloseTo(-(0.5 - y2) * (1 - y2 * y2) * x2[i - 1], 12);
    });
  });

  it('differentiate by what has been renewed, where the loss reads only that', () => {
    const text = `param w = 2
forward
  L = w^2
update
  w <- w - 0.1 * dL/dw
forward
  M = w^3
backward
  g = 3*w^2 : dM/dw`;
    expect(formulas(text)).toContain('4 backward g = 3 * w^2');
    expect(verifyClaims(text)).toEqual([]);
    expect(verifyClaims(text.replace('3*w^2', '2*w^2'))).toHaveLength(1);
    const program = compile(text);
    const machine = new Machine(program, 'full');
    expect(machine.value(1, 'g', 'old', [])).toBeCloseTo(slope(program, machine, 'M', 'w', 'new'), 8);
  });

  it('continue where a heading says again what it is', () => {
    const text = 'param w = 2\nforward\n  a = w\nforward\n  L = a*b\n  b = 3\nupdate\n  w <- w - dL/dw';
    expect(formulas(text)).toEqual([
      '0 forward a = w',
      '0 forward L = a * b',
      '0 forward b = 3',
      '1 backward dL/dw = b',
      '2 update w <- w - dL/dw',
    ]);
  });

  it('have the derivatives of two losses side by side, and the winners of their maxima once', () => {
    const text = `param w = [1, 2]
forward
  m = max(i: w[i])
  J = m^2
  L = 3*m
update
  w[i] <- w[i] - dL/dw[i] - dJ/dw[i]`;
    expect(formulas(text).filter((line) => line.startsWith('1'))).toEqual([
      '1 backward argmax_m = argmax(i: w[i])',
      '1 backward dL/dm = 3',
      '1 backward dL/dw[i] = dL/dm * [argmax_m = i]',
      '1 backward dJ/dm = 2 * m',
      '1 backward dJ/dw[i] = dJ/dm * [argmax_m = i]',
    ]);
  });

  it.each([
    [
      'y = w\nupdate\n  w <- w - dL/dw\nforward\n  L = w^2',
      '5:12 order dL/dw is known only in backward and after it',
    ],
    [
      'L = w^2\nbackward\n  g : dM/dw\nforward\n  M = w',
      '5:7 order dM/dw is known only after M, which is computed in line 7',
    ],
    [
      'L = w^2\nupdate\n  w <- 1\nforward\n  L = w',
      '7:3 twice L is already defined; a pass that comes again',
    ],
    ['y = z\nbackward\n  a = 1\nforward\n  z = 1', '3:7 order z is computed later, in line 7'],
    [
      'a = w^2\n  L = a^2\nbackward\n  h : dL/dw\nforward\n  q = 1\nbackward\n  e = 2*a : dL/da',
      '10:3 order e is needed for h, which is computed before it',
    ],
    [
      'L = w^2\nupdate\n  w <- w - dL/dw\nforward\n  q = 1\nbackward\n  e = 2*w : dL/dw',
      '5:12 order e, which is dL/dw, is computed later, in line 9',
    ],
  ])('tell of a mistake in %j', (body, wanted) => {
    const { diagnostics } = compileModel(`param w = 2\nforward\n  ${body}`);
    expect(
      diagnostics.map(({ span, rule, message }) => `${span.line}:${span.column} ${rule} ${message}`),
    ).toEqual([expect.stringContaining(wanted)]);
  });
});
