import { beforeAll, describe, expect, it } from 'vitest';
import {
  differences,
  exportCases,
  findPython,
  machineOf,
  type Outcome,
  runPython,
} from './python.testing.ts';
import { exportTorch } from './torch.ts';

const frames = 3;
const python = findPython('torch');
const cases = exportCases;

describe.skipIf(python === undefined)('PyTorch gives the same numbers and the same gradients', () => {
  const machines = cases.map(({ text }) => machineOf(text, 'full'));
  let outcomes: Outcome[] = [];
  beforeAll(() => {
    const files = machines.map((machine, at) => exportTorch(machine, { title: cases[at].name, frames }));
    outcomes = runPython(python as string, files, frames);
  }, 60_000);

  it.each(cases.map(({ name }, at) => [name, at] as const))('%s', (_, at) => {
    expect(differences(outcomes[at], machines[at], frames, 1e-12)).toEqual([]);
  });
});
