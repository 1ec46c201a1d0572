import { describe, expect, it } from 'vitest';
import { expandShorthand } from '../network/expansion.ts';
import { layerKinds } from '../network/layer-kinds.ts';
import { compileExpansion } from './model/rewriting.ts';

/** All diagnostics as `line:column message`. */
const told = (text: string): string[] =>
  compileExpansion(expandShorthand(text)).diagnostics.map(
    ({ span, message }) => `${span.line}:${span.column} ${message}`,
  );

/** A stack for every kind of layer, with the shape of its input. */
const stacks: Readonly<Record<string, string>> = {
  dense: '2 -> 5 sigmoid -> 2 sigmoid',
  each: '4x2 -> each 3 tanh',
  residual: '3 -> residual tanh',
  'residual on images': '2x5x5 -> residual 3x3 relu',
  conv: '1x3x3 -> conv 2 3x3',
  'conv without channels': '4x4 -> conv 2x2 relu',
  maxpool: '4x4 -> maxpool 2x2 -> 3',
  avgpool: '1x4x4 -> avgpool 2x2 -> 3',
  dropout: '4 -> dropout 0.5 seed 1',
  batchnorm: '3 -> batchnorm',
  layernorm: '3 -> layernorm',
  recurrent: '4x2 -> recurrent 3 tanh',
  lstm: '4x2 -> lstm 3',
  last: '4x2 -> recurrent 3 -> last',
  embedding: '4 -> embedding 3 words 6',
  attention: '4x2 -> attention 3 causal',
};

const changed = (shape: readonly number[], at: number, to: number): number[] =>
  shape.map((size, d) => (d === at ? to : size));
const last = (shape: readonly number[], to: number): number[] => changed(shape, shape.length - 1, to);
const zeros = (shape: readonly number[]): string =>
  shape.length === 0
    ? '1'
    : `[${Array(shape[0])
        .fill(zeros(shape.slice(1)))
        .join(', ')}]`;
const is = (shape: readonly number[]): string =>
  shape.length > 1
    ? `is ${shape.join(' × ')}`
    : shape.length === 0
      ? 'is a single number'
      : `has ${shape[0]} ${shape[0] === 1 ? 'entry' : 'entries'}`;

describe('the sizes that shorthand states', () => {
  it('are tried for every kind of layer', () => {
    const kinds = new Set(Object.values(stacks).flatMap((stack) => stack.match(/(?<=-> )\p{L}+/gu) ?? []));
    expect([...kinds, 'dense']).toEqual(expect.arrayContaining(Object.keys(layerKinds)));
  });

  for (const [kind, stack] of Object.entries(stacks)) {
    const batch = kind === 'batchnorm' ? 'batch n = 2\n' : '';
    const input = stack.split(' ')[0].split('x').map(Number);
    const x = batch ? `sample x = ${zeros([2, ...input])}\n` : `given x = ${zeros(input)}\n`;
    const end = `${x}${batch}layers: ${stack}\n`;
    const { text } = expandShorthand(end);
    const drawn = [...text.matchAll(/^(param|state|random) (\S+?)(?:\[([\d,]*)\])? = /gmu)];
    it.each(drawn.map(([, role, name, sizes]) => [name, role, sizes] as const))(
      `of ${kind} hold for %s of the model's own`,
      (name, role, sizes) => {
        const shape = sizes === undefined ? [] : sizes.split(',').map(Number);
        const data = (of: readonly number[]) =>
          role === 'random' ? `random ${name}[${of.join()}] = uniform(1)` : `${role} ${name} = ${zeros(of)}`;
        expect(told(`${data(shape)}\n${end}`)).toEqual([]);
        const others = shape.map((size, d) => changed(shape, d, size + 1));
        for (const other of [...others, [...shape, 2]]) {
          const column = role.length + 2;
          const begins = `1:${column} ${name} ${is(other)}, but layers says `;
          expect(told(`${data(other)}\n${end}`)).toEqual([expect.stringContaining(begins)]);
        }
      },
    );

    it(`of ${kind} hold for the input`, () => {
      const other = batch ? [2, ...last(input, 7)] : last(input, 7);
      const bare = `${batch ? 'sample' : 'given'} x = ${zeros(other)}\n${batch}layers: ${stack}\n`;
      const has = batch ? other.slice(1) : other;
      expect(told(bare)).toEqual([
        expect.stringContaining(` x ${is(has)}, but layers begins with ${input.join(' x ')}; write it`),
      ]);
    });
  }

  it('and how to write it are said where the numbers stand', () => {
    const end = 'layers: 2 -> 5 sigmoid -> 2 sigmoid, without bias\nloss: squared error';
    expect(
      told(`given x = [1, 2]
given t = [1, 0, 0]
param W1 = [[1, 2], [3, 4]]
param W2 = [[1, 2], [3, 4]]
${end}`),
    ).toEqual([
      '3:7 W1 is 2 × 2, but layers says 2 -> 5; write it as 5 × 2',
      '4:7 W2 is 2 × 2, but layers says 5 -> 2; write it as 2 × 5',
      '2:7 t has 3 entries, but loss compares it with y, which is 2; write it with 2 entries',
    ]);
    expect(told('given x = [1, 2, 3]\nlayers: 2 -> 1')).toEqual([
      '1:7 x has 3 entries, but layers begins with 2; write it with 2 entries, or let layers begin with 3',
    ]);
    expect(
      told('given x = [[0, 0], [0, 0]]\nparam K1 = [[[[1, 2], [3, 4]]]]\nlayers: 1x3x3 -> conv 2 3x3'),
    ).toEqual([
      '1:7 x is 2 × 2, but layers begins with 1 x 3 x 3; write it as 1 × 3 × 3, or let layers begin with 2x2',
      '2:7 K1 is 1 × 1 × 2 × 2, but layers says 1x3x3 -> conv 2 3x3; write it as 2 × 1 × 3 × 3',
    ]);
  });

  it('hold for layers by themselves', () => {
    expect(told('given z = [1, 2]\nparam Wg = [[1, 2, 3]]\nuse dense g from z[2], 1')).toEqual([
      '2:7 Wg is 1 × 3, but use says 2 -> 1; write it as 1 × 2',
    ]);
    expect(told('given z = [1, 2]\nuse dense g from z[3], 1')).toEqual([
      '1:7 z has 2 entries, but use says from z[3]; write it with 3 entries',
    ]);
  });

  it('hold for what formulas and tables give, once that is known', () => {
    expect(
      told(`given a = [1, 2, 3]
param W1 = [[1, 2, 3]]
layers: 2 -> 1, without bias
forward
  x[i] = 2*a[i]`),
    ).toEqual(['2:7 W1 is 1 × 3, but layers says 2 -> 1; write it as 1 × 2']);
    expect(
      told(`table m = moons(3, 0.1, 7)
param W1 = m[x1..x2]
layers: 2 -> 5, without bias
given x = [1, 2]`),
    ).toEqual(['2:7 W1 is 3 × 2, but layers says 2 -> 5; write it as 5 × 2']);
    expect(
      told(`given x = [1, 2]
param V = [[1, 2], [3, 4], [5, 6]]
layers: 2 -> 5, without bias
forward
  y[j] = sum(i: V[j,i] * x[i])`),
    ).toEqual(['5:3 y has 3 entries, but layers says 2 -> 5; write it with 5 entries']);
  });
});
