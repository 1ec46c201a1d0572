import { cellName } from '../formula/model.ts';
import { spokenName } from '../formula/notation.ts';
import type { Moment } from '../machine/moment.ts';
import { fullSpeechWords as words } from '../words/speech/full-speech.ts';
import type { Figures } from './figures.ts';
import { losesDigits, sentence, wholeOf } from './sentence.ts';

/**
 * `sentence` with all that there is to say: the pass and the functions that the operation lies in, the storing rule and the number before
 * it, and the step's place in the frame.
 */
export function fullSentence(moment: Moment, figures: Figures): string {
  const { location, operation: record, cellOperations: operations } = moment;
  const said = sentence(moment, figures);
  if (location === undefined || record === undefined || operations === undefined) return said;
  const { model } = figures;
  const { formula, cell } = location;
  const inside = record.calls.map(({ name }) => words.inside(spokenName(model, name))).join('');
  const parts = [said, words.within(words[formula.phase], inside)];
  if (moment.finishesCell) {
    const { stored, value } = operations;
    const rule = figures.storingRule(formula.target, cell);
    if (moment.overridden !== undefined) parts.push(words.poked(figures.text(value)));
    else {
      if (rule !== undefined && losesDigits(operations, figures))
        parts.push(words.stored(figures.text(value), rule));
      parts.push(words.finished(wholeOf(moment, figures)));
    }
    if (!Number.isFinite(stored)) parts.push(words.notFinite(cellName(formula.target, cell)));
  }
  return [...parts, words.place(moment.inFrame, moment.machine.program.size)].join(' ');
}
