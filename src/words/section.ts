/** A text that readers see, or a function that makes one from numbers and names. */
export type Message = string | ((...parts: never[]) => string);

/** Texts by key, such as `close: 'Close'`. */
export type Messages = { readonly [what: string]: Message };

/**
 * Gives the text of a section's key in another language, for the English one; undefined keeps the English. A function must be
 * replaced by one with the same parameters.
 */
export type Translation = (section: string, key: string, english: Message) => Message | undefined;

let translation: Translation | undefined;
let currentLanguage = 'en';

/**
 * Defines a section of the texts that readers see, in English; `name` is the key that translations know it by. Every access to a
 * key reads the present translation, so texts rendered after `translate` are in its language; a value that was kept before is
 * not.
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

/**
 * Sets the translation for all sections from now on; English without an argument. `language` is its BCP 47 tag, which
 * `wordsLanguage` then returns.
 */
export function translate(to?: Translation, language = 'en'): void {
  translation = to;
  currentLanguage = language;
}

/**
 * The BCP 47 tag of the texts' language as last set, for `lang` attributes: `en` where the page's language has no translation.
 */
export const wordsLanguage = (): string => currentLanguage;
