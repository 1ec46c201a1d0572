import { describe, expect, it } from 'vitest';
import { verifyClaims } from '../check/claim-check.ts';
import { Machine } from '../machine/machine.ts';
import { compileProgram } from '../program/program.ts';
import { type Nested, type ZooModel, zooModels, zooReferences } from './zoo.testing.ts';

function machineOf({ name, text }: ZooModel): Machine {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined)
    throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
  return new Machine(program, 'full');
}

/** Every number of an array, with the indices of its cell. */
function* entries(
  value: Nested,
  cell: readonly number[] = [],
): Generator<readonly [readonly number[], number]> {
  if (typeof value === 'number') yield [cell, value];
  else for (const [at, part] of value.entries()) yield* entries(part, [...cell, at + 1]);
}

/** The name under which a model keeps what the reference calls `dL/dW1`, and its sign. */
function named({ program: { model } }: Machine, key: string): { name: string; sign: number } {
  if (!key.includes('/') || model.quantities.has(key)) return { name: key, sign: 1 };
  const claimed = model.formulas.find(({ claim }) => claim && `d${claim.of}/d${claim.by}` === key);
  if (claimed?.claim === undefined) throw new Error(`there is no ${key}`);
  return { name: claimed.target, sign: claimed.claim.sign };
}

describe('the zoo', () => {
  it('has a model for every entry of the reference', () => {
    expect(zooModels.map(({ name }) => name).sort()).toEqual([...zooReferences.keys()].sort());
  });

  it.each(zooModels)('$name gives the numbers of the reference', (model) => {
    const machine = machineOf(model);
    expect(model.frames.length).toBeGreaterThan(0);
    model.frames.forEach((row, n) => {
      for (const [key, value] of Object.entries(row)) {
        const { name, sign } = named(machine, key.replace('new ', ''));
        // What nothing renews, such as a constant rate, stays as it is.
        const isNew = key.startsWith('new ') && machine.program.writer(name, 'new') !== undefined;
        const version = isNew ? 'new' : 'old';
        const numbers = [...entries(value)];
        const largest = numbers.reduce((most, [, number]) => Math.max(most, Math.abs(number)), 0);
        for (const [cell, wanted] of numbers) {
          const found = sign * machine.value(n + 1, name, version, cell);
          const close = Math.abs(found - wanted) <= 1e-11 * Math.abs(wanted) + 1e-13 * largest + 1e-15;
          const what = `frame ${n + 1}: ${key}[${cell}] is ${found}, not ${wanted}\n${model.text}`;
          expect(close, what).toBe(true);
        }
      }
    });
  });

  it.each(zooModels)('$name has claims that hold', ({ text }) => {
    expect(verifyClaims(text)).toEqual([]);
  });
});
