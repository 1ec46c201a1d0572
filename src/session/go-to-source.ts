import type { CellReference } from '../explain/explanation.ts';
import type { Session } from './session.ts';

/**
 * Moves the session to the step that computed a cell, in this frame or in the update of the frame before; false for a given
 * number.
 */
export function goToSource(session: Session, { name, version, cell }: CellReference): boolean {
  if (session.goToCell(name, version, cell)) return true;
  const { program, machine, moment } = session;
  const renewal = version === 'old' ? program.writing(name, 'new', cell) : undefined;
  if (renewal === undefined || moment.frame === 1) return false;
  session.goTo(machine.stepAt(moment.frame - 1, renewal.last));
  return true;
}
