import type { Wording } from '../../lesson/wording.ts';
import { UsageFault } from './usage-fault.ts';
import { entriesOf, fileBeside, isRecord } from './yaml-file.ts';

/**
 * What the lessons in a folder (a path) have agreed on, in its file `wording.yaml`; undefined where they say nothing. Throws a
 * `UsageFault` where the file is not as the page on the formula language describes it.
 */
export const wordingBeside = (folder: string): Wording | undefined =>
  fileBeside(folder, 'wording.yaml', wordingOf);

/** What the text of such a file says; `path` is for messages. */
export function wordingOf(text: string, path: string): Wording {
  const { words, numbers } = entriesOf(text, path, ['words', 'numbers']);
  if (numbers !== undefined && numbers !== 'facts')
    throw new UsageFault(`${path}: numbers can be facts, and nothing else`);
  const listed = words ?? {};
  if (!isRecord(listed) || !Object.values(listed).every((word) => typeof word === 'string'))
    throw new UsageFault(`${path}: words is a list of lines such as neuron: unit`);
  return {
    words: new Map(Object.entries(listed).map(([word, agreed]) => [word.toLowerCase(), String(agreed)])),
    areNumbersFacts: numbers === 'facts',
  };
}
