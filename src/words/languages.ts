import { type Translation, translate } from './section.ts';

/** Languages by what a page's `lang` says, each loaded when it is asked for. The last two are for those who test. */
const languages: Readonly<Record<string, () => Promise<Translation>>> = {
  'en-xa': async () => (await import('./pseudo-language.ts')).pseudo,
  'ar-xb': async () => (await import('./pseudo-language.ts')).mirrored,
};

/** Says everything in a page's language from now on, if we have it: `de-AT`, else `de`, else English. */
export async function setLanguage(language: string): Promise<void> {
  const wanted = language.toLowerCase();
  const name = [wanted, wanted.split('-')[0]].find((one) => Object.hasOwn(languages, one));
  if (name !== undefined) translate(await languages[name](), language);
}
