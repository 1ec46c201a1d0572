import { Adjoints } from '../explain/adjoints.ts';
import { type FastBackend, fastBackend } from '../machine/history/fast-backend.ts';
import type { FirstFault, Machine } from '../machine/machine.ts';
import { Training, type TrainingProgress } from '../machine/threads/training.ts';
import {
  buffersOf,
  type TrainingOrder,
  type TrainingPort,
  type TrainingReport,
} from '../machine/threads/training-port.ts';

/** A thread to train in: a worker, or an object that behaves like one. */
export interface TrainingThread extends TrainingPort<TrainingOrder, TrainingReport> {
  onerror: ((event: never) => void) | null;
  terminate(): void;
}

/** Opens a thread. It may return undefined, or throw, where the page may not have one: then training runs in this thread. */
export type OpenThread = () => TrainingThread | undefined;

/** `ended`: it has reached its target, was cancelled, or could not go on. The frames trained so far are kept in any case. */
export type TrainingStatus = 'idle' | 'running' | 'paused' | 'ended';

/** The last frame that can be trained: the losses of all are kept. */
const mostFrames = 1_000_000;
/** How long a time slice lasts before the page gets its thread back, in milliseconds. */
const sliceDuration = 12;

/**
 * Trains a machine in a thread of its own, or in time slices where there is none, and reports progress. Every trained frame
 * can be stepped through at once, also while the training goes on. Frames count from 1.
 */
export class TrainingControl {
  /** `idle` until the first `start`. */
  status: TrainingStatus = 'idle';
  /** The last frame that is to be trained (inclusive); 0 before any training. */
  target = 0;
  /** Frames per second between the last two reports; 0 before the first. */
  framesPerSecond = 0;
  /**
   * Once training has ended, the machine's first number that is not finite, and the frame that stored it; undefined if there is
   * none.
   */
  fault: FirstFault | undefined;
  /** What the thread has thrown, as text; undefined where training did not fail. */
  failure: string | undefined;
  /** Names of the quantities whose values are recorded: the losses that are differentiated. */
  readonly trackedLosses: readonly string[];
  /** For each tracked loss, its value in every frame, frame 1 first: the mean, where a frame has several. Updated in place. */
  losses: readonly number[][] = [];
  /** What was trained of other machines: a change that is undone brings the machine back, and its curves. */
  private readonly others = new WeakMap<Machine, Pick<TrainingControl, 'losses' | 'fault' | 'target'>>();
  /** Ends the thread, or the time slices. */
  private release: () => void = () => {};
  private send: (kind: 'pause' | 'resume') => void = () => {};
  private reportedAt = 0;

  constructor(
    private machine: Machine,
    private readonly openThread: OpenThread,
    /** Called after every change; not after `use`. */
    private readonly onChange: () => void,
  ) {
    this.trackedLosses = new Adjoints(machine.program.model).losses;
  }

  /** The last frame that has been run, by training or to be shown; 0 before any. */
  get frame(): number {
    return this.machine.furthest;
  }

  /** Switches to another machine: a training that is going on is cancelled, and the results are those of that machine, if it has any. */
  use(machine: Machine): void {
    if (machine === this.machine) return;
    this.release();
    const { losses, fault, target } = this;
    this.others.set(this.machine, { losses, fault, target });
    this.machine = machine;
    const known = this.others.get(machine);
    this.status = known?.target ? 'ended' : 'idle';
    this.losses = known?.losses ?? [];
    this.fault = known?.fault;
    this.failure = undefined;
    this.target = known?.target ?? 0;
  }

  /**
   * Trains `frames` more frames (at least 1) than have been run, at most up to frame 1,000,000. Replaces a training that is going
   * on.
   */
  start(frames: number): void {
    const { machine } = this;
    this.release();
    this.fault = undefined;
    this.failure = undefined;
    this.framesPerSecond = 0;
    this.target = Math.min(mostFrames, machine.furthest + Math.max(1, Math.round(frames)));
    this.losses = this.trackedLosses.map((name, n) => {
      const known = (this.losses[n] ?? []).slice(0, machine.furthest);
      while (known.length < machine.furthest) known.push(machine.mean(name, known.length + 1));
      return known;
    });
    this.status = 'running';
    this.reportedAt = performance.now();
    try {
      // Only the fast backend can merge what a thread has run.
      const thread = fastBackend() === undefined ? undefined : this.openThread();
      if (thread === undefined) this.trainHere();
      else this.trainIn(thread);
    } catch {
      this.trainHere();
    }
    this.onChange();
  }

  /** Does nothing unless it is running. */
  pause(): void {
    if (this.status !== 'running') return;
    this.status = 'paused';
    this.send('pause');
    this.onChange();
  }

  /** Does nothing unless it is paused. */
  resume(): void {
    if (this.status !== 'paused') return;
    this.status = 'running';
    this.reportedAt = performance.now();
    this.send('resume');
    this.onChange();
  }

  /** Ends the training; the frames trained so far are kept. */
  cancel(): void {
    if (this.status !== 'running' && this.status !== 'paused') return;
    this.end();
    this.onChange();
  }

  private end(): void {
    this.release();
    this.release = () => {};
    this.send = () => {};
    this.status = 'ended';
  }

  private trainIn(thread: TrainingThread): void {
    const { machine, target, trackedLosses: tracked } = this;
    this.release = () => {
      thread.onmessage = null;
      thread.onerror = null;
      thread.terminate();
    };
    this.send = (kind) => thread.postMessage({ kind }, []);
    thread.onmessage = ({ data }) => {
      if (data.kind === 'failure') {
        this.failure = data.message;
        this.end();
      } else {
        thread.postMessage({ kind: 'received' }, []);
        machine.merge(data.records);
        this.report(data.progress, data.isOver);
      }
      this.onChange();
    };
    // The thread's file could not be loaded, or it ran out of memory: this thread can still go on.
    thread.onerror = () => {
      this.release();
      this.trainHere();
      if (this.status === 'paused') this.send('pause');
    };
    const { program, precision, changes, headState: from } = machine;
    const { model, tree } = program;
    // Without a fast backend no thread is opened.
    const limits = (fastBackend() as FastBackend).threadLimits(machine);
    const task = { precision, changes, limits, target, tracked };
    thread.postMessage({ kind: 'start', model, tree, task, from }, buffersOf(from));
  }

  private trainHere(): void {
    const training = new Training(this.machine, this.target, this.trackedLosses);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const advance = (): void => {
      const end = performance.now() + sliceDuration;
      this.report(
        training.run(() => performance.now() >= end),
        training.isOver,
      );
      if (!training.isOver) timer = setTimeout(advance, 0);
      this.onChange();
    };
    this.release = () => clearTimeout(timer);
    this.send = (kind) => {
      clearTimeout(timer);
      if (kind === 'resume') timer = setTimeout(advance, 0);
    };
    timer = setTimeout(advance, 0);
  }

  private report({ frame, first, losses }: TrainingProgress, isOver: boolean): void {
    const now = performance.now();
    this.framesPerSecond = (1000 * (frame - first + 1)) / Math.max(0.001, now - this.reportedAt);
    this.reportedAt = now;
    losses.forEach((value, n) => {
      const of = this.losses[n % this.trackedLosses.length];
      of[first - 1 + Math.floor(n / this.trackedLosses.length)] = value;
    });
    if (!isOver) return;
    this.fault = this.machine.firstFault;
    this.end();
  }
}
