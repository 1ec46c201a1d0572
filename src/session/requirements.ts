import { type Expression, walk } from '../formula/expression.ts';
import type { Model } from '../formula/model.ts';
import type { OperationName } from '../formula/operation.ts';
import type { FunctionStatement } from '../formula/statement.ts';
import { fastBackend } from '../machine/history/fast-backend.ts';
import { needsFastBackend } from '../machine/kernel/kernel-choice.ts';
import type { Program } from '../program/program.ts';

/**
 * Loads the modules that a program needs and not every program does: the fast backend, uncommon functions. To be awaited before
 * the program is run; loads nothing twice; rejects where a module cannot be loaded.
 */
export async function loadRequirements(program: Program): Promise<void> {
  if (needsFastBackend(program) && fastBackend() === undefined) await import('../machine/fast-machine.ts');
  if (needsUncommonFunctions(program.model)) await import('../number/uncommon-functions.ts');
}

/**
 * Loads the fast backend, which trains quickly and can merge the records of another thread. Rejects where it cannot be loaded.
 */
export async function loadTraining(): Promise<void> {
  if (fastBackend() === undefined) await import('../machine/fast-machine.ts');
}

/** The operations that number/uncommon-functions.ts provides. */
const uncommon: ReadonlySet<string> = new Set<OperationName>(['log', 'tanh', 'sin', 'cos']);

/** Whether a model draws random numbers as it runs, or uses uncommon functions. */
function needsUncommonFunctions({ quantities, samples, formulas, functions }: Model): boolean {
  const called = new Set<string>();
  const needs = (e: Expression): boolean =>
    [...walk(e)].some((part) => {
      if (part.kind === 'operation') return uncommon.has(part.operation);
      if (part.kind !== 'call' || called.has(part.name)) return false;
      called.add(part.name);
      return needs((functions.get(part.name) as FunctionStatement).body);
    });
  return (
    samples?.order.kind === 'shuffled' ||
    [...quantities.values()].some(({ draws }) => draws !== undefined) ||
    formulas.some(({ expression }) => needs(expression))
  );
}
