import { proseWords as words } from '../../src/words/prose/prose.ts';
import { textFollows } from '../base/preferences.ts';

/** The button that leads to the text on the present step: one for the page, of the debugger that was stepped last. */
let button: HTMLButtonElement | undefined;
let leading: TextHere | undefined;

/** Who scrolls so many CSS pixels reads on, and has seen the button. */
const readOn = 160;

/**
 * Where nothing that speaks of the present step is in sight, a button at the edge of the window leads to the nearest such place, until
 * the reader scrolls on. The text follows by itself if the reader has chosen so.
 */
export class TextHere {
  private places: readonly Element[] = [];
  private seen = new Set<Element>();
  private observer: IntersectionObserver | undefined;
  private painted: ReturnType<typeof setTimeout> | undefined;

  /**
   * `phase` gives the button its colour; without places there is none. The text follows the step only if it `mayFollow`: not where the
   * reader has come from the text itself.
   */
  lead(phase: string, places: readonly Element[], mayFollow: boolean): void {
    if (places.length === 0) {
      this.drop();
      return;
    }
    this.rest();
    leading = this;
    this.places = places;
    // Once the step is painted: asking for styles any sooner has them worked out twice.
    this.painted = setTimeout(() => this.watch(phase, mayFollow));
  }

  private watch(phase: string, mayFollow: boolean): void {
    // What the debugger covers of the window is kept free when the page scrolls.
    const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
    // Who has the text follow reads on below.
    const below = mayFollow && textFollows() ? 0.15 * window.innerHeight : 0;
    const [top, bottom] = [scrollPaddingTop, scrollPaddingBottom].map(
      (one, end) => -(Number.parseFloat(one) || 0) - end * below,
    );
    let isFirst = true;
    this.observer = new IntersectionObserver(
      (entries) => {
        // A number of which an edge shows cannot be read.
        for (const { target, intersectionRatio } of entries)
          if (intersectionRatio > 0.9) this.seen.add(target);
          else this.seen.delete(target);
        const isOut = this.seen.size === 0;
        if (isFirst && isOut && mayFollow && textFollows()) this.go();
        isFirst = false;
        this.show(phase, isOut);
      },
      { rootMargin: `${top}px 0px ${bottom}px`, threshold: [0.9, 1] },
    );
    for (const place of this.places) this.observer.observe(place);
  }

  /** Nothing speaks of the step any more. */
  drop(): void {
    this.rest();
    if (leading === this) this.show('', false);
  }

  private rest(): void {
    clearTimeout(this.painted);
    this.observer?.disconnect();
    this.observer = undefined;
    this.places = [];
    this.seen.clear();
  }

  private show(phase: string, isOut: boolean): void {
    if (leading !== this) return;
    if (!isOut) {
      button?.remove();
      return;
    }
    button ??= made(() => leading?.go());
    if (!button.isConnected) leaveWhenReadOn(button);
    const isAbove = this.nearest.getBoundingClientRect().top < 0;
    button.dataset.phase = phase;
    button.dataset.way = isAbove ? 'up' : 'down';
    button.title = isAbove ? words.above : words.below;
    document.body.append(button);
  }

  private get nearest(): Element {
    const middle = window.innerHeight / 2;
    const off = (one: Element): number => {
      const { top, bottom } = one.getBoundingClientRect();
      return Math.abs((top + bottom) / 2 - middle);
    };
    return [...this.places].sort((a, b) => off(a) - off(b))[0];
  }

  private go(): void {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.nearest.scrollIntoView({ block: 'center', behavior: isStill ? 'auto' : 'smooth' });
  }
}

/** Removes the button once the reader has scrolled on: it would lie upon what is read. */
function leaveWhenReadOn(button: HTMLButtonElement): void {
  const from = window.scrollY;
  const scrolled = (): void => {
    if (button.isConnected && Math.abs(window.scrollY - from) < readOn) return;
    window.removeEventListener('scroll', scrolled);
    button.remove();
  };
  window.addEventListener('scroll', scrolled, { passive: true });
}

function made(go: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'text-here';
  made.textContent = words.here;
  made.addEventListener('click', go);
  return made;
}
