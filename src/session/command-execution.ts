import type { Moment } from '../machine/moment.ts';
import type { Command } from './commands.ts';
import type { Navigation } from './navigation.ts';
import type { SessionState } from './state.ts';
import { isAlwaysSame, type StatusMessage } from './status-message.ts';

/** A command that changes the state. */
export type StateCommand = Command & Required<Pick<Command, 'apply'>>;

/** What `executeCommand` needs of a session. */
export interface ExecutionContext {
  readonly navigation: Navigation;
  /** The furthest frame, from 1, that can be gone to without training first. */
  readonly furthestReachable: number;
  /** Whether a step, counted across frames, is a no-op. */
  readonly isNoOp: (step: number) => boolean;
}

/**
 * Whether a moment's last step is a no-op: a multiplication by an exact 0 or 1, or an addition of an exact 0. Steps that finish
 * a cell never are: their result is worth a look. False before the first step.
 */
export function isNoOp({ finishesCell, operation }: Moment): boolean {
  if (finishesCell || operation === undefined) return false;
  const { name, operands } = operation;
  return (
    (name === 'mul' && operands.some(({ value }) => value === 0 || value === 1)) ||
    (name === 'add' && operands.some(({ value }) => value === 0))
  );
}

/**
 * The state after carrying out a command `times` times (each followed by no-op steps where it and the state skip them), and
 * status messages about the steps between. Ends early where there is nothing left to go to, or only frames beyond
 * `furthestReachable`: then the message `far` is among them.
 */
export function executeCommand(
  { apply, skipsNoOps }: StateCommand,
  times: number,
  state: SessionState,
  { navigation, furthestReachable, isNoOp }: ExecutionContext,
): { readonly state: SessionState; readonly messages: readonly StatusMessage[] } {
  const frameOf = (step: number) => Math.max(1, Math.ceil(step / navigation.size));
  const from = frameOf(state.cursor.step);
  let now = state;
  let passed = 0;
  let far: number | undefined;
  const go = (): boolean => {
    const next = apply(now, navigation);
    const frame = frameOf(next.cursor.step);
    const isNew = next.cursor.step !== now.cursor.step;
    if (isNew && frame > Math.max(furthestReachable, frameOf(now.cursor.step))) far = frame;
    else now = next;
    return isNew && far === undefined;
  };
  for (let n = 0; n < times && go(); n++) {
    while (skipsNoOps === true && state.skipNoOps && isNoOp(now.cursor.step) && go()) passed += 1;
  }
  const frame = frameOf(now.cursor.step);
  const isSame = isAlwaysSame(navigation.model);
  const messages: StatusMessage[] = [];
  if (now.skipNoOps !== state.skipNoOps) messages.push({ kind: 'skip', isOn: now.skipNoOps });
  if (passed > 0) messages.push({ kind: 'noOps', count: passed });
  if (frame !== from) messages.push({ kind: 'iteration', frame, isBack: frame < from, isSame });
  if (far !== undefined) messages.push({ kind: 'far', frame: far });
  return { state: now, messages };
}
