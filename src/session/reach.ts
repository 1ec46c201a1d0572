import type { RunPrecision } from '../machine/machine.ts';
import type { Program } from '../program/program.ts';

/** How many operations are run to show a frame that was not trained; more would keep the reader waiting. */
const mostOperations = 2e7;
/** How many of them are run at once; fewer where stored values are rounded, which takes longer. More run in the background. */
const operationsAtOnce = { exact: 2e6, rounded: 2e5 } as const;

/** A run and how far it has got; a session is one. */
interface StartedRun {
  readonly program: Program;
  readonly state: { readonly precision: RunPrecision };
  /** The last frame that has been run, from 1; 0 before any. */
  readonly furthest: number;
  /** The last step that can be gone to, counted across frames. */
  readonly end: number;
}

/**
 * The furthest frame (from 1) that can be gone to: beyond the frames that have been run, about 2e7 operations more, at least
 * one frame, but never beyond `end`.
 */
export const furthestReach = (started: StartedRun): number => ahead(started, mostOperations);

/**
 * The furthest frame (from 1) that is gone to at once, without running ahead in the background: about 2e6 operations beyond the
 * frames that have been run, 2e5 if values are rounded; at least one frame, but never beyond `end`.
 */
export function nearReach(started: StartedRun): number {
  const isRounded = started.state.precision === 'lesson' && started.program.model.store.length > 0;
  return ahead(started, isRounded ? operationsAtOnce.rounded : operationsAtOnce.exact);
}

/** The frame that `operations` more lead to, at least one frame more. */
function ahead({ program: { size }, furthest, end }: StartedRun, operations: number): number {
  const more = Math.max(1, Math.floor(operations / size));
  return Math.min(end / size, Math.max(1, furthest) + more);
}
