import { cellName } from '../../formula/model.ts';
import { editsOf as changesOf } from '../../machine/machine.ts';
import { formatCount } from '../../number/format.ts';
import { linkWords as words } from '../../words/links/link.ts';
import { readEdit, setChanges } from '../edit.ts';
import type { Session } from '../session.ts';
import { arrangementKeys } from './arrangement.ts';
import { type CellResolver, parsePlaceHash, placeEntry, type StepPlace, stepOfPlace } from './place.ts';

/*
 * A page's hash leads to a step in one of two ways: as a place that a person can read and write, `#at=lecture@1.W1[1,2]`,
 * or as a full link, `#go=lecture.1.…`, with all that the reader has changed. Full links are read in `full-link.ts`, which is
 * loaded on demand.
 */

/** Entries of a hash that are not edits. */
const reserved = new Set<string>(['at', 'run', ...arrangementKeys]);

/**
 * The name of the model that a hash (with `#`) leads to; undefined where the hash is about something else, such as a heading, or
 * its `at=` names no place. In a full link only the name is read, which is empty for `#go=` alone. Whether there is such a model
 * is not checked.
 */
export function modelOfHash(hash: string): string | undefined {
  const fullLink = /^#go=([^.&]*)/.exec(hash);
  if (fullLink !== null) return decoded(fullLink[1]);
  return parsePlaceHash(hash)?.model;
}

/** Whether a hash (with `#`) is a full link, to be read by `readLink`. */
export const isFullLink = (hash: string): boolean => hash.startsWith('#go=');

/** The place of the session's present step; frame 0 before the first. It names a cell, so it survives edits to the lesson. */
export function placeOf({ moment, name, state, program }: Session): StepPlace {
  const { location, frame } = moment;
  const precision = state.precision === 'full' ? { precision: state.precision } : {};
  if (location === undefined) return { model: name, frame: 0, ...precision };
  const { formula, cell, operation, operations } = location;
  const isTwice = program.writer(formula.target, 'new') && program.writer(formula.target, 'old');
  return {
    model: name,
    frame,
    ...(isTwice && { pass: formula.phase }),
    cell: cellName(formula.target, cell),
    ...(operation < operations && { operation }),
    ...precision,
  };
}

/**
 * Moves the session to the place that a hash (`#at=…`) names, with its precision (the lesson's, if it names none) and its plain
 * edits, if any, in place of the reader's changes. True where that succeeded without anything to report; false where the hash
 * is about something else, such as a heading or another model; else a report. Nothing is changed where the place does not
 * exist or lies beyond the session's `end`. `find` reads the cell's name, by default `findCell`.
 */
export function followHash(session: Session, hash: string, find?: CellResolver): boolean | LinkReport {
  if (placeEntry(hash) === undefined) return false;
  const place = parsePlaceHash(hash);
  if (place === undefined) return { message: words.noPlace };
  if (place.model !== session.name) return false;
  const found = stepOfPlace(session.program, place, find);
  if ('message' in found) return { message: words.nowhere(found.message) };
  if (!(found.step <= session.end)) return { message: words.beyond(formatCount(session.end)) };
  const { edits, problems } = editsOf(session, hash);
  if (edits.size > 0) setChanges(session, changesOf(edits));
  session.setPrecision(place.precision ?? 'lesson');
  return linkReport(problems, session.goToCursor(session.cursorAt(found.step)));
}

/** A report on a link that was followed, for readers. */
export interface LinkReport {
  /** To show at once; not empty. */
  readonly message: string;
  /**
   * Where its step lies far ahead: resolves on arrival with the message to show then (empty: none), with undefined where the
   * reader went elsewhere.
   */
  readonly arrival?: Promise<string | undefined>;
}

/** How many problems of a link are listed; the others are counted. */
const mostListed = 5;

/**
 * The report on a followed link: its problems (sentences, the first 5 listed) in one message, and `arrival` where its step is
 * being run to: to be resolved with true on arrival, with false if the reader went elsewhere. True: nothing to report.
 */
export function linkReport(
  problems: readonly string[],
  arrival: Promise<boolean> | undefined,
): true | LinkReport {
  const listed = problems.slice(0, mostListed).map(cutShort);
  if (problems.length > mostListed) listed.push(words.more(formatCount(problems.length - mostListed)));
  const message = problems.length === 0 ? '' : words.partly(listed.join(' '));
  if (arrival !== undefined)
    return { message: words.onTheWay, arrival: arrival.then((isThere) => (isThere ? message : undefined)) };
  return message === '' || { message };
}

/** A name in a link may be as long as the link. */
const cutShort = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

/** No page has written more numbers than these beside a place. */
const mostPlainEdits = 1000;

/** The reader's numbers that stand in a hash in plain text, as older links have written them. */
function editsOf({ model }: Session, hash: string): { edits: Map<string, number>; problems: string[] } {
  const edits = new Map<string, number>();
  const problems: string[] = [];
  for (const part of hash.slice(1).split('&', mostPlainEdits)) {
    const [key, text = ''] = part.split(/=(.*)/s, 2).map(decoded);
    if (key === '' || reserved.has(key)) continue;
    const found = readEdit(model, key, text);
    if ('error' in found) problems.push(`${key}: ${found.error}`);
    else edits.set(found.cell, found.value);
  }
  return { edits, problems };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
