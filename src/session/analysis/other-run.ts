import { type Drawn, reseeded, seedsOf } from '../../formula/compile/reseeding.ts';
import { hasty, simultaneous, successive } from '../../formula/compile/update-order.ts';
import type { Model } from '../../formula/model.ts';
import type { Change, Limits, Machine, RunPrecision } from '../../machine/machine.ts';
import { Layout } from '../../machine/memory/layout.ts';
import { canChange } from '../../machine/overriding.ts';
import { type Program, scheduleModel } from '../../program/program.ts';
import { Machines } from '../machines.ts';
import type { Session } from '../session.ts';

/** How another run, to compare with, differs from this one. Plain data. */
export type OtherRun =
  /** The other of lecture rounding and full precision. */
  | { readonly kind: 'precision' }
  /** Another number in a given cell such as `W1[1,2]`, from frame 1 on. */
  | { readonly kind: 'number'; readonly cell: string; readonly value: number }
  /** None of the reader's changes. */
  | { readonly kind: 'untouched' }
  /** All parameters are updated at once, from the old values of the others. */
  | { readonly kind: 'simultaneous' }
  /** These parameters are updated as soon as their gradient is computed. */
  | { readonly kind: 'successive'; readonly names: readonly string[] }
  /** Another seed for one kind of random numbers. */
  | { readonly kind: 'seed'; readonly drawn: Drawn; readonly seed: number }
  /** The lesson's formulas in place of the reader's. */
  | { readonly kind: 'formulas' };

/** The kind of an `OtherRun`. */
export type OtherRunKind = OtherRun['kind'];

/** An `OtherRun` that can be offered, without what the reader still fills in; `seeds` are the lesson's own. */
export type OtherRunChoice =
  | { readonly kind: 'precision' | 'number' | 'untouched' | 'simultaneous' | 'formulas' }
  | { readonly kind: 'successive'; readonly names: readonly string[] }
  | { readonly kind: 'seed'; readonly drawn: Drawn; readonly seeds: readonly number[] };

const drawnKinds: readonly Drawn[] = ['start', 'order', 'frames'];

/**
 * The runs with which a session's run can be compared, the likeliest first: after changes, the run without them. `isRewritten`:
 * whether the reader has rewritten the formulas, so that the lesson's can be compared, too. One choice `successive` has all
 * names that can be, others one each.
 */
export function otherRunChoices(session: Session, isRewritten = false): readonly OtherRunChoice[] {
  const { model } = session;
  const names = hasty(model);
  const own: readonly string[][] = names.length > 1 ? names.map((name) => [name]) : [];
  return [
    ...(isRewritten ? [{ kind: 'formulas' } as const] : []),
    ...(session.changes.length > 0 ? [{ kind: 'untouched' } as const] : []),
    ...(model.store.length > 0 ? [{ kind: 'precision' } as const] : []),
    { kind: 'number' },
    ...(simultaneous(model) !== undefined ? [{ kind: 'simultaneous' } as const] : []),
    ...[...(names.length > 0 ? [names] : []), ...own].map(
      (some) => ({ kind: 'successive', names: some }) as const,
    ),
    ...drawnKinds.flatMap((drawn) => {
      const seeds = seedsOf(model, drawn);
      return seeds.length > 0 ? [{ kind: 'seed', drawn, seeds } as const] : [];
    }),
  ];
}

/**
 * A new machine of the same run, with the session's precision, mode and changes; nothing is run yet. What it runs is not seen
 * in the session.
 */
export const copyOfRun = (session: Session): Machine =>
  createMachine(session, session.program, session.state.precision, session.changes);

/**
 * A new machine of another run; nothing is run yet. All that `other` does not name is as in the session, whose own program
 * object it has wherever the formulas are the same. `lesson`: the program of the lesson's formulas, for kind `formulas`
 * (without it, the session's). Changes that the other program cannot have are left out. Throws an Error where its formulas have
 * no order in which they can be computed.
 */
export function otherMachine(session: Session, other: OtherRun, lesson?: Program): Machine {
  const { program, changes } = session;
  const { precision } = session.state;
  switch (other.kind) {
    case 'precision':
      return createMachine(session, program, precision === 'lesson' ? 'full' : 'lesson', changes);
    case 'number': {
      const { cell, value } = other;
      const others = changes.filter((one) => one.kind === 'poke' || one.cell !== cell || one.frame > 1);
      return createMachine(session, program, precision, [...others, { kind: 'edit', cell, value, frame: 1 }]);
    }
    case 'untouched':
      return createMachine(session, program, precision, []);
    case 'simultaneous':
      return createMachine(
        session,
        scheduled(simultaneous(program.model) ?? program.model),
        precision,
        changes,
      );
    case 'successive':
      return createMachine(session, scheduled(successive(program.model, other.names)), precision, changes);
    case 'seed':
      return createMachine(
        session,
        scheduled(reseeded(program.model, other.drawn, other.seed)),
        precision,
        changes,
      );
    case 'formulas':
      return createMachine(session, lesson ?? program, precision, changes);
  }
}

/** A machine of a program, with those of the changes that it can have. */
function createMachine(
  session: Session,
  program: Program,
  precision: RunPrecision,
  changes: readonly Change[],
): Machine {
  const layout = new Layout(program.model);
  const own = program === session.program ? changes : changes.filter((change) => canChange(layout, change));
  return new Machines(program, own, limitsOf(session)).of(precision, session.state.mode);
}

function limitsOf({ machine }: Session): Limits {
  const { trainedBy: _, ...limits } = machine.limits;
  return limits;
}

function scheduled(model: Model): Program {
  const { program } = scheduleModel(model);
  if (program === undefined) throw new Error('the formulas have no order in which they can be computed');
  return program;
}
