import type { Program } from './counted-program.ts';
import { fingerprint, type SerializedData, tags } from './deserialization.ts';

/**
 * Plain data (objects, arrays, Maps, Float64Arrays, primitives) as JSON that `deserialize` reads back equal: numbers to the bit,
 * shared parts shared. Undefined for any other data, also for data that contains itself.
 */
export function serialize(value: unknown): SerializedData | undefined {
  const freezer = new Serializer();
  try {
    return freezer.serialized(value);
  } catch (error) {
    if (error instanceof NotSerializable) return undefined;
    throw error;
  }
}

/** Thrown for data that has no serialized form; caught by `serialize`. */
class NotSerializable extends Error {}

class Serializer {
  private readonly keys: string[][] = [];
  private readonly shapes = new Map<string, number>();
  private readonly shared: unknown[] = [];
  /** How often each part occurs; what is inside a repeated part counts once. */
  private readonly times = new Map<object, number>();
  private readonly places = new Map<object, number>();
  private readonly open = new Set<object>();

  serialized(value: unknown): SerializedData {
    this.count(value);
    const serialized = this.write(value);
    return { keys: this.keys, shared: this.shared, value: serialized };
  }

  private count(part: unknown): void {
    if (typeof part !== 'object' || part === null) return;
    if (this.open.has(part)) throw new NotSerializable('it contains itself');
    const times = (this.times.get(part) ?? 0) + 1;
    this.times.set(part, times);
    if (times > 1 || part instanceof Float64Array) return;
    this.open.add(part);
    if (!(part instanceof Map) && !isPlain(part))
      throw new NotSerializable(`cannot serialize ${part.constructor.name}`);
    for (const one of part instanceof Map ? [...part].flat() : Object.values(part)) this.count(one);
    this.open.delete(part);
  }

  private write(part: unknown): unknown {
    if (typeof part === 'object' && part !== null) {
      if (this.times.get(part) === 1) return this.inside(part);
      let place = this.places.get(part);
      if (place === undefined) {
        const inside = this.inside(part);
        place = this.shared.push(inside) - 1;
        this.places.set(part, place);
      }
      return [tags.again, place];
    }
    if (part === undefined || (typeof part === 'number' && (!Number.isFinite(part) || Object.is(part, -0))))
      return [tags.odd, Object.is(part, -0) ? '-0' : String(part)];
    if (part === null || ['string', 'number', 'boolean'].includes(typeof part)) return part;
    throw new NotSerializable(`cannot serialize ${typeof part}`);
  }

  private inside(part: object): unknown[] {
    const all = (parts: readonly unknown[]) => parts.map((one) => this.write(one));
    if (Array.isArray(part)) return [tags.list, ...all(part)];
    if (part instanceof Float64Array) return [tags.numbers, ...all([...part])];
    if (part instanceof Map)
      return [tags.map, ...[...part].map((entry) => [tags.list, ...all(entry as unknown[])])];
    return [this.shapeOf(Object.keys(part)), ...all(Object.values(part))];
  }

  private shapeOf(keys: string[]): number {
    const name = keys.join(' ');
    let shape = this.shapes.get(name);
    if (shape === undefined) {
      shape = this.keys.push(keys) - 1;
      this.shapes.set(name, shape);
    }
    return shape;
  }
}

const isPlain = (part: object): boolean =>
  Array.isArray(part) || [Object.prototype, null].includes(Object.getPrototypeOf(part));

/** Length beyond which a serialized program is larger than the compiler that it replaces. */
const mostCharacters = 65_536;

/**
 * A program as JSON text for a page that displays it without compiling it; `deserializeProgram` reads it, given the model's
 * text, which is not in it. Undefined where it has more than 8,192 numbers of data, comes out longer than 65,536 characters,
 * or reads samples from bytes of a file.
 */
export function serializeProgram({ model, tree }: Program): string | undefined {
  const numbers = [...model.quantities.values()].reduce((sum, one) => sum + (one.numbers?.length ?? 0), 0);
  if (numbers > mostCharacters / 8) return undefined;
  const { text, ...rest } = model;
  const serialized = serialize({ model: rest, tree });
  const written = serialized && JSON.stringify({ of: fingerprint(text), ...serialized });
  return written !== undefined && written.length <= mostCharacters ? written : undefined;
}
