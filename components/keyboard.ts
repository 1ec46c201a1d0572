import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { commandOfKey, keyName } from '../src/session/commands.ts';
import type { Session } from '../src/session/session.ts';

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
    host.addEventListener('back-step-command', (event) =>
      host.perform((event as CustomEvent<string>).detail, 1),
    );
  }

  hostConnected(): void {
    document.addEventListener('keydown', this.pressElsewhere);
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.pressElsewhere);
  }

  /**
   * One step goes also where nothing has the focus, as on a page just opened: in the debugger of which most is in sight. Keys with
   * letters do not, for they are only for whoever has gone to the debugger.
   */
  private readonly pressElsewhere = (event: KeyboardEvent): void => {
    if (event.target !== document.body || !/^Arrow(Left|Right)$/.test(keyName(event))) return;
    if (mostInSight(this.host.localName) === this.host) this.press(event);
  };

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
    if (name === 'Escape') this.host.session?.lookout.search?.cancel();
    if (this.counts(name)) return;
    const times = Math.max(1, Number(this.count));
    this.setCount('');
    if (command === undefined) return;
    this.host.perform(command.id, times);
    event.preventDefault();
  }

  private counts(name: string): boolean {
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

/** Of the elements of that name the one of which most is in sight, if any is. */
function mostInSight(name: string): Element | undefined {
  const seen = [...document.querySelectorAll(name)].map((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return { element, height: Math.min(bottom, window.innerHeight) - Math.max(top, 0) };
  });
  const [most] = seen.sort((a, b) => b.height - a.height);
  return most !== undefined && most.height > 0 ? most.element : undefined;
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
