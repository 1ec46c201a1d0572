import { parseNumber } from '../number/parse-number.ts';
import { figureWords as words } from '../words/figure/figure.ts';

/** Thrown for a line of a figure that cannot be read, with its key and a message for the author. */
export class OptionFault extends Error {
  constructor(
    readonly option: 'labels' | 'range' | 'shape',
    message: string,
  ) {
    super(message);
  }
}

/** Names of entries: `0..9`, or words with commas between; none where it is left out. Throws a `OptionFault` where there are not `count`. */
export function readLabels(text: string | undefined, count: number): readonly string[] {
  if (text === undefined) return [];
  const [, low, high] = /^(-?\d+)\s*\.\.\s*(-?\d+)$/.exec(text) ?? [];
  const labels =
    low === undefined
      ? text.split(',').map((one) => one.trim())
      : Array.from({ length: Math.min(Math.max(0, Number(high) - Number(low) + 1), count + 1) }, (_, n) =>
          String(Number(low) + n),
        );
  if (labels.length !== count) throw new OptionFault('labels', words.labels(count, labels.length));
  return labels;
}

/** `0..1`: the least and the greatest number that has room; undefined where it is left out. Throws a `OptionFault` for anything else. */
export function readRange(text: string | undefined): readonly [number, number] | undefined {
  if (text === undefined) return undefined;
  const ends = text.split('..').map((one) => parseNumber(one));
  const [low, high] = ends.map((one) => ('value' in one ? one.value : Number.NaN));
  if (ends.length !== 2 || !(low < high)) throw new OptionFault('range', words.range);
  return [low, high];
}

/** `8 x 8`: rows and columns, `count` entries together. Throws a `OptionFault` for anything else. */
export function readShape(text: string, count: number): readonly [number, number] {
  const [, rows, columns] = /^(\d+)\s*[x×]\s*(\d+)$/.exec(text.trim()) ?? [];
  if (rows === undefined || Number(rows) * Number(columns) !== count)
    throw new OptionFault('shape', words.shape(count));
  return [Number(rows), Number(columns)];
}
