import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deserialize, deserializeProgram, fingerprint } from './deserialization.ts';
import { compileProgram, type Program } from './program.ts';
import { dataDifference } from './serialization.testing.ts';
import { serialize, serializeProgram } from './serialization.ts';

const throughText = (data: unknown): unknown => deserialize(JSON.parse(JSON.stringify(serialize(data))));

const seed = 20_260_101;
const anyData = fc.letrec((tie) => ({
  data: fc.oneof(
    { depthSize: 'small' },
    fc.double(),
    fc.constantFrom(
      -0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      undefined,
      null,
      true,
    ),
    fc.string({ unit: 'binary' }),
    fc.array(fc.double()).map((numbers) => Float64Array.from(numbers)),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('data'),
      { maxKeys: 4, noNullPrototype: true },
    ),
    fc.array(fc.tuple(fc.string(), tie('data')), { maxLength: 4 }).map((entries) => new Map(entries)),
    // The same part at several places.
    fc.tuple(tie('data'), tie('data')).map(([a, b]) => ({ first: a, again: [a, b, a], b })),
  ),
})).data;

describe('serialized data', () => {
  it('thaws to the same, with the same parts in common', () => {
    fc.assert(
      fc.property(anyData, (data) => {
        expect(dataDifference(data, throughText(data))).toBeUndefined();
      }),
      { seed, numRuns: 500 },
    );
  });

  it('is plain', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    for (const unfit of [loop, new Date(0), () => 1, Symbol('s'), [1n], new Uint8Array(2)])
      expect(serialize({ unfit })).toBeUndefined();
  });
});

describe('a serialized program', () => {
  const text = 'given x = [1, 2]\nforward\n  y[i] = x[i] * x[i]';
  const { program } = compileProgram(text) as { program: Program };
  const serialized = serializeProgram(program) as string;

  it('is the program of its text, and of no other', () => {
    const thawed = deserializeProgram(serialized, text) as Program;
    expect(dataDifference([program.model, program.tree], [thawed.model, thawed.tree])).toBeUndefined();
    expect(thawed.locate(2)).toEqual(program.locate(2));
    expect(deserializeProgram(serialized, text.replace('2', '3'))).toBeUndefined();
    expect(fingerprint('')).not.toBe(fingerprint('\0'));
  });

  it('is none where it would be larger than what compiles it', () => {
    const large = compileProgram(`param W[200,200] = he(1, 200)\nforward\n  y = sum(i: W[1,i])`)
      .program as Program;
    expect(serializeProgram(large)).toBeUndefined();
  });
});
