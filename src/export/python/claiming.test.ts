import { claimingAll } from './claiming.testing.ts';
import { describePrograms } from './programs.testing.ts';
import { exportCases, exportMachine } from './python.testing.ts';

/* Every derivative of a model, each with a claim: PyTorch agrees with all of them. */
describePrograms(
  () =>
    exportCases.map(({ name, text }) => ({
      name,
      machine: (precision) => exportMachine(claimingAll(text), precision),
    })),
  2,
  ['torch'],
);
