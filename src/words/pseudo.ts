import type { Translation, Word } from './section.ts';

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

/** A text with every letter changed but legible, longer by a third, and between brackets that show where it ends. */
export function pseudoText(text: string): string {
  const accented = [...text].map((letter) => {
    const found = accents.get(letter.toLowerCase());
    return found === undefined ? letter : letter === letter.toLowerCase() ? found : found.toUpperCase();
  });
  return `⟦${accented.join('')}${'·'.repeat(Math.ceil(text.length / 3))}⟧`;
}

/** No language at all: what a page says in it that is not between brackets stands in no section of the words. */
export const pseudo: Translation = (_section, _what, english): Word =>
  typeof english === 'string' ? pseudoText(english) : (...parts) => pseudoText(english(...parts));
