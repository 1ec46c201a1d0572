import { claimingAll } from './claiming.testing.ts';
import { describePrograms, programCase } from './programs.testing.ts';
import { exportCases } from './python.testing.ts';

/* Every derivative that a model has, asked for by a line: PyTorch agrees with each of them. */
describePrograms(
  () => exportCases.map(({ name, text }) => programCase({ name, text: claimingAll(text) })),
  2,
  ['torch'],
);
