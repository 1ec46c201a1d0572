import type { Message, Translation } from './section.ts';

const accents = new Map(
  Object.entries({
    a: 'á',
    b: 'ƀ',
    c: 'ç',
    d: 'đ',
    e: 'é',
    f: 'ƒ',
    g: 'ĝ',
    h: 'ĥ',
    i: 'í',
    j: 'ĵ',
    k: 'ķ',
    l: 'ļ',
    m: 'ɱ',
    n: 'ñ',
    o: 'ö',
    p: 'þ',
    q: 'ɋ',
    r: 'ŕ',
    s: 'š',
    t: 'ţ',
    u: 'û',
    v: 'ṽ',
    w: 'ŵ',
    x: 'ẋ',
    y: 'ý',
    z: 'ž',
  }),
);

/** Around what is put into a sentence: its direction is its own, whatever the sentence's is. */
const [isolate, end] = ['\u2068', '\u2069'];
/** Around letters that are to run from right to left, whatever they are. */
const [rightToLeft, pop] = ['\u202e', '\u202c'];

/**
 * A text with every letter changed but legible, longer by a third, and between brackets that show where it ends. Names and numbers
 * that were put into it stay as they are.
 */
export function pseudoText(text: string): string {
  let depth = 0;
  const accented = [...text].map((letter) => {
    if (letter === isolate) depth++;
    else if (letter === end) depth--;
    const found = depth > 0 ? undefined : accents.get(letter.toLowerCase());
    return found === undefined ? letter : letter === letter.toLowerCase() ? found : found.toUpperCase();
  });
  return `⟦${accented.join('')}${'·'.repeat(Math.ceil(text.length / 3))}⟧`;
}

/** As a translation into a language that runs from right to left has to do it, where a name or a number is put into a sentence. */
const isolated = (part: unknown): unknown =>
  typeof part === 'string' && part !== '' ? `${isolate}${part}${end}` : part;

const withText =
  (change: (text: string) => string): Translation =>
  (_section, _what, english): Message =>
    typeof english === 'string'
      ? change(english)
      : (...parts) => change(english(...(parts.map(isolated) as never[])));

/** No language at all: what a page says in it that is not between brackets stands in no section of the words. */
export const pseudo = withText(pseudoText);

/** The same, running from right to left, as Arabic and Hebrew do. */
export const mirrored = withText((text) => `${rightToLeft}${pseudoText(text)}${pop}`);
