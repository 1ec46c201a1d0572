import { DataTrials } from '../publish/lesson-data.testing.ts';
import type { Subject } from './subject.ts';

/** Hostile data files, read in every supported way. */
export const data: Subject = {
  about: 'hostile data files, each read in every way there is; numbers are judged by another reading',
  count: 10_000,
  start: () => new DataTrials(),
};
