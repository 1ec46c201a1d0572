import { store, stored } from '../base/preferences.ts';

const speechKey = 'backstep:speech';

/** In how many words a step is announced: its number and name, how it was computed besides, or all that there is to say. */
export type SpeechLevel = 'short' | 'middle' | 'full';

/** What was chosen on this page; where storage is blocked there is nothing else. */
let speechOfPage: SpeechLevel | undefined;

/** In how many words the reader wants to hear of a step: `middle`, unless they have chosen. */
export function rememberedSpeech(): SpeechLevel {
  const kept = stored(speechKey);
  speechOfPage ??= kept === 'short' || kept === 'full' ? kept : 'middle';
  return speechOfPage;
}

/** Sets in how many words steps are announced, for this page at once and, where storage is not blocked, for later ones. */
export function rememberSpeech(level: SpeechLevel): void {
  speechOfPage = level;
  store(speechKey, level);
}
