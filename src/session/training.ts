import { Adjoints } from '../explain/adjoints.ts';
import { fastBackend } from '../machine/history/fast-backend.ts';
import type { FirstFault, Machine } from '../machine/machine.ts';
import { Training, type TrainingProgress } from '../machine/threads/training.ts';
import {
  buffersOf,
  type TrainingOrder,
  type TrainingPort,
  type TrainingReport,
} from '../machine/threads/training-port.ts';

/** A thread of its own to train in: a worker, or what behaves like one. */
export interface TrainingThread extends TrainingPort<TrainingOrder, TrainingReport> {
  onerror: ((event: never) => void) | null;
  terminate(): void;
}

/** Opens a thread; undefined, or an exception, where the page may not have one. */
export type OpenThread = () => TrainingThread | undefined;

/** `ended`: it has reached its target, was cancelled, or could not go on. What was trained stays in any case. */
export type TrainingStatus = 'idle' | 'running' | 'paused' | 'ended';

/** The most frames that are trained; their losses are kept. */
const mostFrames = 1_000_000;
/** How long frames are run before the page gets its thread back where there is no other, in milliseconds. */
const sliceDuration = 12;

/**
 * Trains a machine in a thread of its own, or in pieces in this one where there is none, and tells how far it is.
 * Every frame that was trained can be stepped through at once, also while the training goes on.
 */
export class TrainingControl {
  status: TrainingStatus = 'idle';
  /** The last frame that is to be trained. */
  target = 0;
  /** Frames a second, over the last report; 0 before the first. */
  framesPerSecond = 0;
  /** What stopped the training: a number that is not finite, and the frame that stored it. */
  fault: FirstFault | undefined;
  /** Why training could not go on, if it could not. */
  failure: string | undefined;
  /** The quantities whose descent is told: those that are differentiated. */
  readonly trackedLosses: readonly string[];
  /** For each of them, its value in every frame from the first: the mean, where a frame has several. */
  losses: readonly number[][] = [];
  /** Lets go of the thread, or of the pieces in this one. */
  private release: () => void = () => {};
  private send: (kind: 'pause' | 'resume') => void = () => {};
  private reportedAt = 0;

  constructor(
    private machine: Machine,
    private readonly openThread: OpenThread,
    /** Told of every change. */
    private readonly onChange: () => void,
  ) {
    this.trackedLosses = new Adjoints(machine.program.model).losses;
  }

  /** The furthest frame that was trained, or run to be looked at. */
  get frame(): number {
    return this.machine.furthest;
  }

  /** Trains another machine from now on; what is being trained is cancelled. */
  use(machine: Machine): void {
    if (machine === this.machine) return;
    this.release();
    this.machine = machine;
    this.status = 'idle';
    this.losses = [];
    this.fault = undefined;
    this.failure = undefined;
    this.target = 0;
  }

  /** Trains so many frames more than have been run. */
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
      // What a thread has run is remembered by the fast ways alone.
      const thread = fastBackend() === undefined ? undefined : this.openThread();
      if (thread === undefined) this.trainHere();
      else this.trainIn(thread);
    } catch {
      this.trainHere();
    }
    this.onChange();
  }

  pause(): void {
    if (this.status !== 'running') return;
    this.status = 'paused';
    this.send('pause');
    this.onChange();
  }

  resume(): void {
    if (this.status !== 'paused') return;
    this.status = 'running';
    this.reportedAt = performance.now();
    this.send('resume');
    this.onChange();
  }

  /** Ends the training; what was trained stays. */
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
    const { machine, target, trackedLosses } = this;
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
    // The thread's file may not be loaded, or it ran out of memory: this one can still go on.
    thread.onerror = () => {
      this.release();
      this.trainHere();
      if (this.status === 'paused') this.send('pause');
    };
    const { model, tree } = machine.program;
    const from = machine.headState;
    const { precision, changes, limits } = machine;
    const task = { precision, changes, limits, target, tracked: trackedLosses };
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
