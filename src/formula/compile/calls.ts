import { closest, type Span } from '../diagnostic.ts';
import { type BoundIndex, type Expression, type Reduction, references, walk } from '../expression.ts';
import { calledOperations } from '../operation.ts';
import { reducers } from '../parse/operator-signs.ts';
import { asQuotient, type CountedSum, sumsOfMean, type TermLoops } from '../ranges/term-count.ts';
import type { FunctionStatement } from '../statement.ts';
import { mapChildren } from '../substitution.ts';
import type { Draft } from './draft.ts';
import { costOf, isDraw } from './evaluation.ts';

/** Operations of one function; no reader would follow more. */
const mostOperations = 1e6;

/**
 * Checks that functions of a draft terminate, call functions that exist, read only their parameters and write the ranges of
 * their sums, which it fills in, in `draft.functions`. `declareNames` comes before it. Reports `cycle`, `draw`, `name`,
 * `arity`, `shape` and `size`.
 */
export function checkFunctions(draft: Draft): void {
  // Those of the library do, by themselves.
  if (draft.statements.every(({ kind }) => kind !== 'function')) return;
  const circular = new Set<string>();
  for (const statement of [...draft.functions.values()]) {
    const { name, body, slopes, span } = statement;
    const circle = circular.has(name) ? undefined : circleOf(draft, statement);
    if (circle !== undefined) {
      for (const one of circle) circular.add(one);
      const others = circle.slice(1).join(' and ');
      const path = others === '' ? '' : ` by way of ${others}`;
      draft.error(span, 'cycle', `${name} calls itself${path}; a function is a formula that ends`);
    }
    if (slopes.length > 0 && [body, ...slopes].some((e) => drawsRandom(draft, e))) {
      draft.error(span, 'draw', `${name} draws random numbers, so it has no slope`);
    }
    for (const e of [body, ...slopes]) {
      checkCalls(draft, e, span, 'data');
      for (const { name: unknown } of references(e)) {
        draft.error(span, 'name', `${name} may use its parameters only; ${unknown} is none of them`);
      }
    }
    const settle = (e: Expression) => withRanges(draft, e, span, { loops: [], conditions: [] });
    draft.functions.set(name, { ...statement, body: settle(body), slopes: slopes.map(settle) });
  }
  if (draft.failed) return;
  const costs = new Map<string, number>();
  for (const { name, body, span } of draft.functions.values()) {
    if (costOf(body, draft.functions, costs) <= mostOperations) continue;
    draft.error(span, 'size', `${name} takes more than a million operations; make it smaller`);
    return;
  }
}

/** The functions on a path from a function back to itself, itself first; undefined where there is none. */
function circleOf(draft: Draft, { name, body }: FunctionStatement): string[] | undefined {
  const seen = new Set<string>();
  const pathBack = (e: Expression): string[] | undefined => {
    for (const node of walk(e)) {
      if (node.kind !== 'call') continue;
      if (node.name === name) return [];
      if (seen.has(node.name)) continue;
      seen.add(node.name);
      const next = draft.functions.get(node.name);
      const rest = next && pathBack(next.body);
      if (rest !== undefined) return [node.name, ...rest];
    }
    return undefined;
  };
  const path = pathBack(body);
  return path && [name, ...path];
}

/**
 * The expression with ranges filled in. A function has no arrays from which its sums could take them: they are written or
 * declared.
 */
function withRanges(draft: Draft, e: Expression, span: Span, around: TermLoops): Expression {
  const sums = sumsOfMean(e);
  if (sums !== undefined)
    return asQuotient(
      sums.map((sum) => reductionWithRanges(draft, sum, span, around)),
      draft.diagnostics,
    );
  if (e.kind === 'reduction') return reductionWithRanges(draft, e, span, around).sum;
  const conditions = e.kind === 'when' ? [...around.conditions, ...e.where] : around.conditions;
  return mapChildren(e, (part) => withRanges(draft, part, span, { ...around, conditions }));
}

function reductionWithRanges(draft: Draft, e: Reduction, span: Span, around: TermLoops): CountedSum {
  const conditions = [...around.conditions, ...e.where];
  const indices = e.indices.map((bound): BoundIndex => {
    const { name, range } = bound;
    const known = range ?? draft.declared.get(name);
    if (known !== undefined) return { ...bound, range: known };
    const how = `write its first and last value, as in ${e.mean ? 'mean' : e.reducer}(${name}=1..3: …)`;
    draft.error(span, 'shape', `cannot tell how far the index ${name} runs; ${how}`);
    return { name };
  });
  const terms = { loops: [...around.loops, ...indices], conditions };
  return { sum: { ...e, indices, body: withRanges(draft, e.body, span, terms) }, terms };
}

/** Names from other languages, and what to write instead. */
const elsewhere: Readonly<Record<string, string>> = {
  ln: 'log',
  logistic: 'sigmoid',
  sigma: 'sigmoid',
  σ: 'sigmoid',
  heaviside: 'step',
  pow: 'a^2',
  softmax: 'e[i] = exp(z[i]) and then p[i] = e[i] / sum(k: e[k])',
};

/** Whether the expression, or a function that it calls, draws a random number. */
function drawsRandom(draft: Draft, e: Expression, seen = new Set<string>()): boolean {
  for (const node of walk(e)) {
    if (node.kind !== 'call' || seen.has(node.name)) continue;
    seen.add(node.name);
    const definition = draft.functions.get(node.name);
    if (isDraw(node.name) || (definition !== undefined && drawsRandom(draft, definition.body, seen)))
      return true;
  }
  return false;
}

/**
 * Reports calls of functions that do not exist (`name`), or with the wrong number of operands (`arity`), and, with `where`
 * being `formula`, random draws (`draw`). `around` is the place for calls without a span of their own. Bodies of functions are
 * not checked.
 */
export function checkCalls(draft: Draft, e: Expression, around: Span, where: 'data' | 'formula'): void {
  for (const node of walk(e)) {
    if (node.kind !== 'call') continue;
    const { name, operands, span = around } = node;
    if (where === 'formula' && drawsRandom(draft, { ...node, operands: [] })) {
      const data = `which only data can be, as in param W[3,2] = ${name}(${isDraw(name) ? '1' : '…'})`;
      const anew = 'random r[3] = normal(1) is drawn anew in every iteration';
      draft.error(span, 'draw', `${name} is drawn at random, ${data}; ${anew}`);
      continue;
    }
    if (isDraw(name)) {
      if (operands.length !== 1) draft.error(span, 'arity', `${name} takes 1 operand, the seed`);
      continue;
    }
    const known = draft.functions.get(name);
    if (known === undefined && draft.isUnread(name)) continue;
    if (known === undefined) {
      const near =
        (Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined) ??
        closest(name, [...draft.functions.keys(), ...calledOperations, ...reducers, 'stop', 'when']);
      const hint = near ? `do you mean ${near}?` : `define it, as in function ${name}(z) = …`;
      draft.error(span, 'name', `there is no function ${name}; ${hint}`);
    } else if (known.parameters.length !== operands.length) {
      const { length } = known.parameters;
      const takes = `${length} operand${length === 1 ? '' : 's'}`;
      draft.error(span, 'arity', `${name} takes ${takes}, not ${operands.length}`);
    }
  }
}
