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

/** The parts of a key press as they are printed on a keyboard: `Shift+ArrowLeft` is Shift and ←. */
export const keyParts = (key: string): string[] => key.split('+').map(part);

/** `Shift ←`, for a tooltip. */
export const keyText = (key: string): string => keyParts(key).join(' ');
