import { cellName } from '../formula/model.ts';
import { spokenCell, spokenName } from '../formula/notation.ts';
import { operation } from '../formula/operation.ts';
import type { Moment } from '../machine/machine.ts';
import type { Operand, OperationRecord } from '../machine/unfolding.ts';
import type { Figures } from './figures.ts';

/** The step as one spoken sentence, from the names and numbers themselves, never from TeX. */
export function sentence(moment: Moment, figures: Figures): string {
  const { location, operation: record, unfolded } = moment;
  if (location === undefined || record === undefined || unfolded === undefined)
    return 'Before the first step.';
  const { model } = figures;
  const { formula, cell } = location;
  const target = spokenCell(model, formula.target, cell);
  const inside = record.calls.map(({ name }) => `inside ${spokenName(model, name)}, `).join('');
  const parts = [`${capital(formula.phase)}, ${target}: ${inside}${phrase(record, figures)}.`];
  if (moment.finishesCell) {
    const { stored, value } = unfolded;
    const rule = figures.storingRule(formula.target, cell);
    if (rule !== undefined && stored !== value)
      parts.push(`Stored with ${rule} as ${figures.text(stored, formula.target, cell)}.`);
    else if (record.name !== 'copy') parts.push(`That is ${target}.`);
    if (!Number.isFinite(stored)) parts.push(`${cellName(formula.target, cell)} is not a finite number.`);
  }
  return parts.join(' ');
}

function phrase(record: OperationRecord, figures: Figures): string {
  const [a, b] = record.operands.map((operand) => spoken(operand, figures));
  const value = figures.text(record.value);
  switch (record.name) {
    case 'copy':
      return `${a}, as it is`;
    case 'argmax':
      return `the greater of ${a} and ${b} is at position ${value}${tie(record)}`;
    default:
      return `${operation(record.name).speech(a, b ?? '')} is ${value}${tie(record)}`;
  }
}

const tied = new Set(['max', 'min', 'argmax', 'lt', 'le', 'gt', 'ge']);

/** A tie is where a maximum has a kink: the reader is told that the first one counts. */
const tie = ({ name, operands: [a, b] }: OperationRecord): string =>
  tied.has(name) && a.value === b?.value ? ', a tie' : '';

function spoken(operand: Operand, figures: Figures): string {
  return operand.kind === 'cell'
    ? figures.text(operand.value, operand.reference.name, operand.cell)
    : figures.text(operand.value);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
