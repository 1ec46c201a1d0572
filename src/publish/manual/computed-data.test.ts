import { expect } from 'vitest';
import { library } from '../../formula/library.ts';
import { deviation, givenBy, made, mean, numbers, share } from './data-lines.testing.ts';
import { tried, tryStatements } from './statements.testing.ts';
import { tableTries } from './table-data.testing.ts';

const words32 = 2n ** 32n;

/** Threefry-2x32 with 20 rounds, after its definition, in whole numbers of any size. */
function threefry(keys: readonly [bigint, bigint], counter: readonly [bigint, bigint]): [bigint, bigint] {
  const all = [...keys, keys[0] ^ keys[1] ^ 0x1bd11bdan];
  let [a, b] = [(counter[0] + all[0]) % words32, (counter[1] + all[1]) % words32];
  for (let round = 0n; round < 20n; round++) {
    const turn = [13n, 15n, 26n, 6n, 17n, 29n, 16n, 24n][Number(round % 8n)];
    a = (a + b) % words32;
    b = (((b << turn) % words32) | (b >> (32n - turn))) ^ a;
    const group = round / 4n + 1n;
    if (round % 4n < 3n) continue;
    a = (a + all[Number(group % 3n)]) % words32;
    b = (b + all[Number((group + 1n) % 3n)] + group) % words32;
  }
  return [a, b];
}

/** What a cell of `uniform(seed)` holds: 53 bits by seed, name (by its FNV-1a hash) and place from 0. */
function uniformBits(seed: number, name: string, place: number): number {
  let hash = 0x811c9dc5n;
  for (const letter of name) hash = ((hash ^ BigInt(letter.charCodeAt(0))) * 0x01000193n) % words32;
  const [high, low] = threefry([BigInt(seed), hash], [BigInt(place), 0n]);
  return Number(high * 2n ** 21n + (low >> 11n)) / 2 ** 53;
}

tryStatements('90-the-formula-language.md', 'Data that are computed or read', {
  tried: [
    [
      'Between a name and the equals sign may stand the shape',
      () => {
        expect(made('param b[2,3] = 1 + 2').shape('b')).toEqual([2, 3]);
        expect(givenBy('param b[2,3] = 1 + 2')).toEqual([3, 3, 3, 3, 3, 3]);
      },
    ],
    [
      'It is computed once, before the model runs',
      () => {
        const model = tried('param w[3] = normal(7)\nforward\n  y[i] = w[i]');
        expect(model.finished).toEqual(['y[1]', 'y[2]', 'y[3]']);
        for (const frame of [1, 2]) expect(model.values('y', frame)).toEqual(model.values('w', 0));
      },
    ],
    [
      'from numbers, operations and functions',
      () =>
        expect(givenBy('given a = 2*sqrt(9) + third(12) - square(3)', 'function third(z) = z / 3')).toEqual([
          1,
        ]),
    ],
    ['sixteen zeros', () => expect(givenBy('param b[16] = 0')).toEqual(numbers(16, () => 0))],
    [
      'a dimension with a name is an index that the formula reads',
      () => {
        const line = 'given P[t = 1..8, k = 1..4] = sin(t / exp(k))';
        expect(made(line).shape('P')).toEqual([8, 4]);
        givenBy(line).forEach((value, at) => {
          expect(value).toBeCloseTo(Math.sin((Math.floor(at / 4) + 1) / Math.exp((at % 4) + 1)), 14);
        });
      },
    ],
    [
      'drawn for every cell, from the normal distribution with mean 0 and deviation 1',
      () => {
        const drawn = givenBy('param W[256,784] = normal(7)');
        expect(new Set(drawn).size).toBe(256 * 784);
        expect(Math.abs(mean(drawn))).toBeLessThan(0.012);
        expect(deviation(drawn)).toBeCloseTo(1, 1.9);
        // As many lie within one and within two deviations as the normal distribution has there.
        expect(share(drawn, -1, 1)).toBeCloseTo(0.6827, 2);
        expect(share(drawn, -2, 2)).toBeCloseTo(0.9545, 2);
      },
    ],
    [
      'drawn evenly, from 0 to 1, and then stretched',
      () => {
        const plain = givenBy('param W[16,64] = uniform(7)');
        expect(new Set(plain).size).toBe(1024);
        for (const part of [0, 1, 2, 3]) {
          const found = share(plain, part / 4, (part + 1) / 4);
          expect(Math.abs(found - 1 / 4)).toBeLessThan(0.07);
        }
        expect(share(plain, 0, 1)).toBe(1);
        expect(givenBy('param W[16,64] = 2*uniform(7) - 1')).toEqual(plain.map((one) => 2 * one - 1));
      },
    ],
    [
      'seed and deviation; seed and inputs, with deviation $\\sqrt{2/\\text{inputs}}$; seed, inputs and outputs, evenly within $\\pm\\sqrt{6/(\\text{inputs}+\\text{outputs})}$',
      () => {
        const drawn = (how: string) => givenBy(`param W[64,64] = ${how}`);
        expect(deviation(drawn('gaussian(7, 0.1)')) / 0.1).toBeCloseTo(1, 1);
        expect(deviation(drawn('he(7, 50)')) / 0.2).toBeCloseTo(1, 1);
        const xavier = drawn('xavier(7, 64, 32)');
        const bound = 0.25;
        expect(share(xavier, -bound, bound)).toBe(1);
        expect(share(xavier, -bound, -bound / 2)).toBeCloseTo(1 / 4, 1);
        expect(Math.max(...xavier)).toBeGreaterThan(0.99 * bound);
        for (const how of ['gaussian(8, 0.1)', 'he(8, 50)', 'xavier(8, 64, 32)'])
          expect(drawn(how)).not.toEqual(drawn(how.replace('8', '7')));
      },
    ],
    [
      'They are functions of the library, written with `normal` and `uniform`',
      () => {
        const drawn = (how: string) => givenBy(`param W[4] = ${how}`);
        for (const name of ['gaussian', 'he', 'xavier']) expect(library).toContain(`\nfunction ${name}(`);
        expect(drawn('gaussian(7, 0.1)')).toEqual(drawn('normal(7)').map((one) => 0.1 * one));
        expect(drawn('he(7, 50)')).toEqual(drawn('normal(7)').map((one) => Math.sqrt(2 / 50) * one));
        expect(drawn('xavier(7, 64, 32)')).toEqual(drawn('uniform(7)').map((one) => 0.25 * (2 * one - 1)));
      },
    ],
    [
      'the shape of another quantity',
      () => {
        const model = made('state m = 0.1*normal(2) like W', 'param W = [[1, 2, 3], [4, 5, 6]]');
        expect(model.shape('m')).toEqual([2, 3]);
        expect(model.values('m', 0)).toEqual(givenBy('param m[6] = normal(2)').map((one) => 0.1 * one));
      },
    ],
    [
      'The number 7 is the seed',
      () => {
        expect(givenBy('param W[4] = normal(7)')).not.toEqual(givenBy('param W[4] = normal(8)'));
      },
    ],
    [
      'What is drawn depends on it, on the quantity’s name and on the cell’s place, counted row by row',
      () => {
        const drawn = givenBy('param W[2,3] = uniform(7)');
        expect(givenBy('param V[2,3] = uniform(7)').some((one) => drawn.includes(one))).toBe(false);
        expect(new Set(drawn).size).toBe(6);
        // The same place, counted row by row, has the same number in another shape and under another role.
        expect(givenBy('given W[3,2] = uniform(7)')).toEqual(drawn);
        expect(givenBy('state W[8] = uniform(7)').slice(0, 6)).toEqual(drawn);
      },
    ],
    [
      'it is the same on every machine',
      () =>
        expect(givenBy('param W[2,3] = uniform(7)')).toEqual(
          numbers(6, (place) => uniformBits(7, 'W', place)),
        ),
    ],
    [
      'another line does not change it',
      () => {
        const others = 'param A[3] = normal(7)\nsample s = [1, 2]\nrandom r[3] = normal(7)\nbatch n = 2';
        expect(givenBy('param W[4] = normal(7)', others)).toEqual(givenBy('param W[4] = normal(7)'));
      },
    ],
    [
      'Only data are drawn like this',
      () => {
        for (const how of ['normal(1)', 'he(1, 2)']) {
          const model = tried(`forward\n  y = ${how}`);
          expect(model.messages.join()).toMatch(/drawn at random, which only data can be/);
          expect(model.isRunnable).toBe(false);
        }
      },
    ],
    [
      'what is to be drawn anew in every iteration is declared `random`',
      () => {
        const model = tried('random r = normal(1)\nforward\n  y = r');
        expect(new Set([1, 2, 3].map((frame) => model.value('y', frame))).size).toBe(3);
      },
    ],
    ...tableTries,
  ],
  elsewhere: [
    {
      says: 'files that the reader brings',
      file: 'e2e/data.spec.ts',
      title: 'takes files that the reader brings, packed or not',
    },
    {
      says: 'are shown below the debugger',
      file: 'e2e/lesson-data.spec.ts',
      title: 'a data file of the lesson is fetched from the site itself',
    },
  ],
});
