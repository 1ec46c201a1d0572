import { longModel } from './long-lines.testing.ts';
import { describePrograms, programCase } from './programs.testing.ts';

const seeds = 40;

/* Lines that are broken in all places where they can be compute what they did on one line. */
describePrograms(
  (run) => Array.from({ length: run === 'full' ? seeds : 1 }, (_, at) => programCase(longModel(at + 1))),
  1,
);
