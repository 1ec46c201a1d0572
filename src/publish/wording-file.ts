import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Wording } from '../lesson/wording.ts';
import { UsageFault } from './arguments.ts';

/** The file in a lessons' folder in which a course says what it has agreed on. */
const name = 'wording.yaml';

/**
 * What the lessons in a folder (a path) have agreed on; undefined where they say nothing. Throws a `UsageFault` where the file is not as
 * the page on the formula language describes it.
 */
export function wordingBeside(folder: string): Wording | undefined {
  const path = join(folder, name);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageFault(`cannot read ${path}`);
  }
  return wordingOf(text, path);
}

/** What the text of such a file says; `path` is for messages. */
export function wordingOf(text: string, path: string): Wording {
  let read: unknown;
  try {
    read = parse(text);
  } catch (error) {
    throw new UsageFault(`${path}: ${String((error as Error).message).split('\n')[0]}`);
  }
  const { words = {}, numbers, ...others } = isRecord(read) ? read : { words: read ?? {} };
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new UsageFault(`${path}: there is no entry ${other}; there are words, numbers`);
  if (numbers !== undefined && numbers !== 'facts')
    throw new UsageFault(`${path}: numbers can be facts, and nothing else`);
  if (!isRecord(words) || !Object.values(words).every((word) => typeof word === 'string'))
    throw new UsageFault(`${path}: words is a list of lines such as neuron: unit`);
  return {
    words: new Map(Object.entries(words).map(([word, agreed]) => [word.toLowerCase(), String(agreed)])),
    areNumbersFacts: numbers === 'facts',
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
