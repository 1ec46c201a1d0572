import type { Tables } from '../formula/tables.ts';
import { expansionOf, readWritten } from '../lesson/rewriting.ts';
import { formatExact } from '../number/format.ts';
import type { Program } from '../program/program.ts';
import { findWrittenCell } from '../session/cell-text.ts';
import { checksum } from '../session/envelope.ts';
import { followHash, isSealed } from '../session/link.ts';
import { openLink, readLink, textCarried } from '../session/sealed-link.ts';
import { Session } from '../session/session.ts';

/** A link, and what was seen where it was followed. */
export interface GoldenLink {
  /** What kind of link it is. */
  readonly what: string;
  /** Whose it is, among the texts. */
  readonly of: string;
  readonly hash: string;
  readonly seen: Seen;
}

/** What a reader sees who has followed a link, and what runs. */
export interface Seen {
  readonly step: number;
  readonly sentence: string;
  /** What was said of the link where not all of it could be followed. */
  readonly notice: string;
  /** The whole state, without the changes that were taken back. */
  readonly state: object;
  /** Of all that the present iteration computes, to the last bit. */
  readonly memory: string;
}

/** A text in shorthand or formulas as a page runs it. */
export function programOf(text: string, tables: Tables): Program {
  const { program, diagnostics } = readWritten(expansionOf(text), tables);
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

/** Follows a link in a fresh page, as `LinkFollower` does. */
export async function follow(name: string, lessonText: string, hash: string, tables: Tables): Promise<Seen> {
  const session = new Session(programOf(lessonText, tables), name);
  if (!isSealed(hash)) return seen(session, followHash(session, hash, findWrittenCell));
  const carried = await readLink(hash);
  if ('message' in carried) return seen(session, { message: String(carried.message) });
  const text = textCarried(carried, lessonText);
  if (typeof text !== 'string') return seen(session, text);
  const there = text === lessonText ? session : new Session(programOf(text, tables), name);
  return seen(there, openLink(there, carried, lessonText));
}

function seen(session: Session, outcome: boolean | { readonly message: string }): Seen {
  const { state, explanation, machine, moment, model } = session;
  const numbers = model.formulas.map(({ target, version }) =>
    [...machine.array(Math.max(1, moment.frame), target, version)].map(formatExact).join(),
  );
  return {
    step: state.cursor.step,
    sentence: explanation?.sentence ?? '',
    notice: typeof outcome === 'object' ? outcome.message : outcome ? '' : 'not followed',
    state: { ...state, changes: state.changes.present },
    memory: checksum(numbers.join('\n')),
  };
}
