import type { Model } from '../formula/model.ts';
import { spokenName } from '../formula/notation.ts';
import type { OperationName } from '../formula/operation.ts';
import type { Moment } from '../machine/moment.ts';
import type { Operand, OperationRecord } from '../machine/step/cell-operations.ts';
import { format } from '../number/format.ts';
import { operationWords, speechWords as words } from '../words/speech/speech.ts';
import { Adjoints, type UnversionedCell } from './adjoints.ts';
import type { Figures } from './figures.ts';
import { spokenCell } from './spoken-cell.ts';

const spokenOperations: Record<OperationName, (a: string, b: string, holds: boolean) => string> =
  operationWords;

/** How a cell that an operation reads is called: with its indices, with as few words for them as can be, by its quantity, or not at all. */
type Naming = 'cell' | 'short' | 'quantity' | 'none';

/** For both operands, the fullest first. */
const namings: readonly (readonly [Naming, Naming])[] = [
  ['cell', 'cell'],
  ['short', 'cell'],
  ['cell', 'short'],
  ['short', 'short'],
  // Of a weight and what it weighs, the second tells which of both are meant.
  ['quantity', 'cell'],
  ['quantity', 'short'],
  ['short', 'quantity'],
  ['none', 'cell'],
  ['none', 'short'],
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
  const name = moment.finishesCell ? whole : words.part(location.operation, whole);
  const given = isPoked
    ? format(stored)
    : moment.finishesCell
      ? figures.text(stored, target, cell)
      : figures.text(record.value);
  const short = words.value(given, name);
  if (isShort) return short;
  const isRounded = moment.finishesCell && !isPoked && losesDigits(operations, figures);
  // After the first part of a cell its name has been heard, and may be shortened to leave room for what is read.
  const mayShorten = !moment.finishesCell && location.operation > 1;
  let shorter: string | undefined;
  for (const naming of namings) {
    const work = isPoked ? words.poked : phrase(record, { name: target, cell }, figures, naming);
    const told = (what: string) => words.step(given, what, isRounded ? words.rounded(work) : work);
    const long = told(name);
    if (fits(long, room)) return long;
    if (!mayShorten) continue;
    shorter ??= words.laterPart(location.operation, wholeOf(moment, figures, true));
    const less = told(shorter);
    if (fits(less, room)) return less;
  }
  return short;
}

const fits = (text: string, room: number): boolean => text.split(/\s+/).length <= room;

/** Whether storing a number takes digits that are seen: one with none to lose is stored as it is, whatever the machine's last bit. */
export const losesDigits = (
  { stored, value }: { readonly stored: number; readonly value: number },
  figures: Figures,
): boolean => figures.text(stored) !== figures.text(value);

/** What the cell at work is called, if need be in short; a parameter that is updated is the new one. Empty before the first step. */
export function wholeOf({ location }: Moment, { model }: Figures, isShort = false): string {
  if (location === undefined) return '';
  const name = spokenCell(model, location.formula.target, location.cell, isShort);
  return location.formula.version === 'new' ? words.renewed(name) : name;
}

function phrase(
  record: OperationRecord,
  target: UnversionedCell,
  figures: Figures,
  naming: readonly [Naming, Naming],
): string {
  const [first, second] = record.operands;
  const read = record.operands.flatMap((one) => (one.kind === 'cell' ? [cellOf(one)] : []));
  const [a, b = ''] = record.operands.map((operand, n) =>
    spoken(operand, [target, ...read], figures, naming[n]),
  );
  if (record.name === 'copy') {
    const name = nameOf(first, [target], figures, naming[0]);
    return first.kind === 'literal'
      ? words.constant
      : name === undefined
        ? words.copied
        : words.copiedOf(name);
  }
  const found =
    record.name === 'argmax'
      ? words.position(a, b)
      : record.name === 'mul' && isSame(first, second)
        ? words.squared(a)
        : spokenOperations[record.name](a, b, record.value !== 0);
  // After a name with a number in it the value stands between commas.
  const work = found.replace(/,$/, '');
  return isTie(record) ? words.tie(work) : work;
}

const tied = new Set(['max', 'min', 'argmax']);

/** At a tie, a maximum has a kink: the sentence adds that the first term counts. */
const isTie = ({ name, operands: [a, b] }: OperationRecord): boolean =>
  tied.has(name) && a.value === b?.value;

/** Whether both operands are the same cell, or the same result. */
function isSame(a: Operand, b: Operand | undefined): boolean {
  if (a.kind === 'step') return b?.kind === 'step' && a.operation === b.operation;
  if (a.kind !== 'cell' || b?.kind !== 'cell') return false;
  return a.reference.name === b.reference.name && a.reference.version === b.reference.version && isAt(a, b);
}

const cellOf = ({ reference, cell }: Operand & { kind: 'cell' }): UnversionedCell => ({
  name: reference.name,
  cell,
});

const isAt = (a: { readonly cell: readonly number[] }, b: { readonly cell: readonly number[] }): boolean =>
  a.cell.join() === b.cell.join();

const adjoints = new WeakMap<Model, Adjoints>();

function adjointsOf(model: Model): Adjoints {
  let found = adjoints.get(model);
  if (found === undefined) {
    found = new Adjoints(model);
    adjoints.set(model, found);
  }
  return found;
}

/** "its gradient", of a cell that holds the derivative by one of the `others` in the sentence; undefined of any other. */
function ownDerivative(
  operand: Operand & { kind: 'cell' },
  others: readonly UnversionedCell[],
  model: Model,
): string | undefined {
  const known = adjointsOf(model);
  const { name } = operand.reference;
  const by = known.isNegative(name) ? undefined : known.primal({ name, cell: operand.cell });
  if (by === undefined || !others.some((other) => other.name === by.name && isAt(other, by)))
    return undefined;
  return model.quantities.get(by.name)?.role === 'param' ? words.itsGradient : words.itsDerivative;
}

/** What an operand is called; undefined for a number of the formula and the result of an operation. */
function nameOf(
  operand: Operand,
  others: readonly UnversionedCell[],
  { model }: Figures,
  naming: Naming,
): string | undefined {
  if (operand.kind !== 'cell' || naming === 'none') return undefined;
  const { reference, cell } = operand;
  const own = naming === 'cell' ? undefined : ownDerivative(operand, others, model);
  if (own !== undefined) return own;
  const name =
    naming === 'quantity'
      ? spokenName(model, reference.name)
      : spokenCell(model, reference.name, cell, naming === 'short');
  return reference.version === 'new' ? words.renewed(name) : name;
}

function spoken(
  operand: Operand,
  others: readonly UnversionedCell[],
  figures: Figures,
  naming: Naming,
): string {
  if (operand.kind === 'literal' && operand.outside !== undefined)
    return words.outside(figures.text(operand.value), spokenName(figures.model, operand.outside));
  const value =
    operand.kind === 'cell'
      ? figures.textOfOperand(operand.value, operand.reference.name, operand.cell)
      : figures.text(operand.value);
  const name = nameOf(operand, others, figures, naming);
  return name === undefined ? value : (/\d$/.test(name) ? words.numbered : words.operand)(name, value);
}
