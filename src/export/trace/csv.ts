import { cellAt, cellName, type Formula } from '../../formula/model.ts';
import { codeFormula } from '../../formula/print/pseudocode.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Operand } from '../../machine/step/cell-operations.ts';
import { formatExact } from '../../number/format.ts';
import { numbersAfter } from './end-of-frame.ts';
import type { TraceStep } from './trace.ts';

/** One record as in RFC 4180: a field with a comma, a quote or a line break is quoted, the line ends with CR LF. */
const record = (fields: readonly (string | number)[]): string =>
  `${fields.map((field) => quoted(typeof field === 'number' ? formatExact(field) : field)).join(',')}\r\n`;

const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

/**
 * A trace as CSV (RFC 4180), one step per line, after a line of headings; lines end with CR LF. Each operand has its value and
 * its source: a cell, an earlier step, or empty for a literal; `stored` is empty where a step finishes no cell. Numbers keep
 * every bit.
 */
export function* csvTrace(steps: Iterable<TraceStep>): Generator<string> {
  yield record([
    ...['step', 'frame', 'phase', 'formula', 'cell', 'operation'],
    ...['left', 'left_from', 'right', 'right_from', 'value', 'stored'],
  ]);
  const lines = new Map<Formula, string>();
  for (const { step, frame, phase, formula, cell, record: done, first, stored } of steps) {
    const line = lines.get(formula) ?? codeFormula(formula);
    lines.set(formula, line);
    const [left, right] = done.operands;
    yield record([
      ...[step, frame, phase, line, cell, done.name],
      ...operandFields(left, first),
      ...(right === undefined ? ['', ''] : operandFields(right, first)),
      ...[done.value, stored ?? ''],
    ]);
  }
}

function operandFields(operand: Operand, first: number): [number, string] {
  if (operand.kind === 'step') return [operand.value, `step ${first + operand.operation - 1}`];
  return [operand.value, operand.kind === 'cell' ? cellName(operand.reference.name, operand.cell) : ''];
}

/**
 * All quantities at the end of a frame (from 1, run if it has not been) as CSV, one number per line, after a line of headings;
 * lines end with CR LF. Numbers keep every bit.
 */
export function* csvNumbers(machine: Machine, frame: number): Generator<string> {
  yield record(['frame', 'quantity', 'cell', 'value']);
  for (const { name, shape, values } of numbersAfter(machine, frame)) {
    for (let flat = 0; flat < values.length; flat++)
      yield record([frame, name, cellName(name, cellAt(shape, flat)), values[flat]]);
  }
}
