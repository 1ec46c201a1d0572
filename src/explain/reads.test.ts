import { describe, expect, it } from 'vitest';
import { batchCases, sampledAdversaries } from '../machine/testing/batches.testing.ts';
import {
  adversarialExample,
  adversaries,
  type ModelCase,
  modelCases,
} from '../machine/testing/models.testing.ts';
import { oddities } from '../machine/testing/oddities.testing.ts';
import { type RecordedStep, record } from '../machine/testing/recorder.testing.ts';
import { randomModel } from '../network/random.testing.ts';
import { zooModels } from '../network/zoo.testing.ts';
import { compileProgram } from '../program/program.ts';
import type { CellReference } from './explanation.ts';
import { Reads } from './reads.ts';

/** In a model with more cells than this, a sample spread over it is tested. */
const mostCells = 50;

type Schedule = 'by sample' | 'together';

/** What each cell's operations read, as a slow recorder saw it: `old h[1]` by `old net2[1]`. */
function readsSeen(steps: readonly RecordedStep[]): Map<string, Set<string>> {
  const seen = new Map<string, Set<string>>();
  for (const { formula, at, operands } of steps) {
    const key = keyOf({ name: formula.target, version: formula.version, cell: at });
    const reads = seen.get(key) ?? new Set();
    for (const operand of operands) if (operand.kind === 'cell') reads.add(operand.cell);
    seen.set(key, reads);
  }
  return seen;
}

const keyOf = ({ version, name, cell }: CellReference): string =>
  `${version} ${name}${cell.length === 0 ? '' : `[${cell.join(',')}]`}`;

function closureSeen(seen: ReadonlyMap<string, ReadonlySet<string>>, key: string): Set<string> {
  const found = new Set<string>();
  const open = [key];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const read of seen.get(at) ?? [])
      if (!found.has(read)) {
        found.add(read);
        open.push(read);
      }
  return found;
}

const sorted = (keys: Iterable<string>): string[] => [...keys].sort();

function judge({ name, text, recurrent }: ModelCase, schedule?: Schedule): void {
  const { program, diagnostics } = compileProgram(text, schedule && { schedule });
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  const more = { ...(recurrent && { recurrent }), ...(schedule && { schedule }) };
  const [{ steps }] = record(program.model, 1, { rounded: false, ...more });
  const seen = readsSeen(steps);
  const first = new Map<string, number>();
  for (const { formula, at, operands } of steps)
    for (const operand of operands) {
      if (operand.kind !== 'cell') continue;
      const key = `${operand.cell} → ${formula.id}`;
      if (!first.has(key)) first.set(key, program.stepsOf(formula, at).first);
    }
  const reads = new Reads(program);
  const where = (key: string) => `${key} of ${name}\n${text}`;
  const readBy = new Map<string, Set<string>>();
  for (const [key, operands] of seen)
    for (const operand of operands) readBy.set(operand, (readBy.get(operand) ?? new Set()).add(key));
  const stride = Math.max(1, Math.ceil(reads.layout.size / mostCells));
  for (let address = 0; address < reads.layout.size; address += stride) {
    const cell = reads.cellAt(address);
    const key = keyOf(cell);
    expect(sorted(reads.operands(cell).map(keyOf)), where(key)).toEqual(sorted(seen.get(key) ?? []));
    const groups = reads.readers(cell);
    const readers = groups.flatMap(({ formula, count, at }) =>
      Array.from({ length: count }, (_, n) => ({
        name: formula.target,
        version: formula.version,
        cell: at(n),
      })),
    );
    expect(sorted(readers.map(keyOf)), where(`readers of ${key}`)).toEqual(sorted(readBy.get(key) ?? []));
    for (const { formula, first: cellFirst } of groups)
      expect(program.stepsOf(formula, cellFirst).first, where(`first reader of ${key}`)).toBe(
        first.get(`${key} → ${formula.id}`),
      );
    const marks = reads.closure(cell);
    const closure: string[] = [];
    marks.forEach((mark, at) => {
      if (mark === 1) closure.push(keyOf(reads.cellAt(at)));
    });
    expect(sorted(closure), where(`closure of ${key}`)).toEqual(sorted(closureSeen(seen, key)));
  }
}

describe('what reads what is what a slow recorder saw', () => {
  it.each([...modelCases, ...oddities, adversaries, adversarialExample])('$name', (model) => judge(model));

  it.each([...batchCases, sampledAdversaries])('$name', (model) => {
    if (!model.together) judge(model, 'by sample');
    judge(model, 'together');
  });

  it.each(zooModels)('$name', (model) => judge(model));

  it('in random networks', () => {
    for (let seed = 1; seed <= 15; seed++) judge(randomModel(seed));
  });
});
