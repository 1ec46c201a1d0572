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

/** A model's text as a reader has written it, read. */
export interface Rewriting {
  /** Absent where there is an error. */
  readonly program?: Program;
  /** What is wrong with it, by its places in what was written, in their order. */
  readonly diagnostics: readonly Diagnostic[];
  readonly expansion: Expansion;
}

/** Shorthand expanded; from its formulas, the data files that must be there before it can be compiled can be told. */
export const expansionOf = (written: string): Expansion => expandShorthand(written);

/**
 * Compiles what shorthand stands for, where it can be read; what is wrong is told by its places in what was written. A model
 * in other sizes than its shorthand states is wrong, too.
 */
export function compileExpansion(
  expansion: Expansion,
  options: CompileOptions = {},
): { program?: Program; diagnostics: readonly Diagnostic[] } {
  const { text, diagnostics: told } = expansion;
  if (hasErrors(told)) return { diagnostics: told };
  const { program, diagnostics } = compileProgram(text, options);
  const others = program === undefined ? [] : disagreements(expansion, program.model);
  // A line with an error may be one that reads what then seems unread; but a loss that depends on nothing has its reason there.
  const isRead = program !== undefined || diagnostics.every(({ rule }) => rule === 'derivative');
  // Of what shorthand draws and the author's own formulas leave unread, nobody has written the name.
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
 * Compiles what a reader has written, shorthand or formulas. Claims are not judged here: a model whose backward pass is wrong
 * runs, and where it parts from the derivative is found by running it. What a link has brought runs without anybody having asked
 * for it, and so must be small.
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

/** What is wrong with the length of a text that a link has brought; to be asked before it is read. */
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
