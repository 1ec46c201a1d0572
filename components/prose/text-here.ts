import { proseWords as words } from '../../src/words/prose/prose.ts';
import { textFollows } from '../base/preferences.ts';

/** The button that leads to the text on the present step: one for the page, of the debugger that was stepped last. */
let button: HTMLButtonElement | undefined;
let leading: TextHere | undefined;

/**
 * Where no passage that speaks of the present step is in sight, a button at the edge of the window leads to the nearest. While the
 * debugger plays, the text follows by itself if the reader has chosen so.
 */
export class TextHere {
  private passages: readonly Element[] = [];
  private seen = new Set<Element>();
  private observer: IntersectionObserver | undefined;
  private painted: ReturnType<typeof setTimeout> | undefined;

  /** `phase` gives the button its colour; without passages there is none. */
  lead(phase: string, passages: readonly Element[], isPlaying: boolean): void {
    if (passages.length === 0) {
      this.drop();
      return;
    }
    this.rest();
    leading = this;
    this.passages = passages;
    // Once the step is painted: asking for styles any sooner has them worked out twice.
    this.painted = setTimeout(() => this.watch(phase, isPlaying));
  }

  private watch(phase: string, isPlaying: boolean): void {
    // What the debugger covers of the window is kept free when the page scrolls.
    const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
    const [top, bottom] = [scrollPaddingTop, scrollPaddingBottom].map(
      (one) => -(Number.parseFloat(one) || 0),
    );
    let isFirst = true;
    this.observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries)
          if (isIntersecting) this.seen.add(target);
          else this.seen.delete(target);
        const isOut = this.seen.size === 0;
        if (isFirst && isOut && isPlaying && textFollows()) this.go();
        isFirst = false;
        this.show(phase, isOut);
      },
      { rootMargin: `${top}px 0px ${bottom}px` },
    );
    for (const passage of this.passages) this.observer.observe(passage);
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
    this.passages = [];
    this.seen.clear();
  }

  private show(phase: string, isOut: boolean): void {
    if (leading !== this) return;
    if (!isOut) {
      button?.remove();
      return;
    }
    button ??= made(() => leading?.go());
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
    return [...this.passages].sort((a, b) => off(a) - off(b))[0];
  }

  private go(): void {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.nearest.scrollIntoView({ block: 'center', behavior: isStill ? 'auto' : 'smooth' });
  }
}

function made(go: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'text-here';
  made.textContent = words.here;
  made.addEventListener('click', go);
  return made;
}
