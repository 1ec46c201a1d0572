/** A word or sentence that people read, or one that is made from numbers and names. */
export type Message = string | ((...parts: never[]) => string);

/** Words by what they say, such as `close: 'Close'`. */
export type Messages = { readonly [what: string]: Message };

/** Says a word of a section in another language; undefined keeps the English one. */
export type Translation = (section: string, key: string, english: Message) => Message | undefined;

let translation: Translation | undefined;
let currentLanguage = 'en';

/**
 * A section of the words that people read: the one place where they stand, in English. They are read anew each time,
 * so a translation holds for all that is drawn after it.
 */
export function section<Section extends Messages>(name: string, english: Section): Section {
  const read = {};
  for (const [what, word] of Object.entries(english))
    Object.defineProperty(read, what, {
      enumerable: true,
      get: () => translation?.(name, what, word) ?? word,
    });
  return read as Section;
}

/** Says everything in another language from now on; in English, where it is left out. */
export function translate(to?: Translation, language = 'en'): void {
  translation = to;
  currentLanguage = language;
}

/** What the words are in. It need not be the page's language, if we lack that: then they are to be read out as English. */
export const wordsLanguage = (): string => currentLanguage;
