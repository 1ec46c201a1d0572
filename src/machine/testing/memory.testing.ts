import type { Expression } from '../../formula/expression.ts';

/** What was written before a time, and when. */
class History {
  private readonly writes = new Map<string, { readonly time: number; readonly value: number }[]>();
  private readonly keys: string[] = [];

  constructor(readonly base: ReadonlyMap<string, number>) {}

  at(key: string, time: number): number | undefined {
    const found = this.writes.get(key) ?? [];
    for (let n = found.length - 1; n >= 0; n--) if (found[n].time <= time) return found[n].value;
    return this.base.get(key);
  }

  /** Writes after a time; later writes are dropped. */
  write(time: number, key: string, value: number): void {
    while (this.keys.length > time) this.writes.get(this.keys.pop() as string)?.pop();
    this.keys.push(key);
    const before = this.writes.get(key) ?? [];
    this.writes.set(key, [...before, { time: time + 1, value }]);
  }
}

/** All cells at one time: immutable, and cheap to keep for every step. */
export class Memory {
  private constructor(
    private readonly history: History,
    private readonly time: number,
  ) {}

  static of(base: ReadonlyMap<string, number>): Memory {
    return new Memory(new History(base), 0);
  }

  get(key: string): number | undefined {
    return this.history.at(key, this.time);
  }

  /** A copy with one cell changed. Memories derived from this one earlier must no longer be read. */
  with(key: string, value: number): Memory {
    this.history.write(this.time, key, value);
    return new Memory(this.history, this.time + 1);
  }
}

/** The quantities that an expression reads, as `old W1`. */
export function namesIn(e: Expression, names = new Set<string>()): ReadonlySet<string> {
  if (e.kind === 'reference') names.add(`${e.version} ${e.name}`);
  if (e.kind === 'operation' || e.kind === 'call') for (const one of e.operands) namesIn(one, names);
  if (e.kind === 'power') namesIn(e.base, names);
  if ('body' in e) namesIn(e.body, names);
  return names;
}
