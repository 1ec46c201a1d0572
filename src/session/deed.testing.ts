import fc from 'fast-check';
import type { Session } from './session.ts';

/** What a reader does to a session. A failing property prints it as its verb and what was drawn. */
export type Deed = ((session: Session) => unknown) & fc.WithToStringMethod;

/** Draws a deed: `act` with a value from `of`. */
export const deed = <Value>(
  verb: string,
  of: fc.Arbitrary<Value>,
  act: (session: Session, value: Value) => unknown,
): fc.Arbitrary<Deed> =>
  of.map((value) =>
    Object.assign((session: Session) => act(session, value), {
      [fc.toStringMethod]: () => `${verb} ${fc.stringify(value)}`,
    }),
  );

/** A session that prints as what was done to it. */
export type DrivenSession = Session & fc.WithToStringMethod;

/** `session` after `deeds`, which it prints where a property fails. */
export function driven(session: Session, deeds: readonly Deed[]): DrivenSession {
  for (const one of deeds) one(session);
  return Object.assign(session, {
    [fc.toStringMethod]: () => `${session.name} after ${fc.stringify(deeds)}`,
  });
}
