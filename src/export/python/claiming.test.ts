import { claimingAll } from './claiming.testing.ts';
import { describePrograms, programCase } from './programs.testing.ts';
import { exportCases } from './python.testing.ts';

/* Every derivative of a model, each with a claim: PyTorch agrees with all of them. */
describePrograms(
  () => exportCases.map(({ name, text }) => programCase({ name, text: claimingAll(text) })),
  2,
  ['torch'],
);
