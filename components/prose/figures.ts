import type { ReactiveController } from 'lit';
import type { Session } from '../../src/session/session.ts';
import type { SessionState } from '../../src/session/state.ts';
import type { ProseHost } from './prose-marks.ts';

type Views = typeof import('../figures/figure-view.ts');

/** A debugger's figures in the page's text. */
const figures = 'figure.figure[data-model]';
/** So far outside the window a figure is got ready. */
const margin = '200px';
/** What takes longer than this, in ms, comes a frame after the step. */
const atOnce = 4;
/** While a network is trained, drawing rests this many times as long as it took, so that the page stays at hand. */
const share = 3;

/**
 * Has the figures of a debugger's model in the page's text go along with it. A figure out of sight is left as it is, and costs nothing;
 * what draws them is loaded when the first one comes into sight.
 */
export class ProseFigures implements ReactiveController {
  private readonly all: readonly HTMLElement[];
  private readonly seen = new Set<HTMLElement>();
  private observer: IntersectionObserver | undefined;
  private views: Views | undefined;
  private loading: Promise<unknown> | undefined;
  private followed: Session | undefined;
  /** Where the reader stood when the network was last trained. */
  private trainedFrom: SessionState | undefined;
  private unsubscribe: () => void = () => {};
  /** How long drawing took last, in ms, and whether it is to be done in any case. */
  private duration = 0;
  private isDue = false;
  /** The state of the host's last update, and its iteration. */
  private state: SessionState | undefined;
  private frame: number | undefined;

  constructor(private readonly host: ProseHost) {
    this.all = [...document.querySelectorAll<HTMLElement>(figures)].filter(
      ({ dataset }) => dataset.model === host.model,
    );
    if (this.all.length > 0) host.addController(this);
  }

  hostConnected(): void {
    this.observer = new IntersectionObserver((entries) => this.look(entries), { rootMargin: margin });
    for (const figure of this.all) this.observer.observe(figure);
    window.addEventListener('beforeprint', this.drawAll);
  }

  hostDisconnected(): void {
    this.observer?.disconnect();
    this.seen.clear();
    this.unsubscribe();
    this.followed = undefined;
    window.removeEventListener('beforeprint', this.drawAll);
  }

  hostUpdated(): void {
    this.follow();
    const { state, moment } = this.host.session ?? {};
    // Another iteration has other parameters, for which most of a picture is made anew.
    const isQuick = this.duration <= atOnce && moment?.frame === this.frame;
    this.state = state;
    this.frame = moment?.frame;
    if (isQuick) this.draw(this.seen);
    else this.drawLater();
  }

  /** The host is not updated while a network is trained; a series of numbers grows all the same. */
  private follow(): void {
    const { session } = this.host;
    if (session === this.followed) return;
    this.unsubscribe();
    this.followed = session;
    const subscribed = session?.subscribe(() => {
      if (session.training.status === 'running') this.trainedFrom = session.state;
      if (session.state === this.state) this.drawLater(share * this.duration);
    });
    this.unsubscribe = () => subscribed?.();
  }

  /** Draws what is in sight after so many ms, once the page is painted. */
  private drawLater(rest = 0): void {
    if (this.isDue) return;
    this.isDue = true;
    setTimeout(
      () =>
        requestAnimationFrame(() =>
          setTimeout(() => {
            this.isDue = false;
            this.draw(this.seen);
          }),
        ),
      rest,
    );
  }

  private look(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries)
      this.seen[isIntersecting ? 'add' : 'delete'](target as HTMLElement);
    if (this.seen.size === 0) return;
    // Without it the page keeps the picture that it came with, which is true of the first iteration.
    this.loading ??= import('../figures/figure-view.ts').then(
      (views) => {
        this.views = views;
        this.draw(this.seen);
      },
      () => {
        this.loading = undefined;
      },
    );
    this.draw(this.seen);
  }

  private readonly drawAll = (): void => this.draw(this.all);

  private draw(some: Iterable<HTMLElement>): void {
    const { session, modelText, lessonText } = this.host;
    if (this.views === undefined || session === undefined) return;
    // How far it has got is what one looks for while a network is trained, and until one moves on.
    const isFurthest = session.state === this.trainedFrom;
    const wanted = { isFurthest, isLessons: modelText === lessonText };
    const start = performance.now();
    let isAnother = false;
    for (const figure of some) isAnother = this.views.show(figure, session, wanted) || isAnother;
    if (isAnother) this.duration = performance.now() - start;
  }
}
