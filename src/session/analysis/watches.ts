import type { CellReference } from '../../explain/explanation.ts';
import type { QueryFault } from '../../formula/compile/query.ts';
import { cellName } from '../../formula/model.ts';
import { createProbe, type Probe, type ProbedCell } from '../../machine/inspect/probe.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Moment } from '../../machine/moment.ts';
import type { Program } from '../../program/program.ts';

/** A watched expression, read for a model; or why it cannot be read. */
export type ParsedWatch = { readonly probe: Probe } | { readonly fault: QueryFault };

/**
 * Reads a watched expression such as `abs(δ1[j])` for a program's model; an index that nothing binds (j) is free and takes all
 * its values. Nothing is thrown: a fault says what is wrong where.
 */
export function parseWatch(program: Program, text: string): ParsedWatch {
  const found = createProbe(program.model, text);
  return 'error' in found ? { fault: found.error } : { probe: found };
}

/** How many combinations of free indices are evaluated at most: a watch is to be taken in at a glance. */
export const mostPlaces = 64;

/**
 * The values that the free indices of a probe take, one inner list (in the order of `free`) for each combination, the last
 * index fastest; the first 64 of them. A single empty list where no index is free.
 */
export function indexValuesOf({ places }: Probe): readonly (readonly number[])[] {
  const found: (readonly number[])[] = [];
  for (const place of places) {
    found.push(place);
    if (found.length === mostPlaces) break;
  }
  return found;
}

/** The cell that a watch consists of, such as `W1[1,2]`, indices from 1; undefined for any other expression. */
export function watchedCell({ expression, free }: Probe): ProbedCell | undefined {
  if (expression.kind !== 'reference' || free.length > 0) return undefined;
  const { name, indices } = expression;
  return { name, cell: indices.map(({ constant }) => constant) };
}

/**
 * Frames `first` to `last` (from 1, inclusive) of a watch: the lowest and highest of its finite values. Where there are none,
 * `low` is Infinity and `high` −Infinity.
 */
export interface HistorySample {
  readonly first: number;
  readonly last: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A history has fewer samples than this: when it is full, they are joined by two, and only every second frame is read from then
 * on.
 */
const mostSamples = 400;

/**
 * The value of a watch at the end of each frame, extended by `advance`. Fewer than 400 samples, whatever the number of frames.
 */
export class WatchHistory {
  /** In the order of frames. Replaced by a new array as it is extended. */
  samples: readonly HistorySample[] = [];
  private stride = 1;
  private next = 1;
  private readonly places: readonly (readonly number[])[];

  constructor(
    private readonly probe: Probe,
    readonly machine: Machine,
  ) {
    this.places = indexValuesOf(probe);
  }

  /** Reads frames up to `frame`, until `isOver` returns true after one of them; whether some are left to be read. */
  advance(frame: number, isOver: () => boolean): boolean {
    while (this.next <= frame) {
      this.sampleFrame(this.next);
      this.next += this.stride;
      if (this.samples.length >= mostSamples) this.downsample();
      if (isOver()) return this.next <= frame;
    }
    return false;
  }

  private sampleFrame(frame: number): void {
    const { probe, machine } = this;
    probe.open(machine, frame);
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const place of this.places) {
      const value = probe.value(machine.program.size, place);
      if (value === undefined || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    this.samples = [...this.samples, { first: frame, last: frame, low, high }];
  }

  /** Joins samples by two, so that every extreme stays visible. */
  private downsample(): void {
    const thinned: HistorySample[] = [];
    for (let at = 0; at < this.samples.length; at += 2) {
      const [a, b = a] = [this.samples[at], this.samples[at + 1]];
      thinned.push({
        first: a.first,
        last: b.last,
        low: Math.min(a.low, b.low),
        high: Math.max(a.high, b.high),
      });
    }
    this.samples = thinned;
    this.stride *= 2;
  }
}

/** A step at which a cell got another value than it had. */
export interface WatchedChange {
  /** Counted across frames, from 1. */
  readonly step: number;
  readonly cell: CellReference;
}

/** How many frames are searched for a change at most, and after how many cell reads the search is given up. */
const mostFrames = 500;
const mostLookups = 20_000;

/** When a cell of a frame may change: as the frame begins, or where the cell is stored. */
interface CellEvent {
  /** In the frame, from 1. */
  readonly step: number;
  readonly cell: CellReference;
  readonly isChange: () => boolean;
}

/** Finds the steps at which one of some cells changes. Searches at most 500 frames, fewer where many cells are read. */
export class ChangeFinder {
  private lookups = 0;

  constructor(
    private readonly machine: Machine,
    private readonly cells: readonly ProbedCell[],
  ) {}

  /**
   * The last step up to and including the present one at which one of the cells got another value; undefined if none is found.
   */
  last({ frame: present, inFrame }: Moment): WatchedChange | undefined {
    this.lookups = 0;
    for (let frame = present; frame > Math.max(0, present - mostFrames); frame--) {
      const limit = frame === present ? inFrame : this.machine.program.size;
      const found = this.eventsIn(frame)
        .filter(({ step }) => step <= limit)
        .sort((a, b) => b.step - a.step)
        .find(({ isChange }) => isChange());
      if (found !== undefined) return this.changeOf(frame, found);
      if (this.lookups > mostLookups) return undefined;
    }
    return undefined;
  }

  /**
   * The first step after the present one at which one of the cells gets another value, through the end of frame `furthest` (at
   * least of the present one); undefined if none is found.
   */
  next({ frame: present, inFrame }: Moment, furthest: number): WatchedChange | undefined {
    this.lookups = 0;
    const end = Math.min(Math.max(furthest, present), present + mostFrames);
    for (let frame = present; frame <= end; frame++) {
      const limit = frame === present ? inFrame : 0;
      const found = this.eventsIn(frame)
        .filter(({ step }) => step > limit)
        .sort((a, b) => a.step - b.step)
        .find(({ isChange }) => isChange());
      if (found !== undefined) return this.changeOf(frame, found);
      if (this.lookups > mostLookups) return undefined;
    }
    return undefined;
  }

  private changeOf(frame: number, { step, cell }: CellEvent): WatchedChange {
    return { step: this.machine.stepAt(frame, step), cell };
  }

  private eventsIn(frame: number): CellEvent[] {
    const { program, layout } = this.machine;
    return this.cells.flatMap(({ name, cell }): CellEvent[] => {
      const version = layout.has(name, 'new') ? 'new' : 'old';
      const stored = program.writing(name, version, cell);
      const before = { name, version, cell } as const;
      const was = () => (frame === 1 ? undefined : this.value(frame - 1, before));
      const found: CellEvent[] = [];
      // A frame begins with what the one before has left, except for samples, random numbers, and the reader's edits.
      if (stored === undefined || version === 'new') {
        const entering = { name, version: 'old', cell } as const;
        const isChange = () => frame > 1 && !Object.is(was(), this.value(frame, entering));
        found.push({ step: 1, cell: entering, isChange });
      }
      if (stored !== undefined) {
        const from = version === 'new' ? () => this.value(frame, { ...before, version: 'old' }) : was;
        const isChange = () => !Object.is(from(), this.value(frame, before));
        found.push({ step: stored.last, cell: before, isChange });
      }
      return found;
    });
  }

  private value(frame: number, { name, version, cell }: CellReference): number {
    this.lookups += 1;
    return this.machine.value(frame, name, version, cell);
  }
}

/** How many cells of a watch are followed at most. */
const mostCells = 2000;

/** The cells that a watch reads for the first 64 values of its free indices, each once, in the order of reading; at most 2000. */
export function watchedCells(watched: Probe): readonly ProbedCell[] {
  const found = new Map<string, ProbedCell>();
  for (const place of indexValuesOf(watched))
    for (const one of watched.cells(place)) {
      found.set(cellName(one.name, one.cell), one);
      if (found.size === mostCells) return [...found.values()];
    }
  return [...found.values()];
}

/**
 * A new list with the watch at position `at` (from 0, a valid one) moved by `by` positions (negative: to the front); the same
 * list where that is beyond its ends.
 */
export function reordered(watches: readonly string[], at: number, by: number): readonly string[] {
  const to = at + by;
  if (to < 0 || to >= watches.length) return watches;
  const others = watches.filter((_, n) => n !== at);
  return [...others.slice(0, to), watches[at], ...others.slice(to)];
}
