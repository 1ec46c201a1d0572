import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Session } from '../src/session/session.ts';

/** Renders its host anew whenever the host's session changes; follows the host to another session. */
export class SessionController implements ReactiveController {
  private followed: Session | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(private readonly host: ReactiveControllerHost & { session?: Session | undefined }) {
    host.addController(this);
  }

  hostConnected(): void {
    this.follow();
  }

  hostUpdate(): void {
    this.follow();
  }

  hostDisconnected(): void {
    this.leave();
  }

  private follow(): void {
    const { session } = this.host;
    if (session === this.followed) return;
    this.leave();
    this.followed = session;
    this.unsubscribe = session?.subscribe(() => this.host.requestUpdate());
  }

  private leave(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.followed = undefined;
  }
}
