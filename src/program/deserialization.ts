import type { Model } from '../formula/model.ts';
import { Program } from './counted-program.ts';
import type { Node } from './tree.ts';

/** What stands first in a frozen list, and says what it is the frozen form of; from 0 on, the keys of an object. */
export const tags = { list: -1, map: -2, numbers: -3, odd: -4, again: -5 } as const;

/** Frozen data: JSON in which every list begins with a tag. */
export interface SerializedData {
  /** The keys of objects; an object is a tag that chooses some, and its values. */
  readonly keys: readonly (readonly string[])[];
  /** What is there more than once, each reading those before it by `again` and its place. */
  readonly shared: readonly unknown[];
  readonly value: unknown;
}

/** What JSON has no words for. */
const odd: { readonly [name: string]: unknown } = {
  '-0': -0,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  undefined,
};

/** The data that was frozen, with the same parts in common as before. */
export function deserialize({ keys, shared, value }: SerializedData): unknown {
  const known: unknown[] = [];
  const read = (part: unknown): unknown => {
    if (!Array.isArray(part)) return part;
    const [tag, ...rest] = part as [number, ...unknown[]];
    if (tag === tags.odd) return odd[rest[0] as string];
    if (tag === tags.again) return known[rest[0] as number];
    const parts = rest.map(read);
    if (tag === tags.list) return parts;
    if (tag === tags.numbers) return Float64Array.from(parts as number[]);
    if (tag === tags.map) return new Map(parts as [unknown, unknown][]);
    return Object.fromEntries(keys[tag].map((key, at) => [key, parts[at]]));
  };
  for (const one of shared) known.push(read(one));
  return read(value);
}

/** A few digits that differ where texts do: whether a frozen program is still that of the text beside it. */
export function fingerprint(text: string): string {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return `${text.length}.${hash >>> 0}`;
}

/** A program that was frozen, of the text that it was compiled from; undefined where it is another text's. */
export function deserializeProgram(serialized: string, text: string): Program | undefined {
  const { of, ...data } = JSON.parse(serialized) as SerializedData & { of: string };
  if (of !== fingerprint(text)) return undefined;
  const { model, tree } = deserialize(data) as { model: Omit<Model, 'text'>; tree: Node };
  return new Program({ text, ...model }, tree);
}
