import { describe, expect, it } from 'vitest';
import { cellAt } from '../formula/model.ts';
import { Machine } from '../machine/machine.ts';
import { batchCases } from '../machine/testing/batches.testing.ts';
import { adversaries, modelCases } from '../machine/testing/models.testing.ts';
import { oddities } from '../machine/testing/oddities.testing.ts';
import { compileProgram } from '../program/program.ts';
import { Reads } from './reads.ts';

const models = [...modelCases, ...oddities, adversaries, ...batchCases];
const sums = [
  'y[k] = sum(i, j=1..9 where j <= i: x[i] * x[j]) + x[k]',
  'y[k] = sum(i=1..8: f(x[i], x[k]) + g(x[i + 1]))',
  'y[k] = sum(u=1..4: x?[k + u - 2] * x[2*u]) / x[3]^2',
  'y[k] = max(i: sum(j=1..3: x[j] * i)) + argmax(i: x[i]) - argmax(i=2..2: x[i])',
  'y[k] = id(x[k]) + g(id(x[2]))',
  'y[k] = id(x[k])',
].map((line) => ({
  name: line,
  text: `given x[i=1..9] = normal(3)
function f(a, b) = sum(n=1..3: a * n) * b + a
function g(a) = max(a, 0)
function id(a) = a
index i = 1..9
index k = 1..5
forward
  ${line}`,
}));

/** What a walk through all operations of all cells finds. */
describe.each([...models, ...sums].map(({ name, text }) => [name, text]))('in %s', (_, text) => {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  const machine = new Machine(program, 'full');
  const { ofCells } = new Reads(program, machine.layout);

  it('a cell is read first, and lies in a box, as a walk through all operations finds', () => {
    for (const formula of program.model.formulas) {
      const { shape, size } = machine.layout.slot(formula.target, formula.version);
      for (let flat = 0; flat < Math.min(size, 8); flat++) {
        const cell = cellAt(shape, flat);
        const where = `${formula.target}[${cell}]`;
        const operations = machine.cellOperations(1, formula, cell);
        const first = new Map<string, number>();
        for (let n = 1; n <= operations.length; n++)
          for (const operand of operations.operation(n).operands) {
            if (operand.kind !== 'cell') continue;
            const { name, version } = operand.reference;
            const key = `${version} ${name} ${operand.cell}`;
            if (!first.has(key)) first.set(key, n);
          }
        for (const slot of machine.layout.slots) {
          const { name, version } = slot;
          const boxes = ofCells.boxes(formula, cell, slot);
          for (let at = 0; at < Math.min(slot.size, 80); at++) {
            const read = cellAt(slot.shape, at);
            const known = first.get(`${version} ${name} ${read}`);
            const found = ofCells.first(formula, cell, { name, version, cell: read });
            const what = `${name}[${read}] in ${where}`;
            // A call of `expect` for each would take longer than what it looks at.
            if (found !== known) expect(found, what).toBe(known);
            const isInside = boxes.some(({ low, high }) => read.every((n, d) => n >= low[d] && n <= high[d]));
            if (known !== undefined && !isInside) expect(boxes, `${what}, in a box`).toBe(read);
          }
        }
      }
    }
  });
});
