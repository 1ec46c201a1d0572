import type { RunPrecision } from '../machine/machine.ts';
import type { Program } from '../program/program.ts';

/** So many operations are run to see an iteration that was not trained; more would keep the reader waiting. */
const mostOperations = 2e7;
/** So many of them at once, and where what is stored is rounded, which takes longer; more are run aside, and can be cancelled. */
const operationsAtOnce = { exact: 2e6, rounded: 2e5 } as const;

/** A run, and how far it is. */
interface StartedRun {
  readonly program: Program;
  readonly state: { readonly precision: RunPrecision };
  /** The last frame that has been run, from 1; 0 before any. */
  readonly furthest: number;
  /** The last step that can be gone to, counted across frames. */
  readonly end: number;
}

/** The furthest frame that can be gone to: of a large model no more than are trained, and a few. */
export const furthestReach = (started: StartedRun): number => ahead(started, mostOperations);

/** The furthest frame that is gone to at once. */
export function nearReach(started: StartedRun): number {
  const isRounded = started.state.precision === 'lesson' && started.program.model.store.length > 0;
  return ahead(started, isRounded ? operationsAtOnce.rounded : operationsAtOnce.exact);
}

/** The frame that so many operations more lead to, but one more in any case. */
function ahead({ program: { size }, furthest, end }: StartedRun, operations: number): number {
  const more = Math.max(1, Math.floor(operations / size));
  return Math.min(end / size, Math.max(1, furthest) + more);
}
