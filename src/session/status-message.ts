import type { Model } from '../formula/model.ts';
import { formatCount } from '../number/format.ts';
import { statusWords as words } from '../words/run/commands.ts';
import type { Breakpoint } from './breakpoints/breakpoint.ts';
import type { SearchProgress } from './breakpoints/search-status.ts';

/** What a reader is told beside the step itself: how they came there, or why they did not. */
export type StatusMessage =
  /** So many dull steps were passed over. */
  | { readonly kind: 'noOps'; readonly count: number }
  | { readonly kind: 'skip'; readonly isOn: boolean }
  /** Another iteration has begun, perhaps with the same numbers; or it is gone back to. */
  | {
      readonly kind: 'iteration';
      readonly frame: number;
      readonly isBack: boolean;
      readonly isSame: boolean;
    }
  /** To go there would take so long that it has to be trained first. */
  | { readonly kind: 'far'; readonly frame: number }
  /** A breakpoint has stopped the run: at which values of its free indices, and how often it was hit till now. */
  | {
      readonly kind: 'stop';
      readonly breakpoint: Breakpoint;
      readonly place: readonly (readonly [index: string, value: number])[];
      readonly hitCount: number;
      readonly readings: readonly (readonly [cell: string, value: number])[];
    }
  /** No breakpoint stops the run on that way, which was gone as far as this iteration; or there are none. */
  | { readonly kind: 'none'; readonly isBack: boolean; readonly frame: number; readonly hasAny: boolean }
  | { readonly kind: 'cancelled'; readonly frame: number }
  /** A breakpoint was set at a line, or taken away. */
  | { readonly kind: 'toggled'; readonly text: string; readonly isSet: boolean }
  /** There is nothing at hand to run to. */
  | { readonly kind: 'nowhere' };

const mostReadings = 3;

/** Every digit that tells a number apart from the next one. */
const allDigits = (value: number): string => String(value).replaceAll('-', '−');

/** How far a search, or the run up to a far iteration, is. */
export function progressText({ kind, frame, last }: SearchProgress): string {
  return (kind === 'run' ? words.running : words.searching)(formatCount(frame), formatCount(last));
}

/** A remark in words. */
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
      const { breakpoint, place, hitCount, readings } = message;
      // More of them would say nothing at a glance.
      const digits =
        readings.length > mostReadings
          ? ''
          : readings.map(([cell, value]) => `${cell} = ${allDigits(value)}`).join(', ');
      const where = place.map(([index, value]) => `${index} = ${value}`).join(', ');
      return words.stopped(breakpoint.text, where, hitCount, digits);
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

/** Whether every iteration of a model has the same numbers: nothing is renewed, and nothing enters anew. */
export const isAlwaysSame = ({ formulas, quantities }: Model): boolean =>
  formulas.every(({ version }) => version === 'old') &&
  [...quantities.values()].every(({ rows, draws }) => rows === undefined && draws === undefined);
