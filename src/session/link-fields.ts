import { givenValue } from '../formula/given.ts';
import { formatExact } from '../number/format.ts';
import type { State } from './commands.ts';
import { readEdit } from './edit.ts';
import type { Session } from './session.ts';

/** What a sealed link is written in. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A part of a link has not the form that it must have: no page has written it. */
export class Malformed extends Error {}

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
    key: 'edits',
    encode: ({ edits }) =>
      edits.size === 0 ? undefined : [...edits].flatMap(([cell, value]) => [cell, formatExact(value)]),
    decode: (json, { model }, tell) => {
      const edits = new Map<string, number>();
      for (const [cell, number] of pairs(texts(json))) {
        const value = exactNumber(number);
        const found = readEdit(model, cell, number);
        if ('error' in found) tell(`${cell}: ${found.error}`);
        else if (!Object.is(givenValue(model, found.cell), value)) edits.set(found.cell, value);
      }
      return { edits };
    },
  },
];

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

export function text(json: Json | undefined): string {
  if (typeof json !== 'string') throw new Malformed();
  return json;
}

export const texts = (json: Json | undefined): readonly string[] => list(json).map(text);

export function pairs<One>(all: readonly One[]): (readonly [One, One])[] {
  if (all.length % 2 !== 0) throw new Malformed();
  return all.flatMap((one, at) => (at % 2 === 0 ? [[one, all[at + 1]] as const] : []));
}

/** A number as `formatExact` writes it, to the last bit. */
export function exactNumber(written: string): number {
  const value = Number(written);
  if (formatExact(value) !== written) throw new Malformed();
  return value;
}
