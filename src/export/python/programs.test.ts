import { describePrograms, programCase } from './programs.testing.ts';
import { exportCases } from './python.testing.ts';

describePrograms(() => exportCases.map(programCase), 3);
