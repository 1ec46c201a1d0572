import { readFileSync } from 'node:fs';
import { modelsIn } from '../../lesson/model/model-fence.ts';
import { Machine } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import type { Location, Program } from '../../program/program.ts';
import { commands } from '../../session/commands.ts';
import { Session } from '../../session/session.ts';

/** The manual of the debugger. */
export const manual = '91-using-the-debugger.md';
const { models } = modelsIn(readFileSync(`lessons/${manual}`, 'utf8'), manual);

/** The example of that page. */
export const example = models.get('lecture')?.program as Program;

/** Where commands lead on the page’s example, from a step on. */
export function stepAfter(from: number, ...ids: readonly string[]): number {
  const session = new Session(example, '');
  session.goTo(from);
  for (const id of ids) session.dispatch(id);
  return session.state.cursor.step;
}

/** Where all steps of a kind end in the first iteration. */
export const ends = (of: (step: number) => unknown): number[] =>
  Array.from({ length: example.size }, (_, n) => n + 1).filter(
    (step) => step === example.size || of(step) !== of(step + 1),
  );

const machine = new Machine(example, 'lesson');

/** Where a step of the first iteration is. */
export const at = (step: number) => new Moment(machine, step).location as Location;
/** The cell that a step of it works on, as `W1[1,2]`. */
export const cellAtStep = (step: number) => `${at(step).formula.target}[${at(step).cell}]`;

/** The keys of a command. */
export const keysOf = (id: string) => commands.find((one) => one.id === id)?.keys;
