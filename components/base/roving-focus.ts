import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Makes the controls of a group, a part of its host, one stop of Tab: ↑ and ↓ move the focus within it, round at its ends, and Home
 * and End to them. ← and → are left to stepping, and keys with a modifier to whoever has a use for them. Tab comes to the control
 * that had the focus last, else to the usual one, else to the first.
 */
export class RovingFocus implements ReactiveController {
  private current: HTMLElement | undefined;
  /** What the stop was chosen for: as long as it is the same, a step costs nothing. */
  private settled = '';
  /** What is shown depends on the size. */
  private readonly size = new ResizeObserver(() => this.settle());
  private observed: Element | null = null;

  /** Selectors within the host: of the group, of its controls, and of the usual one among these. */
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly group: string,
    private readonly items: string,
    private readonly usual: string,
  ) {
    host.addController(this);
    host.addEventListener('keydown', (event) => this.press(event));
    host.addEventListener('focusin', ({ target }) => {
      if (!(target instanceof HTMLElement) || !this.all.includes(target)) return;
      this.current = target;
      this.settle();
    });
  }

  hostUpdated(): void {
    const group = this.host.querySelector(this.group);
    if (group !== this.observed) {
      this.size.disconnect();
      if (group !== null) this.size.observe(group);
      this.observed = group;
    }
    const { all } = this;
    const at = all.findIndex((one) => one.matches(this.usual));
    const key = `${all.length} ${at}`;
    if (key === this.settled) return;
    // Where another is the usual one now, as a tab that was chosen, Tab comes to that.
    if (!this.settled.endsWith(` ${at}`)) this.current = all[at] ?? this.current;
    this.settled = key;
    this.settle();
  }

  hostDisconnected(): void {
    this.size.disconnect();
    this.observed = null;
  }

  private get all(): readonly HTMLElement[] {
    return [...this.host.querySelectorAll<HTMLElement>(this.items)];
  }

  /** Those that the frame's size leaves room for. */
  private get shown(): readonly HTMLElement[] {
    return this.all.filter((one) => one.checkVisibility());
  }

  private settle(): void {
    const { shown, current } = this;
    const isShown = current !== undefined && shown.includes(current);
    const stop = isShown ? current : (shown.find((one) => one.matches(this.usual)) ?? shown[0]);
    for (const one of this.all) {
      const tabIndex = one === stop ? 0 : -1;
      if (one.tabIndex !== tabIndex) one.tabIndex = tabIndex;
    }
  }

  private press(event: KeyboardEvent): void {
    const { key, target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { shown } = this;
    const at = shown.indexOf(target as HTMLElement);
    if (at < 0) return;
    const moves: { readonly [key: string]: number } = {
      ArrowUp: (at + shown.length - 1) % shown.length,
      ArrowDown: (at + 1) % shown.length,
      Home: 0,
      End: shown.length - 1,
    };
    if (!Object.hasOwn(moves, key)) return;
    event.preventDefault();
    shown[moves[key]].focus();
  }
}
