import { isCovered } from '../base/popovers.ts';
import type { LinkHost } from './page-address.ts';

/** Set on a debugger that a link called from another part of the page; the page's stylesheet shows it beside the reader. */
const attribute = 'data-called';

/** So much of a debugger, in CSS pixels, has to be in the window. */
const enough = 80;

/** The one that was called last: another takes its place. */
let called: CalledDebugger | undefined;

/**
 * Has a debugger come to the reader who followed a link: with the focus, and where it stands out of sight, beside the text, which
 * does not move. Escape, or coming to its own place, sends it back; Escape gives the focus back to the link.
 */
export class CalledDebugger {
  private link: HTMLElement | undefined;
  /** Whether its own place is in sight. */
  private readonly place = new IntersectionObserver(([{ isIntersecting }]) => {
    if (isIntersecting) this.end();
  });

  constructor(private readonly host: LinkHost) {
    host.addEventListener('keydown', this.pressed);
  }

  /** `link`: what the reader followed. */
  come(link: HTMLElement | undefined): void {
    this.link = link;
    if (called !== this) called?.end();
    called = this;
    if (!this.isInSight) this.leavePlace();
    this.host.focusKeys();
  }

  private leavePlace(): void {
    const { host } = this;
    host.setAttribute(attribute, '');
    if (this.isInSight && host.parentElement !== null) {
      this.place.observe(host.parentElement);
      return;
    }
    // In a page that shows it nowhere else the reader goes to it.
    this.end();
    host.scrollIntoView({ block: 'nearest' });
  }

  private get isInSight(): boolean {
    const { top, bottom } = this.host.getBoundingClientRect();
    return bottom >= enough && top <= window.innerHeight - enough;
  }

  /** It stands in its own place again. */
  end(): void {
    this.place.disconnect();
    this.host.removeAttribute(attribute);
  }

  private readonly pressed = (event: KeyboardEvent): void => {
    const { link } = this;
    if (event.key !== 'Escape' || event.defaultPrevented || link === undefined || isCovered(this.host))
      return;
    event.preventDefault();
    this.link = undefined;
    this.end();
    link.focus();
  };
}
