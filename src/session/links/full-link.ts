import { cellName } from '../../formula/model.ts';
import { formatCount } from '../../number/format.ts';
import { fullLinkWords as sealed } from '../../words/links/full-link.ts';
import { withPresent } from '../changes.ts';
import type { Cursor } from '../navigation.ts';
import { furthestFrame, Navigation } from '../navigation.ts';
import type { Session } from '../session.ts';
import { initialState, type SessionState } from '../state.ts';
import { withoutArrangement } from './arrangement.ts';
import { checksum, type Envelope, seal, sealPlain, unseal } from './envelope.ts';
import { type LinkReport, linkReport, placeOf } from './link.ts';
import {
  type Json,
  jsonChoice,
  jsonList,
  jsonText,
  jsonTexts,
  jsonWhole,
  linkFields,
  MalformedLink,
  OversizedLink,
} from './link-fields.ts';
import { findCell, placeHash, type StepPlace, stepOfPlace } from './place.ts';

/** The data of a full link, parsed but not yet checked against a model. */
export type LinkPayload = { readonly [key: string]: Json };

/** Entries that are not in `linkFields`: the place, the checksum of the lesson's text, and the model's text. */
const placeKeys = new Set(['at', 'of', 'text']);

/** In characters: links up to this length are not cut by mail programs and the like. */
export const safeLength = 2000;

/** A model's text as the lesson's author wrote it, and as it runs. They are equal until the reader rewrites it. */
export interface ModelTexts {
  readonly lessonText: string;
  readonly modelText: string;
}

/** All that the reader has chosen in a session, for `applyPayload` in another: of a fresh page, or of a rewritten model. */
export function payloadOf(session: Session): LinkPayload {
  const { state } = session;
  const payload: Record<string, Json> = { at: placeToJson(session) };
  for (const { key, encode } of linkFields) {
    const json = encode(state, initialState);
    if (json !== undefined) payload[key] = json;
  }
  return payload;
}

/**
 * The hash (with `#`, encoded) of a link to all that the reader sees: `#at=…` where a place suffices, else a full link.
 * `written` is to be given where the reader has rewritten the model: then its text, or the changed lines if that is shorter, is
 * part of the link. Without it, the model's text counts as the lesson's.
 */
export async function linkHash(session: Session, written?: ModelTexts): Promise<string> {
  const [whole, difference] = linkContents(session, written);
  if (typeof whole === 'string') return whole;
  // The whole text can be opened however the lesson changes, so it is taken where there is room for it.
  const sealed = await seal(whole);
  if (difference === undefined || sealed.length <= safeLength) return sealed;
  const shorter = await seal(difference);
  return shorter.length < sealed.length ? shorter : sealed;
}

/** The same link made at once, while a page is being left: longer, since compression takes its time. */
export function linkHashAtOnce(session: Session, written?: ModelTexts): string {
  const [whole, difference] = linkContents(session, written);
  return typeof whole === 'string' ? whole : sealPlain(difference ?? whole);
}

/** The hash itself, where a place suffices; else what is in the link, and besides, where it has a text, with its changed lines. */
function linkContents(
  session: Session,
  { lessonText, modelText }: ModelTexts = { lessonText: session.model.text, modelText: session.model.text },
): [whole: string | Envelope, difference?: Envelope] {
  const payload = payloadOf(session);
  const place = placeOf(session);
  const isOwn = lessonText !== modelText;
  if (!isOwn && isReadable(session, payload, place)) return [placeHash(place)];
  const contents = (more: LinkPayload): Envelope => ({
    model: session.name,
    text: JSON.stringify({ ...payload, ...more, of: checksum(lessonText) }),
  });
  return isOwn
    ? [contents({ text: modelText }), contents({ text: differenceOf(lessonText, modelText) })]
    : [contents({})];
}

/**
 * The text of the model that a link carries, or `lessonText` where it carries none; a message for readers where the link's
 * lines are of another version of the lesson, or malformed.
 */
export function modelTextOf(payload: LinkPayload, lessonText: string): string | { readonly message: string } {
  const json = payload.text;
  if (json === undefined) return lessonText;
  if (typeof json === 'string') return json;
  if (payload.of !== checksum(lessonText)) return { message: sealed.textChanged };
  try {
    const [from, count, lines] = jsonList(json);
    const all = lessonText.split('\n');
    all.splice(jsonWhole(from, 0, all.length), jsonWhole(count, 0, all.length), ...jsonTexts(lines));
    return all.join('\n');
  } catch {
    return { message: sealed.damaged };
  }
}

/** `[start, count, lines]`: replacing `count` lines of `from`, from line `start` (from 0) on, by `lines` gives `to`. */
function differenceOf(from: string, to: string): Json {
  const [before, after] = [from.split('\n'), to.split('\n')];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [start, before.length - start - end, after.slice(start, after.length - end)];
}

/** Whether a place suffices: the payload has no more than that and the precision, and it leads to exactly this step. */
function isReadable({ program, state }: Session, payload: LinkPayload, place: StepPlace): boolean {
  const hasMore = Object.keys(payload).some((key) => key !== 'at' && key !== 'run');
  const found = stepOfPlace(program, place);
  return (
    !hasMore && jsonList(payload.at)[5] === undefined && 'step' in found && found.step === state.cursor.step
  );
}

/** The payload of a full link's hash, `#go=…`, parsed but not checked; a message for readers where it cannot be read. */
export async function readLink(hash: string): Promise<LinkPayload | { readonly message: string }> {
  const found = await unseal(withoutArrangement(hash));
  if ('message' in found) return { message: found.message as string };
  try {
    const payload = JSON.parse(found.text);
    if (payload?.constructor === Object && !('message' in payload)) return payload;
  } catch {
    // It is no JSON.
  }
  return { message: sealed.damaged };
}

/**
 * Gives the session all that a link carries and moves it to the link's place, in one change; true where there is nothing to
 * report. What no longer fits the model is reported. Where no page has made the link, or its place is out of reach, the report
 * says so and nothing is changed. `lessonText`: the text of the model as the lesson has it, to tell whether the lesson has
 * changed since.
 */
export function openLink(
  session: Session,
  payload: LinkPayload,
  lessonText = session.model.text,
): true | LinkReport {
  const found = applyPayload(session, payload);
  if ('message' in found) return found;
  const { problems, arrival } = found;
  const reason = problems.length === 0 || payload.of === checksum(lessonText) ? [] : [sealed.modelChanged];
  return linkReport([...reason, ...problems], arrival);
}

/** What came of applying a payload. */
interface AppliedLink {
  /** What does not fit the model, as sentences for readers; empty where all does. */
  readonly problems: readonly string[];
  /**
   * Where its place lies too far ahead to be run at once: resolves when the session is there (true) or the reader went elsewhere
   * (false).
   */
  readonly arrival?: Promise<boolean>;
}

/**
 * Gives a session the state that `payloadOf` took from another (all that it leaves out as in a new session), and moves it to
 * the place. What does not fit its model is left out and listed in `problems`, as sentences. A message for readers, and nothing
 * changed, where the payload is malformed or its place is out of reach.
 */
export function applyPayload(
  session: Session,
  payload: LinkPayload,
): AppliedLink | { readonly message: string } {
  const problems: string[] = [];
  try {
    let state: SessionState = initialState;
    for (const { key, decode } of linkFields) {
      if (Object.hasOwn(payload, key))
        state = { ...state, ...decode(payload[key], session, (problem) => problems.push(problem)) };
    }
    const known = new Set([...placeKeys, ...linkFields.map(({ key }) => key)]);
    if (Object.keys(payload).some((key) => !known.has(key))) problems.push(sealed.newerPart);
    const place = placeFromJson(session, payload.at);
    if ('message' in place) return place;
    if (place.problem !== undefined) problems.push(place.problem);
    // A reader who follows a link can undo it.
    const changes = withPresent(session.state.changes, state.changes.present);
    // How far is near depends on the precision and the numbers that the link carries.
    session.replaceState({ ...state, changes, cursor: initialState.cursor });
    const arrival = session.goToCursor(place.cursor);
    return { problems, ...(arrival && { arrival }) };
  } catch (error) {
    if (error instanceof MalformedLink)
      return { message: error instanceof OversizedLink ? sealed.tooLarge : sealed.damaged };
    throw error;
  }
}

/** `[frame, cell, version, operation, number of operations, functions entered]`; `[0]` before the first step. */
function placeToJson({ moment, program, state }: Session): Json {
  const { location, frame } = moment;
  const entered = openCallsToJson(new Navigation(program, () => frame), state.cursor);
  if (location === undefined) return [0];
  const { formula, cell, operation, operations } = location;
  const place = [frame, cellName(formula.target, cell), formula.version, operation, operations];
  return entered === undefined ? place : [...place, entered];
}

interface FoundPlace {
  readonly cursor: Cursor;
  readonly problem?: string;
}

function placeFromJson(session: Session, json: Json | undefined): FoundPlace | { readonly message: string } {
  const { program, end } = session;
  const [frameJson, ...rest] = jsonList(json);
  const frame = jsonWhole(frameJson, 0, Number.MAX_SAFE_INTEGER);
  const navigation = new Navigation(program, () => frame);
  if (frame === 0) return { cursor: navigation.to(0) };
  const before = (frame - 1) * program.size;
  if (before + program.size > end)
    return {
      message: sealed.untrained(formatCount(frame), formatCount(Math.max(furthestFrame, session.furthest))),
    };
  const [cellJson, versionJson, operationJson, countJson, open] = rest;
  const cell = jsonText(cellJson);
  const version = jsonChoice(versionJson, ['old', 'new']);
  const count = jsonWhole(countJson, 1, Number.MAX_SAFE_INTEGER);
  const operation = jsonWhole(operationJson, 1, count);
  const found = findCell(program.model, cell);
  const steps = 'message' in found ? undefined : program.writing(found.name, version, found.cell);
  if (steps === undefined) {
    const reason = 'message' in found ? found.message : sealed.given(cell);
    return { cursor: navigation.to(before), problem: sealed.cellGone(reason, formatCount(frame)) };
  }
  const operations = steps.last - steps.first + 1;
  if (operation === count) return { cursor: cursorAt(navigation, before + steps.last, open) };
  if (operation < operations)
    return { cursor: cursorAt(navigation, before + steps.first + operation - 1, open) };
  return { cursor: navigation.to(before + steps.last), problem: sealed.stepGone(cell, operations) };
}

/**
 * How many functions are entered, where they are not those that a jump enters: n of those around the last step, or as −n, of
 * those around the next one, outermost first.
 */
function openCallsToJson(navigation: Navigation, { step, open }: Cursor): number | undefined {
  const isStartOf = (calls: Cursor['open']) =>
    open.every(({ first, last }, at) => calls[at]?.first === first && calls[at].last === last);
  if (open.length === navigation.to(step).open.length && isStartOf(navigation.to(step).open))
    return undefined;
  return isStartOf(around(navigation, step)) ? open.length : -open.length;
}

function cursorAt(navigation: Navigation, step: number, json: Json | undefined): Cursor {
  if (json === undefined) return navigation.to(step);
  const entered = jsonWhole(json, -1000, 1000);
  const calls = around(navigation, entered < 0 ? step + 1 : step);
  return { step, open: calls.slice(0, Math.abs(entered)) };
}

/** The functions around a step: those that are open after stepping into it. */
const around = (navigation: Navigation, step: number): Cursor['open'] =>
  step === 0 ? [] : navigation.into({ step: step - 1, open: [] }).open;
