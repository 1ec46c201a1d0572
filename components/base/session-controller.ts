import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Session } from '../../src/session/session.ts';
import type { SessionState } from '../../src/session/state.ts';

/**
 * Requests an update of its host after every change of the host's session state, and follows the host to another session. Where
 * `followsTraining` is set, it does so after every notification, that is, many times a second during training.
 */
export class SessionController implements ReactiveController {
  private followed: Session | undefined;
  private unsubscribe: (() => void) | undefined;
  private state: SessionState | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & {
      session?: Session | undefined;
      /** Whether the host shows training progress, which is reported many times a second. */
      followsTraining?: boolean;
    },
  ) {
    host.addController(this);
  }

  /** What was away while its session went on is drawn again. */
  hostConnected(): void {
    const { session, followsTraining } = this.host;
    const isOther = session !== undefined && session.state !== this.state;
    if (isOther || followsTraining === true) this.host.requestUpdate();
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
    this.state = session?.state;
    this.unsubscribe = session?.subscribe(() => {
      if (session.state === this.state && this.host.followsTraining !== true) return;
      this.state = session.state;
      this.host.requestUpdate();
    });
  }

  private leave(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    this.followed = undefined;
  }
}
