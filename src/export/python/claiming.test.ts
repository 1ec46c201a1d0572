import { claimingAll } from './claiming.testing.ts';
import { describePrograms } from './programs.testing.ts';
import { exportCases, machineOf } from './python.testing.ts';

/* Every derivative that a model has, asked for by a line: PyTorch agrees with each of them. */
describePrograms(
  () => exportCases.map(({ name, text }) => ({ name, machine: (run) => machineOf(claimingAll(text), run) })),
  2,
  ['torch'],
);
