import type { CellReference } from '../explain/explanation.ts';
import type { Session } from './session.ts';

/**
 * Moves the session to the step that stored a cell of the present frame, in this frame or, for an old version, in the update of
 * the frame before, and returns true. For a number that no step computes: false, and nothing changes.
 */
export function goToSource(session: Session, { name, version, cell }: CellReference): boolean {
  if (session.goToCell(name, version, cell)) return true;
  const { program, machine, moment } = session;
  const renewal = version === 'old' ? program.writing(name, 'new', cell) : undefined;
  if (renewal === undefined || moment.frame === 1) return false;
  session.goTo(machine.stepAt(moment.frame - 1, renewal.last));
  return true;
}
