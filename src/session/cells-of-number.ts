import type { Version } from '../formula/expression.ts';
import { cellAt, sizeOf } from '../formula/model.ts';
import { parseNumber } from '../number/parse-number.ts';
import type { Session } from './session.ts';

/** A stored number of the present frame: its cell, indices from 1, and whether it is the one before or after the update. */
export interface NumberPlace {
  readonly name: string;
  readonly version: Version;
  readonly cell: readonly number[];
}

/** Arrays with more cells are not searched: a reader asks for a number that is seen. */
const mostSearched = 100_000;

/**
 * The cells of the present frame that are shown as a number typed by a reader, `-0.0082` or `−0.0082`, those last computed first;
 * undefined where the text is no number. Only what is computed by now, and what is given, counts.
 */
export function cellsOfNumber(session: Session, text: string): readonly NumberPlace[] | undefined {
  const read = parseNumber(text);
  if ('error' in read) return undefined;
  const { moment, machine, model, figures, program } = session;
  const found: (NumberPlace & { readonly step: number })[] = [];
  let searched = 0;
  for (const { name, shape } of model.quantities.values())
    for (const version of ['new', 'old'] as const) {
      if (!machine.layout.has(name, version)) continue;
      const size = sizeOf(shape);
      searched += size;
      if (searched > mostSearched) return found;
      for (let flat = 0; flat < size; flat++) {
        const cell = cellAt(shape, flat);
        const value = moment.value(name, version, cell);
        if (value === undefined || !isShownAs(figures.text(value, name, cell), value, read.value)) continue;
        found.push({ name, version, cell, step: program.writing(name, version, cell)?.last ?? 0 });
      }
    }
  return found.sort((a, b) => b.step - a.step).map(({ name, version, cell }) => ({ name, version, cell }));
}

/** Whether a value, or the text that it is shown as, is the number that was typed. */
function isShownAs(shown: string, value: number, typed: number): boolean {
  if (value === typed) return true;
  const read = parseNumber(shown);
  return !('error' in read) && read.value === typed;
}
