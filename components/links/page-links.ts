import type { ReactiveController } from 'lit';
import { linkButtonWords as words } from '../../src/words/links/link-button.ts';
import { withPart } from '../base/trouble.ts';
import type { LinkFollower } from './link-follower.ts';
import type { LinkHost } from './page-address.ts';

const loadFollower = () => import('./link-follower.ts');

/**
 * Hears of links: the page's hash at the start and when it changes, and links in the prose that are clicked, even a second time. What
 * follows them is loaded with the first.
 */
export class PageLinks implements ReactiveController {
  private follower: LinkFollower | undefined;
  /** A link that the page was opened with waits for what follows it. */
  private isWaiting: boolean | undefined;

  constructor(private readonly host: LinkHost) {
    host.addController(this);
  }

  /** Whether the link that the page was opened with is still to be followed. What the debugger showed until then would only flash. */
  get isOpening(): boolean {
    return this.follower?.isOpening ?? this.isWaiting === true;
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.changed);
    document.addEventListener('click', this.clicked);
    this.host.addEventListener('backstep-link', this.made);
    this.isWaiting ??= location.hash !== '';
    // Fetched while the model is compiled; where that fails it is asked for again, and told of.
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

  /** Goes where the page's address says, as the debugger does when its model is there. */
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

  /** From now on the address is kept true. */
  private readonly made = (): void => void this.ask((follower) => follower.schedule());

  private readonly changed = (): void => void this.ask((follower) => follower.goToPage());

  /** A link that is the page's hash already changes nothing there, but the reader wants to go back to its step. */
  private readonly clicked = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const { target } = event;
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (link !== null && link.hash === location.hash) this.changed();
  };
}
