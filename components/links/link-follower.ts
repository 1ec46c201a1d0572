import { findWrittenCell } from '../../src/session/links/cell-text.ts';
import { followHash, isFullLink, type LinkReport, modelOfHash } from '../../src/session/links/link.ts';
import type { Session } from '../../src/session/session.ts';
import type { SessionState } from '../../src/session/state.ts';
import { linkWords as words } from '../../src/words/links/link.ts';
import { type LinkHost, loadFullLinks, modelTextsOf, putInAddress } from './page-address.ts';

/** A step of its own must last so long before the address follows it: browsers count how often a page changes its address. */
const addressDelay = 500;

/**
 * Follows links to places in the run, which `PageLinks` hears of. As long as the page's
 * hash is about this debugger's model, it is kept true while the reader steps on, in the same entry of the history: so a reload comes
 * back to this very step, and Back to where the reader was before a link was followed.
 */
export class LinkFollower {
  /** Counts the links that were asked for: only the last of them is followed. */
  private requests = 0;
  private opening = false;
  private seen: { readonly session: Session; readonly state: SessionState } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The link that is being followed: one that brings formulas is not overtaken on the way by the next. */
  private before: Promise<unknown> = Promise.resolve();

  constructor(private readonly host: LinkHost) {
    this.opening = this.isOwn(location.hash);
    // Fetched while the model is compiled.
    if (this.opening && isFullLink(location.hash)) void loadFullLinks().catch(() => undefined);
  }

  /** Whether the link that the page was opened with is still to be followed. What the debugger showed until then would only flash. */
  get isOpening(): boolean {
    return this.opening;
  }

  disconnect(): void {
    clearTimeout(this.timer);
    this.requests += 1;
  }

  /** The debugger shows something else now. */
  updated(): void {
    const { session } = this.host;
    const { seen } = this;
    if (session === undefined || session.state === seen?.state) return;
    this.seen = { session, state: session.state };
    if (seen !== undefined) this.schedule();
  }

  /** Has the address say where the reader is, soon: a step may have been taken since a link was put there. */
  schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.updateAddress(), addressDelay);
  }

  /** Goes where the page's address says. A debugger that has waited for its data asks for it again. */
  followPage(): Promise<unknown> {
    return this.follow(location.hash);
  }

  /** Goes there, and takes the reader along. */
  async goToPage(): Promise<void> {
    if (await this.follow(location.hash)) this.focusHost();
  }

  private isOwn(hash: string): boolean {
    return modelOfHash(hash) === this.host.model;
  }

  /** Whether the hash was about this debugger, so that the reader looks here now. */
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

  /** What the link's step took to be run is over; who went elsewhere meanwhile needs no word of it. */
  private reportArrival(request: number, message = ''): void {
    if (request === this.requests) this.host.notice = message;
  }

  /** What the reader does while the link is being read is newer than the link. */
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
      // What there is without the link is shown; whoever asked tells the reader.
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

  /** A link to a model that no debugger of the page shows: the first of them says so. */
  private isStray(hash: string): boolean {
    const model = modelOfHash(hash);
    const all = [...document.querySelectorAll<LinkHost>(this.host.localName)];
    return model !== undefined && all[0] === this.host && all.every((one) => model !== one.model);
  }

  /** An address that names a step of this model names the one where the reader is. */
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
      // Without that part of the page the address stays as it is; a reload will come to the step that it names.
    }
  }

  /**
   * Who follows a link to a step wants to go on from there, so the keys are the debugger's now. The page moves only
   * where nothing of the debugger is to be seen: prose that is being read should stay where it is.
   */
  private focusHost(): void {
    this.host.focusKeys();
    const { top, bottom } = this.host.getBoundingClientRect();
    if (bottom < 80 || top > window.innerHeight - 80) this.host.scrollIntoView({ block: 'start' });
  }
}
