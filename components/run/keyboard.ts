import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { commandOfKey, keyName } from '../../src/session/commands.ts';
import type { Session } from '../../src/session/session.ts';

/** The debugger, as far as the keyboard needs it. */
interface KeyboardHost extends ReactiveControllerHost, HTMLElement {
  /** Undefined until the model is loaded; then keys have no effect. */
  readonly session: Session | undefined;
  /** Runs a command of the table, `times` times where it is repeatable. */
  perform(id: string, times: number): void;
}

/** Digits of a count at most. */
const longestCount = 4;

/**
 * Turns key presses in the debugger into commands of the table, and runs the command of each `backstep-command`. A number typed
 * before a key repeats its command; while the player plays, any key pauses it and does nothing else.
 */
export class Keyboard implements ReactiveController {
  /** The digits typed so far before a key; empty where there are none. */
  count = '';

  constructor(
    private readonly host: KeyboardHost,
    /** Pauses the player; returns whether it was playing. */
    private readonly pause: () => boolean,
  ) {
    host.addController(this);
    host.addEventListener('keydown', (event) => this.press(event));
    host.addEventListener('backstep-command', ({ detail }) => host.perform(detail, 1));
  }

  /** Required by Lit; the listeners live as long as the element. */
  hostConnected(): void {}

  private press(event: KeyboardEvent): void {
    if (
      this.host.session === undefined ||
      event.defaultPrevented ||
      event.isComposing ||
      isModifier(event.key)
    )
      return;
    const isPaused = this.pause();
    if (!/^F\d+$/.test(event.key) && isTakenByField(event)) return;
    const name = keyName(event);
    const command = commandOfKey(name);
    if (isPaused) {
      if (command !== undefined) event.preventDefault();
      return;
    }
    if (name === 'Escape') this.host.session?.searchStatus.progress?.cancel();
    if (this.readDigit(name)) return;
    const times = Math.max(1, Number(this.count));
    this.setCount('');
    if (command === undefined) return;
    this.host.perform(command.id, times);
    event.preventDefault();
  }

  private readDigit(name: string): boolean {
    const isDigit = /^\d$/.test(name) && (name !== '0' || this.count !== '');
    if (isDigit) this.setCount((this.count + name).slice(0, longestCount));
    return isDigit;
  }

  private setCount(count: string): void {
    if (count === this.count) return;
    this.count = count;
    this.host.requestUpdate();
  }
}

const isModifier = (key: string): boolean => /^(Shift|Control|Alt|AltGraph|Meta|CapsLock)$/.test(key);

/** Whether the key goes to an element that uses it itself: a field, a select, an open dialog. */
function isTakenByField(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  // On the slider, which is the timeline, keys are commands as elsewhere.
  return (
    target instanceof Element &&
    target.closest('input:not([type=range]), select, textarea, dialog, [contenteditable=true]') !== null
  );
}
