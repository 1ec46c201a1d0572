import { arrangementOf, withArrangement } from '../../src/session/links/arrangement.ts';
import { findWrittenCell } from '../../src/session/links/cell-text.ts';
import { followHash, isFullLink, type LinkReport, modelOfHash } from '../../src/session/links/link.ts';
import type { Session } from '../../src/session/session.ts';
import { linkWords as words } from '../../src/words/links/link.ts';
import { CalledDebugger } from './called-debugger.ts';
import {
  isUnseen,
  keepUnwritten,
  type LinkHost,
  leftPlace,
  loadFullLinks,
  modelTextsOf,
  putInAddress,
  unwritten,
} from './page-address.ts';
import { address } from './page-entry.ts';
import { RestingWriter } from './resting-writer.ts';

type FullLinks = Awaited<ReturnType<typeof loadFullLinks>>;

/**
 * Follows links to places in the run, for `PageLinks`, and keeps the page's address up to date, in the same history entry: a
 * reload returns to this step, and Back to where the reader was before following a link.
 */
export class LinkFollower {
  /** Counts the links to follow: only the last of them is followed. */
  private requests = 0;
  private opening: boolean;
  /** What the page was opened with: its hash, or where this debugger was left. */
  private readonly opened: string;
  private readonly resting = new RestingWriter(() => void this.updateAddress());
  private readonly call: CalledDebugger;
  /** The link being followed: one that carries formulas is finished before the next begins. */
  private before: Promise<unknown> = Promise.resolve();

  /** `isOpening`: whether the page has just been opened. */
  constructor(
    private readonly host: LinkHost,
    isOpening: boolean,
  ) {
    const { hash } = location;
    const own = unwritten(host.model) ?? (this.isOwn(hash) ? hash : leftPlace(host.model));
    this.opened = own ?? hash;
    this.opening = isOpening && own !== undefined;
    this.call = new CalledDebugger(host);
    // Fetched while the model is compiled.
    if (this.opening && isFullLink(this.opened)) void loadFullLinks().catch(() => undefined);
  }

  /** Whether the link that the page was opened with is still to be followed; anything shown until then would only flash. */
  get isOpening(): boolean {
    return this.opening;
  }

  /** Stops updating the address, and drops the links still being followed. */
  disconnect(): void {
    this.resting.drop();
    this.call.end();
    this.requests += 1;
  }

  /** The reader has come to another state, or arranged the debugger in another way: the address follows once the reader rests. */
  changed(): void {
    address.latest = this.host;
    this.resting.changed();
    if (this.linkAtOnce !== undefined) return;
    void loadFullLinks()
      .then(({ linkHashAtOnce }) => {
        this.linkAtOnce = linkHashAtOnce;
      })
      .catch(() => undefined);
  }

  /** Makes a link without waiting; undefined until its code is there. */
  private linkAtOnce: FullLinks['linkHashAtOnce'] | undefined;

  /** The page is being left, or put out of sight: what is not in the address yet is put there at once. */
  leave(isLeft: boolean): void {
    const { session } = this.host;
    if (!this.resting.isPending || session === undefined || this.linkAtOnce === undefined) return;
    this.resting.drop();
    if (isUnseen() || !mayFollow()) return;
    const link = this.linkAtOnce(session, modelTextsOf(this.host, session));
    const hash = this.arranged(link);
    if (isLeft) keepUnwritten(session.name, hash);
    this.put(hash, session);
  }

  /** Follows what the page was opened with; resolves with true where it names this debugger's model. Rejects where a file cannot be loaded. */
  followPage(): Promise<unknown> {
    return this.follow(this.opened);
  }

  /**
   * Follows the page's hash, and then has the debugger come to the reader with the focus, since a reader who follows a link wants to
   * step on. The text stays where it is; Escape gives the focus back to `link`.
   */
  async goToPage(link?: HTMLElement): Promise<void> {
    if (!(await this.follow(location.hash))) return;
    address.latest = this.host;
    this.call.come(link);
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
    if (outcome !== false) this.host.arrange?.(arrangementOf(hash));
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

  private async updateAddress(): Promise<void> {
    const { hash } = location;
    const { session } = this.host;
    if (session === undefined || isUnseen() || !mayFollow()) return;
    const { state } = session;
    try {
      const { linkHash } = await loadFullLinks();
      const link = await linkHash(session, modelTextsOf(this.host, session));
      if (location.hash === hash && session.state === state && !isUnseen())
        this.put(this.arranged(link), session);
    } catch {
      // If links cannot be made, the address stays as it is.
    }
  }

  /** A link with how the debugger is arranged now. */
  private arranged(link: string): string {
    return withArrangement(link, this.host.arrangement ?? {});
  }

  private put(hash: string, { name }: Session): void {
    putInAddress(hash, name, address.latest === this.host);
  }
}

/**
 * Whether the page's address may follow a debugger: not where its hash is neither about one nor a heading's, since the page then
 * has a use of its own for it.
 */
function mayFollow(): boolean {
  const { hash } = location;
  return hash === '' || modelOfHash(hash) !== undefined || document.querySelector(':target') !== null;
}
