import { cellName } from '../formula/model.ts';
import { spokenCell, spokenName } from '../formula/notation.ts';
import type { OperationName } from '../formula/operation.ts';
import type { Moment } from '../machine/moment.ts';
import type { Operand, OperationRecord } from '../machine/step/cell-operations.ts';
import { format } from '../number/format.ts';
import { operationWords, speechWords } from '../words/speech/speech.ts';
import type { Figures } from './figures.ts';

const spokenOperations: Record<OperationName, (a: string, b: string) => string> = operationWords;

/**
 * A moment's last step as plain text for screen readers, made from the names and numbers themselves, never from TeX; before the
 * first step, a sentence that says so. `figures` decides how many digits are read.
 */
export function sentence(moment: Moment, figures: Figures): string {
  const { location, operation: record, cellOperations: operations } = moment;
  if (location === undefined || record === undefined || operations === undefined) return speechWords.before;
  const { model } = figures;
  const { formula, cell } = location;
  const target = spokenCell(model, formula.target, cell);
  const inside = record.calls.map(({ name }) => speechWords.inside(spokenName(model, name))).join('');
  const parts = [speechWords.step(speechWords[formula.phase], target, inside, phrase(record, figures))];
  if (moment.finishesCell) {
    const { stored, value } = operations;
    const rule = figures.storingRule(formula.target, cell);
    if (moment.overridden !== undefined) parts.push(speechWords.poked(format(stored)));
    else if (rule !== undefined && stored !== value)
      parts.push(speechWords.stored(rule, figures.text(stored, formula.target, cell)));
    else if (record.name !== 'copy') parts.push(speechWords.finished(target));
    if (!Number.isFinite(stored)) parts.push(speechWords.notFinite(cellName(formula.target, cell)));
  }
  return parts.join(' ');
}

function phrase(record: OperationRecord, figures: Figures): string {
  const [a, b] = record.operands.map((operand) => spoken(operand, figures));
  const value = figures.text(record.value);
  switch (record.name) {
    case 'copy':
      return speechWords.copied(a);
    case 'argmax':
      return speechWords.position(a, b, value) + tie(record);
    default:
      return speechWords.gives(spokenOperations[record.name](a, b ?? ''), value) + tie(record);
  }
}

const tied = new Set(['max', 'min', 'argmax', 'lt', 'le', 'gt', 'ge']);

/** At a tie, a maximum has a kink: the sentence adds that the first term counts. */
const tie = ({ name, operands: [a, b] }: OperationRecord): string =>
  tied.has(name) && a.value === b?.value ? speechWords.tie : '';

function spoken(operand: Operand, figures: Figures): string {
  return operand.kind === 'cell'
    ? figures.text(operand.value, operand.reference.name, operand.cell)
    : figures.text(operand.value);
}
