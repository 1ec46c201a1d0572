import { cellName } from '../../formula/model.ts';
import type { Machine } from '../../machine/machine.ts';
import { type Breakpoint, lastStopping, nextStopping } from './breakpoint.ts';
import { ConditionHits, type Hits, type Meaning, PlaceHits, readBreakpoint } from './breakpoint-places.ts';

/** A step at which a breakpoint stops the run. */
export interface Stop {
  readonly step: number;
  readonly breakpoint: Breakpoint;
  /** How often it was hit up to there. */
  readonly hit: number;
  /** The free indices of a condition and their values. */
  readonly place: readonly (readonly [index: string, value: number])[];
  /** Numbers that a condition reads and of which every digit decides, by cell. */
  readonly readings: readonly (readonly [cell: string, value: number])[];
}

/** What a search has come to: a stop, or that there is none; or that hits of further frames have to be counted first. */
export type Attempt =
  | { readonly kind: 'over'; readonly stop: Stop | undefined }
  | { readonly kind: 'scan'; readonly frame: number; readonly last: number };

/** So many operations are done at once to mark where a condition stops in a frame. */
const fewOperations = 1e5;

/** A breakpoint that can be hit, and where it is. */
interface Watched {
  readonly breakpoint: Breakpoint;
  readonly meaning: Meaning;
  readonly hits: Hits;
}

/** The breakpoints that are on, in one machine's run: where they are hit, as far as that was looked for. */
export class Watch {
  private readonly watched: readonly Watched[];
  private marked:
    | { readonly frame: number; readonly known: number; readonly steps: readonly number[] }
    | undefined;

  constructor(
    readonly machine: Machine,
    breakpoints: readonly Breakpoint[],
    /** The hits that are known of conditions, by their texts. */
    known: Map<string, ConditionHits> = new Map(),
  ) {
    this.watched = breakpoints.flatMap((breakpoint): Watched[] => {
      if (!breakpoint.enabled) return [];
      const { text } = breakpoint;
      const before = known.get(text);
      const meaning: ReturnType<typeof readBreakpoint> =
        before === undefined
          ? readBreakpoint(machine.program, text)
          : { kind: 'condition', condition: before.condition };
      if ('error' in meaning) return [];
      if (meaning.kind !== 'condition')
        return [{ breakpoint, meaning, hits: new PlaceHits(machine.program.size, meaning.places) }];
      const hits = before ?? new ConditionHits(machine, meaning.condition);
      known.set(text, hits);
      return [{ breakpoint, meaning, hits }];
    });
  }

  /** Whether any breakpoint can stop the run. */
  get isEmpty(): boolean {
    return this.watched.length === 0;
  }

  /** The hits of conditions, which have to be counted frame by frame; each once. */
  get counted(): readonly ConditionHits[] {
    const all = this.watched.flatMap(({ hits }) => (hits instanceof ConditionHits ? [hits] : []));
    return [...new Set(all)];
  }

  /** Counts the hits of a frame, for whoever comes to it. */
  scan(frame: number): void {
    for (const hits of this.counted) if (hits.scanned === frame - 1) hits.scan();
  }

  /** Begins a search from a step: for the first stop after it up to the end of a frame, or for the last one before it. */
  quest(direction: 1 | -1, step: number, lastFrame: number): Quest {
    return new Quest(this.machine, this.watched, direction, step, lastFrame);
  }

  /** The steps of a frame at which breakpoints stop, as far as that is known or soon found out; at most so many. */
  marks(frame: number, most: number): readonly number[] {
    const known = this.watched.reduce((sum, { hits }) => sum + Math.min(hits.scanned, frame), 0);
    if (this.marked?.frame !== frame || this.marked.known !== known) {
      const steps = new Set(this.watched.flatMap((one) => this.marksOf(one, frame, most)));
      this.marked = { frame, known, steps: [...steps].sort((a, b) => a - b).slice(0, most) };
    }
    return this.marked.steps;
  }

  private marksOf({ breakpoint, hits }: Watched, frame: number, most: number): readonly number[] {
    const { size } = this.machine.program;
    const start = (frame - 1) * size;
    if (hits instanceof ConditionHits) {
      const isEachTime = breakpoint.nth === undefined && breakpoint.every === undefined;
      if (hits.condition.operations > fewOperations || (hits.scanned < frame - 1 && !isEachTime)) return [];
      const before = isEachTime ? 0 : hits.upTo(start);
      const stops = (n: number) => nextStopping(breakpoint, before + n) === before + n + 1;
      return hits.condition.hits(this.machine, frame).filter((_, n) => stops(n));
    }
    const found: number[] = [];
    let hit = nextStopping(breakpoint, hits.upTo(start));
    while (hit !== undefined && found.length < most) {
      const step = (hits.stepOf(hit) as number) - start;
      if (step > size) break;
      found.push(step);
      hit = nextStopping(breakpoint, hit);
    }
    return found;
  }
}

/** One search for a stop. It asks for frames to be counted, one after the other, until it knows. */
export class Quest {
  /** For each breakpoint, how many hits lie behind the search's beginning; found once its frame is known. */
  private behind: readonly number[] | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly watched: readonly Watched[],
    private readonly direction: 1 | -1,
    private readonly step: number,
    /** The last frame that is looked through, forwards. */
    private readonly lastFrame: number,
  ) {}

  /** How far it has come: call again once the frame that it asks for has been counted. */
  attempt(): Attempt {
    const { size } = this.machine.program;
    const scanned = this.watched.reduce((least, { hits }) => Math.min(least, hits.scanned), Infinity);
    if (this.direction < 0) {
      const own = Math.ceil((this.step - 1) / size);
      if (scanned < own) return { kind: 'scan', frame: scanned + 1, last: own };
      return { kind: 'over', stop: this.best() };
    }
    const own = Math.ceil((this.step + 1) / size);
    if (scanned < Math.min(own, this.lastFrame))
      return { kind: 'scan', frame: scanned + 1, last: this.lastFrame };
    const stop = this.best();
    const end = stop === undefined ? this.lastFrame : Math.min(this.lastFrame, Math.ceil(stop.step / size));
    if (scanned < end) return { kind: 'scan', frame: scanned + 1, last: this.lastFrame };
    return { kind: 'over', stop };
  }

  /** The nearest stop among the hits that are known. */
  private best(): Stop | undefined {
    const { direction, step, watched } = this;
    this.behind ??= watched.map(({ hits }) => hits.upTo(direction > 0 ? step : step - 1));
    let best: { step: number; hit: number; of: Watched } | undefined;
    watched.forEach((of, n) => {
      const behind = (this.behind as readonly number[])[n];
      const hit = (direction > 0 ? nextStopping : lastStopping)(of.breakpoint, behind);
      const at = hit === undefined ? undefined : of.hits.stepOf(hit);
      if (hit === undefined || at === undefined) return;
      if (direction > 0 && at > this.lastFrame * this.machine.program.size) return;
      if (best === undefined || direction * (at - best.step) < 0) best = { step: at, hit, of };
    });
    return best && this.stopAt(best);
  }

  private stopAt({ step, hit, of }: { step: number; hit: number; of: Watched }): Stop {
    const { breakpoint, meaning } = of;
    if (meaning.kind !== 'condition') return { step, breakpoint, hit, place: [], readings: [] };
    const { size } = this.machine.program;
    const frame = Math.ceil(step / size);
    const inFrame = step - (frame - 1) * size;
    const { condition } = meaning;
    const values = condition.indicesAt(this.machine, frame, inFrame);
    const read = condition.readingsAt(this.machine, frame, inFrame, values);
    const readings = read.map(({ name, cell, value }) => [cellName(name, cell), value] as const);
    const place = condition.probe.free.map(({ name }, n) => [name, values[n]] as const);
    return { step, breakpoint, hit, place, readings };
  }
}
