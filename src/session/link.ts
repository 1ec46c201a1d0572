import { cellName } from '../formula/model.ts';
import { editsOf as changesOf } from '../machine/machine.ts';
import { formatCount } from '../number/format.ts';
import { linkWords as words } from '../words/link.ts';
import { readEdit } from './edit.ts';
import { type CellReader, type Place, parsePlaceHash, placeEntry, stepOfPlace } from './place.ts';
import type { Session } from './session.ts';

/*
 * A page's hash leads to a step in one of two ways: as a place that a person can read and write, `#at=lecture@1.W1[1,2]`, or sealed,
 * `#go=lecture.1.…`, with all that the reader has changed. What is sealed is read in `sealed-link.ts`, which is loaded for it.
 */

/** Entries of a hash that are not edits. */
const reserved = new Set(['at', 'run']);

/** The model that a hash is about; undefined where the hash is about something else, such as a heading. */
export function modelOfHash(hash: string): string | undefined {
  const sealed = /^#go=([^.&]*)/.exec(hash);
  if (sealed !== null) return decoded(sealed[1]);
  return parsePlaceHash(hash)?.model;
}

/** Whether a hash carries more than a place, so that it has to be unsealed. */
export const isSealed = (hash: string): boolean => hash.startsWith('#go=');

/** The place of the session's present step, in words that survive edits to the lesson. */
export function placeOf({ moment, name, state, program }: Session): Place {
  const { location, frame } = moment;
  const run = state.run === 'full' ? { run: 'full' as const } : {};
  if (location === undefined) return { model: name, frame: 0, ...run };
  const { formula, cell, operation, operations } = location;
  const isTwice = program.writer(formula.target, 'new') && program.writer(formula.target, 'old');
  return {
    model: name,
    frame,
    ...(isTwice && { pass: formula.phase }),
    cell: cellName(formula.target, cell),
    ...(operation < operations && { operation }),
    ...run,
  };
}

/**
 * Takes the session to the place that a hash names, with its run and the edits that stand in it. True where it did, false where the
 * hash is about something else, such as a heading or another model; else what is wrong with it, in words.
 */
export function followHash(
  session: Session,
  hash: string,
  find?: CellReader,
): boolean | { readonly message: string } {
  if (placeEntry(hash) === undefined) return false;
  const place = parsePlaceHash(hash);
  if (place === undefined) return { message: words.noPlace };
  if (place.model !== session.name) return false;
  const found = stepOfPlace(session.program, place, find);
  if ('message' in found) return { message: words.nowhere(found.message) };
  if (found.step > session.end) return { message: words.beyond(formatCount(session.end)) };
  const { edits, problems } = editsOf(session, hash);
  if (edits.size > 0) session.setChanges(changesOf(edits));
  session.setRun(place.run ?? 'lesson');
  session.goTo(found.step);
  return problems.length === 0 || { message: words.partly(problems.join(' ')) };
}

/** Numbers of the reader's that stand in the open in a hash, as links have written them before they were sealed. */
function editsOf({ model }: Session, hash: string): { edits: Map<string, number>; problems: string[] } {
  const edits = new Map<string, number>();
  const problems: string[] = [];
  for (const part of hash.slice(1).split('&')) {
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
