import type { ReactiveController } from 'lit';
import type { SessionState } from '../../src/session/state.ts';
import { pageLinkWords as words } from '../../src/words/links/page-links.ts';
import { withPart } from '../base/trouble.ts';
import type { LinkFollower } from './link-follower.ts';
import type { LinkHost } from './page-address.ts';
import { address, isLeft } from './page-entry.ts';

const loadFollower = () => import('./link-follower.ts');

/**
 * Listens for links: the page's hash at the start and when it changes, and clicks on links in the prose that are the hash
 * already. It also has the address follow the reader. The code for both, `LinkFollower`, is loaded with the first link or step.
 */
export class PageLinks implements ReactiveController {
  private follower: LinkFollower | undefined;
  /** Whether the link that the page was opened with waits for `LinkFollower`; undefined until the first connection. */
  private isWaiting: boolean | undefined;
  private seen: SessionState | undefined;
  /** The link in the prose that was clicked last. */
  private link: HTMLAnchorElement | undefined;

  constructor(private readonly host: LinkHost) {
    host.addController(this);
  }

  /** Whether the link that the page was opened with is still to be followed; anything shown until then would only flash. */
  get isOpening(): boolean {
    return this.follower?.isOpening ?? this.isWaiting === true;
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.changed);
    window.addEventListener('pagehide', this.leave);
    document.addEventListener('visibilitychange', this.leave);
    document.addEventListener('click', this.clicked);
    this.host.addEventListener('backstep-arranged', this.arranged);
    this.isWaiting ??= location.hash !== '' || isLeft();
    // Fetched while the model is compiled; a failure is reported when it is requested again.
    if (this.isWaiting) void loadFollower().catch(() => undefined);
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.changed);
    window.removeEventListener('pagehide', this.leave);
    document.removeEventListener('visibilitychange', this.leave);
    document.removeEventListener('click', this.clicked);
    this.host.removeEventListener('backstep-arranged', this.arranged);
    this.follower?.disconnect();
  }

  /** A new state, but not the first, is what the reader has come to. */
  hostUpdated(): void {
    const { session } = this.host;
    if (session === undefined || session.state === this.seen) return;
    const isFirst = this.seen === undefined;
    this.seen = session.state;
    if (!isFirst) this.arranged();
  }

  /** Follows what the page was opened with, if anything; the debugger calls it once its model is ready. */
  followPage(): void {
    if (this.isWaiting) void this.ask((follower) => follower.followPage());
  }

  private async ask(act: (follower: LinkFollower) => unknown): Promise<void> {
    await withPart(
      this.host,
      loadFollower,
      ({ LinkFollower }) => {
        this.follower ??= new LinkFollower(this.host, this.isWaiting === true);
        return act(this.follower);
      },
      words.unloaded,
    );
    this.isWaiting = false;
    this.host.requestUpdate();
  }

  /** The address follows; where the code for it cannot be loaded, it stays as it is, which is no reason to disturb anybody. */
  private readonly arranged = (): void => {
    if (this.isOpening) return;
    if (this.follower !== undefined) this.follower.changed();
    else
      void loadFollower().then(
        ({ LinkFollower }) => {
          this.follower ??= new LinkFollower(this.host, false);
          this.follower.changed();
        },
        () => undefined,
      );
  };

  private readonly leave = ({ type }: Event): void => {
    if (type === 'pagehide' || document.visibilityState === 'hidden')
      this.follower?.leave(type === 'pagehide');
  };

  private readonly changed = (): void => {
    Object.assign(address, { known: location.hash, clicked: Number.NEGATIVE_INFINITY, latest: undefined });
    void this.ask((follower) => follower.goToPage(this.link));
  };

  /** A link that equals the page's hash changes no hash, but the reader wants to return to its step. */
  private readonly clicked = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const { target } = event;
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (link === null) return;
    this.link = link;
    if (link.hash === location.hash) this.changed();
    else address.clicked = performance.now();
  };
}
