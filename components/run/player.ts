import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Session } from '../../src/session/session.ts';

/** Seconds from one step to the next. */
export const paces = [
  { seconds: 2, word: 'slow' },
  { seconds: 1, word: 'steady' },
  { seconds: 0.35, word: 'quick' },
  { seconds: 0.1, word: 'fast' },
] as const;

/** Where a breakpoint ends the playing. */
export interface PlayEnd {
  readonly step: number;
  /** Goes there and says why. */
  readonly stop: () => void;
}

/** Steps by itself, at a pace that can be followed, to the end of the pass through the network or to a breakpoint. */
export class Player implements ReactiveController {
  seconds: number = paces[1].seconds;
  direction: 1 | -1 = 1;
  private timer: ReturnType<typeof setInterval> | undefined;
  private end: PlayEnd | undefined;

  constructor(private readonly host: ReactiveControllerHost & { session: Session }) {
    host.addController(this);
  }

  get playing(): boolean {
    return this.timer !== undefined;
  }

  /** Plays as far as a breakpoint, if one lies on the way. */
  play(direction: 1 | -1, end?: PlayEnd): void {
    this.direction = direction;
    this.end = end;
    this.start();
    this.step();
  }

  setPace(seconds: number): void {
    this.seconds = seconds;
    if (this.playing) this.start();
    this.host.requestUpdate();
  }

  pause(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.pause();
  }

  private start(): void {
    clearInterval(this.timer);
    this.timer = setInterval(() => this.step(), this.seconds * 1000);
    this.host.requestUpdate();
  }

  private step(): void {
    const { direction, end } = this;
    const { session } = this.host;
    const before = session.state.cursor.step;
    session.dispatch(direction > 0 ? 'next' : 'back');
    const { step } = session.state.cursor;
    if (end !== undefined && direction * (step - end.step) >= 0) {
      this.pause();
      end.stop();
    } else if (step === before || step === 0 || session.moment.inFrame === session.program.size) this.pause();
  }
}
