import { operation } from '../../formula/operation.ts';
import type { Layout } from '../memory/layout.ts';
import type { FrameKernel } from '../plan/frame-kernel.ts';
import type { Statement } from '../plan/plan.ts';
import type { LeanPlan } from '../plan/training-plan.ts';
import { imported } from './arithmetic.ts';
import { elementaryFunctions } from './elementary.ts';
import { type FunctionCode, moduleBytes } from './encoding.ts';
import { functionsOf } from './program-writer.ts';

/** Bytes of a page of memory, and of the most memory that is asked for. */
const page = 65536;
const mostMemory = 0x8000_0000 - page;

/** The most operations of a frame that is written without loops. */
const smallProgram = 800;

/** Whether WebAssembly is there and the page's policy lets us make some; found out once. */
export function isAllowed(): boolean {
  if (typeof WebAssembly === 'undefined') return false;
  allowed ??= canCompile();
  return allowed;
}
let allowed: boolean | undefined;

function canCompile(): boolean {
  try {
    return (
      new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)) instanceof WebAssembly.Module
    );
  } catch {
    return false;
  }
}

/** The functions that every module begins with: written once. */
let elementary: readonly FunctionCode[] | undefined;

/** Frames as WebAssembly made from the plan. Undefined where that is not allowed, or the model is beyond it. */
export function wasmKernel(
  { size }: Layout,
  operations: number,
  whole: readonly Statement[],
  lean: LeanPlan,
): FrameKernel | undefined {
  const pages = Math.max(1, Math.ceil((8 * size) / page));
  if (pages * page > mostMemory || !isAllowed()) return undefined;
  const isSmall = operations <= smallProgram;
  elementary ??= elementaryFunctions(imported.length);
  const start = imported.length + elementary.length;
  const run = functionsOf(whole, [], start, isSmall);
  const advance = functionsOf(lean.statements, lean.carried, start + run.length, isSmall);
  const bytes = moduleBytes({
    pages,
    imports: imported,
    functions: [...elementary, ...run, ...advance],
    exports: new Map([
      ['run', elementary.length],
      ['advance', elementary.length + run.length],
    ]),
  });
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const functions = Object.fromEntries(imported.map((name) => [name, operation(name).evaluate]));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      m: { ...functions, memory },
    });
    return {
      memory: new Float64Array(memory.buffer),
      kind: 'WebAssembly',
      ways: new Set(['whole frames']),
      run: exports.run as () => void,
      advance: exports.advance as () => void,
      forget: () => undefined,
    };
  } catch {
    // Memory may be short, the policy may have changed its mind, or pairs of doubles are unknown to an old engine.
    return undefined;
  }
}
