import { section } from '../section.ts';

/** The pseudo-code and its margin. */
export const codeWords = section('code', {
  runsNext: 'Go to where this line runs next (with Ctrl: run there, and stop at breakpoints on the way)',
  breakpoint: (line: string) => `Breakpoint at ${line}`,
  off: 'turned off',
  others: (texts: string) => `Breakpoints on cells of this line: ${texts}`,
  marked: 'Breakpoint: ',
});
