import { findWrittenCell } from '../../src/session/links/cell-text.ts';
import { followHash, isFullLink, type LinkReport, modelOfHash } from '../../src/session/links/link.ts';
import type { Session } from '../../src/session/session.ts';
import type { SessionState } from '../../src/session/state.ts';
import { linkWords as words } from '../../src/words/links/link.ts';
import { type LinkHost, loadFullLinks, modelTextsOf, putInAddress } from './page-address.ts';

/** Milliseconds that a step must last before the address follows it: browsers limit how often a page may change its address. */
const addressDelay = 500;

/**
 * Follows links to places in the run, for `PageLinks`. While the page's hash names this debugger's model, the hash is updated as
 * the reader steps, in the same history entry: a reload returns to this step, and Back to where the reader was before following a
 * link.
 */
export class LinkFollower {
  /** Counts the links to follow: only the last of them is followed. */
  private requests = 0;
  private opening = false;
  private seen: { readonly session: Session; readonly state: SessionState } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The link being followed: one that carries formulas is finished before the next begins. */
  private before: Promise<unknown> = Promise.resolve();

  constructor(private readonly host: LinkHost) {
    this.opening = this.isOwn(location.hash);
    // Fetched while the model is compiled.
    if (this.opening && isFullLink(location.hash)) void loadFullLinks().catch(() => undefined);
  }

  /** Whether the link that the page was opened with is still to be followed; anything shown until then would only flash. */
  get isOpening(): boolean {
    return this.opening;
  }

  /** Stops updating the address, and drops the links still being followed. */
  disconnect(): void {
    clearTimeout(this.timer);
    this.requests += 1;
  }

  /** Called after each update of the debugger: schedules the address where the session's state is another. */
  updated(): void {
    const { session } = this.host;
    const { seen } = this;
    if (session === undefined || session.state === seen?.state) return;
    this.seen = { session, state: session.state };
    if (seen !== undefined) this.schedule();
  }

  /** Updates the address after half a second without another call. */
  schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.updateAddress(), addressDelay);
  }

  /** Follows the page's hash; resolves with true where it names this debugger's model. Rejects where a file cannot be loaded. */
  followPage(): Promise<unknown> {
    return this.follow(location.hash);
  }

  /** Follows the page's hash as `followPage` does, and then moves the focus to the debugger and scrolls it into view. */
  async goToPage(): Promise<void> {
    if (await this.follow(location.hash)) this.focusHost();
  }

  private isOwn(hash: string): boolean {
    return modelOfHash(hash) === this.host.model;
  }

  /** Resolves with true where the hash names this debugger's model, so that the reader looks here now. */
  private follow(hash: string): Promise<boolean> {
    const request = ++this.requests;
    const followed = this.before.then(() => this.followAs(request, hash));
    this.before = followed.catch(() => undefined);
    return followed;
  }

  private async followAs(request: number, hash: string): Promise<boolean> {
    const { session } = this.host;
    if (session === undefined || request !== this.requests) return false;
    const isOwnFullLink = isFullLink(hash) && this.isOwn(hash);
    const outcome = isOwnFullLink
      ? await this.openFullLink(session, hash)
      : followHash(session, hash, findWrittenCell);
    if (request !== this.requests) return false;
    this.opening = false;
    this.host.notice =
      typeof outcome === 'object' ? outcome.message : outcome || !this.isStray(hash) ? '' : words.stray;
    if (typeof outcome === 'object')
      void outcome.arrival?.then((message) => this.reportArrival(request, message));
    this.host.requestUpdate();
    return outcome !== false;
  }

  /** Shows the message after running to the link's step, unless another link was followed meanwhile. */
  private reportArrival(request: number, message = ''): void {
    if (request === this.requests) this.host.notice = message;
  }

  /** A reader's step or change while the link is read takes precedence over the link. */
  private async openFullLink(session: Session, hash: string): Promise<true | LinkReport> {
    const { state } = session;
    try {
      const { readLink, openLink, modelTextOf } = await loadFullLinks();
      const payload = await readLink(hash);
      if ('message' in payload) return { message: String(payload.message) };
      if (this.host.session !== session || session.state !== state) return { message: words.overtaken };
      const { lessonText, modelText } = modelTextsOf(this.host, session);
      const text = modelTextOf(payload, lessonText);
      if (typeof text !== 'string') return text;
      const problem = text === modelText ? undefined : await this.rewrite(text);
      return problem ?? openLink(this.host.session ?? session, payload, lessonText);
    } catch (error) {
      // The model is shown without the link; the caller reports the error.
      this.opening = false;
      this.host.requestUpdate();
      throw error;
    }
  }

  private async rewrite(text: string): Promise<{ readonly message: string } | undefined> {
    const { diagnostics = [] } = (await this.host.rewrite?.(text, true)) ?? {};
    const error = diagnostics.find(({ severity }) => severity === 'error');
    return error && { message: words.textWrong(error.message) };
  }

  /**
   * Whether the hash names a model that no debugger of the page shows, and this is the debugger that reports it: the first one.
   */
  private isStray(hash: string): boolean {
    const model = modelOfHash(hash);
    const all = [...document.querySelectorAll<LinkHost>(this.host.localName)];
    return model !== undefined && all[0] === this.host && all.every((one) => model !== one.model);
  }

  /** Updates a hash that names this model to the present step. */
  private async updateAddress(): Promise<void> {
    const { hash } = location;
    const { session } = this.host;
    if (session === undefined || !this.isOwn(hash)) return;
    const { state } = session;
    try {
      const { linkHash } = await loadFullLinks();
      const link = await linkHash(session, modelTextsOf(this.host, session));
      if (location.hash === hash && session.state === state) putInAddress(link);
    } catch {
      // If links cannot be made, the address stays as it is.
    }
  }

  /**
   * Moves the focus to the debugger, since a reader who follows a link wants to step on. The page scrolls only where the debugger
   * is out of sight, so that prose being read stays.
   */
  private focusHost(): void {
    this.host.focusKeys();
    const { top, bottom } = this.host.getBoundingClientRect();
    if (bottom < 80 || top > window.innerHeight - 80) this.host.scrollIntoView({ block: 'start' });
  }
}
