import type { Model } from '../../formula/model.ts';
import { Program } from '../../program/counted-program.ts';
import type { Node } from '../../program/tree.ts';
import { BreakpointCondition } from '../inspect/breakpoint-condition.ts';
import { createProbe } from '../inspect/probe.ts';
import {
  type Change,
  type Limits,
  Machine,
  type Mode,
  type RunPrecision,
  type RunRecords,
} from '../machine.ts';
import { buffersOf, type TrainingPort } from './training-port.ts';

/** A task for a counting worker: how often each condition is hit in each frame of a run. */
export interface CountingTask {
  readonly precision: RunPrecision;
  readonly mode: Mode;
  readonly changes: readonly Change[];
  /** The limits of the machine that will merge the records. */
  readonly limits: Omit<Limits, 'trainedBy'>;
  /** Conditions as text, see `createProbe`. */
  readonly conditions: readonly string[];
  /** The first and the last frame to count, from 1, inclusive. */
  readonly first: number;
  readonly last: number;
  /** The last frame whose records that machine already has. */
  readonly recorded: number;
}

/** A message to the counting worker. */
export type CountingOrder =
  | {
      readonly kind: 'start';
      readonly model: Model;
      /** The program's tree, whose nodes contain the model's own formula objects. */
      readonly tree: Node;
      readonly task: CountingTask;
      /** The head state to continue from; undefined to run all frames from the start. */
      readonly from: RunRecords | undefined;
    }
  /** A report has arrived. The worker stops after three unacknowledged reports. */
  | { readonly kind: 'received' };

/** A message from the counting worker. */
export type CountingReport =
  | {
      readonly kind: 'counted';
      /** For each frame counted since the last report, how often each condition was hit: `[frame, condition]`, row by row. */
      readonly hits: Int32Array<ArrayBuffer>;
      /** Records of frames after `CountingTask.recorded`; undefined if there are none. */
      readonly records: RunRecords | undefined;
    }
  | { readonly kind: 'failure'; readonly message: string };

/** How long a worker runs frames before it reports, and how many reports may be unacknowledged. */
const sliceMilliseconds = 80;
const mostUnread = 3;

/**
 * Counts as ordered through a port, whose `onmessage` it sets; the worker's file only has to call this. An exception ends the
 * task and is sent as a `failure`.
 */
export function serveCounting(port: TrainingPort<CountingReport, CountingOrder>): void {
  let counting: Counting | undefined;
  let isScheduled = false;
  let unread = 0;
  const advance = (): void => {
    isScheduled = false;
    if (counting === undefined || counting.isOver || unread >= mostUnread) return;
    const end = performance.now() + sliceMilliseconds;
    const report = counting.count(() => performance.now() >= end);
    unread += 1;
    const records = report.records === undefined ? [] : buffersOf(report.records);
    port.postMessage({ kind: 'counted', ...report }, [report.hits.buffer, ...records]);
    schedule();
  };
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(() => guarded(advance), 0);
  };
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      counting = undefined;
      port.postMessage({ kind: 'failure', message: String(error) }, []);
    }
  };
  port.onmessage = ({ data }) =>
    guarded(() => {
      if (data.kind === 'start') counting = new Counting(data);
      else unread -= 1;
      schedule();
    });
}

/** Runs frames in order and counts the hits of conditions. The constructor throws an Error if a condition cannot be parsed. */
class Counting {
  private readonly trained: Machine;
  private readonly shown: Machine;
  private readonly conditions: readonly BreakpointCondition[];
  private frame: number;

  constructor({ model, tree, task, from }: Extract<CountingOrder, { kind: 'start' }>) {
    const program = new Program(model, tree);
    const { precision, mode, changes, limits, first } = task;
    this.trained = new Machine(program, precision, changes, 'train', { ...limits, transfersRecords: true });
    if (from !== undefined) this.trained.continueFrom(from);
    this.shown =
      mode === 'train'
        ? this.trained
        : new Machine(program, precision, changes, mode, { ...limits, trainedBy: this.trained });
    this.conditions = task.conditions.map((text) => {
      const found = createProbe(model, text);
      if ('error' in found) throw new Error(found.error.message);
      return new BreakpointCondition(program, found);
    });
    this.task = task;
    this.frame = first - 1;
  }

  private readonly task: CountingTask;

  get isOver(): boolean {
    return this.frame >= this.task.last;
  }

  /** Counts at least one frame, until `isTime` returns true. */
  count(isTime: () => boolean): Omit<Extract<CountingReport, { kind: 'counted' }>, 'kind'> {
    const hits: number[] = [];
    const { trained, shown, task } = this;
    const before = trained.furthest;
    do {
      if (trained.furthest < this.frame) {
        // Frames before the first one to count.
        trained.extend();
        continue;
      }
      this.frame += 1;
      for (const condition of this.conditions) hits.push(condition.hits(shown, this.frame).length);
      // Records up to here are known already: a report must not mix them with new ones.
      if (before < task.recorded && trained.furthest === task.recorded) break;
    } while (!this.isOver && !isTime());
    const records = trained.takeRecords();
    return { hits: Int32Array.from(hits), records: trained.furthest > task.recorded ? records : undefined };
  }
}
