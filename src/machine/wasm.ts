import { type OperationName, operation as operationOf } from '../formula/operation.ts';
import { lanesOf } from './lanes.ts';
import { type Loops, plainLoops } from './loops.ts';
import { loopsModule, vectorOperations, type WasmFunctions } from './wasm-loops.ts';

/** Room beside a frame's memory for what loops run over, in bytes; what does not fit is left to typed arrays. */
const beside = 48 * 1024 * 1024;
const pageSize = 65536;
/** For fewer numbers a call costs more than it saves. */
const fewest = 6;

let compiled: WebAssembly.Module | undefined | 'none';

/** The module, if this engine has vectors and the page's content policy allows code from bytes; found out once. */
function compile(): WebAssembly.Module | undefined {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(loopsModule());
    } catch {
      compiled = 'none';
    }
  }
  return compiled === 'none' ? undefined : compiled;
}

/** Loops in WebAssembly; undefined where it is not to be had. */
export function wasmLoops(): Loops | undefined {
  const module = compile();
  return module && new WasmLoops(module);
}

/** What the loop of an operation over numbers that lie so is called in the module. */
const nameOf = (operation: OperationName, ...strides: readonly number[]): string =>
  `${operation} ${strides.map((stride) => (stride === 1 ? 'v' : stride === 0 ? 's' : '?')).join('')}`;

class WasmLoops implements Loops {
  readonly kind = 'WebAssembly';
  private buffer: ArrayBuffer | undefined;
  private functions: WasmFunctions | undefined;
  private free = 0;

  constructor(private readonly module: WebAssembly.Module) {}

  memory(size: number): Float64Array<ArrayBuffer> {
    const pages = Math.ceil((size * 8 + beside) / pageSize);
    let memory: WebAssembly.Memory;
    try {
      memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    } catch {
      // Without so much memory in one piece, everything is left to typed arrays.
      return plainLoops.memory(size);
    }
    const instance = new WebAssembly.Instance(this.module, { in: { memory } });
    this.functions = instance.exports as unknown as WasmFunctions;
    this.buffer = memory.buffer as ArrayBuffer;
    this.free = this.aligned(size * 8);
    return new Float64Array(this.buffer, 0, size);
  }

  private aligned(bytes: number): number {
    return Math.ceil(bytes / 16) * 16;
  }

  /** Room for so many bytes; undefined where there is none left. */
  private take(bytes: number): number | undefined {
    const at = this.free;
    if (this.buffer === undefined || at + bytes > this.buffer.byteLength) return undefined;
    this.free = this.aligned(at + bytes);
    return at;
  }

  ints(count: number): Int32Array {
    const at = this.take(4 * count);
    return at === undefined ? new Int32Array(count) : new Int32Array(this.buffer as ArrayBuffer, at, count);
  }

  doubles(count: number): Float64Array {
    const at = this.take(8 * count);
    return at === undefined
      ? new Float64Array(count)
      : new Float64Array(this.buffer as ArrayBuffer, at, count);
  }

  lanes: Loops['lanes'] = (operation: OperationName) => {
    const plain = lanesOf(operation);
    const isUnary = operationOf(operation).arity === 1;
    if (!vectorOperations.includes(operation)) return plain;
    return (m, n, d, ds, a, as, b, bs) => {
      const { functions } = this;
      if (n < fewest || ds !== 1 || functions === undefined) {
        plain(m, n, d, ds, a, as, b, bs);
        return;
      }
      const own = functions[isUnary ? nameOf(operation, as) : nameOf(operation, as, bs)];
      if (own === undefined) plain(m, n, d, ds, a, as, b, bs);
      else own(n, d * 8, a * 8, b * 8);
    };
  };

  sumRows: Loops['sumRows'] = (m, n, d, a, stride, terms) => {
    const { offsets, factors, count } = terms;
    if (factors.buffer !== this.buffer || offsets.buffer !== this.buffer) {
      plainLoops.sumRows(m, n, d, a, stride, terms);
      return;
    }
    this.functions?.rows(n, d * 8, a * 8, stride * 8, offsets.byteOffset, factors.byteOffset, count);
  };

  updateEight: Loops['updateEight'] = (m, update) => {
    const { columns, ends, rows, numbers, factors, starts, scales, count, sign, division } = update;
    const arrays = [columns, ends, rows, numbers, factors, starts, scales];
    if (this.functions === undefined || arrays.some(({ buffer }) => buffer !== this.buffer))
      return plainLoops.updateEight(m, update);
    const [at0, at1, at2, at3, at4, at5, at6] = arrays.map(({ byteOffset }) => byteOffset);
    return this.functions.updateEight(count, at0, at1, at2, at3, at4, at5, at6, sign, division) === 0;
  };

  updateOne: Loops['updateOne'] = (m, update, row, f, g, h) => {
    const { columns, numbers, count, sign, division } = update;
    if (this.functions === undefined || columns.buffer !== this.buffer || numbers.buffer !== this.buffer)
      return plainLoops.updateOne(m, update, row, f, g, h);
    const { updateOne: own } = this.functions;
    return own(count, columns.byteOffset, numbers.byteOffset, row * 8, f, g, h, sign, division) === 0;
  };
}
