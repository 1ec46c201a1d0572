import { editsOf as changesOf } from '../machine/machine.ts';
import { formatExact } from '../number/format.ts';
import { readEdit } from './edit.ts';
import { type Place, parsePlaceHash, placeHash, stepOfPlace } from './place.ts';
import type { Session } from './session.ts';

/** Entries of a hash that are not edits. */
const reserved = new Set(['at', 'run']);

/** The place of the session's present step, in words that survive edits to the lesson. */
export function placeOf({ moment, name, state }: Session): Place {
  const { location, frame } = moment;
  const run = state.run === 'full' ? { run: 'full' as const } : {};
  if (location === undefined) return { model: name, frame: 0, ...run };
  const { formula, cell, operation, operations } = location;
  return {
    model: name,
    frame,
    cell: cell.length === 0 ? formula.target : `${formula.target}[${cell.join(',')}]`,
    ...(operation < operations && { operation }),
    ...run,
  };
}

/** The hash of a link to the session's present step, the reader's own numbers with it. */
export function linkHash(session: Session): string {
  const edits = session.changes.flatMap((change) =>
    change.kind === 'edit' && change.frame === 1
      ? `&${encodeURIComponent(change.cell).replaceAll('%2C', ',')}=${formatExact(change.value)}`
      : [],
  );
  return placeHash(placeOf(session)) + edits.join('');
}

/**
 * Takes the session to where a hash leads: place, run and edits. True where it did, false where the hash is about something else,
 * such as a heading or another model; else what is wrong with it, in words.
 */
export function followHash(session: Session, hash: string): boolean | { readonly message: string } {
  if (!/^#(.*&)?at=/.test(hash)) return false;
  const place = parsePlaceHash(hash);
  if (place === undefined) return { message: 'This link does not name a step.' };
  if (place.model !== session.name) return false;
  const found = stepOfPlace(session.program, place);
  if ('message' in found) return { message: `This link leads nowhere: ${found.message}.` };
  if (found.step > session.end) return { message: `This link leads beyond the last step, ${session.end}.` };
  const { edits, problems } = editsOf(session, hash);
  if (edits.size > 0) session.setChanges(changesOf(edits));
  session.setRun(place.run ?? 'lesson');
  session.goTo(found.step);
  return (
    problems.length === 0 || { message: `Not everything in this link could be used. ${problems.join(' ')}` }
  );
}

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
