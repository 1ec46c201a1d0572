import { section } from '../section.ts';

/** The lecture's example on the course's first page, which steps by itself. */
export const demoWords = section('demo', {
  label: 'The lecture’s example, step by step',
  forward: 'Forward',
  backward: 'Backward',
  update: 'Update',
  back: 'Back',
  next: 'Next',
  play: 'Play',
  stop: 'Stop',
  open: 'Open this step in the debugger',
});
