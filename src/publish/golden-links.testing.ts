import type { Tables } from '../formula/compile/tables.ts';
import { compileWritten, expansionOf } from '../lesson/model/rewriting.ts';
import { formatExact } from '../number/format.ts';
import type { Program } from '../program/program.ts';
import { findWrittenCell } from '../session/links/cell-text.ts';
import { checksum } from '../session/links/envelope.ts';
import { modelTextOf, openLink, readLink } from '../session/links/full-link.ts';
import { followHash, isFullLink, type LinkReport, modelOfHash } from '../session/links/link.ts';
import { Session } from '../session/session.ts';
import { linkWords as words } from '../words/links/link.ts';

/** A link of the golden file, and what was seen after following it. */
export interface GoldenLink {
  /** The kind of link, for readers. */
  readonly what: string;
  /** The key of its model among the golden file's texts. */
  readonly of: string;
  readonly hash: string;
  readonly seen: Seen;
}

/** What a reader sees after following a link, and what runs. */
export interface Seen {
  readonly step: number;
  /** The notice about the link; empty where all of it could be followed. */
  readonly notice: string;
  /** The whole state, without the changes that were undone. */
  readonly state: object;
  /** A checksum of all numbers that the present frame computes, to the last bit. */
  readonly memory: string;
}

/**
 * The program of a text in shorthand or formulas, as a page compiles it; a message where a text has an error, or is too large for
 * a link.
 */
export function linkedProgram(
  text: string,
  tables: Tables,
  isBrought = false,
): Program | { readonly message: string } {
  const { program, diagnostics } = compileWritten(expansionOf(text), tables, isBrought);
  const error = diagnostics.find(({ severity }) => severity === 'error');
  return program ?? { message: words.textWrong(error?.message ?? '') };
}

/** The result of following a link. */
export interface Followed {
  readonly session: Session;
  /** The notice about the link, empty for none; undefined where it is about something else. */
  readonly notice: string | undefined;
  /** The text of the model that runs. */
  readonly text: string;
}

/** Follows a link in a new session, as `LinkFollower` does, and waits for its arrival. */
export async function follow(
  name: string,
  lesson: { readonly text: string; readonly program: Program },
  hash: string,
  tables: Tables,
): Promise<Followed> {
  const session = new Session(lesson.program, name);
  const own = (notice: string | undefined): Followed => ({ session, notice, text: lesson.text });
  if (!isFullLink(hash)) {
    const outcome = followHash(session, hash, findWrittenCell);
    return own(outcome === false ? undefined : await noticeOf(outcome));
  }
  if (modelOfHash(hash) !== name) return own(undefined);
  const payload = await readLink(hash);
  if ('message' in payload) return own(String(payload.message));
  const text = modelTextOf(payload, lesson.text);
  if (typeof text !== 'string') return own(text.message);
  const program = text === lesson.text ? lesson.program : linkedProgram(text, tables, true);
  if ('message' in program) return own(program.message);
  const there = text === lesson.text ? session : new Session(program, name);
  return { session: there, notice: await noticeOf(openLink(there, payload, lesson.text)), text };
}

/** The notice after arrival. */
async function noticeOf(outcome: true | LinkReport): Promise<string> {
  if (outcome === true) return '';
  return (outcome.arrival === undefined ? outcome.message : await outcome.arrival) ?? '';
}

/** What is seen in the session after following a link, in the form of the golden file. */
export function seenBy({ session, notice }: Followed): Seen {
  const { machine, moment, model } = session;
  // The golden file has the names that these had when it was written.
  const { precision: run, skipNoOps: skipDull, ...state } = session.state;
  const numbers = model.formulas.map(({ target, version }) =>
    [...machine.array(Math.max(1, moment.frame), target, version)].map(formatExact).join(),
  );
  return {
    step: state.cursor.step,
    notice: notice ?? 'not followed',
    state: { ...state, run, skipDull, changes: state.changes.present },
    memory: checksum(numbers.join('\n')),
  };
}
