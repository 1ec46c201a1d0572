import { type Compilation, type CompileOptions, compileModel } from '../formula/compile/compile.ts';
import { type Diagnostic, Diagnostics } from '../formula/diagnostic.ts';
import type { Model } from '../formula/model.ts';
import type { BatchSchedule } from '../formula/statement.ts';
import { checkCells } from './cell-limit.ts';
import { Program } from './counted-program.ts';
import { schedulePasses } from './passes.ts';

export { type Location, type PassSteps, Program, type Steps } from './counted-program.ts';

export interface ProgramCompilation {
  readonly program?: Program;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ProgramOptions extends CompileOptions {
  /** How the samples of a batch go through the passes, in place of the model's own choice; not where they must go together. */
  readonly schedule?: BatchSchedule;
}

/** A model's text as a program, or what is wrong with it. */
export function compileProgram(text: string, options: ProgramOptions = {}): ProgramCompilation {
  const { model, diagnostics }: Compilation = compileModel(text, options);
  if (model === undefined) return { diagnostics };
  const { program, diagnostics: found } = scheduleModel(model, options.schedule);
  return { ...(program && { program }), diagnostics: [...diagnostics, ...found] };
}

/** A compiled model as a program: all that is left to be found is an order in which every cell comes after what it reads. */
export function scheduleModel(model: Model, schedule?: BatchSchedule): ProgramCompilation {
  const found = new Diagnostics();
  checkCells(model, found);
  const tree = schedulePasses(model, schedule ?? model.batch?.schedule ?? 'together', found);
  return found.failed
    ? { diagnostics: found.all }
    : { program: new Program(model, tree), diagnostics: found.all };
}
