import { describe, expect, it } from 'vitest';
import { withPiecesChanged } from '../formula/parse/mutant.testing.ts';
import { compileProgram } from '../program/program.ts';
import { Machine } from './machine.ts';
import { Moment } from './moment.ts';
import { batchCases, sampledAdversaries } from './testing/batches.testing.ts';
import {
  adversarialExample,
  adversaries,
  attentionCase,
  convolutionCase,
  gated,
  lecture,
} from './testing/models.testing.ts';
import { oddities } from './testing/oddities.testing.ts';
import { arrayCells, cellKey, record } from './testing/recorder.testing.ts';

const models = [
  { text: lecture },
  attentionCase(3),
  gated(3),
  convolutionCase(3),
  ...oddities,
  adversaries,
  adversarialExample,
  ...batchCases,
  sampledAdversaries,
  {
    text: `given x = [[1, 2, 3, 4], [5, 6, 7, 8]]
param k = [1, 2]
index p = 1..2
forward
  c[t,p] = relu(sum(u: k[u] * x?[t,2*p+u-2]))
  h[t] = tanh(max(p: c[t,p]) + 0.5*h?[t-1])
  L = -log(sum(t where t >= 1: h[t]) + 9)
update
  k[u] <- k[u] - 0.1 * dL/dk[u]
store h: 2dp
write k as \\kappa_{#}`,
    recurrent: 't',
  },
];

/** Compiles a text and runs it on everything that computes frames; true if it could be run. Throws if anything is wrong. */
function examine(text: string, recurrent: string | undefined): boolean {
  const { program, diagnostics } = compileProgram(text);
  const lines = text.split('\n');
  for (const { span, message } of diagnostics) {
    const line = lines[span.line - 1];
    const isInside = line !== undefined && span.column >= 1 && span.column <= line.length + 1;
    if (!isInside) throw new Error(`${message} at ${span.line}:${span.column} is outside of the text`);
  }
  if (program === undefined) {
    if (diagnostics.every(({ severity }) => severity !== 'error'))
      throw new Error('no program and no reason');
    return false;
  }
  if (program.size > 5000) return true;
  const machine = new Machine(program, 'lesson');
  for (const [n, { steps, after }] of record(program.model, 2, {
    rounded: true,
    ...(recurrent && { recurrent }),
    ...(program.model.batch && { schedule: program.model.batch.schedule }),
  }).entries()) {
    if (steps.length !== program.size)
      throw new Error(`${program.size} steps, the recorder took ${steps.length}`);
    for (const { name, version, shape } of machine.layout.slots) {
      for (const cell of arrayCells(shape)) {
        const [fast, slow] = [
          machine.value(n + 1, name, version, cell),
          after.get(cellKey(version, name, cell)),
        ];
        if (!Object.is(fast, slow))
          throw new Error(`${cellKey(version, name, cell)} is ${fast}, the recorder has ${slow}`);
      }
    }
    for (let at = 0; at < steps.length; at += 1 + Math.floor(steps.length / 20)) {
      const { operation, location } = new Moment(machine, n * program.size + at + 1);
      const { formula, at: cell, value } = steps[at];
      // Where nothing is really carried, the recorder may ascend where the program descends.
      if (location?.formula.id !== formula.id || location.cell.join() !== cell.join()) continue;
      if (!Object.is(operation?.value, value)) throw new Error(`step ${at + 1}: ${operation?.value}`);
    }
  }
  return true;
}

describe('a text changed at random', () => {
  it('is refused at a place, or runs as the recorder runs it', () => {
    const [first, count] = [0, 2500];
    let ran = 0;
    for (let seed = first; seed < first + count; seed++) {
      const { text, recurrent } = { recurrent: undefined, ...models[seed % models.length] };
      const changed = withPiecesChanged(text, seed);
      try {
        if (examine(changed, recurrent)) ran += 1;
      } catch (error) {
        throw new Error(`seed ${seed}: ${String(error)}\n${changed}`, { cause: error });
      }
    }
    expect(ran).toBeGreaterThan(count / 10);
  });
});
