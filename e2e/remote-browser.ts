import { type ChildProcess, spawnSync } from 'node:child_process';

/** A browser that is driven from outside, with a keyboard and eyes. */
export interface RemoteBrowser {
  /** What it calls itself. */
  readonly name: string;
  open(address: string): Promise<void>;
  /** Presses a key, with the modifiers before it: `Shift+ArrowRight`. */
  press(key: string): Promise<void>;
  /** Types a text, character by character. */
  type(text: string): Promise<void>;
  /** What an expression gives in the page: a number, a text, or nothing. */
  read(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Key codes of WebDriver for keys that write no character. */
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

/** What WebDriver and its successor both take as `actions`: the key presses, one after the other. */
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

/** Whether there is such a program. */
export const isInstalled = (program: string): boolean =>
  process.platform !== 'win32' && spawnSync('which', [program], { stdio: 'ignore' }).status === 0;

/** What a program says that matches, once it does; it has so many seconds. */
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
