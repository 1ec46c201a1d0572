import { parseNumber } from '../../number/parse-number.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import type { FigureOption } from './kinds.ts';

/** Thrown for a line of a figure that cannot be read, with its key and a message for the author. */
export class OptionFault extends Error {
  constructor(
    readonly option: FigureOption,
    message: string,
  ) {
    super(message);
  }
}

/** Names of entries: `0..9`, or words with commas between; none where it is left out. Throws a `OptionFault` where there are not `count`. */
export function readLabels(
  text: string | undefined,
  count: number,
  option: 'columns' | 'labels' | 'rows' = 'labels',
): readonly string[] {
  if (text === undefined) return [];
  const [, low, high] = /^(-?\d+)\s*\.\.\s*(-?\d+)$/.exec(text) ?? [];
  const labels =
    low === undefined
      ? text.split(',').map((one) => one.trim())
      : Array.from({ length: Math.min(Math.max(0, Number(high) - Number(low) + 1), count + 1) }, (_, n) =>
          String(Number(low) + n),
        );
  if (labels.length !== count) throw new OptionFault(option, words.labels(count, labels.length));
  return labels;
}

/** `z = -6..6`: a variable and how far it runs. Throws an `OptionFault` for anything else. */
export function readOver(text: string | undefined): {
  readonly variable: string;
  readonly range: readonly [number, number];
} {
  const [, variable, ends] = /^\s*(\p{L}[\p{L}\p{N}_]*)\s*=(.*)$/u.exec(text ?? '') ?? [];
  const range = ends === undefined ? undefined : endsOf(ends);
  if (variable === undefined || range === undefined) throw new OptionFault('over', words.over);
  return { variable, range };
}

/** How many iterations a page shows: 1 where it is left out. Throws an `OptionFault` for anything but a whole number up to 1000. */
export function readIterations(text: string | undefined): number {
  if (text === undefined) return 1;
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > 1000) throw new OptionFault('iterations', words.howMany);
  return count;
}

/** `W2[1,1] = -2..2`: a cell and how far it runs. Throws an `OptionFault` for anything else. */
export function readCellOver(text: string | undefined): {
  readonly cell: string;
  readonly range: readonly [number, number];
} {
  const [, cell = '', ends = ''] = /^([^=]+)=(.*)$/.exec(text ?? '') ?? [];
  const range = endsOf(ends);
  if (cell === '' || range === undefined) throw new OptionFault('over', words.overCell);
  return { cell: cell.trim(), range };
}

/** `0..1`: the least and the greatest number that has room; undefined where it is left out. Throws a `OptionFault` for anything else. */
export function readRange(text: string | undefined): readonly [number, number] | undefined {
  if (text === undefined) return undefined;
  const range = endsOf(text);
  if (range === undefined) throw new OptionFault('range', words.range);
  return range;
}

/** Whether equal factors are equal lengths, `log`. Throws an `OptionFault` for anything else. */
export function readScale(text: string | undefined): boolean {
  if (text !== undefined && text !== 'log') throw new OptionFault('scale', words.scale);
  return text === 'log';
}

/** How many parts a histogram has: 20 where it is left out. Throws an `OptionFault` for anything but a whole number from 2 to 60. */
export function readBins(text: string | undefined): number {
  if (text === undefined) return 20;
  const count = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (count < 2 || count > 60) throw new OptionFault('bins', words.bins);
  return count;
}

/** What stands between commas that are in no brackets. */
export function separated(text = ''): string[] {
  const found = [''];
  let depth = 0;
  for (const letter of text) {
    if ('[('.includes(letter)) depth++;
    if ('])'.includes(letter)) depth--;
    if (letter === ',' && depth === 0) found.push('');
    else found[found.length - 1] += letter;
  }
  return found.map((one) => one.trim()).filter((one) => one !== '');
}

/** Expressions with commas between, at most so many; an empty one, which its reader refuses, where there is none. Throws an `OptionFault`. */
export function readSeveral(option: FigureOption, text: string | undefined, most: number): readonly string[] {
  const told = separated(text);
  if (told.length > most) throw new OptionFault(option, words.tooMany(told.length, most));
  return told.length === 0 ? [''] : told;
}

/** Two numbers, the less one first; undefined for anything else. */
export function endsOf(text: string): readonly [number, number] | undefined {
  const ends = text.split('..').map((one) => parseNumber(one));
  const [low, high] = ends.map((one) => ('value' in one ? one.value : Number.NaN));
  return ends.length === 2 && low < high ? [low, high] : undefined;
}

/** `8 x 8`: rows and columns, `count` entries together. Throws a `OptionFault` for anything else. */
export function readShape(text: string, count: number): readonly [number, number] {
  const [, rows, columns] = /^(\d+)\s*[x×]\s*(\d+)$/.exec(text.trim()) ?? [];
  if (rows === undefined || Number(rows) * Number(columns) !== count)
    throw new OptionFault('shape', words.shape(count));
  return [Number(rows), Number(columns)];
}
