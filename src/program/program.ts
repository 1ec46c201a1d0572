import { type Compilation, type CompileOptions, compileModel } from '../formula/compile/compile.ts';
import { type Diagnostic, Diagnostics } from '../formula/diagnostic.ts';
import type { Model } from '../formula/model.ts';
import type { BatchSchedule } from '../formula/statement.ts';
import { checkCells } from './cell-limit.ts';
import { Program } from './counted-program.ts';
import { schedulePasses } from './passes.ts';

export { type Location, type PassSteps, Program, type Steps } from './counted-program.ts';

/** A program, absent after an error, and all findings. */
export interface ProgramCompilation {
  readonly program?: Program;
  readonly diagnostics: readonly Diagnostic[];
}

/** How a text is compiled and scheduled. */
export interface ProgramOptions extends CompileOptions {
  /** Replaces the model's own batch schedule, except where the samples must go together. */
  readonly schedule?: BatchSchedule;
}

/**
 * Compiles and schedules a model's text, its shorthand expanded. Never throws on a wrong text: its errors are in
 * `diagnostics`, and there is no program then; warnings come beside one.
 */
export function compileProgram(text: string, options: ProgramOptions = {}): ProgramCompilation {
  const { model, diagnostics }: Compilation = compileModel(text, options);
  if (model === undefined) return { diagnostics };
  const { program, diagnostics: found } = scheduleModel(model, options.schedule);
  return { ...(program && { program }), diagnostics: [...diagnostics, ...found] };
}

/**
 * Schedules a compiled model: finds an order in which every cell comes after what it reads. `schedule` replaces the model's
 * own, as in `ProgramOptions`. Errors are `size` (a cell of too many operations) and `cycle` (formulas that need each other);
 * findings from compiling are not repeated.
 */
export function scheduleModel(model: Model, schedule?: BatchSchedule): ProgramCompilation {
  const found = new Diagnostics();
  checkCells(model, found);
  const tree = schedulePasses(model, schedule ?? model.batch?.schedule ?? 'together', found);
  return found.failed
    ? { diagnostics: found.all }
    : { program: new Program(model, tree), diagnostics: found.all };
}
