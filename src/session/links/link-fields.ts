import { cellName, parseCellName } from '../../formula/model.ts';
import type { Change } from '../../machine/machine.ts';
import { formatExact } from '../../number/format.ts';
import type { Breakpoint } from '../breakpoints/breakpoint.ts';
import { unchanged, withChange } from '../changes.ts';
import { readEdit, readPoke } from '../edit.ts';
import type { Session } from '../session.ts';
import type { State } from '../state.ts';

/** What a sealed link is written in. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A part of a link has not the form that it must have: no page has written it. */
export class Malformed extends Error {}

/** There is more of something than a reader sets by hand: the page would be busy with it for long. */
export class Excessive extends Malformed {}

/** One thing that a link carries besides its place. */
export interface Field {
  /** Its name in links. Whoever changes what it means gives it another one. */
  readonly key: string;
  /** What is written of it; undefined where it is as everybody begins, since then nothing need be written. */
  readonly encode: (state: State, initial: State) => Json | undefined;
  /**
   * What a session takes of it. What does not fit this model any more is told, in a whole sentence, and left out. Throws `Malformed`
   * where the form is wrong.
   */
  readonly decode: (json: Json, session: Session, tell: (problem: string) => void) => Partial<State>;
}

/** All that links carry besides the place, one entry for each: what a page can be told apart by is in here or in the place. */
export const fields: readonly Field[] = [
  {
    key: 'run',
    encode: ({ run }) => (run === 'full' ? run : undefined),
    decode: (json) => ({ run: oneOf(json, ['full', 'lesson']) }),
  },
  {
    key: 'mode',
    encode: ({ mode }, initial) => (mode === initial.mode ? undefined : mode),
    decode: (json) => ({ mode: oneOf(json, ['train', 'evaluate']) }),
  },
  {
    key: 'digits',
    encode: ({ digits }, initial) => (digits === initial.digits ? undefined : digits),
    decode: (json) => ({ digits: whole(json, 1, 15) }),
  },
  {
    key: 'changes',
    encode: ({ changes: { present } }) => (present.length === 0 ? undefined : present.map(writeChange)),
    decode: (json, session, tell) => {
      const found = few(json).flatMap((one) => {
        const change = readChange(list(one), session);
        if (!('error' in change)) return change;
        tell(change.error);
        return [];
      });
      const none: readonly Change[] = [];
      const present = found.reduce((before, change) => withChange(session.model, before, change), none);
      return { changes: { ...unchanged, present } };
    },
  },
  {
    key: 'breakpoints',
    encode: ({ breakpoints }) => (breakpoints.length === 0 ? undefined : breakpoints.map(writeBreakpoint)),
    decode: (json) => ({ breakpoints: few(json, mostLooked).map((one) => readBreakpoint(list(one))) }),
  },
  {
    key: 'watches',
    encode: ({ watches }) => (watches.length === 0 ? undefined : watches),
    decode: (json) => ({ watches: few(json, mostLooked).map(text) }),
  },
  {
    key: 'skipDull',
    encode: ({ skipDull }) => skipDull || undefined,
    decode: (json) => ({ skipDull: yes(json) }),
  },
];

/** `[cell, number]` for an edit from the start, `[cell, number, frame]` from later on, and with the version besides for a poke. */
function writeChange(change: Change): Json {
  const number = formatExact(change.value);
  if (change.kind === 'poke')
    return [cellName(change.name, change.cell), number, change.frame, change.version];
  return change.frame === 1 ? [change.cell, number] : [change.cell, number, change.frame];
}

function readChange(
  [cellJson, numberJson, frameJson = 1, version]: readonly Json[],
  { model, machine }: Session,
): Change | { readonly error: string } {
  const cell = text(cellJson);
  const number = text(numberJson);
  const value = exactNumber(number);
  const frame = whole(frameJson, 1, Number.MAX_SAFE_INTEGER);
  if (version === undefined) {
    const found = readEdit(model, cell, number, frame);
    return 'error' in found ? found : { kind: 'edit', cell: found.cell, value, frame };
  }
  const place = parseCellName(cell);
  if (place === undefined) throw new Malformed();
  const found = readPoke(machine, { ...place, version: oneOf(version, ['old', 'new']) }, frame, number);
  return 'error' in found ? found : { ...found, value };
}

/** `[kind, text]`, then whether it is enabled, and which hits stop: the n-th, or below 0 each n-th. */
const writeBreakpoint = ({ kind, text, enabled, nth, every }: Breakpoint): Json => {
  const hits = nth ?? (every === undefined ? undefined : -every);
  if (hits !== undefined) return [kind, text, enabled, hits];
  return enabled ? [kind, text] : [kind, text, enabled];
};

function readBreakpoint([kind, typed, enabled = true, hits]: readonly Json[]): Breakpoint {
  const most = 1_000_000_000;
  const count = hits === undefined ? undefined : whole(hits, -most, most);
  if (count === 0) throw new Malformed();
  return {
    kind: oneOf(kind, ['formula', 'cells', 'phase', 'condition']),
    text: text(typed),
    enabled: yes(enabled),
    ...(count !== undefined && (count > 0 ? { nth: count } : { every: -count })),
  };
}

/** One of some words. */
export function oneOf<Word extends string>(json: Json | undefined, words: readonly Word[]): Word {
  const found = words.find((word) => word === json);
  if (found === undefined) throw new Malformed();
  return found;
}

/** A whole number within bounds. */
export function whole(json: Json | undefined, low: number, high: number): number {
  if (typeof json !== 'number' || !Number.isInteger(json) || json < low || json > high) throw new Malformed();
  return json;
}

export function list(json: Json | undefined): readonly Json[] {
  if (!Array.isArray(json)) throw new Malformed();
  return json as readonly Json[];
}

const mostSet = 1000;
/** Of what is looked at after every step. */
const mostLooked = 100;

function few(json: Json | undefined, most = mostSet): readonly Json[] {
  const found = list(json);
  if (found.length > most) throw new Excessive();
  return found;
}

export function text(json: Json | undefined): string {
  if (typeof json !== 'string') throw new Malformed();
  return json;
}

export const texts = (json: Json | undefined): readonly string[] => list(json).map(text);

export function yes(json: Json | undefined): boolean {
  if (typeof json !== 'boolean') throw new Malformed();
  return json;
}

/** A number as `formatExact` writes it, to the last bit. */
export function exactNumber(written: string): number {
  const value = Number(written);
  if (formatExact(value) !== written) throw new Malformed();
  return value;
}
