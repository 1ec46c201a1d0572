import { describe, expect, it } from 'vitest';
import { plainIndex } from '../formula/affine.ts';
import { compileModel } from '../formula/compile/compile.ts';
import type { Model } from '../formula/model.ts';
import { compileProgram } from '../program/program.ts';
import { Machine } from './machine.ts';
import { lecture, type ModelCase, modelCases, perceptron } from './testing/models.testing.ts';
import { oddities } from './testing/oddities.testing.ts';
import { arrayCells, cellKey, record } from './testing/recorder.testing.ts';

/** The loss that the slow recorder computes, with some numbers replaced. */
function lossOf(model: Model, { recurrent }: ModelCase, edits: ReadonlyMap<string, number>): number {
  const options = { rounded: false, edits, only: 'forward' as const, ...(recurrent && { recurrent }) };
  return record(model, 1, options)[0].after.get('old L') as number;
}

/**
 * dL/dcell by central differences at h and h/2, extrapolated once (Richardson), so the error is of order h⁴.
 * `rough` says how far the two differ: across a kink they do not agree.
 */
function slopeAt(model: Model, one: ModelCase, cell: string, at: number): { slope: number; rough: number } {
  const central = (h: number) => {
    const [above, below] = [at + h, at - h];
    const loss = (value: number) => lossOf(model, one, new Map([[cell, value]]));
    return (loss(above) - loss(below)) / (above - below);
  };
  const [wide, narrow] = [central(2e-4), central(1e-4)];
  return { slope: (4 * narrow - wide) / 3, rough: Math.abs(narrow - wide) };
}

/** Where the derivative by a parameter's cell is to be read, and with which sign. */
function gradientOf(
  model: Model,
  name: string,
): { target: string; sign: number; order: readonly number[] } | undefined {
  const rank = model.quantities.get(name)?.shape.length ?? 0;
  const plain = { target: `dL/d${name}`, sign: 1, order: Array.from({ length: rank }, (_, d) => d) };
  if (model.quantities.has(plain.target)) return plain;
  const formula = model.formulas.find(({ claim }) => claim?.of === 'L' && claim.by === name);
  if (formula?.claim === undefined) return undefined;
  const { claim, target, indices } = formula;
  const by = claim.indices.map(plainIndex);
  return { target, sign: claim.sign, order: indices.map((index) => by.indexOf(index.name)) };
}

function compile({ name, text }: ModelCase, deriveClaims: boolean): Machine {
  const { program, diagnostics } = compileProgram(text, { deriveClaims });
  if (program === undefined)
    throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
  return new Machine(program, 'full');
}

describe('the derived gradient is the central difference', () => {
  it.each([...modelCases, ...oddities])('$name', (one) => {
    const machine = compile(one, true);
    const { model } = machine.program;
    let compared = 0;
    for (const { name, role, shape, numbers } of model.quantities.values()) {
      const gradient = gradientOf(model, name);
      if (role !== 'param' || gradient === undefined || numbers === undefined) continue;
      for (const [flat, cell] of arrayCells(shape).entries()) {
        const derived =
          gradient.sign *
          machine.value(
            1,
            gradient.target,
            'old',
            gradient.order.map((d) => cell[d]),
          );
        const { slope, rough } = slopeAt(model, one, cellKey('', name, cell).trim(), numbers[flat]);
        // Relative 1e-7; below a size of 0.01 the difference quotient's own rounding is what remains.
        const tolerance = 1e-7 * Math.max(0.01, Math.abs(slope));
        const what = `${name}[${cell}]: derived ${derived}, difference quotient ${slope} (rough ${rough})\n${one.text}`;
        expect(Math.abs(derived - slope) <= tolerance, what).toBe(true);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});

describe('the derived formula gives what the lecture writes by hand', () => {
  const byHand = [
    { name: 'the lecture', text: lecture },
    ...Array.from({ length: 40 }, (_, n) => perceptron(n + 1)),
  ];
  it.each(byHand)('$name', (one) => {
    const [written, derived] = [compile(one, false), compile(one, true)];
    for (const { target, version, claim } of written.program.model.formulas) {
      if (claim === undefined) continue;
      for (const cell of arrayCells(written.layout.slot(target, version).shape)) {
        const [hand, found] = [written, derived].map((machine) => machine.value(1, target, version, cell));
        const close = Math.abs(hand - found) <= 1e-12 * Math.max(Math.abs(hand), Math.abs(found));
        expect(close, `${target}[${cell}]: ${hand} by hand, ${found} derived\n${one.text}`).toBe(true);
      }
    }
  });

  it('in the same names, signs and orders of indices', () => {
    const transposed = lecture.replaceAll(/g1\[j,i\]/g, 'g1[i,j]');
    const { model, diagnostics } = compileModel(transposed, { deriveClaims: true });
    expect(diagnostics).toEqual([]);
    const found = model?.formulas.find(({ target }) => target === 'g1');
    expect(found?.indices.map(({ name }) => name)).toEqual(['i', 'j']);
    const derived = compile({ name: 'transposed', text: transposed }, true);
    const written = compile({ name: 'written', text: lecture }, false);
    for (const [j, i] of arrayCells([2, 2])) {
      expect(derived.value(1, 'g1', 'old', [i, j])).toBeCloseTo(written.value(1, 'g1', 'old', [j, i]), 15);
    }
  });
});
