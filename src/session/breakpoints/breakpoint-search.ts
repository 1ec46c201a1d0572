import { cellName } from '../../formula/model.ts';
import type { Machine } from '../../machine/machine.ts';
import { type Breakpoint, lastStoppingHit, nextStoppingHit } from './breakpoint.ts';
import {
  ConditionHits,
  FixedHits,
  type Hits,
  type ResolvedBreakpoint,
  resolveBreakpoint,
} from './breakpoint-resolution.ts';

/** A step at which a breakpoint stops the run. */
export interface BreakpointHit {
  readonly step: number;
  readonly breakpoint: Breakpoint;
  /** How often it was hit up to there. */
  readonly hitCount: number;
  /** The free indices of a condition and their values. */
  readonly place: readonly (readonly [index: string, value: number])[];
  /** Numbers that a condition reads and of which every digit decides, by cell. */
  readonly readings: readonly (readonly [cell: string, value: number])[];
}

/** What a search has come to: a stop, or that there is none; or that hits of further frames have to be counted first. */
export type SearchState =
  | { readonly kind: 'over'; readonly hit: BreakpointHit | undefined }
  | { readonly kind: 'scan'; readonly frame: number; readonly last: number };

/** So many operations are done at once to mark where a condition stops in a frame. */
const fewOperations = 1e5;

/** A breakpoint that can be hit, and where it is. */
interface ActiveBreakpoint {
  readonly breakpoint: Breakpoint;
  readonly resolved: ResolvedBreakpoint;
  readonly hits: Hits;
}

/** The breakpoints that are on, in one machine's run: where they are hit, as far as that was looked for. */
export class BreakpointSet {
  private readonly active: readonly ActiveBreakpoint[];
  private marked:
    | { readonly frame: number; readonly known: number; readonly steps: readonly number[] }
    | undefined;

  constructor(
    readonly machine: Machine,
    breakpoints: readonly Breakpoint[],
    /** The hits that are known of conditions, by their texts. */
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

  /** Whether any breakpoint can stop the run. */
  get isEmpty(): boolean {
    return this.active.length === 0;
  }

  /** The hits of conditions, which have to be counted frame by frame; each once. */
  get counted(): readonly ConditionHits[] {
    const all = this.active.flatMap(({ hits }) => (hits instanceof ConditionHits ? [hits] : []));
    return [...new Set(all)];
  }

  /** Counts the hits of a frame, for whoever comes to it. */
  scan(frame: number): void {
    for (const hits of this.counted) if (hits.scanned === frame - 1) hits.scan();
  }

  /** Begins a search from a step: for the first stop after it up to the end of a frame, or for the last one before it. */
  search(direction: 1 | -1, step: number, lastFrame: number): BreakpointSearch {
    return new BreakpointSearch(this.machine, this.active, direction, step, lastFrame);
  }

  /** The steps of a frame at which breakpoints stop, as far as that is known or soon found out; at most so many. */
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

/** One search for a stop. It asks for frames to be counted, one after the other, until it knows. */
export class BreakpointSearch {
  /** For each breakpoint, how many hits lie behind the search's beginning; found once its frame is known. */
  private hitsBehind: readonly number[] | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly active: readonly ActiveBreakpoint[],
    private readonly direction: 1 | -1,
    private readonly step: number,
    /** The last frame that is looked through, forwards. */
    private readonly lastFrame: number,
  ) {}

  /** How far it has come: call again once the frame that it asks for has been counted. */
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

  /** The nearest stop among the hits that are known. */
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
