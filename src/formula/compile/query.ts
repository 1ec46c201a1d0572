import { index as indexOf, plainIndex, type Range } from '../affine.ts';
import { closest, type Diagnostic, Diagnostics, type Span } from '../diagnostic.ts';
import { apply, type Expression, type Reference, references } from '../expression.ts';
import type { Formula, LeftIndex, Model } from '../model.ts';
import { reducers, relations } from '../parse/operator-signs.ts';
import { Parser } from '../parse/parser.ts';
import { SyntaxFault } from '../parse/syntax-fault.ts';
import { type Token, tokenize } from '../parse/token.ts';
import { freeIndices, mapChildren } from '../substitution.ts';
import { checkCalls } from './calls.ts';
import { Draft, wrongRank } from './draft.ts';
import { costOf } from './evaluation.ts';
import { IndexRanges } from './index-ranges.ts';

/** An expression or a condition about a model's numbers that a reader types: `abs(δ1[j]) < 1e-3`, `W1[1,2] - W1[2,2]`. */
export interface Query {
  /** As typed, every white-space character as a space. */
  readonly text: string;
  /** Resolved like a formula of the model; a condition evaluates to 1 or 0. */
  readonly expression: Expression;
  /** Whether it is one comparison, or several joined by commas. */
  readonly isCondition: boolean;
  /**
   * The indices that stand for any value, with their ranges; in a batch the sample index, which the reader need not write, comes
   * first.
   */
  readonly free: readonly LeftIndex[];
  /** Operations of one evaluation, at most. */
  readonly cost: number;
}

/** Why a text is not a query: where, what is wrong and what to do. */
export interface QueryFault {
  readonly message: string;
  /** From 1, in UTF-16 units of the text. */
  readonly column: number;
  /** In UTF-16 units, from `column` on. */
  readonly length: number;
}

const longestText = 400;
const mostOperations = 1e6;
const start: Span = { line: 1, column: 1, length: 1 };

/**
 * Parses and resolves an expression or condition in the model's own language, at most 400 characters and a million operations,
 * that reads at least one number of the model. Gives the first error otherwise; never throws on a wrong text.
 */
export function readQuery(model: Model, text: string): Query | { readonly error: QueryFault } {
  const found = new Diagnostics();
  const question = read(model, text.replaceAll(/\s/g, ' '), found);
  const [first] = found.all.filter(({ severity }) => severity === 'error');
  return question === undefined || first !== undefined ? { error: faultOf(first, text) } : question;
}

function faultOf({ message, span }: Diagnostic, text: string): QueryFault {
  return { message, column: Math.min(span.column, text.length + 1), length: span.length };
}

function read(model: Model, text: string, found: Diagnostics): Query | undefined {
  if (text.trim() === '') {
    const example = firstName(model);
    found.error(
      start,
      'empty',
      `nothing is written here; an expression such as ${example}, or a comparison such as ${example} < 0.01`,
    );
    return undefined;
  }
  if (text.length > longestText) {
    found.error(
      start,
      'size',
      `this is longer than ${longestText} characters; compute parts of it in the model`,
    );
    return undefined;
  }
  try {
    const { expression, isCondition } = parse(text, found);
    const named = found.failed ? expression : resolved(model, expression, text, found);
    return found.failed ? undefined : settled(model, { text, expression: named, isCondition }, found);
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    found.error(fault.span, fault.rule, fault.message);
    return undefined;
  }
}

/** A cell of the model, as an example for messages. */
function firstName({ formulas, quantities }: Model): string {
  const plain = formulas.find(({ indices, derived }) => indices.length === 0 && !derived) ?? formulas[0];
  // A model that only lends its functions has none.
  if (plain === undefined) return [...quantities.keys()][0];
  return plain.indices.length === 0
    ? plain.target
    : `${plain.target}[${plain.indices.map(() => '1').join(',')}]`;
}

/** An expression; or comparisons, each perhaps a chain such as `0 < L < 0.01`, all of which have to hold. */
function parse(text: string, found: Diagnostics): { expression: Expression; isCondition: boolean } {
  const tokens = tokenize(text, start, found);
  const parser = new Parser(tokens, freeNames(tokens), new Set(), found);
  const comparisons: Expression[] = [];
  let alone: Expression | undefined;
  do {
    let left = parser.expression();
    const before = comparisons.length;
    for (let name = relation(parser); name !== undefined; name = relation(parser)) {
      if (name === 'eq' && parser.peek('=')) throw parser.fault('write = once', parser.next.span);
      const right = parser.expression();
      comparisons.push(apply(name, left, right));
      left = right;
    }
    if (comparisons.length > before) continue;
    if (parser.peek(',') || comparisons.length > 0) throw parser.fault('expected <, <=, =, !=, >= or >');
    alone = left;
  } while (parser.accept(','));
  if (/^(and|or|not)$/.test(parser.next.text))
    throw parser.fault('conditions that all have to hold stand side by side, with a comma between');
  parser.finish();
  const isCondition = alone === undefined;
  return {
    expression: alone ?? comparisons.reduce((both, one) => apply('mul', both, one)),
    isCondition: isCondition || isComparison(alone),
  };
}

const relationNames = new Set(Object.values(relations));

/** `[L < 0.01]` is 1 or 0, too. */
const isComparison = (e: Expression | undefined): boolean =>
  e?.kind === 'operation' && relationNames.has(e.operation);

function relation(parser: Parser) {
  if (parser.peek('<-')) throw new SyntaxFault(parser.next.span, 'write a space between < and -');
  const { kind, text } = parser.next;
  if (kind !== 'sign' || !Object.hasOwn(relations, text)) return undefined;
  parser.take();
  return relations[text];
}

/** Names in brackets behind a name that no reduction around them binds: they stand for any value. */
function freeNames(tokens: readonly Token[]): Set<string> {
  const found = new Set<string>();
  const open: { readonly isSubscript: boolean; readonly bound: Set<string>; isHead: boolean }[] = [];
  tokens.forEach(({ kind, text }, at) => {
    const before = tokens[at - 1];
    const top = open[open.length - 1];
    if (text === '(' || text === '[' || text === '?[') {
      const isSubscript = text !== '(' && before?.kind === 'name';
      const isHead = text === '(' && reducers.some((one) => one === before?.text);
      open.push({ isSubscript, bound: new Set(), isHead });
    } else if (text === ')' || text === ']') open.pop();
    else if (top !== undefined && (text === ':' || text === 'where')) top.isHead = false;
    else if (kind === 'name' && top?.isHead === true && (before.text === '(' || before.text === ','))
      // In max(a, b) these are not indices, but then they do not stand in brackets either.
      top.bound.add(text);
    else if (
      kind === 'name' &&
      open.some(({ isSubscript }) => isSubscript) &&
      !open.some(({ bound }) => bound.has(text))
    )
      found.add(text);
  });
  return found;
}

/** The expression with every name resolved: sample indices added, derivatives replaced by the formulas that claim them. */
function resolved(model: Model, e: Expression, text: string, found: Diagnostics): Expression {
  const whole = { ...start, length: text.length };
  const draft = new Draft('', [], [], found);
  for (const [name, statement] of model.functions) draft.functions.set(name, statement);
  checkCalls(draft, e, whole, 'formula');
  const visit = (node: Expression): Expression =>
    node.kind === 'reference' ? named(model, node, whole, found) : mapChildren(node, visit);
  return visit(e);
}

function named(model: Model, e: Reference, whole: Span, found: Diagnostics): Expression {
  const span = e.span ?? whole;
  const quantity = model.quantities.get(e.name);
  if (quantity === undefined) {
    const claimed = e.name.includes('/') ? asClaimed(model, e) : undefined;
    if (claimed !== undefined)
      return claimed.sign < 0
        ? apply('neg', named(model, claimed.read, span, found))
        : named(model, claimed.read, span, found);
    const near = closest(e.name, model.quantities.keys());
    const isIndex =
      e.indices.length === 0 &&
      model.formulas.some(({ indices }) => indices.some(({ name }) => name === e.name));
    const hint = near
      ? `do you mean ${near}?`
      : isIndex
        ? `${e.name} is an index; it stands in brackets, as in ${anyIndexed(model, e.name)}`
        : `it has ${someNames(model)}`;
    found.error(span, 'name', `this model has no ${e.name}; ${hint}`);
    return e;
  }
  const { shape, perSample } = quantity;
  const { batch } = model;
  if (e.indices.length === shape.length) return e;
  if (perSample === true && batch !== undefined && e.indices.length === shape.length - 1) {
    if (!e.indices.some(({ terms }) => terms.some(([name]) => name === batch.index)))
      return { ...e, indices: [indexOf(batch.index), ...e.indices], sampled: true };
    const message = `${batch.index} counts the samples of the batch; take another letter, or write ${e.name}[${batch.index},…]`;
    found.error(span, 'index', message);
    return e;
  }
  const hidden = perSample === true && batch !== undefined ? 1 : 0;
  found.error(span, 'shape', wrongRank(e.name, shape.length - hidden, e.indices.length));
  return e;
}

/**
 * A derivative as the cell of the formula that claims it, with the indices in that formula's order; undefined where none does.
 */
function asClaimed(model: Model, e: Reference): { read: Reference; sign: number } | undefined {
  const [of, by] = e.name.split('/').map((part) => part.slice(1));
  const formula = model.formulas.find(({ claim }) => claim?.of === of && claim.by === by);
  const { claim } = formula ?? {};
  if (formula === undefined || claim === undefined || model.quantities.has(e.name)) return undefined;
  const own = ownIndices(model, formula, e.indices.length);
  const indices = own.map(({ name }) => {
    const written = claim.indices.slice(claim.indices.length - e.indices.length);
    return e.indices[written.findIndex((affine) => plainIndex(affine) === name)];
  });
  if (indices.some((one) => one === undefined)) return undefined;
  return { read: { ...e, name: formula.target, indices }, sign: claim.sign };
}

/** The indices of a formula, without the sample index where that is not written. */
const ownIndices = ({ batch }: Model, { indices }: Formula, written: number): readonly LeftIndex[] =>
  batch !== undefined && indices.length === written + 1 && indices[0].name === batch.index
    ? indices.slice(1)
    : indices;

function anyIndexed({ formulas }: Model, index: string): string {
  const formula = formulas.find(({ indices }) => indices.some(({ name }) => name === index)) as Formula;
  return `${formula.target}[${formula.indices.map(({ name }) => name).join(',')}]`;
}

function someNames({ quantities }: Model): string {
  const names = [...quantities.keys()];
  const shown = names.slice(0, 8).join(', ');
  return names.length > 8 ? `${shown} and others` : shown;
}

/** The query with the ranges of all indices, inferred from the shapes of what it reads. */
function settled(
  model: Model,
  { text, expression, isCondition }: Pick<Query, 'text' | 'expression' | 'isCondition'>,
  found: Diagnostics,
): Query | undefined {
  const { batch, quantities, functions } = model;
  const names = [...freeIndices(expression)];
  const indices = names.sort((a, b) => Number(b === batch?.index) - Number(a === batch?.index));
  const span = { ...start, length: text.length };
  const declared = new Map<string, Range>(batch && [[batch.index, { low: 1, high: batch.size }]]);
  const shapes = (name: string) => quantities.get(name)?.shape;
  const ranges = new IndexRanges({ indices, span, expression }, declared, found);
  ranges.learn(shapes);
  ranges.learnFromArithmetic(shapes);
  ranges.learnFromConditions(shapes);
  const whole = ranges.settle(shapes);
  if (whole === undefined) return undefined;
  const cost = costOf(whole, functions);
  if (cost > mostOperations) {
    found.error(span, 'size', 'this takes more than a million operations; compute parts of it in the model');
    return undefined;
  }
  if ([...references(whole)].length === 0) {
    found.error(span, 'empty', `this reads no number of the model; name one, such as ${firstName(model)}`);
    return undefined;
  }
  const free = ranges.left.map(({ name, range }) => ({ name, range: range as Range }));
  return { text, expression: whole, isCondition, free, cost };
}
