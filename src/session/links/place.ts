import { longestCellName } from '../../formula/limits.ts';
import { cellName, type Model, parseCellName } from '../../formula/model.ts';
import type { Phase } from '../../formula/statement.ts';
import { formatCount } from '../../number/format.ts';
import type { Program } from '../../program/program.ts';
import { placeWords as words } from '../../words/links/place.ts';

/**
 * A place in the run of one of a page's models. It names the cell that is computed there instead of a step number, so that it
 * survives edits to the lesson. Lessons link to places, and so does the link to the present step.
 */
export interface StepPlace {
  /** The model's name. */
  readonly model: string;
  /** Frames count from 1; 0 is before the first step. */
  readonly frame: number;
  /**
   * Which pass, where two compute the cell; without a cell, the pass itself. Absent: any; of two, the one that writes the new
   * version.
   */
  readonly pass?: Phase;
  /** `W1[1,2]`; without a cell, the place is the first step of the pass or the frame. */
  readonly cell?: string;
  /** Counted from 1 within the cell; without it, the cell is finished. */
  readonly operation?: number;
  /** Absent for the lesson's precision. */
  readonly precision?: 'full';
}

/** Whether a text may stand after ```{model} as the model's name: letters and digits of any script, `_` and `-`; not empty. */
export const isModelName = (text: string): boolean => /^[\p{L}\p{N}_-]+$/u.test(text);

/** The part after the @: a frame, a pass, a cell and an operation, each of which may be missing. */
const pattern =
  /^(?:(\d+)(?:\.(?=.)|$))?(?:(forward|backward|update)(?:\.(?=.)|$))?(?:([^.[\]@&=\s]+(?:\[[\d,\s]+\])?)(?:\.([1-9]\d*))?)?$/u;

/**
 * Reads `lecture@2.backward.δ1[1].3`; frame (by default 1), pass, cell and operation may each be left out, and with all of them
 * the @. Undefined for other texts. Whether there is such a place is not checked; the precision is never set.
 */
export function parsePlace(text: string): StepPlace | undefined {
  const [model, rest, ...more] = text
    .trim()
    .replace(/\\partial\s*/g, '∂')
    .split('@');
  const found = pattern.exec(rest ?? '');
  // An author who writes a debugger into a page of their own may call a model v1.2.
  if (found === null || rest === '' || more.length > 0 || !isModelName(model.replaceAll('.', '')))
    return undefined;
  const [, frame, pass, cell, operation] = found;
  const read = cell === undefined ? undefined : parseCellName(cell);
  if (cell !== undefined && read === undefined) return undefined;
  return {
    model,
    frame: frame === undefined ? 1 : Number(frame),
    ...(pass !== undefined && { pass: pass as Phase }),
    ...(read && { cell: cellName(read.name, read.cell) }),
    ...(operation !== undefined && { operation: Number(operation) }),
  };
}

/** The text that `parsePlace` reads back, `lecture@1.W1[1,2]`, not encoded; the frame is always in it, the precision is not. */
export function formatPlace({ model, frame, pass, cell, operation }: StepPlace): string {
  return `${model}@${[frame, pass, cell, operation].filter((part) => part !== undefined).join('.')}`;
}

/**
 * The hash of a link to a place, with `#` and percent-encoded, `#at=lecture@1.W1%5B1,2%5D&run=full`; `run` only for full
 * precision.
 */
export function placeHash(place: StepPlace): string {
  const encoded = encodeURIComponent(formatPlace(place)).replace(/%(40|2C|2F)/g, decodeURIComponent);
  return `#at=${encoded}${place.precision === 'full' ? '&run=full' : ''}`;
}

/**
 * The text after `at=` in a hash (with `#`), decoded; empty where it is badly encoded, undefined where there is no such entry.
 */
export function placeEntry(hash: string): string | undefined {
  const found = /^#(?:.*&)?at=([^&]*)/s.exec(hash);
  if (found === null) return undefined;
  try {
    return decodeURIComponent(found[1]);
  } catch {
    return '';
  }
}

/**
 * The place that a page's hash (with `#`) names, with its precision; undefined where the hash is about something else, such as
 * a heading, or names no place. Full links are not read: see `readLink`.
 */
export function parsePlaceHash(hash: string): StepPlace | undefined {
  const place = parsePlace(placeEntry(hash) ?? '');
  return place && /[#&]run=full(&|$)/.test(hash) ? { ...place, precision: 'full' } : place;
}

/** A cell, indices from 1; or for readers, why there is none. */
export type FoundCell =
  | { readonly name: string; readonly cell: readonly number[] }
  | { readonly message: string };

/** Reads a cell’s name: `findCell`, or `findWrittenCell`, which knows the page's notation too. */
export type CellResolver = (model: Model, text: string) => FoundCell;

/**
 * The cell that a text such as `W1[1,2]` or `∂L/∂W1[1,2]` names, in the language's notation with all indices (a sample's
 * first); a message for readers where it is no name, or lies outside the quantity's shape.
 */
export function findCell({ quantities }: Model, text: string): FoundCell {
  if (text.length > longestCellName) return { message: words.noName(`${text.slice(0, 40)}…`) };
  const read = parseCellName(text.replace(/(?:∂|\\partial)\s*/g, 'd').replace(/\s*\/\s*/, '/'));
  if (read === undefined) return { message: words.noName(text.trim()) };
  const quantity = quantities.get(read.name);
  if (quantity === undefined) return { message: words.noQuantity(parseCellName(text)?.name ?? text.trim()) };
  const { shape } = quantity;
  if (read.cell.length === shape.length && read.cell.every((n, d) => n >= 1 && n <= shape[d])) return read;
  return { message: words.outside(read.name, shape.join(' × '), cellName(read.name, read.cell)) };
}

/**
 * The step of a place, counted across frames from 1: the named operation, the last one of a cell, or the first one of a pass or
 * frame; for data that nothing writes, the last step of the frame before; 0 for frame 0. A message for readers where there is
 * no such step. Frames are not bounded; the place's model and precision are not looked at. `find` reads the cell's name.
 */
export function stepOfPlace(
  program: Program,
  place: StepPlace,
  find: CellResolver = findCell,
): { step: number } | { message: string } {
  const { frame, pass, cell, operation } = place;
  const before = Math.max(0, frame - 1) * program.size;
  const steps = program.passes.find(({ phase }) => phase === pass);
  if (pass !== undefined && steps === undefined) return { message: words.noPass(pass) };
  if (frame === 0) return { step: 0 };
  if (cell === undefined) return { step: before + (steps?.first ?? 1) };
  const found = find(program.model, cell);
  if ('message' in found) return found;
  const { name, cell: at } = found;
  const writers = (['new', 'old'] as const).flatMap((version) => program.writer(name, version) ?? []);
  const writer = writers.find(({ phase }) => pass === undefined || phase === pass);
  if (writer === undefined) {
    return pass === undefined ? { step: before } : { message: words.notIn(cell, pass) };
  }
  const { first, last } = program.stepsOf(writer, at);
  if (operation === undefined) return { step: before + last };
  if (operation <= last - first + 1) return { step: before + first + operation - 1 };
  return { message: words.noOperation(cell, formatCount(last - first + 1), formatCount(operation)) };
}
