import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Session } from '../../src/session/session.ts';
import { send } from '../base/events.ts';

/** A breakpoint that ends playing. */
export interface PlayEnd {
  /** The step, counted across frames, at which playing ends. */
  readonly step: number;
  /** Called there; goes to the breakpoint's step and reports it. */
  readonly stop: () => void;
}

/** Iterations that are played in the time of one operation: each is shown by its end only. */
const iterationsPerStep = 5;

/**
 * Steps automatically, to the end of the iteration or to a breakpoint; or from iteration to iteration, as far as can be gone. Its
 * host renders again when it starts, pauses or changes pace; it pauses when the host is disconnected.
 */
export class Player implements ReactiveController {
  /** Seconds from one step to the next. */
  seconds = 1;
  /** Forward (1) or back (−1). */
  direction: 1 | -1 = 1;
  private timer: ReturnType<typeof setInterval> | undefined;
  private end: PlayEnd | undefined;
  private byIteration = false;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement & { session: Session }) {
    host.addController(this);
  }

  /** Whether it is playing. */
  get playing(): boolean {
    return this.timer !== undefined;
  }

  /** Starts playing with one step at once; ends at `end`, at the end of the iteration (`byIteration`: of all there are), or at step 0. */
  play(direction: 1 | -1, end?: PlayEnd, byIteration = false): void {
    this.direction = direction;
    this.end = end;
    this.byIteration = byIteration;
    this.start();
    this.step();
  }

  /** Changes the pace, also while playing. */
  setPace(seconds: number): void {
    this.seconds = seconds;
    if (this.playing) this.start();
    this.host.requestUpdate();
  }

  /** Stops playing and sends `backstep-paused`; does nothing else where it is not. */
  pause(): void {
    const { playing } = this;
    clearInterval(this.timer);
    this.timer = undefined;
    this.host.requestUpdate();
    if (playing) send(this.host, 'backstep-paused', undefined);
  }

  hostDisconnected(): void {
    this.pause();
  }

  private start(): void {
    clearInterval(this.timer);
    const seconds = this.byIteration ? this.seconds / iterationsPerStep : this.seconds;
    this.timer = setInterval(() => this.step(), seconds * 1000);
    this.host.requestUpdate();
  }

  private step(): void {
    const { direction, end, byIteration } = this;
    const { session } = this.host;
    // Iterations that take long are run in the background, and then gone to.
    const isRunning = () => byIteration && session.searchStatus.progress !== undefined;
    if (isRunning()) return;
    const before = session.state.cursor.step;
    const isAtEnd = () => session.moment.inFrame === session.program.size;
    if (byIteration) session.dispatch(direction < 0 ? 'earlier' : isAtEnd() ? 'later' : 'last');
    else session.dispatch(direction > 0 ? 'next' : 'back');
    const { step } = session.state.cursor;
    if (end !== undefined && direction * (step - end.step) >= 0) {
      this.pause();
      end.stop();
    } else if ((step === before && !isRunning()) || (!byIteration && (step === 0 || isAtEnd()))) this.pause();
  }
}
