import type { Machine } from '../../machine/machine.ts';
import type { CountingOrder, CountingReport } from '../../machine/threads/counting-port.ts';
import { buffersOf, type TrainingPort } from '../../machine/threads/training-port.ts';
import type { Breakpoint } from './breakpoint.ts';
import type { ConditionHits } from './breakpoint-places.ts';
import { type Quest, type Stop, Watch } from './breakpoint-search.ts';
import type { Lookout } from './search-status.ts';

/** A thread of its own to search in: a worker, or what behaves like one. */
export interface SearchThread extends TrainingPort<CountingOrder, CountingReport> {
  onerror: ((event: never) => void) | null;
  terminate(): void;
}

/** Opens a thread; undefined, or an exception, where the page may not have one. */
export type OpenSearchThread = () => SearchThread | undefined;

/** What a search needs of a session. */
export interface SearchedSession {
  /** Of the chosen run, with the reader's changes. */
  readonly machine: Machine;
  /** Another object after every command; a search that goes on then is cancelled. */
  readonly state: {
    readonly breakpoints: readonly Breakpoint[];
    /** So many steps are done, counted across frames. */
    readonly cursor: { readonly step: number };
  };
  /** Where it says how far it is. */
  readonly lookout: Lookout;
  /** Calls the listener after every change until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** How long a search may keep the page waiting at its beginning, and in each piece, in milliseconds. */
const usuallyAtOnce = 30;
const piece = 12;

/** `cancelled`: somebody did not want to wait, or went elsewhere meanwhile. `replaced`: another search was asked for. */
export type Outcome =
  | { readonly kind: 'stop'; readonly stop: Stop }
  | { readonly kind: 'none' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'cancelled'; readonly frame: number };

/**
 * Looks for where breakpoints stop a session's run. What takes longer is counted in a thread of its own, or in pieces in this one
 * where there is none; how far that is the session tells.
 */
export class Search {
  private readonly known = new WeakMap<Machine, Map<string, ConditionHits>>();
  private watch: { readonly of: Watch; readonly breakpoints: readonly Breakpoint[] } | undefined;
  private endRunning: ((outcome: Outcome) => void) | undefined;

  constructor(
    private readonly session: SearchedSession,
    private readonly openThread: OpenSearchThread = () => undefined,
    private readonly atOnce = usuallyAtOnce,
  ) {}

  /** The breakpoints that are on, in the present run. */
  get watched(): Watch {
    const { machine, state } = this.session;
    const { breakpoints } = state;
    if (this.watch?.of.machine !== machine || this.watch.breakpoints !== breakpoints) {
      const known = this.known.get(machine) ?? new Map<string, ConditionHits>();
      this.known.set(machine, known);
      this.watch = { of: new Watch(machine, breakpoints, known), breakpoints };
    }
    return this.watch.of;
  }

  /** The next stop after the present step up to the end of a frame, or the last one before the step. */
  async find(direction: 1 | -1, lastFrame: number): Promise<Outcome> {
    this.endRunning?.({ kind: 'replaced' });
    // A run up to a far iteration: who looks for a stop does not go there.
    this.session.lookout.search?.cancel();
    const { session } = this;
    const { step } = session.state.cursor;
    const watch = this.watched;
    const quest = watch.quest(direction, step, lastFrame);
    const end = performance.now() + this.atOnce;
    const first = advance(watch, quest, () => performance.now() >= end);
    if (first !== undefined) return first;
    return new Promise((resolve) => {
      const { state } = session;
      let release = (): void => {};
      const settle = (outcome: Outcome): void => {
        this.endRunning = undefined;
        leave();
        release();
        session.lookout.tell(undefined);
        resolve(outcome);
      };
      const tell = (): Outcome | undefined => {
        const attempt = quest.attempt();
        if (attempt.kind === 'over') return outcomeOf(attempt.stop);
        const { frame, last } = attempt;
        session.lookout.tell({
          kind: 'search',
          frame,
          last,
          cancel: () => settle({ kind: 'cancelled', frame }),
        });
        return undefined;
      };
      // Who goes elsewhere does not want to be taken away from there.
      const leave = session.subscribe(() => {
        if (session.state !== state) settle({ kind: 'cancelled', frame: session.lookout.search?.frame ?? 1 });
      });
      this.endRunning = settle;
      const searchHere = (): void => {
        release = inPieces(watch, quest, (outcome) => {
          if (outcome !== undefined) settle(outcome);
          else tell();
        });
      };
      tell();
      try {
        const thread = this.openThread();
        if (thread === undefined) searchHere();
        else
          release = inThread(thread, watch, quest, searchHere, () => {
            const outcome = tell();
            if (outcome !== undefined) settle(outcome);
          });
      } catch {
        searchHere();
      }
    });
  }

  /** Ends a search that is going on. */
  cancel(): void {
    this.endRunning?.({ kind: 'cancelled', frame: this.session.lookout.search?.frame ?? 1 });
  }
}

const outcomeOf = (stop: Stop | undefined): Outcome =>
  stop === undefined ? { kind: 'none' } : { kind: 'stop', stop };

/** Counts frames here until the quest is over, or it is time to do something else. */
function advance(watch: Watch, quest: Quest, isTime: () => boolean): Outcome | undefined {
  for (;;) {
    const attempt = quest.attempt();
    if (attempt.kind === 'over') return outcomeOf(attempt.stop);
    if (isTime()) return undefined;
    watch.scan(attempt.frame);
  }
}

/** Counts in this thread, giving it back in between; what is returned ends it. */
function inPieces(watch: Watch, quest: Quest, told: (outcome: Outcome | undefined) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const go = (): void => {
    const end = performance.now() + piece;
    const outcome = advance(watch, quest, () => performance.now() >= end);
    if (outcome === undefined) timer = setTimeout(go, 0);
    told(outcome);
  };
  timer = setTimeout(go, 0);
  return () => clearTimeout(timer);
}

/** Counts in another thread; what is returned ends it. */
function inThread(
  thread: SearchThread,
  watch: Watch,
  quest: Quest,
  searchHere: () => void,
  told: () => void,
): () => void {
  const end = (): void => {
    thread.onmessage = null;
    thread.onerror = null;
    thread.terminate();
  };
  const instead = (): void => {
    end();
    searchHere();
  };
  const attempt = quest.attempt();
  if (attempt.kind === 'over') return end;
  const { machine, counted } = watch;
  const first = attempt.frame;
  // Each is told of from the first frame that any of them lacks; what it knows already is left out.
  let frame = first - 1;
  thread.onmessage = ({ data }) => {
    if (data.kind === 'failure') {
      instead();
      return;
    }
    thread.postMessage({ kind: 'received' }, []);
    try {
      if (data.records !== undefined) (machine.limits.trainedBy ?? machine).merge(data.records);
    } catch {
      instead();
      return;
    }
    const frames = counted.length === 0 ? 0 : data.hits.length / counted.length;
    for (let n = 0; n < frames; n++) {
      frame += 1;
      counted.forEach((hits, at) => {
        if (hits.scanned === frame - 1) hits.note([data.hits[n * counted.length + at]]);
      });
    }
    told();
  };
  // The thread's file may not be loaded, or it ran out of memory: this one can still go on.
  thread.onerror = instead;
  const { program, precision, mode, changes, limits } = machine;
  const { trainedBy, ...own } = limits;
  const recorded = (trainedBy ?? machine).furthest;
  const from = first - 1 === recorded ? (trainedBy ?? machine).headState : undefined;
  const task = {
    precision,
    mode,
    changes,
    limits: own,
    conditions: counted.map(({ condition }) => condition.probe.text),
    first,
    last: attempt.last,
    recorded,
  };
  const { model, tree } = program;
  thread.postMessage({ kind: 'start', model, tree, task, from }, from === undefined ? [] : buffersOf(from));
  return end;
}
