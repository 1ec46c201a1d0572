import type { Diagnostic } from '../formula/diagnostic.ts';
import { mostComputedOfLink, mostOperationsOfLink } from '../formula/limits.ts';
import type { Tables } from '../formula/tables.ts';
import { asWritten, type Expansion, expandShorthand } from '../network/expansion.ts';
import { compileProgram, type Program } from '../program/program.ts';

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
 * Compiles what a reader has written, shorthand or formulas. Claims are not judged here: a model whose backward pass is wrong
 * runs, and where it parts from the derivative is found by running it. What a link has brought runs without anybody having asked
 * for it, and so must be small.
 */
export function readWritten(expansion: Expansion, tables: Tables, isBrought = false): Rewriting {
  if (expansion.diagnostics.length > 0) return { expansion, diagnostics: inOrder(expansion.diagnostics) };
  const { program, diagnostics } = compileProgram(expansion.text, {
    tables,
    ...(isBrought && { mostComputed: mostComputedOfLink }),
  });
  const told = diagnostics.map((one) => asWritten(expansion, one));
  if (isBrought && program !== undefined && program.size > mostOperationsOfLink) {
    const message = `one iteration takes ${program.size} operations, and that of a link may take ${mostOperationsOfLink}`;
    told.push({ severity: 'error', rule: 'size', message, span: { line: 1, column: 1, length: 1 } });
    return { expansion, diagnostics: inOrder(told) };
  }
  return { expansion, diagnostics: inOrder(told), ...(program && { program }) };
}

const inOrder = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  [...diagnostics].sort((a, b) => a.span.line - b.span.line || a.span.column - b.span.column);
