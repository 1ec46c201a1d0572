import { section } from '../section.ts';

/** What is said of a step besides its sentence, at the level `full`. */
export const fullSpeechWords = section('full-speech', {
  forward: 'Forward',
  backward: 'Backward',
  update: 'Update',
  within: (phase: string, inside: string) => `${phase}${inside}.`,
  inside: (functionName: string) => `, inside ${functionName}`,
  stored: (value: string, rule: string) => `It was ${value}, and is stored with ${rule}.`,
  poked: (value: string) => `The formula gives ${value}.`,
  finished: (cell: string) => `That finishes ${cell}.`,
  notFinite: (cell: string) => `${cell} is not a finite number.`,
  place: (step: number, of: number) => `Step ${step} of ${of}.`,
});
