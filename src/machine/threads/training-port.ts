import type { Model } from '../../formula/model.ts';
import { Program } from '../../program/counted-program.ts';
import type { Node } from '../../program/tree.ts';
import { type Change, type Limits, Machine, type RunPrecision, type RunRecords } from '../machine.ts';
import { Training, type TrainingProgress } from './training.ts';

/** A task for training, in another thread or in this one. */
export interface TrainingTask {
  readonly precision: RunPrecision;
  readonly changes: readonly Change[];
  /** The limits of the machine that will merge the records. */
  readonly limits: Limits;
  /** The last frame to run, from 1 on in the whole run. */
  readonly target: number;
  /** Quantities whose mean is reported for every frame. */
  readonly tracked: readonly string[];
}

/** A message to the training worker. */
export type TrainingOrder =
  | {
      readonly kind: 'start';
      readonly model: Model;
      /** The program's tree, whose nodes contain the model's own formula objects. */
      readonly tree: Node;
      readonly task: TrainingTask;
      /** The head state to continue from. */
      readonly from: RunRecords;
    }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** A report has arrived. The worker stops after three unacknowledged reports. */
  | { readonly kind: 'received' };

/**
 * A message from the training worker: `progress` after each time slice, with records to merge, or `failure`, after which it is
 * idle.
 */
export type TrainingReport =
  | {
      readonly kind: 'progress';
      readonly progress: TrainingProgress;
      readonly records: RunRecords;
      readonly isOver: boolean;
    }
  | { readonly kind: 'failure'; readonly message: string };

/** The part of a worker, its global scope or a message port that training needs. */
export interface TrainingPort<Sent, Received> {
  /** Sends a message; the listed buffers change owner. */
  postMessage(message: Sent, transfer: Transferable[]): void;
  /** Receives messages. */
  onmessage: ((event: MessageEvent<Received>) => void) | null;
}

/** How long a worker runs frames before it reports, and how many reports may be unacknowledged. */
const sliceMilliseconds = 80;
const mostUnread = 3;

/**
 * Trains as ordered through a port, whose `onmessage` it sets; the worker's file only has to call this. An exception ends the
 * training and is sent as a `failure`.
 */
export function serveTraining(port: TrainingPort<TrainingReport, TrainingOrder>): void {
  let training: Training | undefined;
  let isPaused = false;
  let isScheduled = false;
  let unread = 0;

  const advance = (): void => {
    isScheduled = false;
    if (training === undefined || isPaused || training.isOver || unread >= mostUnread) return;
    const end = performance.now() + sliceMilliseconds;
    const progress = training.run(() => performance.now() >= end);
    const records = training.machine.takeRecords();
    unread += 1;
    port.postMessage({ kind: 'progress', progress, records, isOver: training.isOver }, [
      progress.losses.buffer,
      ...buffersOf(records),
    ]);
    schedule();
  };
  // Between time slices the thread is free to receive orders.
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(() => guarded(advance), 0);
  };
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      training = undefined;
      port.postMessage({ kind: 'failure', message: String(error) }, []);
    }
  };
  const obey = (order: TrainingOrder): void => {
    if (order.kind === 'start') training = startTraining(order);
    else if (order.kind === 'received') unread -= 1;
    else isPaused = order.kind === 'pause';
    schedule();
  };
  port.onmessage = ({ data }) => guarded(() => obey(data));
}

function startTraining({ model, tree, task, from }: Extract<TrainingOrder, { kind: 'start' }>): Training {
  const machine = new Machine(new Program(model, tree), task.precision, task.changes, 'train', {
    ...task.limits,
    transfersRecords: true,
  });
  machine.continueFrom(from);
  return new Training(machine, task.target, task.tracked);
}

/** All buffers of records, to be listed when a message transfers them; the records cannot be used here afterwards. */
export function buffersOf({ ranges }: RunRecords): ArrayBuffer[] {
  return ranges.flatMap(({ records: { state, segments, keyframes } }) => [
    state.buffer,
    ...segments.flatMap(({ numbers, present }) => [numbers.buffer, present.buffer]),
    ...keyframes.map((keyframe) => keyframe.state.buffer),
  ]);
}
