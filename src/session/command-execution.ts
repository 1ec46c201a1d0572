import type { Moment } from '../machine/moment.ts';
import type { Command } from './commands.ts';
import type { Navigation } from './navigation.ts';
import type { State } from './state.ts';
import { isAlwaysSame, type Remark } from './status-message.ts';

/** A command that changes the state. */
export type Applied = Command & Required<Pick<Command, 'apply'>>;

/** What a command is carried out in. */
export interface Surroundings {
  readonly navigation: Navigation;
  /** The furthest frame that can be gone to without being trained first. */
  readonly reach: number;
  readonly isDull: (step: number) => boolean;
}

/** Whether a step changes nothing: times an exact 0 or 1, or plus an exact 0. What finishes a cell is worth a look. */
export function isDull({ finishesCell, operation }: Moment): boolean {
  if (finishesCell || operation === undefined) return false;
  const { name, operands } = operation;
  return (
    (name === 'mul' && operands.some(({ value }) => value === 0 || value === 1)) ||
    (name === 'add' && operands.some(({ value }) => value === 0))
  );
}

/**
 * The state after a command was carried out so many times, and what is to be said of the way. It ends early where nothing is
 * left to go to, or what is would take too long to be run.
 */
export function carryOut(
  { apply, skips }: Applied,
  times: number,
  state: State,
  { navigation, reach, isDull }: Surroundings,
): { readonly state: State; readonly remarks: readonly Remark[] } {
  const frameOf = (step: number) => Math.max(1, Math.ceil(step / navigation.size));
  const from = frameOf(state.cursor.step);
  let now = state;
  let passed = 0;
  let far: number | undefined;
  const go = (): boolean => {
    const next = apply(now, navigation);
    const frame = frameOf(next.cursor.step);
    const isNew = next.cursor.step !== now.cursor.step;
    if (isNew && frame > Math.max(reach, frameOf(now.cursor.step))) far = frame;
    else now = next;
    return isNew && far === undefined;
  };
  for (let n = 0; n < times && go(); n++) {
    while (skips === true && state.skipDull && isDull(now.cursor.step) && go()) passed += 1;
  }
  const frame = frameOf(now.cursor.step);
  const isSame = isAlwaysSame(navigation.model);
  const remarks: Remark[] = [];
  if (now.skipDull !== state.skipDull) remarks.push({ kind: 'skip', isOn: now.skipDull });
  if (passed > 0) remarks.push({ kind: 'dull', count: passed });
  if (frame !== from) remarks.push({ kind: 'iteration', frame, isBack: frame < from, isSame });
  if (far !== undefined) remarks.push({ kind: 'far', frame: far });
  return { state: now, remarks };
}
