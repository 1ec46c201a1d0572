import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { formatCount } from '../../src/number/format.ts';
import { commandOfKey, isCharacterKey, keyName } from '../../src/session/commands.ts';
import type { Session } from '../../src/session/session.ts';
import { statusWords } from '../../src/words/run/commands.ts';
import { rememberedLetterKeys } from '../base/preferences.ts';
import { isTakenByField, isUsedAt, isUsedOnPage, mostInView } from './key-use.ts';

/** The debugger, as far as the keyboard needs it. */
interface KeyboardHost extends ReactiveControllerHost, HTMLElement {
  /** Undefined until the model is loaded; then keys have no effect. */
  readonly session: Session | undefined;
  /** Runs a command of the table, `times` times where it is repeatable. */
  perform(id: string, times: number): void;
  /** Announces a text in the live region. */
  announce(text: string): void;
}

/** Digits of a count at most. */
const longestCount = 4;

/** The keyboards of all debuggers of the page. */
const connected = new Set<Keyboard>();

/**
 * Gives a key to the debugger that is in view while the focus is nowhere. This is the last listener that a key comes to, so a page
 * that has its own use for a key, such as a slide show, has had it.
 */
function pressOnPage(event: KeyboardEvent): void {
  if (event.defaultPrevented || isUsedOnPage(event)) return;
  const host = mostInView([...connected].map((one) => one.host));
  for (const one of connected) if (one.host === host) one.press(event);
}

/**
 * Turns key presses into commands of the table, and runs the command of each `backstep-command`: key presses in the debugger, and,
 * while the focus is nowhere, those anywhere in the page if this debugger is the one most in view. A number typed before a key
 * repeats its command; while the player plays, any key pauses it and does nothing else. Keys that have a use in the debugger are
 * not passed on to the page.
 */
export class Keyboard implements ReactiveController {
  /** The digits typed so far before a key; empty where there are none. */
  count = '';

  constructor(
    /** The debugger. */
    readonly host: KeyboardHost,
    /** Pauses the player; returns whether it was playing. */
    private readonly pause: () => boolean,
  ) {
    host.addController(this);
    host.addEventListener('keydown', (event) => {
      // What a part of the debugger has used, or will by itself, is no business of the page.
      if (event.defaultPrevented || isUsedAt(event)) event.stopPropagation();
      this.press(event);
    });
    host.addEventListener('backstep-command', ({ detail }) => host.perform(detail, 1));
  }

  hostConnected(): void {
    connected.add(this);
    // Adding it again has no effect.
    window.addEventListener('keydown', pressOnPage);
  }

  hostDisconnected(): void {
    connected.delete(this);
  }

  /** Does what a key press asks for; nothing where it has been used already, or is used by the field it is typed into. */
  press(event: KeyboardEvent): void {
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
    if (isCharacterKey(name) && !rememberedLetterKeys()) return;
    const command = commandOfKey(name);
    if (isPaused) {
      if (command !== undefined) use(event);
      return;
    }
    if (name === 'Escape') this.cancel(event);
    if (this.readDigit(name)) {
      use(event);
      return;
    }
    const times = Math.max(1, Number(this.count));
    this.setCount('');
    if (command === undefined) return;
    this.host.perform(command.id, times);
    use(event);
  }

  private cancel(event: KeyboardEvent): void {
    const progress = this.host.session?.searchStatus.progress;
    if (progress === undefined && this.count === '') return;
    progress?.cancel();
    this.setCount('');
    use(event);
  }

  private readDigit(name: string): boolean {
    const isDigit = /^\d$/.test(name) && (name !== '0' || this.count !== '');
    if (isDigit) {
      this.setCount((this.count + name).slice(0, longestCount));
      this.host.announce(statusWords.times(formatCount(Number(this.count))));
    }
    return isDigit;
  }

  private setCount(count: string): void {
    if (count === this.count) return;
    this.count = count;
    this.host.requestUpdate();
  }
}

/** A key that has had its use: neither the browser nor the page gets it. */
function use(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

const isModifier = (key: string): boolean => /^(Shift|Control|Alt|AltGraph|Meta|CapsLock)$/.test(key);
