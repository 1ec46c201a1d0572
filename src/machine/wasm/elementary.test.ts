import { describe, expect, it } from 'vitest';
import { operation } from '../../formula/operation.ts';
import { uniform } from '../../number/random.ts';
import { elementaryFunctions, generatedFunctions } from './elementary.ts';
import { moduleBytes } from './encoding.ts';

const functions = elementaryFunctions(0);
const exports = new Map(generatedFunctions.map((name, n) => [name, n]));
const bytes = moduleBytes({ pages: 1, imports: [], functions, exports });
const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
const made = new WebAssembly.Instance(new WebAssembly.Module(bytes), { m: { memory } }).exports;

/** Where the algorithms switch branches, and neighbouring numbers. */
const corners = [
  ...[0, 1, 2, 22, 44, 0.5, 0.25, 709.782712893384, 745.1332191019411, 708.4, 710, 1e300, Infinity, NaN],
  ...[3.725290298461914e-9, 5.551115123125783e-17, 5e-324, 2.2250738585072014e-308],
  ...[0.34657359027997264, 1.0397207708399179, 0.17328679513998632, 0.5198603854199589],
  ...Array.from({ length: 90 }, (_, n) => (n * Math.LN2) / 2),
].flatMap((x) => [x, x * (1 + 2 ** -52), x * (1 - 2 ** -53)].flatMap((y) => [y, -y]));

describe('functions written as WebAssembly give the bits of those in the table of operations', () => {
  it.each(generatedFunctions)('%s', (name) => {
    const found = made[name] as (x: number) => number;
    const { evaluate } = operation(name);
    const drawn = Array.from({ length: 200_000 }, (_, n) => {
      const size = [1, 4, 30, 800][n % 4];
      return (uniform(3, 1, n) - 0.5) * 2 * size;
    });
    const differing = [...corners, ...drawn].find((x) => !Object.is(found(x), evaluate(x, 0)));
    expect(differing).toBeUndefined();
  });
});
