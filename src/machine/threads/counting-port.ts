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

/** What a worker is asked to count: how often each condition is hit in each frame of a run. */
export interface CountingTask {
  readonly precision: RunPrecision;
  readonly mode: Mode;
  readonly changes: readonly Change[];
  /** Those of the machine that will take in what is noted. */
  readonly limits: Omit<Limits, 'trainedBy'>;
  readonly conditions: readonly string[];
  /** The first frame to count, and the last. */
  readonly first: number;
  readonly last: number;
  /** Frames up to this one have been noted already. */
  readonly recorded: number;
}

export type CountingOrder =
  | {
      readonly kind: 'start';
      readonly model: Model;
      /** The program's, in which the model's own formulas stand. */
      readonly tree: Node;
      readonly task: CountingTask;
      /** Where it goes on from, if the frames before the first are not to be run again. */
      readonly from: RunRecords | undefined;
    }
  /** A report has arrived: the worker does not run far ahead of who reads them. */
  | { readonly kind: 'received' };

/** What the worker answers. */
export type CountingReport =
  | {
      readonly kind: 'counted';
      /** For each frame since the last report, how often each condition was hit. */
      readonly hits: Int32Array<ArrayBuffer>;
      /** What was noted of frames that had not been. */
      readonly records: RunRecords | undefined;
    }
  | { readonly kind: 'failure'; readonly message: string };

const sliceMilliseconds = 80;
const mostUnread = 3;

/** Counts as it is told through a port: all that the worker's file has to do. */
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

/** Runs frames one after the other and counts the hits of conditions in them. */
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

  /** Counts frames until it is time to tell, at least one. */
  count(isTime: () => boolean): Omit<Extract<CountingReport, { kind: 'counted' }>, 'kind'> {
    const hits: number[] = [];
    const { trained, shown, task } = this;
    const before = trained.furthest;
    do {
      if (trained.furthest < this.frame) {
        // Only to come to the frames that are to be counted.
        trained.extend();
        continue;
      }
      this.frame += 1;
      for (const condition of this.conditions) hits.push(condition.hits(shown, this.frame).length);
      // Not to be told twice, and not to be thrown away together with what is to be told.
      if (before < task.recorded && trained.furthest === task.recorded) break;
    } while (!this.isOver && !isTime());
    const records = trained.takeRecords();
    return { hits: Int32Array.from(hits), records: trained.furthest > task.recorded ? records : undefined };
  }
}
