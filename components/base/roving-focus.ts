import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Control = HTMLElement | SVGElement;

/**
 * Makes the controls of a group, a part of its host, one stop of Tab: ↑ and ↓ move the focus within it, round at its ends, and Home
 * and End to them. ← and → are left to stepping, and keys with a modifier to whoever has a use for them. Tab comes to the control
 * that had the focus last, else to the usual one, else to the first.
 */
export class RovingFocus implements ReactiveController {
  private current: Control | undefined;
  private usualOne: Control | undefined;
  /** What is shown depends on the size. */
  private readonly size = new ResizeObserver(() => this.settle());
  private observed: Element | null = null;

  /** Selectors within the host: of the group, of its controls, and of the usual one among these, if any. */
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly group: string,
    private readonly controls: string,
    private readonly usual = ':not(*)',
  ) {
    host.addController(this);
    host.addEventListener('keydown', (event) => this.press(event));
    host.addEventListener('focusin', ({ target }) => {
      const control = this.all.find((one) => one === target);
      if (control === undefined) return;
      this.current = control;
      this.settle();
    });
  }

  /** A step that changes no control costs next to nothing. */
  hostUpdated(): void {
    const group = this.host.querySelector(this.group);
    if (group !== this.observed) {
      this.size.disconnect();
      if (group !== null) this.size.observe(group);
      this.observed = group;
    }
    const { all } = this;
    const usualOne = all.find((one) => one.matches(this.usual));
    const isSame = usualOne === this.usualOne;
    // Where another is the usual one now, as a tab that was chosen, Tab comes to that.
    if (!isSame) this.current = usualOne;
    this.usualOne = usualOne;
    if (!isSame || all.filter((one) => one.tabIndex === 0).length !== 1) this.settle();
  }

  hostDisconnected(): void {
    this.size.disconnect();
    this.observed = null;
  }

  private get all(): readonly Control[] {
    return [...this.host.querySelectorAll<Control>(this.controls)];
  }

  /** Those that the frame's size leaves room for. */
  private get shown(): readonly Control[] {
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
    const at = shown.indexOf(target as Control);
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
