import type { Program } from './counted-program.ts';
import { fingerprint, type SerializedData, tags } from './deserialization.ts';

/** Plain data as text that thaws to the same: numbers to the bit, parts in common in common. Undefined for any other data. */
export function serialize(value: unknown): SerializedData | undefined {
  const freezer = new Serializer();
  try {
    return freezer.serialized(value);
  } catch (error) {
    if (error instanceof NotSerializable) return undefined;
    throw error;
  }
}

/** The data is none that can be frozen. */
class NotSerializable extends Error {}

class Serializer {
  private readonly keys: string[][] = [];
  private readonly shapes = new Map<string, number>();
  private readonly shared: unknown[] = [];
  /** How often each part occurs, as far as parts in it are not counted again. */
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
      throw new NotSerializable(`there is no frozen ${part.constructor.name}`);
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
    throw new NotSerializable(`there is no frozen ${typeof part}`);
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

/** Characters beyond which a frozen program weighs more than what compiles it. */
const mostCharacters = 65_536;

/**
 * A program as text for a page that shows it, which then need not compile it. Undefined where it is too large, or holds what the
 * page reads from files.
 */
export function serializeProgram({ model, tree }: Program): string | undefined {
  const numbers = [...model.quantities.values()].reduce((sum, one) => sum + (one.numbers?.length ?? 0), 0);
  if (numbers > mostCharacters / 8) return undefined;
  const { text, ...rest } = model;
  const serialized = serialize({ model: rest, tree });
  const written = serialized && JSON.stringify({ of: fingerprint(text), ...serialized });
  return written !== undefined && written.length <= mostCharacters ? written : undefined;
}
