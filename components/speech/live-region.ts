import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { wordsLanguage } from '../../src/words/section.ts';

/** Milliseconds without another text before a text is announced. */
const pause = 250;

/**
 * A polite live region in the document itself, while its host is connected: screen readers support those best that exist from the
 * start and outside shadow trees.
 */
export class LiveRegion implements ReactiveController {
  private readonly element = document.createElement('div');
  /** The texts to announce next, unless others follow. */
  private pending = '';
  private pendingOutcome = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
    this.element.setAttribute('role', 'status');
    this.element.setAttribute('aria-live', 'polite');
    this.element.setAttribute('aria-atomic', 'true');
    this.element.className = 'back-step-spoken';
    // Invisible, but read by screen readers. Set here, so that a page's stylesheet need not know of it.
    const { style } = this.element;
    style.position = 'absolute';
    style.inlineSize = '1px';
    style.blockSize = '1px';
    style.overflow = 'hidden';
    style.clipPath = 'inset(50%)';
    style.whiteSpace = 'nowrap';
  }

  hostConnected(): void {
    this.element.lang = wordsLanguage();
    document.body.append(this.element);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.pending = '';
    this.pendingOutcome = '';
    this.element.remove();
  }

  /** Announces a text once no other has followed within 250 ms: of a burst, the last one. */
  announce(text: string): void {
    // A text that is part of the one waiting is not announced again.
    if (this.pending.includes(text)) return;
    this.pending = text;
    this.schedule();
  }

  /** Announces a result together with, and after, the text that `announce` got at the same time. */
  announceOutcome(outcome: string): void {
    this.pendingOutcome = outcome;
    this.schedule();
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const text = `${this.pending} ${this.pendingOutcome}`.trim();
      this.pending = '';
      this.pendingOutcome = '';
      // What is announced again would be no change.
      this.element.textContent = this.element.textContent === text ? `${text}\u00a0` : text;
    }, pause);
  }
}
