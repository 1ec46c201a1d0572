import { type ChildProcess, spawnSync } from 'node:child_process';
import { test } from 'playwright/test';

/** A browser driven from outside, by key presses and by reading values of the page. */
export interface RemoteBrowser {
  /** Its name and version, for messages. */
  readonly name: string;
  /** Loads an address; resolves when the page is loaded. */
  open(address: string): Promise<void>;
  /** Presses and releases a key, with modifiers as in `Shift+ArrowRight`. */
  press(key: string): Promise<void>;
  /** Types a text, one character after another. */
  type(text: string): Promise<void>;
  /** The value of an expression in the page, a number, string or boolean; rejects where it throws. */
  read(expression: string): Promise<unknown>;
  /** Ends the browser and its helper programs. */
  close(): Promise<void>;
}

/** Ends a test that needs a browser which is not installed, and says with which packages of Debian it would be. */
export function skipWithout(name: string, packages: string): never {
  const how = `${name} is not installed, so nothing was tried in it (on Debian: apt-get install ${packages})`;
  console.log(how);
  test.skip(true, how);
  throw new Error(how);
}

/** WebDriver's codes of keys that write no character. */
const codes: Readonly<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  ...Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`F${n + 1}`, String.fromCharCode(0xe031 + n)])),
};

/** Key presses, one after the other, as the `actions` of both WebDriver and WebDriver BiDi. */
export function keyActions(keys: readonly string[]): object[] {
  const actions = keys.flatMap((key) => {
    const parts = key.length === 1 ? [key] : key.split('+').map((part) => codes[part] ?? part);
    return [
      ...parts.map((value) => ({ type: 'keyDown', value })),
      ...parts.reverse().map((value) => ({ type: 'keyUp', value })),
    ];
  });
  return [{ type: 'key', id: 'keyboard', actions }];
}

/** Whether a program is in the path; always false on Windows. */
export const isInstalled = (program: string): boolean =>
  process.platform !== 'win32' && spawnSync('which', [program], { stdio: 'ignore' }).status === 0;

/** Resolves with the first match of a pattern in a program's output; rejects after `seconds` seconds without one. */
export function waitForOutput(
  program: ChildProcess,
  pattern: RegExp,
  seconds = 30,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`${pattern} was not heard in: ${said}`)), seconds * 1000);
    const listen = (data: unknown): void => {
      said += String(data);
      const found = pattern.exec(said);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found);
    };
    program.on('error', reject);
    for (const stream of program.stdio) if (stream && 'setEncoding' in stream) stream.on('data', listen);
  });
}
