import { longModels } from './long-lines.testing.ts';
import { describePrograms, programCase } from './programs.testing.ts';

const count = 40;

/* Lines that are broken in all places where they can be compute what they did on one line. */
describePrograms((precision) => longModels(precision === 'full' ? count : 1).map(programCase), 1);
