import type { CompileOptions } from '../formula/compile/compile.ts';
import { tablesIn } from '../formula/compile/tables.ts';
import { compileProgram, type ProgramCompilation } from '../program/program.ts';

interface Compiled {
  readonly text: string;
  readonly options: CompileOptions;
  /** Weak, since a program may have large data. */
  readonly result: WeakRef<ProgramCompilation>;
}

/** As many as the review of one text compiles. */
const mostKept = 8;
const kept: Compiled[] = [];

/**
 * Compiles a text with some options (none by default), like `compileProgram`. A cache of the last 8 may give the same object
 * again for an equal text and options, so do not change it; texts with tables, or with the option `changed`, are always compiled
 * anew.
 */
export function compiled(text: string, options: CompileOptions = {}): ProgramCompilation {
  // Changed lines cannot be compared, and a reader may provide another table meanwhile.
  if (options.changed !== undefined || tablesIn(text).length > 0) return compileProgram(text, options);
  const at = kept.findIndex((one) => one.text === text && isAlike(one.options, options));
  const found = kept[at]?.result.deref();
  if (found !== undefined) return found;
  if (at >= 0) kept.splice(at, 1);
  const made = compileProgram(text, options);
  kept.unshift({ text, options, result: new WeakRef(made) });
  kept.length = Math.min(kept.length, mostKept);
  return made;
}

const isAlike = (a: CompileOptions, b: CompileOptions): boolean =>
  a.mostComputed === b.mostComputed &&
  (a.oneSample ?? false) === (b.oneSample ?? false) &&
  (a.deriveClaims ?? false) === (b.deriveClaims ?? false);
