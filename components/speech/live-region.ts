import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { wordsLanguage } from '../../src/words/section.ts';

/** Steps that follow each other faster than this are spoken once, as the last of them. */
const pause = 250;

/**
 * A polite live region in the document itself: screen readers are surest of those that were there from the start and not in a
 * shadow tree.
 */
export class LiveRegion implements ReactiveController {
  private readonly element = document.createElement('div');
  /** What is said next, if nothing else comes. */
  private pending = '';
  private pendingOutcome = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
    this.element.setAttribute('role', 'status');
    this.element.setAttribute('aria-live', 'polite');
    this.element.setAttribute('aria-atomic', 'true');
    this.element.className = 'back-step-spoken';
    // Seen by nobody, read by screen readers. Set from here: the page's stylesheet need not know of it.
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

  /** Speaks once nothing else has come for a moment. */
  announce(text: string): void {
    // What is part of what is about to be said need not be said again.
    if (this.pending.includes(text)) return;
    this.pending = text;
    this.schedule();
  }

  /** Says what came of it after what is said about the same moment, in one breath. */
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
      if (this.element.textContent !== text) this.element.textContent = text;
    }, pause);
  }
}
