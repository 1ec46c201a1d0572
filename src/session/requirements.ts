import { type Expression, walk } from '../formula/expression.ts';
import type { Model } from '../formula/model.ts';
import { fastWays, needsFastWays } from '../machine/kernel.ts';
import type { Program } from '../program/program.ts';

/** Loads what a program runs with, as far as not every program does. To be awaited before it is run. */
export async function bringRequirements(program: Program): Promise<void> {
  if (needsFastWays(program) && fastWays() === undefined) await import('../machine/fast-ways.ts');
  if (isUncommon(program.model)) await import('../number/uncommon-functions.ts');
}

/** Whether a model draws numbers as it runs, or computes with angles. */
function isUncommon({ quantities, samples, formulas, functions }: Model): boolean {
  if (samples?.order.kind === 'shuffled' || [...quantities.values()].some(({ draws }) => draws !== undefined))
    return true;
  const hasAngle = (e: Expression) =>
    [...walk(e)].some((part) => part.kind === 'operation' && /^(sin|cos)$/.test(part.operation));
  return (
    formulas.some(({ expression }) => hasAngle(expression)) ||
    [...functions.values()].some(({ body }) => hasAngle(body))
  );
}
