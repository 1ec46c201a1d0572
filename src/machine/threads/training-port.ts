import type { Model } from '../../formula/model.ts';
import { Program } from '../../program/counted-program.ts';
import type { Node } from '../../program/tree.ts';
import { type Change, type Limits, Machine, type RunPrecision, type RunRecords } from '../machine.ts';
import { Training, type TrainingProgress } from './training.ts';

/** What training is asked to do, in another thread or in this one. */
export interface TrainingTask {
  readonly precision: RunPrecision;
  readonly changes: readonly Change[];
  /** Those of the machine that will take in what is noted. */
  readonly limits: Limits;
  /** The last frame to run, counted from the first. */
  readonly target: number;
  /** Quantities of which every frame is told. */
  readonly tracked: readonly string[];
}

/** What is said to a worker that trains. */
export type TrainingOrder =
  | {
      readonly kind: 'start';
      readonly model: Model;
      /** The program's, in which the model's own formulas stand. */
      readonly tree: Node;
      readonly task: TrainingTask;
      /** Where it goes on from, if some frames have been run before; its notes are empty but for the state. */
      readonly from: RunRecords;
    }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** A report has arrived: the worker does not run far ahead of who reads them. */
  | { readonly kind: 'received' };

/** What the worker answers. */
export type TrainingReport =
  | {
      readonly kind: 'progress';
      readonly progress: TrainingProgress;
      readonly records: RunRecords;
      readonly isOver: boolean;
    }
  | { readonly kind: 'failure'; readonly message: string };

/** As much of a worker, of its own side or of a message port as training needs. */
export interface TrainingPort<Sent, Received> {
  postMessage(message: Sent, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<Received>) => void) | null;
}

/** How long a worker runs frames before it reports, in milliseconds, and how many reports may be unread. */
const sliceMilliseconds = 80;
const mostUnread = 3;

/** Trains as it is told through a port: all that the worker's file has to do. */
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
  // Between pieces the thread is given back, so that orders are heard.
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

/** The buffers of notes, which change hands with them. */
export function buffersOf({ ranges }: RunRecords): ArrayBuffer[] {
  return ranges.flatMap(({ records: { state, segments, keyframes } }) => [
    state.buffer,
    ...segments.flatMap(({ numbers, present }) => [numbers.buffer, present.buffer]),
    ...keyframes.map((keyframe) => keyframe.state.buffer),
  ]);
}
