import { cellName, type Formula } from '../../formula/model.ts';
import { codeFormula } from '../../formula/print/pseudocode.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Operand } from '../../machine/step/cell-operations.ts';
import { formatExact } from '../../number/format.ts';
import { numbersAfter, type QuantityNumbers } from './end-of-frame.ts';
import { examinations, jsonExamination } from './examinations.ts';
import type { TraceStep } from './trace.ts';

/**
 * JSON cannot express NaN and the infinities, and parsers may drop the sign of −0: they are strings. Other numbers keep every
 * bit.
 */
const json = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : formatExact(value);

/** The steps as JSON objects. */
function* objects(steps: Iterable<TraceStep>): Generator<string> {
  const lines = new Map<Formula, string>();
  for (const { step, frame, phase, formula, cell, record, first, stored } of steps) {
    let line = lines.get(formula);
    if (line === undefined) {
      line = codeFormula(formula);
      lines.set(formula, line);
    }
    const operands = record.operands.map((operand) => jsonOperand(operand, first));
    const value = json(record.value);
    const whole = { step, frame, phase, formula: line, cell, op: record.name, operands, value };
    yield JSON.stringify({ ...whole, stored: stored === undefined ? null : json(stored) });
  }
}

function jsonOperand(operand: Operand, first: number): object {
  const value = json(operand.value);
  if (operand.kind === 'literal') return { literal: value, value };
  if (operand.kind === 'step') return { step: first + operand.operation - 1, value };
  return { cell: cellName(operand.reference.name, operand.cell), value };
}

/**
 * A trace as JSON Lines: one object per step, each with its line break. Numbers keep every bit; −0 and what is not finite are
 * strings.
 */
export function* jsonLines(steps: Iterable<TraceStep>): Generator<string> {
  for (const object of objects(steps)) yield `${object}\n`;
}

/**
 * A trace as one JSON document, in parts made lazily: the model, the number of frames, and every step, as in `jsonLines`.
 * `frames` is only told; `steps` and it must agree. It ends with a line break.
 */
export function* jsonTrace(
  steps: Iterable<TraceStep>,
  machine: Machine,
  { title, frames }: { title: string; frames: number },
): Generator<string> {
  const { model, size } = machine.program;
  const quantities = [...model.quantities.values()].map(({ name, role, shape }) => ({ name, role, shape }));
  const formulas = model.formulas.map((formula) => ({ phase: formula.phase, text: codeFormula(formula) }));
  const whole = { name: title, precision: machine.precision, quantities, formulas };
  yield `{\n"model": ${JSON.stringify(whole)},\n"frames": ${frames},\n"stepsPerFrame": ${size},\n"steps": [`;
  let separator = '\n';
  for (const object of objects(steps)) {
    yield separator + object;
    separator = ',\n';
  }
  yield '\n]\n}\n';
}

/**
 * All quantities at the end of a frame (from 1, run if it has not been) as one JSON document in parts, their numbers as nested
 * lists, row-major; and how the network does with samples that were held back. −0 and what is not finite are strings. It ends with a line break.
 */
export function* jsonNumbers(
  machine: Machine,
  { title, frame }: { title: string; frame: number },
): Generator<string> {
  yield `{\n"model": ${JSON.stringify(title)},\n"precision": "${machine.precision}",\n"frame": ${frame},\n"quantities": {`;
  let separator = '\n';
  for (const quantity of numbersAfter(machine, frame)) {
    const { name, role, shape } = quantity;
    yield `${separator}${JSON.stringify(name)}: {"role": "${role}", "shape": ${JSON.stringify(shape)}, "values": `;
    yield* nested(quantity);
    yield '}';
    separator = ',\n';
  }
  yield '\n}';
  for (const one of examinations(machine, frame, 1)) yield `,\n"examination": ${jsonExamination(one)}`;
  yield '\n}\n';
}

/** A quantity's numbers as nested lists, row-major. */
function* nested({ shape, values }: QuantityNumbers): Generator<string> {
  let at = 0;
  function* write(depth: number): Generator<string> {
    if (depth >= shape.length - 1) {
      const row = Array.from(values.subarray(at, at + (shape[depth] ?? 1)), json);
      at += row.length;
      yield JSON.stringify(shape.length === 0 ? row[0] : row);
      return;
    }
    for (let n = 0; n < shape[depth]; n++) {
      yield n === 0 ? '[' : ', ';
      yield* write(depth + 1);
    }
    yield ']';
  }
  yield* write(0);
}
