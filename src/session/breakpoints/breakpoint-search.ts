import { cellName } from '../../formula/model.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Breakpoint } from './breakpoint.ts';
import {
  ConditionHits,
  FixedHits,
  type Hits,
  type ResolvedBreakpoint,
  resolveBreakpoint,
} from './breakpoint-resolution.ts';
import { lastStoppingHit, nextStoppingHit } from './stopping-hits.ts';

/** A step at which a breakpoint stops the run. */
export interface BreakpointHit {
  /** Counted across frames, from 1. */
  readonly step: number;
  readonly breakpoint: Breakpoint;
  /** The number of this hit, counted from 1 at the beginning of the run. */
  readonly hitCount: number;
  /** The free indices of a condition and their values; empty for other kinds. */
  readonly place: readonly (readonly [index: string, value: number])[];
  /** Numbers that a condition reads, by cell such as `y[1]`, where every digit decides; empty for other kinds. */
  readonly readings: readonly (readonly [cell: string, value: number])[];
}

/**
 * The state of a search. `over`: it has ended, with the hit it has found, if any. `scan`: the hits of `frame` have to be counted
 * next, and at most of those up to `last` (from 1, inclusive).
 */
export type SearchState =
  | { readonly kind: 'over'; readonly hit: BreakpointHit | undefined }
  | { readonly kind: 'scan'; readonly frame: number; readonly last: number };

/** Up to so many operations, a condition is evaluated at once to mark where it stops in a frame. */
const fewOperations = 1e5;

/** An enabled breakpoint that means something in the model, and where it is hit. */
interface ActiveBreakpoint {
  readonly breakpoint: Breakpoint;
  readonly resolved: ResolvedBreakpoint;
  readonly hits: Hits;
}

/**
 * The enabled breakpoints of one machine's run. Those whose text means nothing in its model are left out. Hits of conditions are
 * counted frame by frame: see `counted` and `scan`.
 */
export class BreakpointSet {
  private readonly active: readonly ActiveBreakpoint[];
  private marked:
    | { readonly frame: number; readonly known: number; readonly steps: readonly number[] }
    | undefined;

  constructor(
    readonly machine: Machine,
    breakpoints: readonly Breakpoint[],
    /**
     * The counted hits of conditions, by their texts: read, and added to, so that a later set of the same machine can reuse them.
     */
    known: Map<string, ConditionHits> = new Map(),
  ) {
    this.active = breakpoints.flatMap((breakpoint): ActiveBreakpoint[] => {
      if (!breakpoint.enabled) return [];
      const { text } = breakpoint;
      const before = known.get(text);
      const meaning: ReturnType<typeof resolveBreakpoint> =
        before === undefined
          ? resolveBreakpoint(machine.program, text)
          : { kind: 'condition', condition: before.condition };
      if ('error' in meaning) return [];
      if (meaning.kind !== 'condition')
        return [{ breakpoint, resolved: meaning, hits: new FixedHits(machine.program.size, meaning.steps) }];
      const hits = before ?? new ConditionHits(machine, meaning.condition);
      known.set(text, hits);
      return [{ breakpoint, resolved: meaning, hits }];
    });
  }

  /** Whether no breakpoint can stop the run. */
  get isEmpty(): boolean {
    return this.active.length === 0;
  }

  /** The hits of conditions, which have to be counted frame by frame; one for each text. */
  get counted(): readonly ConditionHits[] {
    const all = this.active.flatMap(({ hits }) => (hits instanceof ConditionHits ? [hits] : []));
    return [...new Set(all)];
  }

  /** Counts the hits of a frame (from 1) for all conditions that have been counted up to the frame before. */
  scan(frame: number): void {
    for (const hits of this.counted) if (hits.scanned === frame - 1) hits.scan();
  }

  /**
   * A search for the first stop after a step, through the end of frame `lastFrame` (direction 1), or for the last one before the
   * step (−1). The step itself is not part of either. Steps count across frames.
   */
  search(direction: 1 | -1, step: number, lastFrame: number): BreakpointSearch {
    return new BreakpointSearch(this.machine, this.active, direction, step, lastFrame);
  }

  /**
   * The steps within a frame, from 1, at which breakpoints stop: ascending, at most `most`. Conditions that have not been counted
   * or are expensive are left out.
   */
  marks(frame: number, most: number): readonly number[] {
    const known = this.active.reduce((sum, { hits }) => sum + Math.min(hits.scanned, frame), 0);
    if (this.marked?.frame !== frame || this.marked.known !== known) {
      const steps = new Set(this.active.flatMap((one) => this.marksOf(one, frame, most)));
      this.marked = { frame, known, steps: [...steps].sort((a, b) => a - b).slice(0, most) };
    }
    return this.marked.steps;
  }

  private marksOf({ breakpoint, hits }: ActiveBreakpoint, frame: number, most: number): readonly number[] {
    const { size } = this.machine.program;
    const start = (frame - 1) * size;
    if (hits instanceof ConditionHits) {
      const isEachTime = breakpoint.nth === undefined && breakpoint.every === undefined;
      if (hits.condition.operations > fewOperations || (hits.scanned < frame - 1 && !isEachTime)) return [];
      const before = isEachTime ? 0 : hits.upTo(start);
      const stops = (n: number) => nextStoppingHit(breakpoint, before + n) === before + n + 1;
      return hits.condition.hits(this.machine, frame).filter((_, n) => stops(n));
    }
    const found: number[] = [];
    let hit = nextStoppingHit(breakpoint, hits.upTo(start));
    while (hit !== undefined && found.length < most) {
      const step = (hits.stepOf(hit) as number) - start;
      if (step > size) break;
      found.push(step);
      hit = nextStoppingHit(breakpoint, hit);
    }
    return found;
  }
}

/** One search for a stop. It asks for frames to be counted, one after the other, until the result is certain. */
export class BreakpointSearch {
  /** For each breakpoint, how many hits lie behind the search's beginning; found once its frame is known. */
  private hitsBehind: readonly number[] | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly active: readonly ActiveBreakpoint[],
    private readonly direction: 1 | -1,
    private readonly step: number,
    /** The last frame that is searched (inclusive); forwards only. */
    private readonly lastFrame: number,
  ) {}

  /** The state of the search. Where it is `scan`, call again after `BreakpointSet.scan` of that frame. */
  proceed(): SearchState {
    const { size } = this.machine.program;
    const scanned = this.active.reduce((least, { hits }) => Math.min(least, hits.scanned), Infinity);
    if (this.direction < 0) {
      const own = Math.ceil((this.step - 1) / size);
      if (scanned < own) return { kind: 'scan', frame: scanned + 1, last: own };
      return { kind: 'over', hit: this.nearest() };
    }
    const own = Math.ceil((this.step + 1) / size);
    if (scanned < Math.min(own, this.lastFrame))
      return { kind: 'scan', frame: scanned + 1, last: this.lastFrame };
    const stop = this.nearest();
    const end = stop === undefined ? this.lastFrame : Math.min(this.lastFrame, Math.ceil(stop.step / size));
    if (scanned < end) return { kind: 'scan', frame: scanned + 1, last: this.lastFrame };
    return { kind: 'over', hit: stop };
  }

  /** The nearest stop among the hits that have been counted. */
  private nearest(): BreakpointHit | undefined {
    const { direction, step, active } = this;
    this.hitsBehind ??= active.map(({ hits }) => hits.upTo(direction > 0 ? step : step - 1));
    let best: { step: number; hit: number; of: ActiveBreakpoint } | undefined;
    active.forEach((of, n) => {
      const behind = (this.hitsBehind as readonly number[])[n];
      const hit = (direction > 0 ? nextStoppingHit : lastStoppingHit)(of.breakpoint, behind);
      const at = hit === undefined ? undefined : of.hits.stepOf(hit);
      if (hit === undefined || at === undefined) return;
      if (direction > 0 && at > this.lastFrame * this.machine.program.size) return;
      if (best === undefined || direction * (at - best.step) < 0) best = { step: at, hit, of };
    });
    return best && this.hitAt(best);
  }

  private hitAt({ step, hit, of }: { step: number; hit: number; of: ActiveBreakpoint }): BreakpointHit {
    const { breakpoint, resolved } = of;
    if (resolved.kind !== 'condition') return { step, breakpoint, hitCount: hit, place: [], readings: [] };
    const { size } = this.machine.program;
    const frame = Math.ceil(step / size);
    const inFrame = step - (frame - 1) * size;
    const { condition } = resolved;
    const values = condition.indicesAt(this.machine, frame, inFrame);
    const read = condition.readingsAt(this.machine, frame, inFrame, values);
    const readings = read.map(({ name, cell, value }) => [cellName(name, cell), value] as const);
    const place = condition.probe.free.map(({ name }, n) => [name, values[n]] as const);
    return { step, breakpoint, hitCount: hit, place, readings };
  }
}
