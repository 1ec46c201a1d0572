import { operation } from '../../formula/operation.ts';
import type { Layout } from '../memory/layout.ts';
import type { FrameKernel } from '../plan/frame-kernel.ts';
import type { PlanStatement } from '../plan/plan.ts';
import type { TrainingPlan } from '../plan/training-plan.ts';
import { imported } from './arithmetic.ts';
import { elementaryFunctions } from './elementary.ts';
import { type FunctionCode, moduleBytes } from './encoding.ts';
import { isAllowed } from './permission.ts';
import { functionsOf } from './program-writer.ts';

/** Bytes of a page of memory, and the most memory that is allocated. */
const page = 65536;
const mostMemory = 0x8000_0000 - page;

/** The most operations of a frame that is written without loops. */
const smallProgram = 800;

/** The functions that every module begins with: encoded once. */
let elementary: readonly FunctionCode[] | undefined;

/** A program's frames compiled to WebAssembly: any number of kernels run it, each on its own memory. */
export interface WasmCode {
  /** Pages of 64 KiB that a frame needs. */
  readonly pages: number;
  /** Computes a whole frame. */
  readonly run: WebAssembly.Module;
  /** Computes a frame by the training plan; compiled when first asked for. Undefined if that fails. */
  readonly advance: () => WebAssembly.Module | undefined;
  /** The pairs to be copied after a whole frame where `advance` is missing. */
  readonly renewed: Layout['renewed'];
}

/**
 * Compiles a plan (`whole`) now and, when first needed, the training plan that `training` gives. `operations` is the program's
 * size: up to 800 are written without loops. Undefined where WebAssembly is not allowed, compiling fails, or a frame needs 2 GiB
 * or more, counted in whole pages.
 */
export function wasmCode(
  { size, renewed }: Layout,
  operations: number,
  whole: readonly PlanStatement[],
  training: () => TrainingPlan,
): WasmCode | undefined {
  const pages = Math.max(1, Math.ceil((8 * size) / page));
  if (pages * page > mostMemory || !isAllowed()) return undefined;
  const isSmall = operations <= smallProgram;
  const run = moduleOf(pages, (start) => functionsOf(whole, [], start, isSmall));
  if (run === undefined) return undefined;
  let advance: WebAssembly.Module | undefined;
  return {
    pages,
    run: run,
    advance: () => {
      advance ??= moduleOf(pages, (start) => {
        const { statements, carried } = training();
        return functionsOf(statements, carried, start, isSmall);
      });
      return advance;
    },
    renewed,
  };
}

/** Compiles a module that exports the first of some functions as `run`. */
function moduleOf(
  pages: number,
  functions: (start: number) => readonly FunctionCode[],
): WebAssembly.Module | undefined {
  elementary ??= elementaryFunctions(imported.length);
  const bytes = moduleBytes({
    pages,
    imports: imported,
    functions: [...elementary, ...functions(imported.length + elementary.length)],
    exports: new Map([['run', elementary.length]]),
  });
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    // The content policy may forbid it after all, or an old engine lacks SIMD.
    return undefined;
  }
}

/**
 * A kernel that runs compiled code on a new memory. Undefined if the memory cannot be allocated; where the training plan does not
 * compile, `advance` computes the whole frame.
 */
export function wasmKernel({ pages, run, advance, renewed }: WasmCode): FrameKernel | undefined {
  try {
    const shared = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const functions = Object.fromEntries(imported.map((name) => [name, operation(name).evaluate]));
    const start = (module: WebAssembly.Module) =>
      new WebAssembly.Instance(module, { m: { ...functions, memory: shared } }).exports.run as () => void;
    const memory = new Float64Array(shared.buffer);
    const whole = start(run);
    const wholeAndCarried = () => {
      whole();
      for (const pair of renewed)
        memory.copyWithin(pair.old.offset, pair.new.offset, pair.new.offset + pair.new.size);
    };
    let leading: (() => void) | undefined;
    const lead = () => {
      try {
        const module = advance();
        return module === undefined ? wholeAndCarried : start(module);
      } catch {
        return wholeAndCarried;
      }
    };
    return {
      memory,
      kind: 'WebAssembly',
      optimizations: new Set(['whole frames']),
      run: whole,
      advance: () => {
        leading ??= lead();
        leading();
      },
      forget: () => undefined,
    };
  } catch {
    return undefined;
  }
}
