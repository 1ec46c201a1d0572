import { closest, type Span } from '../diagnostic.ts';
import type { Expression, Reference } from '../expression.ts';
import type { Quantity } from '../model.ts';
import { calledOperations } from '../operation.ts';
import { reducers } from '../parse/operator-signs.ts';
import type { FormulaStatement, FunctionStatement, Statement } from '../statement.ts';
import { mapChildren } from '../substitution.ts';
import { checkCalls } from './calls.ts';
import { readDerivative } from './claim-rules.ts';
import { declareData } from './data-quantities.ts';
import type { Draft } from './draft.ts';
import { asDrawn, asMode } from './samples.ts';

/**
 * Enters in the draft everything that is declared besides tables: data, random draws, the batch, indices, functions (which may
 * replace those of the `prelude`), and the targets of formulas. Reports `twice`, `assign` and what the lines themselves do.
 */
export function declareNames(draft: Draft, prelude: readonly Statement[]): void {
  for (const statement of prelude) {
    if (statement.kind === 'function') draft.functions.set(statement.name, statement);
  }
  const own = new Map<string, Span>();
  const once = (name: string, kind: string, span: Span, message = `${name} is already defined`) => {
    const before = own.get(`${kind} ${name}`);
    own.set(`${kind} ${name}`, span);
    if (before !== undefined) draft.error(span, 'twice', message);
    return before === undefined;
  };
  const add = (quantity: Quantity | undefined) => {
    if (quantity === undefined) return;
    draft.quantities.set(quantity.name, quantity);
    draft.shapes.set(quantity.name, quantity.shape);
  };
  for (const statement of draft.statements) {
    const { span } = statement as { span: Span };
    if (statement.kind === 'data' && isFree(draft, statement.name, span)) {
      declareData(draft, statement);
    } else if (statement.kind === 'random' && isFree(draft, statement.name, span)) {
      add(asDrawn(statement));
    } else if (statement.kind === 'mode' && isFree(draft, statement.name, span)) {
      add(asMode(statement));
    } else if (statement.kind === 'batch' && once('batch', '', span, 'there is one batch line already')) {
      draft.batch = statement;
    } else if (statement.kind === 'function' && once(statement.name, 'function', span)) {
      checkFunctionName(draft, statement);
      draft.functions.set(statement.name, statement);
    } else if (statement.kind === 'index' && once(statement.name, 'index', span)) {
      draft.declared.set(statement.name, { low: statement.low, high: statement.high });
    }
  }
  if (draft.batch !== undefined && draft.declared.has(draft.batch.index)) {
    draft.error(
      draft.batch.span,
      'twice',
      `${draft.batch.index} is already declared as an index of another range`,
    );
  }
  defineTargets(draft);
}

const words: ReadonlySet<string> = new Set([
  ...calledOperations,
  ...reducers,
  ...['when', 'stop', 'normal', 'uniform', 'onehot'],
]);

function checkFunctionName(draft: Draft, { name, parameters, span }: FunctionStatement): void {
  if (words.has(name))
    draft.error(span, 'twice', `${name} belongs to the language; give the function another name`);
  const again = parameters.find((parameter, at) => parameters.indexOf(parameter) < at);
  if (again !== undefined) draft.error(span, 'twice', `two parameters of ${name} are called ${again}`);
}

function isFree(draft: Draft, name: string, span: Span): boolean {
  const before = draft.quantities.get(name);
  const again =
    before?.role === 'computed' ? '; a pass that comes again computes under names of its own' : '';
  if (before !== undefined) draft.error(span, 'twice', `${name} is already defined${again}`);
  return before === undefined;
}

/** Enters the left sides of formulas: `=` defines a new quantity, `<-` needs one that lives on from frame to frame. */
function defineTargets(draft: Draft): void {
  const renewed = new Set<string>();
  for (const { target, assignment, span } of draft.lines) {
    const known = draft.quantities.get(target);
    if (assignment === '=') {
      if (!isFree(draft, target, span)) continue;
      draft.quantities.set(target, { name: target, role: 'computed', shape: [], span });
    } else if (known === undefined || isFresh(known)) {
      const anew =
        known?.role === 'computed' ? 'is computed anew in every iteration' : 'enters anew in every iteration';
      const why = known === undefined ? 'is not declared' : anew;
      const what = `<- updates what is kept from one iteration to the next, but ${target} ${why}`;
      draft.error(span, 'assign', `${what}; declare it as param or state, or write =`);
      if (known === undefined) draft.quantities.set(target, { name: target, role: 'state', shape: [], span });
    } else if (renewed.has(target)) {
      draft.error(span, 'twice', `${target} is already updated; a cell is written once in an iteration`);
    }
    if (assignment === '<-') renewed.add(target);
  }
}

/** Whether a quantity is set anew in every frame, so that renewing it would be lost. */
const isFresh = ({ role }: Quantity): boolean =>
  role === 'computed' || role === 'sample' || role === 'random' || role === 'mode';

/**
 * A copy of the draft's lines with every name resolved: references have their version, derivatives are replaced by their
 * claims or requested. `declareNames` comes before it. Reports `name`, `order` and what `checkCalls` and `readDerivative` do.
 */
export function resolveNames(draft: Draft): FormulaStatement[] {
  const places = new Map<string, number>();
  draft.lines.forEach(({ target }, at) => {
    if (!places.has(target)) places.set(target, at);
  });
  return draft.lines.map((line, at) => {
    const { expression } = line;
    if (expression === undefined) return line;
    checkCalls(draft, expression, line.lineSpan, 'formula');
    return { ...line, expression: resolve(draft, expression, line, at, places) };
  });
}

/**
 * Resolves the names in an expression of the line at position `at`; `places` has the position of the first line for each target.
 */
function resolve(
  draft: Draft,
  e: Expression,
  line: FormulaStatement,
  at: number,
  places: ReadonlyMap<string, number>,
): Expression {
  if (e.kind !== 'reference') return mapChildren(e, (part) => resolve(draft, part, line, at, places));
  const span = e.span ?? line.span;
  if (e.name.includes('/')) return readDerivative(draft, e, span, line);
  const known = draft.quantities.get(e.name);
  if (known === undefined) {
    if (!draft.isUnread(e.name)) draft.error(span, 'name', unknownName(draft, e));
    return e;
  }
  const defining = places.get(e.name) ?? -1;
  const { phase, pass, assignment, span: place } = draft.lines[defining] ?? line;
  if (known.role === 'computed' && pass > line.pass) {
    const where = phase === line.phase ? `line ${place.line}` : phase;
    draft.error(span, 'order', `${e.name} is computed later, in ${where}`);
  }
  const isRenewed = defining >= 0 && assignment === '<-' && defining < at;
  return isRenewed ? { ...e, version: 'new' } : e;
}

function unknownName(draft: Draft, { name, indices }: Reference): string {
  if (draft.tables.has(name)) {
    return `${name} is a table; take columns from it, as in given x = ${name}[1..2]`;
  }
  if ((draft.declared.has(name) || draft.batch?.index === name) && indices.length === 0) {
    return `the index ${name} has a value only where it stands on the left or in sum(${name}: …)`;
  }
  const near = closest(name, draft.quantities.keys());
  const hint = near ? `do you mean ${near}?` : 'declare it, or compute it in a line of its own';
  return `there is no ${name} here; ${hint}`;
}
