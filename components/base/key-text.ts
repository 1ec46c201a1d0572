import { keyWords } from '../../src/words/base/key-text.ts';

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Plus: '+',
};
const words: Readonly<Record<string, unknown>> = keyWords;

const part = (key: string): string => {
  if (Object.hasOwn(signs, key)) return signs[key];
  const word = Object.hasOwn(words, key) ? words[key] : undefined;
  if (typeof word === 'string') return word;
  return key.length === 1 ? key.toUpperCase() : key;
};

/**
 * The keys of a key press as printed on a keyboard: `Shift+ArrowLeft` gives `['Shift', '←']`; words are in the page's language,
 * letters capital. Keys are named as in `Command.keys`, and joined by `+`.
 */
export const keyParts = (key: string): string[] => key.split('+').map(part);

/** `keyParts` joined by spaces, for a tooltip: `Shift ←`. */
export const keyText = (key: string): string => keyParts(key).join(' ');
