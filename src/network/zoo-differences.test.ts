import { describe, it } from 'vitest';
import { editsOf, Machine } from '../machine/machine.ts';
import {
  caseProgram,
  changeable,
  compareDifferences,
  recorded,
} from '../machine/testing/difference.testing.ts';
import { type NetworkCase, rounding } from './moment-comparison.testing.ts';
import { randomModel } from './random.testing.ts';
import { zooModels } from './zoo.testing.ts';

/** Steps of a frame up to which the slow recorder finishes in reasonable time. */
const mostSteps = 1200;

const models: readonly NetworkCase[] = [
  ...zooModels.map(({ name, text, recurrent }) => ({ name, text, ...(recurrent && { recurrent }) })),
  ...Array.from({ length: 6 }, (_, n) => randomModel(100 + n)),
].filter((one) => caseProgram(one).size <= mostSteps);

describe.each(models)('$name', (model) => {
  it('parts from full precision where a scan of every step says', () => {
    const rounded = rounding(model);
    const program = caseProgram(rounded);
    const machines = [new Machine(program, 'lesson'), new Machine(program, 'full')] as const;
    compareDifferences(rounded, machines, [
      recorded(rounded, program, 'lesson'),
      recorded(rounded, program, 'full'),
    ]);
  });

  it('parts where a changed number is first read', () => {
    const program = caseProgram(model);
    const cells = changeable(program);
    if (cells.length === 0) return;
    const { cell, value } = cells[Math.floor(cells.length / 2)];
    const edits = new Map([[cell, value + 0.5]]);
    const machines = [new Machine(program, 'full'), new Machine(program, 'full', editsOf(edits))] as const;
    compareDifferences(model, machines, [
      recorded(model, program, 'full'),
      recorded(model, program, 'full', edits),
    ]);
  });
});
