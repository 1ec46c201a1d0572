import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { csvNumbers, csvTrace } from '../trace/csv.ts';
import { jsonNumbers, jsonTrace } from '../trace/json.ts';
import { trace } from '../trace/trace.ts';
import { exportMachine, findPython } from './python.testing.ts';

const text = `given größe_1 = [[1, 2], [3, -4]]
param __proto__ = 0.5
param constructor = -0.25
zero = 0
forward
  _x = sum(i, j: größe_1[i,j] * __proto__) / zero
  n_a_n = log(constructor)
  toString = -zero - _x`;
const machine = exportMachine(text, 'full');

const python = findPython('csv');

/** What Python's own reader makes of a text. */
function read(program: string, input: Iterable<string>): unknown {
  const { stdout, stderr, status } = spawnSync(python as string, ['-c', program], {
    ...{ input: [...input].join(''), encoding: 'utf8', env: { ...process.env, PYTHONIOENCODING: 'utf-8' } },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const csv = 'import csv, json, sys; print(json.dumps(list(csv.DictReader(sys.stdin))))';
// Python would take NaN and Infinity without quotes, which are no JSON.
const json = `import json, sys
def refuse(word): raise ValueError(word)
print(json.dumps(json.load(sys.stdin, parse_constant=refuse)))`;

it.skipIf(python === undefined)(
  'every field is read back by others as it was, and none is a formula to a spreadsheet',
  () => {
    const steps = read(csv, csvTrace(trace(machine, 1, 'operation'))) as Record<string, string>[];
    expect(steps).toHaveLength(machine.program.size);
    expect(steps[0]).toMatchObject({
      formula: '_x = sum(i, j: größe_1[i,j] * __proto__)/zero',
      left_from: 'größe_1[1,1]',
      right_from: '__proto__',
    });
    const numbers = read(csv, csvNumbers(machine, 1)) as Record<string, string>[];
    expect(numbers.map(({ quantity, cell, value }) => `${quantity} ${cell} ${value}`)).toEqual([
      'größe_1 größe_1[1,1] 1',
      'größe_1 größe_1[1,2] 2',
      'größe_1 größe_1[2,1] 3',
      'größe_1 größe_1[2,2] -4',
      '__proto__ __proto__ 0.5',
      'constructor constructor -0.25',
      'zero zero 0',
      '_x _x Infinity',
      'n_a_n n_a_n NaN',
      'toString toString -Infinity',
    ]);
    const fields = [...steps, ...numbers].flatMap((record) => Object.values(record));
    expect(fields.filter((field) => /^[=+@\t\r]|^-(?!\d|Infinity)/.test(field))).toEqual([]);
  },
);

it.skipIf(python === undefined)('what is no number in JSON is a string, and every name is a key', () => {
  const numbers = read(json, jsonNumbers(machine, { title: 'a "b"\n\\', frame: 1 })) as {
    model: string;
    quantities: Record<string, { values: unknown }>;
  };
  expect(numbers.model).toBe('a "b"\n\\');
  expect(Object.entries(numbers.quantities).map(([name, { values }]) => [name, values])).toEqual([
    [
      'größe_1',
      [
        [1, 2],
        [3, -4],
      ],
    ],
    ['__proto__', 0.5],
    ['constructor', -0.25],
    ['zero', 0],
    ['_x', 'Infinity'],
    ['n_a_n', 'NaN'],
    ['toString', '-Infinity'],
  ]);
  const steps = read(json, jsonTrace(trace(machine, 1, 'operation'), machine, { title: 'q', frames: 1 }));
  expect((steps as { steps: object[] }).steps).toHaveLength(machine.program.size);
});
