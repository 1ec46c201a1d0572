import type { Moment } from '../../machine/moment.ts';

/** The last frame (from 0) whose parameters a moment of a run has: one that is over, or the one before. */
export const finishedFrame = ({ frame, inFrame, machine }: Moment): number =>
  inFrame === machine.program.size ? frame : frame - 1;
