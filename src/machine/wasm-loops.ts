import type { OperationName } from '../formula/operation.ts';
import { assemble, type Instruction, Routine, type } from './assembler.ts';

/*
 * The fast loops as WebAssembly. Vectors of two numbers go across outputs, so that every sum has its terms in their
 * order; products are rounded before they are added. Addresses are in bytes.
 */

const { i32, f64, v128 } = type;
const double = 8;

/** The module's bytes; the functions are those of `WasmFunctions`. */
export function loopsModule(): Uint8Array<ArrayBuffer> {
  const blocks = [rowsApart(8), rowsApart(2), rowsApart(1), rowsTogether(8), rowsTogether(2)];
  return assemble([...blocks, rows(), updateEight(), updateOne(), ...elementwise()]);
}

export interface WasmFunctions {
  /** n, d, a, stride, offsets, factors, count */
  readonly rows: (...numbers: number[]) => void;
  /** count, columns, ends, rows, numbers, factors, starts, scales, sign, division → 0, or NaN */
  readonly updateEight: (...numbers: number[]) => number;
  /** count, columns, numbers, row, f, g, h, sign, division → 0, or NaN */
  readonly updateOne: (...numbers: number[]) => number;
  readonly [elementwise: string]: (...numbers: number[]) => unknown;
}

/** Parameters of a block of rows: d, a, stride, offsets, factors, end of the offsets. */
const block = [i32, i32, i32, i32, i32, i32] as const;

/** Sums of rows that lie a stride apart. */
function rowsApart(lanes: number): Routine {
  const r = new Routine(`apart${lanes}`, block);
  const [d, a, stride, offsets, factors, end] = [0, 1, 2, 3, 4, 5];
  const addresses = Array.from({ length: lanes }, (_, k) => (k === 0 ? a : r.local(i32)));
  const sums = addresses.map(() => r.local(f64));
  const offset = r.local(i32);
  const factor = r.local(f64);
  for (let k = 1; k < lanes; k++)
    r.get(addresses[k - 1])
      .get(stride)
      .do('i32.add')
      .set(addresses[k]);
  for (const sum of sums) r.double(-0).set(sum);
  r.while(
    () => r.get(offsets).get(end).do('i32.ne'),
    () => {
      r.get(offsets).at('i32.load').integer(3).do('i32.shl').set(offset);
      r.get(factors).at('f64.load').set(factor);
      for (let k = 0; k < lanes; k++) {
        r.get(sums[k]).get(addresses[k]).get(offset).do('i32.add').at('f64.load');
        r.get(factor).do('f64.mul', 'f64.add').set(sums[k]);
      }
      r.advance(offsets, 4).advance(factors, double);
    },
  );
  for (let k = 0; k < lanes; k++)
    r.get(d)
      .get(sums[k])
      .at('f64.store', k * double);
  return r;
}

/** Sums of rows that begin side by side. */
function rowsTogether(lanes: number): Routine {
  const r = new Routine(`together${lanes}`, block);
  const [d, a, , offsets, factors, end] = [0, 1, 2, 3, 4, 5];
  const sums = Array.from({ length: lanes / 2 }, () => r.local(v128));
  const address = r.local(i32);
  const factor = r.local(v128);
  for (const sum of sums) r.double(-0).do('f64x2.splat').set(sum);
  r.while(
    () => r.get(offsets).get(end).do('i32.ne'),
    () => {
      r.get(offsets).at('i32.load').integer(3).do('i32.shl').get(a).do('i32.add').set(address);
      r.get(factors).at('v128.load64_splat').set(factor);
      sums.forEach((sum, k) => {
        r.get(sum)
          .get(address)
          .at('v128.load', k * 2 * double);
        r.get(factor).do('f64x2.mul', 'f64x2.add').set(sum);
      });
      r.advance(offsets, 4).advance(factors, double);
    },
  );
  for (const [k, sum] of sums.entries())
    r.get(d)
      .get(sum)
      .at('v128.store', k * 2 * double);
  return r;
}

/** All rows, in blocks; the blocks are the module's first functions. */
function rows(): Routine {
  const r = new Routine('rows', [i32, i32, i32, i32, i32, i32, i32]);
  const [n, d, a, stride, offsets, factors, count] = [0, 1, 2, 3, 4, 5, 6];
  const end = r.local(i32);
  r.get(offsets).get(count).integer(2).do('i32.shl', 'i32.add').set(end);
  const blocks = (lanes: number, call: number) =>
    r.while(
      () => r.get(n).integer(lanes).do('i32.ge'),
      () => {
        r.get(d).get(a).get(stride).get(offsets).get(factors).get(end).call(call);
        r.advance(d, lanes * double).advance(n, -lanes);
        r.get(a).get(stride).integer(lanes).do('i32.mul', 'i32.add').set(a);
      },
    );
  r.get(stride).integer(double).do('i32.eq');
  r.if(
    () => {
      blocks(8, 3);
      blocks(2, 4);
    },
    () => {
      blocks(8, 0);
      blocks(2, 1);
    },
  );
  blocks(1, 2);
  return r;
}

/** `(sum / f) · g · h` and so on: multiplies by scales, or divides by the one that `division` says. */
function scale(
  r: Routine,
  value: number,
  scales: readonly (() => void)[],
  division: number,
  kind: 'f64' | 'f64x2',
) {
  scales.forEach((load, n) => {
    r.get(division).integer(n).do('i32.eq');
    const by = (operation: Instruction) => () => {
      r.get(value);
      load();
      r.do(operation).set(value);
    };
    r.if(by(`${kind}.div`), by(`${kind}.mul`));
  });
}

function updateEight(): Routine {
  const r = new Routine('updateEight', [i32, i32, i32, i32, i32, i32, i32, i32, f64, i32], [f64]);
  const [count, columns, ends, rowsAt, numbers, factors, starts, scales, sign, division] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ];
  const pairs = [0, 1, 2, 3];
  const sums = pairs.map(() => r.local(v128));
  const [entry, last, address, column, lastColumn] = [0, 1, 2, 3, 4].map(() => r.local(i32));
  const [number, zero, signs, now] = [0, 1, 2, 3].map(() => r.local(v128));
  const rowsOfMatrix = [...pairs, ...pairs].map(() => r.local(i32));
  rowsOfMatrix.forEach((row, k) => {
    r.get(starts)
      .at('i32.load', k * 4)
      .integer(3)
      .do('i32.shl')
      .set(row);
  });
  r.get(sign).do('f64x2.splat').set(signs);
  r.get(columns).get(count).integer(2).do('i32.shl', 'i32.add').set(lastColumn);
  r.while(
    () => r.get(columns).get(lastColumn).do('i32.ne'),
    () => {
      for (const sum of sums) r.double(-0).do('f64x2.splat').set(sum);
      r.get(ends).at('i32.load').set(last);
      r.while(
        () => r.get(entry).get(last).do('i32.ne'),
        () => {
          r.get(numbers).at('v128.load64_splat').set(number);
          r.get(rowsAt).at('i32.load').integer(3).do('i32.shl').get(factors).do('i32.add').set(address);
          sums.forEach((sum, k) => {
            r.get(sum)
              .get(number)
              .get(address)
              .at('v128.load', k * 2 * double);
            r.do('f64x2.mul', 'f64x2.add').set(sum);
          });
          r.advance(numbers, double).advance(rowsAt, 4).advance(entry, 1);
        },
      );
      r.get(columns).at('i32.load').integer(3).do('i32.shl').set(column);
      sums.forEach((sum, k) => {
        const loads = [0, 1, 2].map(
          (n) => () => void r.get(scales).at('v128.load', (8 * n + 2 * k) * double),
        );
        scale(r, sum, loads, division, 'f64x2');
        const [even, odd] = [rowsOfMatrix[2 * k], rowsOfMatrix[2 * k + 1]];
        r.get(odd).get(column).do('i32.add');
        r.get(even).get(column).do('i32.add').at('v128.load64_zero').half(true, 1);
        r.get(sum).get(signs).do('f64x2.mul', 'f64x2.add').set(now);
        r.get(even).get(column).do('i32.add').get(now).half(false, 0);
        r.get(odd).get(column).do('i32.add').get(now).half(false, 1);
        r.get(zero).get(now).double(0).do('f64x2.splat', 'f64x2.mul', 'f64x2.add').set(zero);
      });
      r.advance(columns, 4).advance(ends, 4);
    },
  );
  return r.get(zero).lane(0).get(zero).lane(1).do('f64.add');
}

function updateOne(): Routine {
  const r = new Routine('updateOne', [i32, i32, i32, i32, f64, f64, f64, f64, i32], [f64]);
  const [count, columns, numbers, row, f, g, h, sign, division] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const [address, end] = [r.local(i32), r.local(i32)];
  const [change, zero] = [r.local(f64), r.local(f64)];
  r.get(columns).get(count).integer(2).do('i32.shl', 'i32.add').set(end);
  r.while(
    () => r.get(columns).get(end).do('i32.ne'),
    () => {
      r.get(numbers).at('f64.load').set(change);
      scale(
        r,
        change,
        [f, g, h].map((factor) => () => void r.get(factor)),
        division,
        'f64',
      );
      r.get(columns).at('i32.load').integer(3).do('i32.shl').get(row).do('i32.add').tee(address);
      r.get(address)
        .at('f64.load')
        .get(change)
        .get(sign)
        .do('f64.mul', 'f64.add')
        .tee(change)
        .at('f64.store');
      r.get(zero).get(change).double(0).do('f64.mul', 'f64.add').set(zero);
      r.advance(columns, 4).advance(numbers, double);
    },
  );
  return r.get(zero);
}

/** Operations that vectors have, and what makes 1 or 0 of a comparison. */
const binary: Partial<Record<OperationName, readonly Instruction[]>> = {
  add: ['f64x2.add'],
  sub: ['f64x2.sub'],
  mul: ['f64x2.mul'],
  div: ['f64x2.div'],
  // The first is kept unless the second is greater (or less).
  max: ['f64x2.pmax'],
  min: ['f64x2.pmin'],
};
const comparisons: Partial<Record<OperationName, Instruction>> = {
  eq: 'f64x2.eq',
  ne: 'f64x2.ne',
  lt: 'f64x2.lt',
  le: 'f64x2.le',
  gt: 'f64x2.gt',
  ge: 'f64x2.ge',
};
const unary: Partial<Record<OperationName, Instruction>> = {
  neg: 'f64x2.neg',
  abs: 'f64x2.abs',
  sqrt: 'f64x2.sqrt',
};

/** The operations that there is a function for, named `add vv`, `add vs`, `add sv` by what is one number for all. */
export const vectorOperations: readonly string[] = [binary, comparisons, unary].flatMap(Object.keys);

function elementwise(): Routine[] {
  const kinds = ['vv', 'vs', 'sv'] as const;
  const one = (r: Routine, comparison: Instruction) =>
    r.do(comparison).double(1).do('f64x2.splat', 'v128.and');
  return [
    ...Object.entries(binary).flatMap(([name, instructions]) =>
      kinds.map((kind) => lanes(`${name} ${kind}`, kind, (r) => r.do(...instructions))),
    ),
    ...Object.entries(comparisons).flatMap(([name, comparison]) =>
      kinds.map((kind) => lanes(`${name} ${kind}`, kind, (r) => one(r, comparison))),
    ),
    ...Object.entries(unary).map(([name, instruction]) => lanes(`${name} v`, 'v', (r) => r.do(instruction))),
  ];
}

/** n, d, a, b: numbers side by side, two at a time. */
function lanes(name: string, kind: 'v' | 'vv' | 'vs' | 'sv', operation: (r: Routine) => void): Routine {
  const r = new Routine(name, [i32, i32, i32, i32]);
  const [n, d, a, b] = [0, 1, 2, 3];
  const operand = (address: number, isShared: boolean, load: 'v128.load' | 'v128.load64_zero') =>
    r.get(address).at(isShared ? 'v128.load64_splat' : load);
  const both = (load: 'v128.load' | 'v128.load64_zero') => {
    operand(a, kind === 'sv', load);
    if (kind !== 'v') operand(b, kind === 'vs', load);
    operation(r);
  };
  r.while(
    () => r.get(n).integer(2).do('i32.ge'),
    () => {
      r.get(d);
      both('v128.load');
      r.at('v128.store')
        .advance(d, 2 * double)
        .advance(n, -2);
      if (kind !== 'sv') r.advance(a, 2 * double);
      if (kind === 'vv' || kind === 'sv') r.advance(b, 2 * double);
    },
  );
  r.get(n);
  r.if(() => {
    r.get(d);
    both('v128.load64_zero');
    r.half(false, 0);
  });
  return r;
}
