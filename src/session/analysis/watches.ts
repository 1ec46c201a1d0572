import type { CellReference } from '../../explain/explanation.ts';
import type { QueryFault } from '../../formula/compile/query.ts';
import { cellName } from '../../formula/model.ts';
import { createProbe, type Probe, type ProbedCell } from '../../machine/inspect/probe.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Moment } from '../../machine/moment.ts';
import type { Program } from '../../program/program.ts';

/** An expression that the reader keeps an eye on, read for a model; or why it cannot be. */
export type ParsedWatch = { readonly probe: Probe } | { readonly fault: QueryFault };

export function parseWatch(program: Program, text: string): ParsedWatch {
  const found = createProbe(program.model, text);
  return 'error' in found ? { fault: found.error } : { probe: found };
}

/** So many values of the free indices are looked at; what is watched is meant to be overlooked. */
export const mostPlaces = 64;

/** The values that the free indices of a probe take, the first of them. */
export function indexValuesOf({ places }: Probe): readonly (readonly number[])[] {
  const found: (readonly number[])[] = [];
  for (const place of places) {
    found.push(place);
    if (found.length === mostPlaces) break;
  }
  return found;
}

/** A single cell that is watched as it is; undefined where it is anything more. */
export function watchedCell({ expression, free }: Probe): ProbedCell | undefined {
  if (expression.kind !== 'reference' || free.length > 0) return undefined;
  const { name, indices } = expression;
  return { name, cell: indices.map(({ constant }) => constant) };
}

/** Some watched iterations in a row: the lowest and the highest of the values that were looked at. */
export interface HistorySample {
  readonly first: number;
  readonly last: number;
  readonly low: number;
  readonly high: number;
}

/** A history has at most so many samples: then it looks at every second iteration only, and so on. */
const mostSamples = 400;

/** How the value of a watch at the end of each iteration went, as far as iterations have been run; grown bit by bit. */
export class WatchHistory {
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

  /** Looks at iterations up to one until the time is over; whether there is more to be looked at. */
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

  /** Two by two, so that an extreme that was seen stays seen. */
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
  /** Across frames. */
  readonly step: number;
  readonly cell: CellReference;
}

/** So many iterations, and so many cells of them, are looked at for a change. */
const mostFrames = 500;
const mostLookups = 20_000;

/** When something happens to a cell in a frame: as it begins, or where it is stored. */
interface CellEvent {
  /** In the frame, from 1. */
  readonly step: number;
  readonly cell: CellReference;
  readonly isChange: () => boolean;
}

/** Finds when cells got other values. */
export class ChangeFinder {
  private lookups = 0;

  constructor(
    private readonly machine: Machine,
    private readonly cells: readonly ProbedCell[],
  ) {}

  /** The last step up to the present one at which one of the cells got another value; undefined where none is found. */
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

  /** The first step after the present one at which one of the cells gets another value, up to an iteration that was run. */
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
      // What a frame finds is what the one before has left, but for samples, what is drawn, and the reader's edits.
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

/** Cells beyond this are too many to be looked at one by one. */
const mostCells = 2000;

/** The cells that a watch reads, each once: of its free indices all that are looked at. */
export function watchedCells(watched: Probe): readonly ProbedCell[] {
  const found = new Map<string, ProbedCell>();
  for (const place of indexValuesOf(watched))
    for (const one of watched.cells(place)) {
      found.set(cellName(one.name, one.cell), one);
      if (found.size === mostCells) return [...found.values()];
    }
  return [...found.values()];
}

/** The list with one of its watches elsewhere; as it was, where that is beyond its ends. */
export function reordered(watches: readonly string[], at: number, by: number): readonly string[] {
  const to = at + by;
  if (to < 0 || to >= watches.length) return watches;
  const others = watches.filter((_, n) => n !== at);
  return [...others.slice(0, to), watches[at], ...others.slice(to)];
}
