import { type Translation, translate } from './section.ts';

/** Translations by a page's `lang` in lower case, each loaded when needed. These two are for tests. */
const languages: Readonly<Record<string, () => Promise<Translation>>> = {
  'en-xa': async () => (await import('./pseudo-language.ts')).pseudo,
  'ar-xb': async () => (await import('./pseudo-language.ts')).mirrored,
};

/**
 * Loads and sets the translation for a page's language, a BCP 47 tag in any case: `de-AT`, else `de`; where there is neither,
 * nothing changes. Texts rendered before keep theirs. Rejects where the translation cannot be loaded.
 */
export async function setLanguage(language: string): Promise<void> {
  const wanted = language.toLowerCase();
  const name = [wanted, wanted.split('-')[0]].find((one) => Object.hasOwn(languages, one));
  if (name !== undefined) translate(await languages[name](), language);
}
