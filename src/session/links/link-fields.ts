import { cellName, parseCellName } from '../../formula/model.ts';
import type { Change, Mode } from '../../machine/machine.ts';
import { formatExact } from '../../number/format.ts';
import type { Breakpoint } from '../breakpoints/breakpoint.ts';
import { noChanges } from '../changes.ts';
import { readEdit, readOverride, withChange } from '../edit.ts';
import type { Session } from '../session.ts';
import type { SessionState } from '../state.ts';

/** The data of a full link. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Thrown where a part of a link does not have the form that pages write. */
export class MalformedLink extends Error {}

/** Thrown where a list is longer than readers make by hand: it would keep the page busy for long. */
export class OversizedLink extends MalformedLink {}

/** One thing that a link carries besides its place. */
export interface LinkField {
  /** Its name in links. A field that gets another meaning must get another key. */
  readonly key: string;
  /** Its data for a link; undefined where it is as in the initial state and need not be written. */
  readonly encode: (state: SessionState, initial: SessionState) => Json | undefined;
  /**
   * The part of a session's state that the data gives. What does not fit the session's model is left out and reported, as a whole
   * sentence. Throws `MalformedLink` where the form is wrong. The session is not changed.
   */
  readonly decode: (json: Json, session: Session, report: (problem: string) => void) => Partial<SessionState>;
}

/**
 * All that links carry besides the place, by the part of the state it is. A page's whole state is in here or in the place: a new
 * part of `SessionState` that had no field would be lost by links.
 */
const fieldOf = {
  precision: {
    key: 'run',
    encode: ({ precision }) => (precision === 'full' ? precision : undefined),
    decode: (json) => ({ precision: jsonChoice(json, ['full', 'lesson']) }),
  },
  mode: {
    key: 'mode',
    encode: ({ mode }, initial) => (mode === initial.mode ? undefined : mode),
    decode: (json, { model: { samples } }) => ({
      mode:
        typeof json === 'number'
          ? jsonWhole(json, 1, samples ? samples.count + samples.held : 0)
          : jsonChoice<Exclude<Mode, number>>(json, ['train', 'evaluate']),
    }),
  },
  digits: {
    key: 'digits',
    encode: ({ digits }, initial) => (digits === initial.digits ? undefined : digits),
    decode: (json) => ({ digits: jsonWhole(json, 1, 15) }),
  },
  changes: {
    key: 'changes',
    encode: ({ changes: { present } }) => (present.length === 0 ? undefined : present.map(changeToJson)),
    decode: (json, session, report) => {
      const found = jsonShortList(json).flatMap((one) => {
        const change = changeFromJson(jsonList(one), session);
        if (!('error' in change)) return change;
        report(change.error);
        return [];
      });
      const none: readonly Change[] = [];
      const present = found.reduce((before, change) => withChange(session.model, before, change), none);
      return { changes: { ...noChanges, present } };
    },
  },
  breakpoints: {
    key: 'breakpoints',
    encode: ({ breakpoints }) => (breakpoints.length === 0 ? undefined : breakpoints.map(breakpointToJson)),
    decode: (json) => ({
      breakpoints: jsonShortList(json, mostEvaluated).map((one) => breakpointFromJson(jsonList(one))),
    }),
  },
  watches: {
    key: 'watches',
    encode: ({ watches }) => (watches.length === 0 ? undefined : watches),
    decode: (json) => ({ watches: jsonShortList(json, mostEvaluated).map(jsonText) }),
  },
  skipNoOps: {
    key: 'skipDull',
    encode: ({ skipNoOps }) => skipNoOps || undefined,
    decode: (json) => ({ skipNoOps: jsonBoolean(json) }),
  },
} satisfies Record<Exclude<keyof SessionState, 'cursor'>, LinkField>;

/** The fields of links, in the order in which they are written. */
export const linkFields: readonly LinkField[] = Object.values(fieldOf);

/**
 * `[cell, number]` for an edit from frame 1 on, `[cell, number, frame]` from a later one, `[cell, number, frame, version]` for an
 * override.
 */
function changeToJson(change: Change): Json {
  const number = formatExact(change.value);
  if (change.kind === 'poke')
    return [cellName(change.name, change.cell), number, change.frame, change.version];
  return change.frame === 1 ? [change.cell, number] : [change.cell, number, change.frame];
}

function changeFromJson(
  [cellJson, numberJson, frameJson = 1, version]: readonly Json[],
  { model, machine }: Session,
): Change | { readonly error: string } {
  const cell = jsonText(cellJson);
  const number = jsonText(numberJson);
  const value = jsonExactNumber(number);
  const frame = jsonWhole(frameJson, 1, Number.MAX_SAFE_INTEGER);
  if (version === undefined) {
    const found = readEdit(model, cell, number, frame);
    return 'error' in found ? found : { kind: 'edit', cell: found.cell, value, frame };
  }
  const place = parseCellName(cell);
  if (place === undefined) throw new MalformedLink();
  const found = readOverride(
    machine,
    { ...place, version: jsonChoice(version, ['old', 'new']) },
    frame,
    number,
  );
  return 'error' in found ? found : { ...found, value };
}

/** `[kind, text, enabled, hits]`, of which the last two may be left out; hits n > 0 stands for `nth`, −n for `every`. */
const breakpointToJson = ({ kind, text, enabled, nth, every }: Breakpoint): Json => {
  const hits = nth ?? (every === undefined ? undefined : -every);
  if (hits !== undefined) return [kind, text, enabled, hits];
  return enabled ? [kind, text] : [kind, text, enabled];
};

function breakpointFromJson([kind, typed, enabled = true, hits]: readonly Json[]): Breakpoint {
  const most = 1_000_000_000;
  const count = hits === undefined ? undefined : jsonWhole(hits, -most, most);
  if (count === 0) throw new MalformedLink();
  return {
    kind: jsonChoice(kind, ['formula', 'cells', 'phase', 'condition']),
    text: jsonText(typed),
    enabled: jsonBoolean(enabled),
    ...(count !== undefined && (count > 0 ? { nth: count } : { every: -count })),
  };
}

/** The word itself, where it is one of `words`; throws `MalformedLink` otherwise, also for undefined. */
export function jsonChoice<Word extends string>(json: Json | undefined, words: readonly Word[]): Word {
  const found = words.find((word) => word === json);
  if (found === undefined) throw new MalformedLink();
  return found;
}

/**
 * The whole number itself, from `low` to `high`, both inclusive; throws `MalformedLink` for anything else, also for undefined.
 */
export function jsonWhole(json: Json | undefined, low: number, high: number): number {
  if (typeof json !== 'number' || !Number.isInteger(json) || json < low || json > high)
    throw new MalformedLink();
  return json;
}

/** The list itself, its entries unchecked; throws `MalformedLink` for anything else, also for undefined. */
export function jsonList(json: Json | undefined): readonly Json[] {
  if (!Array.isArray(json)) throw new MalformedLink();
  return json as readonly Json[];
}

/** How many entries a list of a link may have. */
const mostSet = 1000;
/** The same for entries that are evaluated after every step. */
const mostEvaluated = 100;

function jsonShortList(json: Json | undefined, most = mostSet): readonly Json[] {
  const found = jsonList(json);
  if (found.length > most) throw new OversizedLink();
  return found;
}

/** The text itself; throws `MalformedLink` for anything else, also for undefined. */
export function jsonText(json: Json | undefined): string {
  if (typeof json !== 'string') throw new MalformedLink();
  return json;
}

/** The list itself, checked to contain only texts; throws `MalformedLink` for anything else, also for undefined. */
export const jsonTexts = (json: Json | undefined): readonly string[] => jsonList(json).map(jsonText);

/** The boolean itself; throws `MalformedLink` for anything else, also for undefined. */
export function jsonBoolean(json: Json | undefined): boolean {
  if (typeof json !== 'boolean') throw new MalformedLink();
  return json;
}

/** The number that `formatExact` has written, to the last bit; throws `MalformedLink` where the text is no such number. */
export function jsonExactNumber(written: string): number {
  const value = Number(written);
  if (formatExact(value) !== written) throw new MalformedLink();
  return value;
}
