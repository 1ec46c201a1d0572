import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { UsageFault } from './usage-fault.ts';

/** What `read` makes of the text of a file in a folder (a path); undefined where there is no such file. */
export function fileBeside<Content>(
  folder: string,
  name: string,
  read: (text: string, path: string) => Content,
): Content | undefined {
  const path = join(folder, name);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageFault(`cannot read ${path}`);
  }
  return read(text, path);
}

/** The entries of a YAML file's text, all of them among `known`; `path` is for messages. Throws a `UsageFault`. */
export function entriesOf<Name extends string>(
  text: string,
  path: string,
  known: readonly Name[],
): { readonly [name in Name]?: unknown } {
  let read: unknown;
  try {
    read = parse(text);
  } catch (error) {
    throw new UsageFault(`${path}: ${String((error as Error).message).split('\n')[0]}`);
  }
  if (read === null || read === undefined) return {};
  if (!isRecord(read)) throw new UsageFault(`${path}: it has lines such as ${known[0]}: …`);
  const other = Object.keys(read).find((name) => !known.some((one) => one === name));
  if (other !== undefined)
    throw new UsageFault(
      `${path}: there is no entry ${other}; there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}`,
    );
  return read as { readonly [name in Name]?: unknown };
}

/** Whether a value of a YAML file has named entries. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
