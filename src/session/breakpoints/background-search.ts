import type { Machine } from '../../machine/machine.ts';
import type { CountingOrder, CountingReport } from '../../machine/threads/counting-port.ts';
import { buffersOf, type TrainingPort } from '../../machine/threads/training-port.ts';
import { threadLimits } from '../../machine/wasm/permission.ts';
import type { Breakpoint } from './breakpoint.ts';
import type { ConditionHits } from './breakpoint-resolution.ts';
import { type BreakpointHit, type BreakpointSearch, BreakpointSet } from './breakpoint-search.ts';
import type { SearchStatus } from './search-status.ts';

/** A thread to search in: a worker, or an object that behaves like one. */
export interface SearchThread extends TrainingPort<CountingOrder, CountingReport> {
  onerror: ((event: never) => void) | null;
  terminate(): void;
}

/** Opens a thread. It may return undefined, or throw, where the page may not have one: then the search runs in this thread. */
export type OpenSearchThread = () => SearchThread | undefined;

/** What a search needs of a session. */
export interface SearchedSession {
  /** Of the chosen precision, with the reader's changes. */
  readonly machine: Machine;
  /** Another object after every command; a search that goes on then is cancelled. */
  readonly state: {
    readonly breakpoints: readonly Breakpoint[];
    /** How many steps have been done, counted across frames. */
    readonly cursor: { readonly step: number };
  };
  /** Where progress is reported. */
  readonly searchStatus: SearchStatus;
  /** Calls the listener after every change until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** How long a search may block the page at its beginning, and in each time slice, in milliseconds. */
const usualPatience = 30;
const sliceDuration = 12;

/**
 * How a search has ended. `stop`: at a hit. `none`: nothing stops the run in that range. `replaced`: by another search.
 * `cancelled`: by `cancel`, or because the session's state changed meanwhile; `frame` is the one that was being searched.
 */
export type SearchOutcome =
  | { readonly kind: 'stop'; readonly hit: BreakpointHit }
  | { readonly kind: 'none' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'cancelled'; readonly frame: number };

/**
 * Finds where breakpoints stop a session's run. A search of more than 30 ms continues in a thread of its own, or in time slices
 * where there is none, and reports its progress to `session.searchStatus`.
 */
export class BackgroundSearch {
  private readonly known = new WeakMap<Machine, Map<string, ConditionHits>>();
  private cached: { readonly of: BreakpointSet; readonly breakpoints: readonly Breakpoint[] } | undefined;
  private endCurrent: ((outcome: SearchOutcome) => void) | undefined;

  constructor(
    private readonly session: SearchedSession,
    private readonly openThread: OpenSearchThread = () => undefined,
    /** How long a search blocks the page before it continues in the background, in milliseconds. */
    private readonly atOnce = usualPatience,
  ) {}

  /** The enabled breakpoints of the session's machine; the same object until its machine or breakpoints change. */
  get breakpointSet(): BreakpointSet {
    const { machine, state } = this.session;
    const { breakpoints } = state;
    if (this.cached?.of.machine !== machine || this.cached.breakpoints !== breakpoints) {
      const known = this.known.get(machine) ?? new Map<string, ConditionHits>();
      this.known.set(machine, known);
      this.cached = { of: new BreakpointSet(machine, breakpoints, known), breakpoints };
    }
    return this.cached.of;
  }

  /**
   * Finds the next stop after the present step, through the end of frame `lastFrame` (direction 1), or the last one before the
   * step (−1). Ends an earlier search, and a run ahead. The session is not moved.
   */
  async find(direction: 1 | -1, lastFrame: number): Promise<SearchOutcome> {
    this.endCurrent?.({ kind: 'replaced' });
    // A run ahead, too: a reader who searches for a stop no longer goes there.
    this.session.searchStatus.progress?.cancel();
    const { session } = this;
    const { step } = session.state.cursor;
    const breakpointSet = this.breakpointSet;
    const search = breakpointSet.search(direction, step, lastFrame);
    const end = performance.now() + this.atOnce;
    const first = advance(breakpointSet, search, () => performance.now() >= end);
    if (first !== undefined) return first;
    return new Promise((resolve) => {
      const { state } = session;
      let release = (): void => {};
      const settle = (outcome: SearchOutcome): void => {
        this.endCurrent = undefined;
        leave();
        release();
        session.searchStatus.report(undefined);
        resolve(outcome);
      };
      const report = (): SearchOutcome | undefined => {
        const state = search.proceed();
        if (state.kind === 'over') return outcomeOf(state.hit);
        const { frame, last } = state;
        session.searchStatus.report({
          kind: 'search',
          frame,
          last,
          cancel: () => settle({ kind: 'cancelled', frame }),
        });
        return undefined;
      };
      // A reader who has gone elsewhere does not want to be moved away.
      const leave = session.subscribe(() => {
        if (session.state !== state)
          settle({ kind: 'cancelled', frame: session.searchStatus.progress?.frame ?? 1 });
      });
      this.endCurrent = settle;
      const searchHere = (): void => {
        release = searchInSlices(breakpointSet, search, (outcome) => {
          if (outcome !== undefined) settle(outcome);
          else report();
        });
      };
      report();
      try {
        const thread = this.openThread();
        if (thread === undefined) searchHere();
        else
          release = searchInThread(thread, breakpointSet, search, searchHere, () => {
            const outcome = report();
            if (outcome !== undefined) settle(outcome);
          });
      } catch {
        searchHere();
      }
    });
  }

  /** Ends the search that is going on, if any, as `cancelled`. */
  cancel(): void {
    this.endCurrent?.({ kind: 'cancelled', frame: this.session.searchStatus.progress?.frame ?? 1 });
  }
}

const outcomeOf = (hit: BreakpointHit | undefined): SearchOutcome =>
  hit === undefined ? { kind: 'none' } : { kind: 'stop', hit };

/** Counts frames in this thread until the search is over, or `isOver` ends the time slice (undefined). */
function advance(
  breakpointSet: BreakpointSet,
  search: BreakpointSearch,
  isOver: () => boolean,
): SearchOutcome | undefined {
  for (;;) {
    const state = search.proceed();
    if (state.kind === 'over') return outcomeOf(state.hit);
    if (isOver()) return undefined;
    breakpointSet.scan(state.frame);
  }
}

/** Counts in time slices of this thread; the returned function ends it. */
function searchInSlices(
  breakpointSet: BreakpointSet,
  search: BreakpointSearch,
  onProgress: (outcome: SearchOutcome | undefined) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const go = (): void => {
    const end = performance.now() + sliceDuration;
    const outcome = advance(breakpointSet, search, () => performance.now() >= end);
    if (outcome === undefined) timer = setTimeout(go, 0);
    onProgress(outcome);
  };
  timer = setTimeout(go, 0);
  return () => clearTimeout(timer);
}

/** Counts in another thread, or in this one if that fails; the returned function ends it. */
function searchInThread(
  thread: SearchThread,
  breakpointSet: BreakpointSet,
  search: BreakpointSearch,
  searchHere: () => void,
  onProgress: () => void,
): () => void {
  const end = (): void => {
    thread.onmessage = null;
    thread.onerror = null;
    thread.terminate();
  };
  const fallBack = (): void => {
    end();
    searchHere();
  };
  const state = search.proceed();
  if (state.kind === 'over') return end;
  const { machine, counted } = breakpointSet;
  const first = state.frame;
  // The thread reports all conditions from the first frame that any of them lacks; frames already counted are skipped.
  let frame = first - 1;
  thread.onmessage = ({ data }) => {
    if (data.kind === 'failure') {
      fallBack();
      return;
    }
    thread.postMessage({ kind: 'received' }, []);
    try {
      if (data.records !== undefined) (machine.limits.trainedBy ?? machine).merge(data.records);
    } catch {
      fallBack();
      return;
    }
    const frames = counted.length === 0 ? 0 : data.hits.length / counted.length;
    for (let n = 0; n < frames; n++) {
      frame += 1;
      counted.forEach((hits, at) => {
        if (hits.scanned === frame - 1) hits.record([data.hits[n * counted.length + at]]);
      });
    }
    onProgress();
  };
  // The thread's file could not be loaded, or it ran out of memory: this thread can still go on.
  thread.onerror = fallBack;
  const { program, precision, mode, changes } = machine;
  const { trainedBy, ...own } = threadLimits(machine);
  const recorded = (trainedBy ?? machine).furthest;
  const from = first - 1 === recorded ? (trainedBy ?? machine).headState : undefined;
  const task = {
    precision,
    mode,
    changes,
    limits: own,
    conditions: counted.map(({ condition }) => condition.probe.text),
    first,
    last: state.last,
    recorded,
  };
  const { model, tree } = program;
  thread.postMessage({ kind: 'start', model, tree, task, from }, from === undefined ? [] : buffersOf(from));
  return end;
}
