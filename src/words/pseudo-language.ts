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

/** Unicode isolates around values put into a sentence, whose direction is independent of the sentence's. */
const [isolate, end] = ['\u2068', '\u2069'];
/** Unicode overrides that make any letters run from right to left. */
const [rightToLeft, pop] = ['\u202e', '\u202c'];

/**
 * A text with every letter accented but legible, a third longer, between ⟦ and ⟧, which show truncation. Isolated parts, the
 * names and numbers put into it, stay as they are.
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

/** Isolates a value as a translation into a right-to-left language has to. */
const isolated = (part: unknown): unknown =>
  typeof part === 'string' && part !== '' ? `${isolate}${part}${end}` : part;

const withText =
  (change: (text: string) => string): Translation =>
  (_section, _what, english): Message =>
    typeof english === 'string'
      ? change(english)
      : (...parts) => change(english(...(parts.map(isolated) as never[])));

/** A test translation: text of a page that is not between ⟦ and ⟧ is in no section of `src/words`. */
export const pseudo = withText(pseudoText);

/** The same, running from right to left. */
export const mirrored = withText((text) => `${rightToLeft}${pseudoText(text)}${pop}`);
