import { closest, type Diagnostic, Diagnostics, type Span } from '../diagnostic.ts';
import { references } from '../expression.ts';
import { readModel } from '../parse/reader.ts';
import type { DataStatement, FormulaStatement, Statement } from '../statement.ts';

/** Statements that declare numbers for others to read. */
const declaring = new Set<Statement['kind']>(['data', 'random', 'mode', 'table']);

interface Declaration {
  readonly name: string;
  readonly what: string;
  readonly span: Span;
}

/**
 * Warnings (`unread`) about declared numbers that nothing reads: most often a name is spelled in two ways. Formulas, `like`
 * and table columns count as readers; rounding, notations and claims do not, nor does a parameter's own update. A state or
 * rate that is renewed is never reported: a running mean may be there to be looked at. Lines with errors are ignored.
 */
export function unreadData(text: string): readonly Diagnostic[] {
  const statements = readModel(text, new Diagnostics());
  const read = readNames(statements);
  const found = new Diagnostics();
  for (const { name, what, span } of declarations(statements)) {
    if (read.has(name)) continue;
    const near = closest(name, read);
    const hint = near ? `do you mean ${near}?` : 'read it in a formula, or leave the line out';
    found.warning(span, 'unread', `nothing reads the ${what} ${name}; ${hint}`);
  }
  return found.all;
}

function* declarations(statements: readonly Statement[]): Generator<Declaration> {
  for (const one of statements) {
    if (!declaring.has(one.kind)) continue;
    const { name, span } = one as { name: string; span: Span };
    yield { name, what: whatIs(one), span };
  }
}

function whatIs(one: Statement): string {
  if (one.kind !== 'data')
    return { random: 'random numbers', mode: 'mode', table: 'table' }[one.kind as string] ?? '';
  return { given: 'data', sample: 'samples', param: 'parameter', state: 'state', rate: 'rate' }[one.role];
}

function readNames(statements: readonly Statement[]): Set<string> {
  const read = new Set<string>();
  const states = new Set<string>();
  for (const one of statements) {
    if (one.kind !== 'data') continue;
    if (one.role === 'state' || one.role === 'rate') states.add(one.name);
    for (const name of readByData(one)) read.add(name);
  }
  for (const one of statements) {
    if (one.kind === 'examine') {
      for (const { name } of [one.answer, one.target]) read.add(name);
      if ('table' in one.held) read.add(one.held.table.name);
    }
    if (one.kind === 'formula') for (const name of readByFormula(one, states)) read.add(name);
  }
  return read;
}

function* readByData({ like, initial }: DataStatement): Generator<string> {
  if (like !== undefined) yield like.name;
  for (const { table } of initial?.columns ?? []) yield table;
}

function* readByFormula(
  { target, assignment, expression }: FormulaStatement,
  states: ReadonlySet<string>,
): Generator<string> {
  const renewed = assignment === '<-' ? target : undefined;
  if (renewed !== undefined && states.has(renewed)) yield renewed;
  if (expression === undefined) return;
  for (const { name } of references(expression)) if (name !== renewed) yield name;
}
