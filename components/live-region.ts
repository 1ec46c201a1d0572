import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { spokenLanguage } from '../src/words/section.ts';

/** Steps that follow each other faster than this are spoken once, as the last of them. */
const pause = 250;

/**
 * A polite live region in the document itself: screen readers are surest of those that were there from the start and not in a
 * shadow tree.
 */
export class LiveRegion implements ReactiveController {
  private readonly element = document.createElement('div');
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
    this.element.lang = spokenLanguage();
    document.body.append(this.element);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.element.remove();
  }

  /** Speaks once nothing else has come for a moment. */
  say(text: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.element.textContent !== text) this.element.textContent = text;
    }, pause);
  }
}
