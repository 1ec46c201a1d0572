import { section } from '../section.ts';

/** The frame of the debugger. */
export const frameWords = section('frame', {
  debugger: (model: string, number: number) => `Debugger: ${model}${number > 1 ? `, ${number}` : ''}`,
  skip: 'Skip the instrument',
  end: 'End of the instrument',
  fullScreen: 'Full screen',
  larger: 'Show more of the instrument',
  smaller: 'Show less of the instrument',
});
