import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Session } from '../src/session/session.ts';

/** Seconds from one step to the next. */
export const paces = [
  { seconds: 2, label: 'slow' },
  { seconds: 1, label: 'steady' },
  { seconds: 0.35, label: 'quick' },
] as const;

/** Steps by itself, at a pace that can be followed, to the end of the pass through the network. */
export class Player implements ReactiveController {
  seconds: number = paces[1].seconds;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly host: ReactiveControllerHost & { session: Session }) {
    host.addController(this);
  }

  get playing(): boolean {
    return this.timer !== undefined;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else {
      this.step();
      this.start();
    }
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
    const { session } = this.host;
    session.dispatch('next');
    if (session.moment.inFrame === session.program.size) this.pause();
  }
}
