import { section } from '../section.ts';

/** The commands of the toolbar as labels of its buttons, by command id. */
export const commandWords = section('commands', {
  next: 'Next operation, into functions',
  back: 'Back one operation',
  over: 'Step over',
  backOver: 'Back over',
  out: 'Step out',
  nextCell: 'Next cell',
  previousCell: 'Back to the previous cell',
  nextPhase: 'Next pass',
  previousPhase: 'Back to the previous pass',
  last: 'To the end of this iteration',
  first: 'To the start of this iteration',
  restart: 'To the very first step',
  play: 'Play forwards, or pause',
  playBack: 'Play backwards, or pause',
  runOn: 'Run to the next breakpoint, or to the end of this iteration',
  runBack: 'Run back to the previous breakpoint, or to the start of this iteration',
});

/** The toolbar. */
export const toolbarWords = section('toolbar', {
  stepping: 'Stepping',
  more: 'More ways to step',
  pause: 'Pause',
  restart: 'the very first step',
  playBack: 'play backwards',
});

/** The timeline, and names of the passes. */
export const timelineWords = section('timeline', {
  step: 'Step',
  goToStep: 'step',
  goToIteration: 'iteration',
  ofAll: (count: string) => `of ${count}`,
  where: (inFrame: number, size: number, frame: number, phase: string) =>
    `step ${inFrame} of ${size}, iteration ${frame}, ${phase}`,
  start: 'start',
  forward: 'forward',
  backward: 'backward',
  update: 'update',
  samplesInTurn: 'one sample after the other',
  samples: 'samples',
  earlier: 'Previous iteration',
  earlierHint: 'The same step, one iteration earlier',
  later: 'Next iteration',
  laterHint: 'The same step, one iteration later',
  breakpoints: (count: number) => (count === 1 ? 'a breakpoint is here' : `${count} breakpoints are here`),
});

/** Status messages beside the step: how the reader got there. */
export const statusWords = section('status-line', {
  dismiss: 'Away with this message',
  noOps: (count: number) =>
    count === 1
      ? 'One dull step was passed (times 0 or 1, or plus 0).'
      : `${count} dull steps were passed (times 0 or 1, or plus 0).`,
  skipping: 'Dull steps (times 0 or 1, plus 0) are passed over.',
  notSkipping: 'Every step is stepped through.',
  iteration: (frame: string) => `Iteration ${frame} has begun.`,
  sameIteration: (frame: string) =>
    `Iteration ${frame} has begun; nothing was updated, so its numbers are the same.`,
  back: (frame: string) => `Back in iteration ${frame}.`,
  far: (frame: string) =>
    `Iteration ${frame} is not trained yet. Train first, then any of it can be visited.`,
  times: (count: string) => `${count} times: now press the key that is to be repeated.`,
  stopped: (frame: string, breakpoint: string, where: string, hit: number, digits: string) =>
    `Stopped in iteration ${frame}: ${breakpoint}${where === '' ? '' : `, at ${where}`}, ${ordinal(hit)} time.${digits === '' ? '' : ` In full: ${digits}.`}`,
  noBreakpoints: 'There is no breakpoint that is on.',
  noneBefore: 'No breakpoint stops the run before this step.',
  noneUntil: (frame: string) => `No breakpoint stops the run after this step, up to iteration ${frame}.`,
  set: (text: string) => `A breakpoint is set at ${text}.`,
  unset: (text: string) => `There is no breakpoint at ${text} any more.`,
  nowhere: 'First put the focus on a line of the code, or on a number that is computed.',
  searching: (frame: string, last: string) => `Looking for a stop: iteration ${frame} of at most ${last}.`,
  running: (frame: string, last: string) => `Running ahead: iteration ${frame} of ${last}.`,
  cancel: 'Cancel',
  cancelled: (frame: string) => `The search was cancelled at iteration ${frame}.`,
});

const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

function ordinal(n: number): string {
  if (n <= ordinals.length) return ordinals[n - 1];
  const ending = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}
