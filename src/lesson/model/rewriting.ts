import type { CompileOptions } from '../../formula/compile/compile.ts';
import type { Tables } from '../../formula/compile/tables.ts';
import { unreadData } from '../../formula/compile/unread-data.ts';
import type { Diagnostic } from '../../formula/diagnostic.ts';
import {
  longestTextOfLink,
  mostComputedOfLink,
  mostFormulasOfLink,
  mostOperationsOfLink,
} from '../../formula/limits.ts';
import { asWritten, disagreements, type Expansion, expandShorthand } from '../../network/expansion.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { unsettableNotations } from './notations.ts';

/** A model's text as a reader has written it, compiled. */
export interface Rewriting {
  /** Absent where there is an error. */
  readonly program?: Program;
  /** In the order of their places in the written text. */
  readonly diagnostics: readonly Diagnostic[];
  readonly expansion: Expansion;
}

/**
 * Expands the shorthand in a model's text; text without any stays as it is. Nothing is compiled: faults of the shorthand are in
 * `diagnostics`. From the formulas, `text`, `tablesIn` finds the data files that are needed before compiling.
 */
export const expansionOf = (written: string): Expansion => expandShorthand(written);

/**
 * Compiles an expansion; `options` as for `compileModel`. Diagnostics, in no order, have their places in the written text;
 * there is no program where one of them is an error of the compiler, of the shorthand, or of the sizes that the shorthand
 * states. Claims are not verified.
 */
export function compileExpansion(
  expansion: Expansion,
  options: CompileOptions = {},
): { program?: Program; diagnostics: readonly Diagnostic[] } {
  const { text, diagnostics: told } = expansion;
  if (hasErrors(told)) return { diagnostics: told };
  const { program, diagnostics } = compileProgram(text, options);
  const others = program === undefined ? [] : disagreements(expansion, program.model);
  // Data may seem unread because the line that reads it has an error; but a loss that depends on nothing is explained by unread
  // data.
  const isRead = program !== undefined || diagnostics.every(({ rule }) => rule === 'derivative');
  // Data that shorthand has added under a name of its own, and no formula reads, is not reported: nobody has written it.
  const unread = (isRead ? unreadData(text) : []).filter(
    ({ span }) => expansion.origins[span.line - 1]?.written,
  );
  const unsettable = program === undefined ? [] : unsettableNotations(program.model);
  const own = [...unread, ...unsettable, ...diagnostics].map((one) => asWritten(expansion, one));
  const all = [...told, ...own, ...others];
  return { diagnostics: all, ...(program && !hasErrors(others) && { program }) };
}

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === 'error');

/**
 * Compiles the expansion of a text that a reader has written, with data files `tables`. Claims are not checked here: a model
 * whose backward pass is wrong runs, and where it diverges from the derivative is found by running it. A text that a link
 * carries (`isFromLink`) runs without anybody having asked for it, and so must be small: an error of rule `size` where it is
 * not.
 */
export function compileWritten(expansion: Expansion, tables: Tables, isFromLink = false): Rewriting {
  const fault = isFromLink ? lengthFault(expansion.text) : undefined;
  if (fault !== undefined) return { expansion, diagnostics: [fault] };
  const limit = isFromLink && { mostComputed: mostComputedOfLink };
  const { program, diagnostics } = compileExpansion(expansion, { tables, ...limit });
  const message = isFromLink && program !== undefined ? tooMuchForLink(program) : undefined;
  if (message !== undefined) return { expansion, diagnostics: inOrder([...diagnostics, tooLarge(message)]) };
  return { expansion, diagnostics: inOrder(diagnostics), ...(program && { program }) };
}

/**
 * An error (rule `size`, at the first character) where a text that a link carries is too long to be read at all; else
 * undefined.
 */
export const lengthFault = (text: string): Diagnostic | undefined =>
  text.length > longestTextOfLink
    ? tooLarge(`this text has more than ${longestTextOfLink} letters, too many for a link`)
    : undefined;

function tooMuchForLink({ size, model }: Program): string | undefined {
  if (model.formulas.length > mostFormulasOfLink)
    return `there are ${model.formulas.length} formulas, and a link may bring ${mostFormulasOfLink}`;
  if (size <= mostOperationsOfLink) return undefined;
  return `one iteration takes ${size} operations, and that of a link may take ${mostOperationsOfLink}`;
}

const tooLarge = (message: string): Diagnostic => ({
  severity: 'error',
  rule: 'size',
  message,
  span: { line: 1, column: 1, length: 1 },
});

const inOrder = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  [...diagnostics].sort((a, b) => a.span.line - b.span.line || a.span.column - b.span.column);
