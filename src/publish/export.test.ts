import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportNumpy } from '../export/numpy.ts';
import { differences, findPython, machineOf, type Outcome, runPython } from '../export/python.testing.ts';
import { exportTorch } from '../export/torch.ts';
import { modelsIn } from '../lesson/model-fence.ts';
import type { Machine, Run } from '../machine/machine.ts';
import { randomModel } from '../network/random.testing.ts';
import { zooModels } from '../network/zoo.testing.ts';
import { tablesBeside } from './lesson-data.ts';

/*
 * The exports of everything that is shipped, of every model of the decks, and of random networks: run by Python, they
 * give the engine's numbers, and PyTorch's gradients are the models' own.
 */

const frames = 2;
const randomModels = 80;

interface Case {
  readonly name: string;
  readonly machine: (run: Run) => Machine;
}

const fromText = ({ name, text }: { name: string; text: string }): Case => ({
  name,
  machine: (run) => machineOf(text, run),
});

const lessons = readdirSync('lessons')
  .filter((file) => file.endsWith('.md'))
  .flatMap((file): Case[] => {
    const path = `lessons/${file}`;
    const { models } = modelsIn(readFileSync(path, 'utf8'), path, tablesBeside('lessons'));
    return [...models].map(([id, model]) => ({
      name: `${file}, ${id}`,
      machine: (run) => model.machine(run),
    }));
  });
const networks = [
  ...zooModels.map(fromText),
  ...Array.from({ length: randomModels }, (_, seed) => fromText(randomModel(seed + 1))),
];

const languages = [
  { module: 'numpy', print: exportNumpy, runs: ['full', 'lesson'] as const },
  { module: 'torch', print: exportTorch, runs: ['full'] as const },
];

describe.each(languages)('exports to $module', ({ module, print, runs }) => {
  const python = findPython(module);
  describe.skipIf(python === undefined).each(runs)('with %s numbers', (run) => {
    // Rounding is the lessons' own; the networks have no storing rules.
    const cases = run === 'lesson' ? lessons : [...lessons, ...networks];
    let outcomes: Outcome[] = [];
    let machines: Machine[] = [];
    beforeAll(() => {
      machines = cases.map(({ machine }) => machine(run));
      const files = machines.map((machine, at) => print(machine, { title: cases[at].name, frames }));
      outcomes = runPython(python as string, files, frames);
    }, 120_000);

    it.each(cases.map(({ name }, at) => [name, at] as const))('%s', (_, at) => {
      expect(differences(outcomes[at], machines[at], frames, 1e-12)).toEqual([]);
    });
  });
});
