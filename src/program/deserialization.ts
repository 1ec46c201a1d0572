import type { Model } from '../formula/model.ts';
import { Program } from './counted-program.ts';
import type { Node } from './tree.ts';

/** The first entry of a serialized list: its kind. From 0 on, it is the position in `SerializedData.keys` of an object's keys. */
export const tags = { list: -1, map: -2, numbers: -3, odd: -4, again: -5 } as const;

/** Serialized data: JSON in which every list begins with a tag. Made by `serialize`, read by `deserialize`. */
export interface SerializedData {
  /** The lists of keys that objects have. An object is a position here, from 0, and then its values in that order. */
  readonly keys: readonly (readonly string[])[];
  /**
   * Parts that occur more than once. Elsewhere `[tags.again, n]` stands for the n-th, from 0; a part refers only to earlier
   * ones.
   */
  readonly shared: readonly unknown[];
  readonly value: unknown;
}

/** Values that JSON cannot express. */
const odd: { readonly [name: string]: unknown } = {
  '-0': -0,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  undefined,
};

/**
 * A copy of the data that was given to `serialize`, with the same parts shared as before. The input is trusted, not checked.
 */
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

/** A short hash of a text: its length, and 32 bits by the multiplier 31. Tells whether a serialized program belongs to a text. */
export function fingerprint(text: string): string {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return `${text.length}.${hash >>> 0}`;
}

/**
 * The program that `serializeProgram` made from the model text `text`; undefined where its fingerprint is that of another
 * text. Throws a `SyntaxError` on anything that is not JSON; other JSON is trusted.
 */
export function deserializeProgram(serialized: string, text: string): Program | undefined {
  const { of, ...data } = JSON.parse(serialized) as SerializedData & { of: string };
  if (of !== fingerprint(text)) return undefined;
  const { model, tree } = deserialize(data) as { model: Omit<Model, 'text'>; tree: Node };
  return new Program({ text, ...model }, tree);
}
