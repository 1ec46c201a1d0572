import { readdirSync, readFileSync } from 'node:fs';
import { describeGrammar } from '../export/python/grammar.testing.ts';
import { describePrograms, type ProgramCase, programCase } from '../export/python/programs.testing.ts';
import { modelsIn } from '../lesson/model/model-fence.ts';
import { randomModel } from '../network/random.testing.ts';
import { zooModels } from '../network/zoo.testing.ts';
import { tablesBeside } from './lesson-data.ts';

/*
 * The exports of everything that is shipped, of every model of the decks, and of random networks: run by Python, they
 * give the engine's numbers, and PyTorch's gradients are the models' own.
 */

const randomModels = 80;

const lessons = readdirSync('lessons')
  .filter((file) => file.endsWith('.md'))
  .flatMap((file): ProgramCase[] => {
    const path = `lessons/${file}`;
    const { models } = modelsIn(readFileSync(path, 'utf8'), path, tablesBeside('lessons'));
    return [...models].map(([id, model]) => ({
      name: `${file}, ${id}`,
      machine: (run) => model.machine(run),
    }));
  });
const networks = [
  ...zooModels.map(programCase),
  ...Array.from({ length: randomModels }, (_, seed) => programCase(randomModel(seed + 1))),
];

// Rounding is the lessons' own; the networks have no storing rules.
describePrograms((run) => (run === 'lesson' ? lessons : [...lessons, ...networks]), 2);
describeGrammar([...zooModels, ...Array.from({ length: 20 }, (_, seed) => randomModel(seed + 1))]);
