import { beforeAll, describe, expect, it } from 'vitest';
import { exportNumpy } from './numpy.ts';
import {
  differences,
  exportCases,
  findPython,
  machineOf,
  type Outcome,
  runPython,
} from './python.testing.ts';

const frames = 3;
const python = findPython('numpy');
const cases = exportCases;

describe.skipIf(python === undefined).each(['full', 'lesson'] as const)(
  'NumPy gives the %s numbers',
  (run) => {
    const machines = cases.map(({ text }) => machineOf(text, run));
    let outcomes: Outcome[] = [];
    beforeAll(() => {
      const files = machines.map((machine, at) => exportNumpy(machine, { title: cases[at].name, frames }));
      outcomes = runPython(python as string, files, frames);
    });

    it.each(cases.map(({ name }, at) => [name, at] as const))('%s', (_, at) => {
      expect(differences(outcomes[at], machines[at], frames, 1e-12)).toEqual([]);
    });
  },
);
