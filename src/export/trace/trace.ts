import { cellName, type Formula } from '../../formula/model.ts';
import { calledOperations, operation } from '../../formula/operation.ts';
import { codeFormula } from '../../formula/print/pseudocode.ts';
import type { Phase } from '../../formula/statement.ts';
import type { Machine } from '../../machine/machine.ts';
import type { OperationRecord } from '../../machine/step/cell-operations.ts';
import { format } from '../../number/format.ts';

/** One step of a run. */
export interface TraceStep {
  /** Counted across frames, from 1. */
  readonly step: number;
  /** From 1. */
  readonly frame: number;
  readonly phase: Phase;
  readonly formula: Formula;
  /** The cell that is being computed, `W1[1,2]`. */
  readonly cell: string;
  /** The operation with its operands and value. */
  readonly record: OperationRecord;
  /** The step of the cell's first operation, counted across frames. */
  readonly first: number;
  /** The stored value (after the storing rule, or an override), where this step finishes its cell; else undefined. */
  readonly stored: number | undefined;
}

/** Whether a trace has an entry for each operation, or only for the last one of each cell. */
export type TraceGrain = 'operation' | 'cell';

/**
 * The steps of frames 1 to `frames`, in order, made lazily; frames that have not been run are run. `grain`: all steps, or only
 * those that finish a cell.
 */
export function* trace(machine: Machine, frames: number, grain: TraceGrain): Generator<TraceStep> {
  const { program } = machine;
  for (let frame = 1; frame <= frames; frame++) {
    for (let inFrame = 1; inFrame <= program.size; ) {
      const { formula, cell, operations } = program.locate(inFrame);
      const unfolded = machine.cellOperations(frame, formula, cell);
      const first = machine.stepAt(frame, inFrame);
      for (let number = grain === 'cell' ? operations : 1; number <= operations; number++) {
        const record = unfolded.operation(number);
        yield {
          step: first + number - 1,
          frame,
          phase: formula.phase,
          formula,
          cell: cellName(formula.target, cell),
          record,
          first,
          stored: number === operations ? unfolded.stored : undefined,
        };
      }
      inFrame += operations;
    }
  }
}

/**
 * A trace as lines of text for people, each with its line break (one text may have several lines): columns, under each
 * iteration's and each formula's own line. `frames`, the last one's number, sets their width. `machine` is that of the steps.
 */
export function* table(steps: Iterable<TraceStep>, machine: Machine, frames: number): Generator<string> {
  const stepWidth = String(machine.stepAt(frames, machine.program.size)).length;
  const cells = machine.program.model.formulas.map(({ target, indices }) =>
    cellName(
      target,
      indices.map(({ range }) => range.high),
    ),
  );
  const cellWidth = Math.max(...cells.map((cell) => cell.length));
  let formula: Formula | undefined;
  let frame = 0;
  for (const each of steps) {
    if (each.frame !== frame) {
      frame = each.frame;
      formula = undefined;
      yield `${frame > 1 ? '\n' : ''}iteration ${frame}\n`;
    }
    if (each.formula !== formula) {
      formula = each.formula;
      yield `\n${formula.phase}  ${codeFormula(formula)}\n`;
    }
    const { step, cell, record, stored } = each;
    const value = format(record.value);
    const rounded =
      stored !== undefined && !Object.is(stored, record.value) ? `  stored ${format(stored)}` : '';
    const done = stored === undefined ? '' : `  = ${cell.padEnd(cellWidth)}${rounded}`;
    const left = operationText(record).padEnd(operationWidth);
    yield `${`${String(step).padStart(stepWidth)}  ${left}  ${value.padEnd(valueWidth)}${done}`.trimEnd()}\n`;
  }
}

/** Column widths in characters: two numbers of full length and their sign fit; longer ones push the rest to the right. */
const operationWidth = 44;
const valueWidth = 24;

/** `0.1 * 0.35`: the operation with the values of its operands. */
function operationText({ name, operands }: OperationRecord): string {
  const [a, b = ''] = operands.map(({ value }) => format(value));
  if (name === 'copy') return a;
  if (name === 'argmax') return `argmax(${a}, ${b})`;
  if (name === 'neg' && a.startsWith('−')) return `-(${a})`;
  const right = !calledOperations.has(name) && b.startsWith('−') ? `(${b})` : b;
  return operation(name).code(a, right);
}
