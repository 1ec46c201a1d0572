import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { batchCases } from '../machine/testing/batches.testing.ts';
import { modelCases } from '../machine/testing/models.testing.ts';
import { oddities } from '../machine/testing/oddities.testing.ts';
import type { Program } from '../program/counted-program.ts';
import { deserializeProgram } from '../program/deserialization.ts';
import { compileProgram } from '../program/program.ts';
import { dataDifference } from '../program/serialization.testing.ts';
import { serializeProgram } from '../program/serialization.ts';
import { modelsIn } from './model/model-fence.ts';

const lessons = readdirSync('lessons').filter((file) => file.endsWith('.md'));
const ofLessons = lessons.flatMap((file) =>
  [...modelsIn(readFileSync(`lessons/${file}`, 'utf8')).models].flatMap(([id, { program }]) =>
    program === undefined ? [] : [[`${id} of ${file}`, program] as const],
  ),
);
const ofTests = [...modelCases, ...oddities, ...batchCases].map(
  ({ name, text }) => [name, compileProgram(text).program as Program] as const,
);

describe('what a page carries of', () => {
  it.each([...ofLessons, ...ofTests])('%s is what the compiler made', (name, program) => {
    const serialized = serializeProgram(program);
    if (serialized === undefined) {
      expect(name).toMatch(/^mnist/);
      return;
    }
    const restored = deserializeProgram(serialized, program.model.text) as Program;
    expect(dataDifference([program.model, program.tree], [restored.model, restored.tree])).toBeUndefined();
    expect(Object.keys(restored.model).sort()).toEqual(Object.keys(program.model).sort());
  });
});
