import { children, type Expression, type Reference, references } from '../expression.ts';
import type { FormulaStatement } from '../statement.ts';

/** A term of a sample's loss that is the same for every sample. */
export interface SharedTerm {
  /** The line that contains the term. */
  readonly line: FormulaStatement;
  /** The first reference in it through which something is differentiated. */
  readonly read: Reference;
}

/**
 * Terms such as `λ*w^2` inside a loss of one sample (`isPerSample`), of all losses that the lines differentiate, by claim or
 * by name, as far as such a term reads what is differentiated by. Where a batch sums its losses, the term counts once for each
 * sample; in a loss of its own it would count once in all, so the author should know.
 */
export function sharedTerms(
  lines: readonly FormulaStatement[],
  isPerSample: (read: Pick<Reference, 'name'>) => boolean,
): SharedTerm[] {
  const asked = lines.flatMap(askedOf);
  const moved = new Set(asked.map(({ by }) => by));
  const forward = lines.filter(({ phase, assignment }) => phase === 'forward' && assignment === '=');
  for (let size = -1; size !== moved.size; ) {
    size = moved.size;
    for (const { target, expression } of forward)
      if (expression && [...references(expression)].some(({ name }) => moved.has(name))) moved.add(target);
  }
  const isShared = (e: Expression) => ![...references(e)].some(isPerSample);
  const found = new Map<Expression, SharedTerm>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name) || !isPerSample({ name })) return;
    seen.add(name);
    for (const line of forward.filter(({ target }) => target === name)) {
      if (line.expression === undefined) continue;
      for (const term of termsOf(line.expression, isShared)) {
        const read = [...references(term)].find((one) => moved.has(one.name));
        if (isShared(term) && read !== undefined) found.set(term, { line, read });
        else if (term.kind === 'reference') visit(term.name);
      }
    }
  };
  for (const { of } of asked) visit(of);
  return [...found.values()];
}

/** The derivatives that a line asks for, by its claim or by reading them. */
function askedOf({ claim, expression }: FormulaStatement): { of: string; by: string }[] {
  const read = expression === undefined ? [] : [...references(expression)];
  const named = read
    .filter(({ name }) => name.includes('/'))
    .map(({ name }) => name.split('/').map((part) => part.slice(1)))
    .map(([of, by]) => ({ of, by }));
  return claim === undefined ? named : [claim, ...named];
}

/** The terms whose sum an expression is, apart from factors that all samples share. */
function termsOf(e: Expression, isShared: (part: Expression) => boolean): Expression[] {
  const inside = (parts: readonly Expression[]) => parts.flatMap((part) => termsOf(part, isShared));
  if (e.kind === 'reduction' && e.reducer === 'sum') return inside(children(e));
  if (e.kind !== 'operation' || isShared(e)) return [e];
  const [left, right] = e.operands;
  switch (e.operation) {
    case 'add':
    case 'sub':
    case 'neg':
      return inside(e.operands);
    case 'mul':
      return isShared(left) ? inside([right]) : isShared(right) ? inside([left]) : [e];
    case 'div':
      return isShared(right) ? inside([left]) : [e];
    default:
      return [e];
  }
}
