import type { WebAssemblyUse } from '../plan/frame-kernel.ts';

/**
 * Whether WebAssembly exists and the content policy allows compiling it here. Tried once for each page or thread: the attempt is
 * reported as a violation where it is forbidden.
 */
export function isAllowed(): boolean {
  allowed ??= typeof WebAssembly !== 'undefined' && canCompile();
  return allowed;
}
let allowed: boolean | undefined;

/** Compiles the empty module from bytes in memory, as everything is: servers need not know the type of any file. */
function canCompile(): boolean {
  try {
    return (
      new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)) instanceof WebAssembly.Module
    );
  } catch {
    return false;
  }
}

/**
 * A machine's limits for a machine like it in a thread that this one opens. Whether it may use WebAssembly is asked here, so that a
 * policy refuses once, not once for every thread; where stored numbers are rounded it is of no use, and nothing is tried.
 */
export const threadLimits = <Own extends WebAssemblyUse>({ precision, limits }: Own): Own['limits'] => ({
  ...limits,
  webAssembly: limits.webAssembly !== false && precision === 'full' && isAllowed(),
});
