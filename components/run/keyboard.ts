import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { commandOfKey, keyName } from '../../src/session/commands.ts';
import type { Session } from '../../src/session/session.ts';

/** What key presses are turned into. */
interface KeyboardHost extends ReactiveControllerHost, HTMLElement {
  /** What is told what to do, once it is open. */
  readonly session: Session | undefined;
  perform(id: string, times: number): void;
}

/** More than this nobody wants to count. */
const longestCount = 4;

/**
 * Reads key presses in the debugger as commands of the table. A number typed before repeats the command; while the debugger plays by
 * itself, any key ends that and does nothing else.
 */
export class Keyboard implements ReactiveController {
  /** The digits that were typed before a key. */
  count = '';

  constructor(
    private readonly host: KeyboardHost,
    /** Ends what goes by itself; whether anything did. */
    private readonly pause: () => boolean,
  ) {
    host.addController(this);
    host.addEventListener('keydown', (event) => this.press(event));
    host.addEventListener('backstep-command', ({ detail }) => host.perform(detail, 1));
  }

  /** Nothing is to be done with it by itself: it listens as long as there is the element. */
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

/** Whether the key goes to something that has a use for it itself: a field, a choice, an open dialog. */
function isTakenByField(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  // The slider stands for the run, so on it the keys do what they do everywhere.
  return (
    target instanceof Element &&
    target.closest('input:not([type=range]), select, textarea, dialog, [contenteditable=true]') !== null
  );
}
