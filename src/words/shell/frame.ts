import { section } from '../section.ts';

/** The frame of the debugger. */
export const frameWords = section('frame', {
  debugger: (model: string, number: number) => `Debugger: ${model}${number > 1 ? `, ${number}` : ''}`,
  skip: 'Skip the debugger',
  end: 'End of the debugger',
  fullScreen: 'Full screen',
  larger: 'Show more of the debugger',
  smaller: 'Show less of the debugger',
});
