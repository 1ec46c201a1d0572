import { usualDigits } from '../explain/figures.ts';
import type { Mode, RunPrecision } from '../machine/machine.ts';
import type { Breakpoint } from './breakpoints/breakpoint.ts';
import { type Changes, noChanges } from './changes.ts';
import type { Cursor } from './navigation.ts';

/** What the reader has chosen; everything on the screen follows from it and the lesson. */
export interface SessionState {
  readonly cursor: Cursor;
  readonly precision: RunPrecision;
  /** What the model's `mode` says, where it has one. */
  readonly mode: Mode;
  /** Significant digits where the lesson has no rule. */
  readonly digits: number;
  /** What the reader has changed about the run. */
  readonly changes: Changes;
  readonly breakpoints: readonly Breakpoint[];
  /** Expressions to keep an eye on, as they were typed. */
  readonly watches: readonly string[];
  /** Whether steps that go by operations pass over those that change nothing: times 0 or 1, plus 0. */
  readonly skipNoOps: boolean;
}

/** How everybody begins: before the first step, with nothing changed. */
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
