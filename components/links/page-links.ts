import type { ReactiveController } from 'lit';
import { linkButtonWords as words } from '../../src/words/links/link-button.ts';
import { withPart } from '../base/trouble.ts';
import type { LinkFollower } from './link-follower.ts';
import type { LinkHost } from './page-address.ts';

const loadFollower = () => import('./link-follower.ts');

/**
 * Listens for links: the page's hash at the start and when it changes, and clicks on links in the prose that are the hash
 * already. The code that follows them, `LinkFollower`, is loaded with the first.
 */
export class PageLinks implements ReactiveController {
  private follower: LinkFollower | undefined;
  /** Whether the link that the page was opened with waits for `LinkFollower`; undefined until the first connection. */
  private isWaiting: boolean | undefined;

  constructor(private readonly host: LinkHost) {
    host.addController(this);
  }

  /** Whether the link that the page was opened with is still to be followed; anything shown until then would only flash. */
  get isOpening(): boolean {
    return this.follower?.isOpening ?? this.isWaiting === true;
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.changed);
    document.addEventListener('click', this.clicked);
    this.host.addEventListener('backstep-link', this.made);
    this.isWaiting ??= location.hash !== '';
    // Fetched while the model is compiled; a failure is reported when it is requested again.
    if (this.isWaiting) void loadFollower().catch(() => undefined);
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.changed);
    document.removeEventListener('click', this.clicked);
    this.host.removeEventListener('backstep-link', this.made);
    this.follower?.disconnect();
  }

  hostUpdated(): void {
    this.follower?.updated();
  }

  /** Follows the page's hash, if any; the debugger calls it once its model is ready. */
  followPage(): void {
    if (location.hash !== '') void this.ask((follower) => follower.followPage());
  }

  private async ask(act: (follower: LinkFollower) => unknown): Promise<void> {
    await withPart(
      this.host,
      loadFollower,
      ({ LinkFollower }) => {
        this.follower ??= new LinkFollower(this.host);
        return act(this.follower);
      },
      words.unloaded,
    );
    this.isWaiting = false;
    this.host.requestUpdate();
  }

  /** Keeps the address up to date from now on. */
  private readonly made = (): void => void this.ask((follower) => follower.schedule());

  private readonly changed = (): void => void this.ask((follower) => follower.goToPage());

  /** A link that equals the page's hash changes no hash, but the reader wants to return to its step. */
  private readonly clicked = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const { target } = event;
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (link !== null && link.hash === location.hash) this.changed();
  };
}
