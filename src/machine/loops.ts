import type { OperationName } from '../formula/operation.ts';
import { type Lanes, lanesOf } from './lanes.ts';
import { sumRows, type Terms } from './products.ts';
import { type Update, updateEight, updateOne } from './updates.ts';

/**
 * The innermost loops of strips, and where the numbers come from that they run over. There are two kinds that give the
 * same bits: typed arrays, which work under any content policy, and WebAssembly.
 */
export interface Loops {
  readonly kind: 'typed arrays' | 'WebAssembly';
  /** The memory of frames, once; what is made later can lie beside it. */
  memory(size: number): Float64Array<ArrayBuffer>;
  ints(count: number): Int32Array;
  doubles(count: number): Float64Array;
  lanes(operation: OperationName): Lanes;
  sumRows(m: Float64Array, n: number, d: number, a: number, stride: number, terms: Terms): void;
  /** Whether everything that was written is finite. */
  updateEight(m: Float64Array, update: Update): boolean;
  updateOne(m: Float64Array, update: Update, row: number, f: number, g: number, h: number): boolean;
}

export const plainLoops: Loops = {
  kind: 'typed arrays',
  memory: (size) => new Float64Array(size),
  ints: (count) => new Int32Array(count),
  doubles: (count) => new Float64Array(count),
  lanes: lanesOf,
  sumRows,
  updateEight,
  updateOne,
};
