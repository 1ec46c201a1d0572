import { type Expression, walk } from '../formula/expression.ts';
import type { Model } from '../formula/model.ts';
import type { OperationName } from '../formula/operation.ts';
import type { FunctionStatement } from '../formula/statement.ts';
import { fastBackend } from '../machine/history/fast-backend.ts';
import { needsFastBackend } from '../machine/kernel/kernel-choice.ts';
import type { Program } from '../program/program.ts';

/** Loads what a program runs with, as far as not every program does. To be awaited before it is run. */
export async function loadRequirements(program: Program): Promise<void> {
  if (needsFastBackend(program) && fastBackend() === undefined) await import('../machine/fast-machine.ts');
  if (needsUncommonFunctions(program.model)) await import('../number/uncommon-functions.ts');
}

/** Loads what runs many iterations in a short time, and remembers those that another thread has run. */
export async function loadTraining(): Promise<void> {
  if (fastBackend() === undefined) await import('../machine/fast-machine.ts');
}

/** What is brought by the second of these. */
const uncommon: ReadonlySet<string> = new Set<OperationName>(['log', 'tanh', 'sin', 'cos']);

/** Whether a model draws numbers as it runs, or computes with functions that few do. */
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
