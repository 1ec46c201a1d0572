import { cellName } from '../../formula/model.ts';
import { editsOf as changesOf } from '../../machine/machine.ts';
import { formatCount } from '../../number/format.ts';
import { linkWords as words } from '../../words/links/link.ts';
import { readEdit } from '../edit.ts';
import type { Session } from '../session.ts';
import { type CellResolver, parsePlaceHash, placeEntry, type StepPlace, stepOfPlace } from './place.ts';

/*
 * A page's hash leads to a step in one of two ways: as a place that a person can read and write, `#at=lecture@1.W1[1,2]`, or sealed,
 * `#go=lecture.1.…`, with all that the reader has changed. What is sealed is read in `sealed-link.ts`, which is loaded for it.
 */

/** Entries of a hash that are not edits. */
const reserved = new Set(['at', 'run']);

/** The model that a hash is about; undefined where the hash is about something else, such as a heading. */
export function modelOfHash(hash: string): string | undefined {
  const fullLink = /^#go=([^.&]*)/.exec(hash);
  if (fullLink !== null) return decoded(fullLink[1]);
  return parsePlaceHash(hash)?.model;
}

/** Whether a hash carries more than a place, so that it has to be unsealed. */
export const isFullLink = (hash: string): boolean => hash.startsWith('#go=');

/** The place of the session's present step, in words that survive edits to the lesson. */
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
 * Takes the session to the place that a hash names, with its run and the edits that stand in it. True where it did, false where the
 * hash is about something else, such as a heading or another model; else what is wrong with it, in words.
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
  if (edits.size > 0) session.setChanges(changesOf(edits));
  session.setPrecision(place.precision ?? 'lesson');
  return linkReport(problems, session.goToCursor(session.cursorAt(found.step)));
}

/** What is to be said of a link that was followed. */
export interface LinkReport {
  readonly message: string;
  /** Where its step lies far ahead: kept on arrival, with what is to be said then; undefined where the reader went elsewhere. */
  readonly arrival?: Promise<string | undefined>;
}

/** So many of the things in a link that make no sense are told; the others are counted. */
const mostListed = 5;

/** What a link has come to: what could not be used of it, and whether its step is being run to. */
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

/** What a link names may be as long as the link. */
const cutShort = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

/** No page has written more numbers than these beside a place. */
const mostPlainEdits = 1000;

/** Numbers of the reader's that stand in the open in a hash, as links have written them before they were sealed. */
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
