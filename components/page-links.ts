import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { followHash } from '../src/session/link.ts';
import { parsePlaceHash } from '../src/session/place.ts';
import type { Session } from '../src/session/session.ts';

type Host = ReactiveControllerHost &
  HTMLElement & { model: string; session: Session | undefined; notice: string; focusKeys(): void };

/**
 * Follows the page's hash: at the start, when it changes, and when a link in the prose is clicked, even a second time.
 */
export class PageLinks implements ReactiveController {
  constructor(private readonly host: Host) {
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.changed);
    document.addEventListener('click', this.clicked);
    // The session is opened as the element is connected; controllers are connected just before.
    queueMicrotask(() => this.followPage());
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.changed);
    document.removeEventListener('click', this.clicked);
  }

  /** Goes where the page's address says. A debugger that has waited for its data asks for it again. */
  followPage(): void {
    this.follow(location.hash);
  }

  private readonly changed = (): void => {
    if (this.follow(location.hash)) this.arrive();
  };

  /** A link that is the page's hash already changes nothing there, but the reader wants to go back to its step. */
  private readonly clicked = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const { target } = event;
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (link !== null && link.hash === location.hash && this.follow(link.hash)) this.arrive();
  };

  private follow(hash: string): boolean {
    const { session } = this.host;
    if (session === undefined) return false;
    const outcome = followHash(session, hash);
    const isStray = outcome === false && this.isStray(hash);
    this.host.notice =
      typeof outcome === 'object'
        ? outcome.message
        : isStray
          ? 'This link is about a model that is not on this page.'
          : '';
    return outcome !== false;
  }

  /** A link to a model that no debugger of the page shows: the first of them says so. */
  private isStray(hash: string): boolean {
    const place = parsePlaceHash(hash);
    const all = [...document.querySelectorAll<Host>(this.host.localName)];
    return place !== undefined && all[0] === this.host && all.every(({ model }) => model !== place.model);
  }

  /**
   * Who follows a link to a step wants to go on from there, so the keys are the debugger's now. The page moves only
   * where nothing of the debugger is to be seen: prose that is being read should stay where it is.
   */
  private arrive(): void {
    this.host.focusKeys();
    const { top, bottom } = this.host.getBoundingClientRect();
    if (bottom < 80 || top > window.innerHeight - 80) this.host.scrollIntoView({ block: 'start' });
  }
}
