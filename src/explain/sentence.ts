import { spokenName } from '../formula/notation.ts';
import type { OperationName } from '../formula/operation.ts';
import type { Moment } from '../machine/moment.ts';
import type { Operand, OperationRecord } from '../machine/step/cell-operations.ts';
import { format } from '../number/format.ts';
import { operationWords, speechWords as words } from '../words/speech/speech.ts';
import type { Figures } from './figures.ts';
import { spokenCell } from './spoken-cell.ts';

const spokenOperations: Record<OperationName, (a: string, b: string, holds: boolean) => string> =
  operationWords;

/** How a cell that an operation reads is called: with its indices, by its quantity, or not at all. */
type Naming = 'cell' | 'quantity' | 'none';

/** For both operands, the fullest first. */
const namings: readonly (readonly [Naming, Naming])[] = [
  ['cell', 'cell'],
  // Of a weight and what it weighs, the second tells which of both are meant.
  ['quantity', 'cell'],
  ['cell', 'quantity'],
  ['none', 'cell'],
  ['quantity', 'quantity'],
  ['none', 'quantity'],
  ['quantity', 'none'],
  ['none', 'none'],
];

/** Words of a sentence at most, with what stands before it where it is announced, as "Back to forward". */
export const mostWords = 20;

/** How a step is told. */
interface Telling {
  /** Without how it was computed. */
  readonly isShort?: boolean;
  /** Words of the sentence at most. */
  readonly room?: number;
}

/**
 * A moment's last step as plain text for screen readers, made from the names and numbers themselves, never from TeX: the number that it
 * gives, what that is, and how it was computed; before the first step, a sentence that says so. Of a step that does not finish its cell,
 * the number is a part of it; otherwise it is the stored number. Names of what is read become shorter where they leave no
 * room, and how it was computed is left out where there is none even so. `figures` decides how many digits are read.
 */
export function sentence(
  moment: Moment,
  figures: Figures,
  { isShort = false, room = mostWords }: Telling = {},
): string {
  const { location, operation: record, cellOperations: operations } = moment;
  if (location === undefined || record === undefined || operations === undefined) return words.before;
  const { formula, cell } = location;
  const { target } = formula;
  const { stored } = operations;
  const isPoked = moment.finishesCell && moment.overridden !== undefined;
  const whole = wholeOf(moment, figures);
  const what = moment.finishesCell ? whole : words.part(location.operation, whole);
  const given = isPoked
    ? format(stored)
    : moment.finishesCell
      ? figures.text(stored, target, cell)
      : figures.text(record.value);
  const short = words.value(given, what);
  if (isShort) return short;
  const isRounded = moment.finishesCell && !isPoked && losesDigits(operations, figures);
  for (const naming of namings) {
    const work = isPoked ? words.poked : phrase(record, figures, naming);
    const long = words.step(given, what, isRounded ? words.rounded(work) : work);
    if (long.split(/\s+/).length <= room) return long;
  }
  return short;
}

/** Whether storing a number takes digits that are seen: one with none to lose is stored as it is, whatever the machine's last bit. */
export const losesDigits = (
  { stored, value }: { readonly stored: number; readonly value: number },
  figures: Figures,
): boolean => figures.text(stored) !== figures.text(value);

/** What the cell at work is called; a parameter that is updated is the new one. Empty before the first step. */
export function wholeOf({ location }: Moment, { model }: Figures): string {
  if (location === undefined) return '';
  const name = spokenCell(model, location.formula.target, location.cell);
  return location.formula.version === 'new' ? words.renewed(name) : name;
}

function phrase(record: OperationRecord, figures: Figures, naming: readonly [Naming, Naming]): string {
  if (record.name === 'copy') {
    const name = nameOf(record.operands[0], figures, naming[0]);
    return name === undefined ? words.copied : words.copiedOf(name);
  }
  const [a, b = ''] = record.operands.map((operand, n) => spoken(operand, figures, naming[n]));
  const found =
    record.name === 'argmax' ? words.position(a, b) : spokenOperations[record.name](a, b, record.value !== 0);
  // After a name with a number in it the value stands between commas.
  const work = found.replace(/,$/, '');
  return isTie(record) ? words.tie(work) : work;
}

const tied = new Set(['max', 'min', 'argmax']);

/** At a tie, a maximum has a kink: the sentence adds that the first term counts. */
const isTie = ({ name, operands: [a, b] }: OperationRecord): boolean =>
  tied.has(name) && a.value === b?.value;

/** What an operand is called; undefined for a number of the formula and the result of an operation. */
function nameOf(operand: Operand, { model }: Figures, naming: Naming): string | undefined {
  if (operand.kind !== 'cell' || naming === 'none') return undefined;
  const { reference, cell } = operand;
  const name =
    naming === 'cell' ? spokenCell(model, reference.name, cell) : spokenName(model, reference.name);
  return reference.version === 'new' ? words.renewed(name) : name;
}

function spoken(operand: Operand, figures: Figures, naming: Naming): string {
  if (operand.kind !== 'cell') return figures.text(operand.value);
  const value = figures.textOfOperand(operand.value, operand.reference.name, operand.cell);
  const name = nameOf(operand, figures, naming);
  return name === undefined ? value : (/\d$/.test(name) ? words.numbered : words.operand)(name, value);
}
