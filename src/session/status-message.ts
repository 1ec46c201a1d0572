import type { Model } from '../formula/model.ts';
import { formatCount } from '../number/format.ts';
import { statusWords as words } from '../words/run/commands.ts';
import type { Breakpoint } from './breakpoints/breakpoint.ts';
import type { SearchProgress } from './breakpoints/search-status.ts';

/** A status message beside the step: how the reader came there, or why they did not. Frames count from 1. */
export type StatusMessage =
  /** `count` no-op steps were skipped. */
  | { readonly kind: 'noOps'; readonly count: number }
  /** Skipping no-op steps was switched on or off. */
  | { readonly kind: 'skip'; readonly isOn: boolean }
  /** Another frame was entered, forwards or backwards; `isSame`: every frame of the model has the same numbers. */
  | {
      readonly kind: 'iteration';
      readonly frame: number;
      readonly isBack: boolean;
      readonly isSame: boolean;
    }
  /** The frame lies so far ahead that it has to be trained first. */
  | { readonly kind: 'far'; readonly frame: number }
  /** A breakpoint has stopped the run in this frame: see `BreakpointHit`. */
  | {
      readonly kind: 'stop';
      readonly frame: number;
      readonly breakpoint: Breakpoint;
      readonly place: readonly (readonly [index: string, value: number])[];
      readonly hitCount: number;
      readonly readings: readonly (readonly [cell: string, value: number])[];
    }
  /** No breakpoint stops the run in that direction, up to this frame; `hasAny`: whether there are any breakpoints. */
  | { readonly kind: 'none'; readonly isBack: boolean; readonly frame: number; readonly hasAny: boolean }
  /** The search was cancelled in this frame. */
  | { readonly kind: 'cancelled'; readonly frame: number }
  /** A breakpoint on a formula or phase was set or removed. */
  | { readonly kind: 'toggled'; readonly text: string; readonly isSet: boolean }
  /** There is nothing to run to. */
  | { readonly kind: 'nowhere' };

const mostReadings = 3;

/** With all digits that distinguish a number from the next one. */
const allDigits = (value: number): string => String(value).replaceAll('-', '−');

/** For readers, plain text: how far a search, or a run ahead, has got: the present frame and the last. */
export function progressText({ kind, frame, last }: SearchProgress): string {
  return (kind === 'run' ? words.running : words.searching)(formatCount(frame), formatCount(last));
}

/** A status message as plain text for readers, in the page's language; numbers that stopped a run have all digits. */
export function statusMessageText(message: StatusMessage): string {
  switch (message.kind) {
    case 'noOps':
      return words.noOps(message.count);
    case 'skip':
      return message.isOn ? words.skipping : words.notSkipping;
    case 'iteration': {
      const { frame, isBack, isSame } = message;
      return (isBack ? words.back : isSame ? words.sameIteration : words.iteration)(formatCount(frame));
    }
    case 'far':
      return words.far(formatCount(message.frame));
    case 'stop': {
      const { frame, breakpoint, place, hitCount, readings } = message;
      // More of them could not be taken in at a glance.
      const digits =
        readings.length > mostReadings
          ? ''
          : readings.map(([cell, value]) => `${cell} = ${allDigits(value)}`).join(', ');
      const where = place.map(([index, value]) => `${index} = ${value}`).join(', ');
      return words.stopped(formatCount(frame), breakpoint.text, where, hitCount, digits);
    }
    case 'none': {
      const { isBack, frame, hasAny } = message;
      if (!hasAny) return words.noBreakpoints;
      return isBack ? words.noneBefore : words.noneUntil(formatCount(frame));
    }
    case 'cancelled':
      return words.cancelled(formatCount(message.frame));
    case 'toggled':
      return (message.isSet ? words.set : words.unset)(message.text);
    case 'nowhere':
      return words.nowhere;
  }
}

/** Whether every frame of a model has the same numbers: nothing is updated, and no samples or random numbers enter. */
export const isAlwaysSame = ({ formulas, quantities }: Model): boolean =>
  formulas.every(({ version }) => version === 'old') &&
  [...quantities.values()].every(({ rows, draws }) => rows === undefined && draws === undefined);
