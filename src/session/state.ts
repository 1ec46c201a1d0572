import { usualDigits } from '../explain/figures.ts';
import type { Mode, RunPrecision } from '../machine/machine.ts';
import type { Breakpoint } from './breakpoints/breakpoint.ts';
import { type Changes, noChanges } from './changes.ts';
import type { Cursor } from './navigation.ts';

/**
 * The reader's choices. Everything on the screen follows from them and the lesson. Immutable. What is added here also needs a field
 * in `links/link-fields.ts`.
 */
export interface SessionState {
  readonly cursor: Cursor;
  /** `lesson`: values are stored by the lesson's rules; `full`: without rounding. */
  readonly precision: RunPrecision;
  /** Whether frames are shown as in training or in evaluation; without effect on a model that has no `mode`. */
  readonly mode: Mode;
  /** Significant digits, 1 to 15, of numbers for which the lesson has no rule. */
  readonly digits: number;
  /** The reader's edits and overrides, with their history. */
  readonly changes: Changes;
  readonly breakpoints: readonly Breakpoint[];
  /** Watched expressions, as typed. */
  readonly watches: readonly string[];
  /** Whether commands that move by operations skip no-ops: times 0 or 1, plus 0. */
  readonly skipNoOps: boolean;
}

/** The state of a new session: before the first step, with nothing changed. */
export const initialState: SessionState = {
  cursor: { step: 0, open: [] },
  precision: 'lesson',
  mode: 'train',
  digits: usualDigits,
  changes: noChanges,
  breakpoints: [],
  watches: [],
  skipNoOps: false,
};
