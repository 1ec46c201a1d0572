import { claimingAll } from './claiming.testing.ts';
import { describePrograms } from './programs.testing.ts';
import { exportCases, exportMachine } from './python.testing.ts';

/* Every derivative that a model has, asked for by a line: PyTorch agrees with each of them. */
describePrograms(
  () =>
    exportCases.map(({ name, text }) => ({
      name,
      machine: (precision) => exportMachine(claimingAll(text), precision),
    })),
  2,
  ['torch'],
);
