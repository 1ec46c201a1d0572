import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Makes the controls of a group, a part of its host, one stop of Tab: ↑ and ↓ move the focus within it, round at its ends, and Home
 * and End to them. ← and → are left to stepping, and keys with a modifier to whoever has a use for them. Tab comes to the control
 * that had the focus last, else to the chosen one, else to the first.
 */
export class RovingFocus implements ReactiveController {
  private current: HTMLElement | undefined;
  /** What the stop was chosen for: as long as it is the same, a step costs nothing. */
  private settled = '';
  /** What is shown depends on the size. */
  private readonly size = new ResizeObserver(() => this.settle());
  private observed: Element | null = null;

  /** `group` and `items` are selectors: the group within the host, and the controls within the host. */
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly group: string,
    private readonly items: string,
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
    const key = `${all.length} ${all.indexOf(this.chosen as HTMLElement)}`;
    if (key === this.settled) return;
    if (!this.settled.endsWith(key.slice(key.indexOf(' ')))) this.current = this.chosen ?? this.current;
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

  private get chosen(): HTMLElement | undefined {
    return this.all.find((one) => one.ariaSelected === 'true');
  }

  private settle(): void {
    const { shown, current } = this;
    const stop = [current, this.chosen].find((one) => one !== undefined && shown.includes(one)) ?? shown[0];
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
