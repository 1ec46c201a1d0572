import { beforeAll, describe, expect, it } from 'vitest';
import type { Machine, RunPrecision } from '../../machine/machine.ts';
import { exportNumpy } from './numpy.ts';
import { differences, exportMachine, findPython, type ProgramOutcome, runPython } from './python.testing.ts';
import { exportTorch } from './torch.ts';

/** A model whose exports are run by Python. */
export interface ProgramCase {
  readonly name: string;
  readonly machine: (precision: RunPrecision) => Machine;
}

/** A case from a model's text. */
export const programCase = ({
  name,
  text,
}: {
  readonly name: string;
  readonly text: string;
}): ProgramCase => ({
  name,
  machine: (precision) => exportMachine(text, precision),
});

const languages = [
  { module: 'numpy', print: exportNumpy, runs: ['full', 'lesson'] as const },
  // What is rounded has no derivative.
  { module: 'torch', print: exportTorch, runs: ['full'] as const },
];

/**
 * Tests the NumPy and PyTorch exports of models by running them, all of a kind in one process: every number of every frame must
 * be the engine's, to 1e-12, and PyTorch must find the same gradients, as the files themselves assert.
 */
export function describePrograms(
  casesOf: (precision: RunPrecision) => readonly ProgramCase[],
  frames: number,
  only: readonly string[] = languages.map(({ module }) => module),
): void {
  /** Both languages are given the same runs. */
  const tried = new Map<RunPrecision, { cases: readonly ProgramCase[]; machines?: readonly Machine[] }>();
  describe.each(languages.filter(({ module }) => only.includes(module)))(
    'exports to $module',
    ({ module, print, runs }) => {
      const python = findPython(module);
      describe.skipIf(python === undefined).each(runs)('with %s numbers', (precision) => {
        const trial = tried.get(precision) ?? { cases: casesOf(precision) };
        tried.set(precision, trial);
        const { cases } = trial;
        let machines: readonly Machine[] = [];
        let outcomes: ProgramOutcome[] = [];
        beforeAll(() => {
          trial.machines ??= cases.map(({ machine }) => machine(precision));
          machines = trial.machines;
          const files = machines.map((machine, at) => print(machine, { title: cases[at].name, frames }));
          outcomes = runPython(python as string, files, frames);
        });

        it.each(cases.map(({ name }, at) => [name, at] as const))('%s', (_, at) => {
          expect(differences(outcomes[at], machines[at], frames, 1e-12)).toEqual([]);
        });
      });
    },
  );
}
