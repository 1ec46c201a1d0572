import { describe, expect, it } from 'vitest';
import { lecture } from '../../machine/testing/models.testing.ts';
import { exportFileName } from '../catalogue.ts';
import { exportMachine } from '../python/python.testing.ts';
import { csvNumbers, csvTrace } from './csv.ts';
import { jsonLines, jsonNumbers, jsonTrace } from './json.ts';
import { table, trace } from './trace.ts';

const machine = exportMachine(lecture, 'lesson');
const odd = exportMachine(
  'given z = 0\nforward\n  a = -z\n  b = 1/a\n  c = b - b\n  d = -b\n  e = 1e300 * 1e-300',
  'full',
);

/** A reader of RFC 4180 that knows nothing of how it was written. */
function records(text: string): string[][] {
  const found: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
  while (field.lastIndex < text.length) {
    const [, quoted, plain, end] = field.exec(text) as RegExpExecArray;
    found[found.length - 1].push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') found.push([]);
  }
  return found.slice(0, -1);
}

describe('steps', () => {
  const lines = [...jsonLines(trace(machine, 2, 'operation'))].map((line) => JSON.parse(line));

  it('are one JSON document', () => {
    const text = [
      ...jsonTrace(trace(machine, 2, 'operation'), machine, { title: 'lecture', frames: 2 }),
    ].join('');
    const { model, frames, stepsPerFrame, steps } = JSON.parse(text);
    expect([model.name, model.precision, frames, stepsPerFrame]).toEqual([
      'lecture',
      'lesson',
      2,
      lines.length / 2,
    ]);
    expect(model.quantities[2]).toEqual({ name: 'W1', role: 'param', shape: [2, 2] });
    expect(model.formulas[0]).toEqual({ phase: 'forward', text: 'net1[j] = sum(i: W1[j,i] * x[i])' });
    expect(steps).toEqual(lines);
  });

  it('are a CSV table with the same in every line', () => {
    const [head, ...rows] = records([...csvTrace(trace(machine, 2, 'operation'))].join(''));
    expect(head).toEqual(
      'step,frame,phase,formula,cell,operation,left,left_from,right,right_from,value,stored'.split(','),
    );
    const from = (operand: { cell?: string; step?: number } | undefined) =>
      operand?.cell ?? (operand?.step === undefined ? '' : `step ${operand.step}`);
    const expected = lines.map(({ step, frame, phase, formula, cell, op, operands: [a, b], value, stored }) =>
      [
        step,
        frame,
        phase,
        formula,
        cell,
        op,
        a.value,
        from(a),
        b?.value ?? '',
        from(b),
        value,
        stored ?? '',
      ].map(String),
    );
    expect(rows).toEqual(expected);
  });

  it('keep what JSON and CSV have no numbers for', () => {
    const [, ...rows] = records([...csvTrace(trace(odd, 1, 'operation'))].join(''));
    expect(rows.map((row) => row[11])).toEqual(['-0', '-Infinity', 'NaN', 'Infinity', '1']);
  });

  it('are there at once, however many', () => {
    const many = Number.MAX_SAFE_INTEGER;
    const [first] = csvTrace(trace(machine, many, 'operation'));
    expect(first).toMatch(/^step,/);
    const document = jsonTrace(trace(machine, many, 'operation'), machine, {
      title: 'lecture',
      frames: many,
    });
    document.next();
    expect(document.next().value).toContain('"step":1,');
  });
});

describe('numbers of a frame', () => {
  it('are nested lists in JSON', () => {
    const { frame, quantities } = JSON.parse(
      [...jsonNumbers(machine, { title: 'lecture', frame: 1 })].join(''),
    );
    expect(frame).toBe(1);
    expect(quantities.W1).toEqual({
      role: 'param',
      shape: [2, 2],
      values: [
        [0.0991, 0.7976],
        [0.3971, 0.5926],
      ],
    });
    expect(quantities.L).toEqual({ role: 'computed', shape: [], values: ((0.5 - 0.69) * (0.5 - 0.69)) / 2 });
    const { c, d } = JSON.parse([...jsonNumbers(odd, { title: 'odd', frame: 1 })].join('')).quantities;
    expect([c.values, d.values]).toEqual(['NaN', 'Infinity']);
  });

  it('are one a line in CSV', () => {
    const [head, ...rows] = records([...csvNumbers(machine, 2)].join(''));
    expect(head).toEqual(['frame', 'quantity', 'cell', 'value']);
    expect(rows).toContainEqual(['2', 'W1', 'W1[1,2]', '0.7955']);
    expect(rows).toContainEqual(['2', 'δ2', 'δ2[1]', '-0.0392']);
    expect(rows).toContainEqual(['2', 'eta', 'eta', '1']);
  });
});

it.each([
  ['lecture', 'lecture-numpy.py'],
  ['Übung 3: δ2', 'ubung-3-delta2-numpy.py'],
  ['多层', 'model-numpy.py'],
])('calls the file of %s %s', (title, name) => {
  expect(exportFileName('numpy', title)).toBe(name);
});

describe('the steps of a cell of ten million terms', () => {
  const large = exportMachine(
    'given x[i=1..3163] = normal(5)\nindex i = 1..3163\nindex j = 1..3163\nforward\n  y = sum(i, j: x[i] * x[j])',
    'full',
  );

  it('come one after the other, each with the work of its own term', () => {
    const before = large.work;
    let lines = 0;
    for (const line of jsonLines(trace(large, 1, 'operation'))) {
      lines += 1;
      expect(JSON.parse(line).step).toBe(lines);
      if (lines === 20_000) break;
    }
    expect(large.work - before).toBeLessThan(20_000);
    for (const line of table(trace(large, 1, 'operation'), large, 1)) if (line.includes('20000 ')) break;
  });

  it('are its last where the grain is the cell', () => {
    const [only, ...others] = trace(large, 1, 'cell');
    expect(others).toEqual([]);
    expect(only.step).toBe(large.program.size);
    expect(only.stored).toBe(large.value(1, 'y', 'old', []));
  });

  it('are not kept', () => {
    const heap = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    const before = heap();
    let steps = 0;
    for (const { step } of trace(large, 1, 'operation')) {
      steps = step;
      if (step === 300_000) break;
    }
    expect(steps).toBe(300_000);
    // As a whole, what was done so far would take over a hundred bytes for each step, and the cell 500 MB.
    expect(heap() - before).toBeLessThan(150e6);
  });
});
