import { type Affine, constant } from '../formula/affine.ts';
import { Diagnostics } from '../formula/diagnostic.ts';
import { apply, children, type Expression, type Reference, references, walk } from '../formula/expression.ts';
import type { Formula, Model } from '../formula/model.ts';
import { readModel } from '../formula/parse/reader.ts';
import { asTree, print } from '../formula/print/printer.ts';
import { codeMedium } from '../formula/print/pseudocode.ts';
import type { Claim, FormulaStatement } from '../formula/statement.ts';
import { mapChildren, substituteIndices } from '../formula/substitution.ts';
import { compileProgram, type Program, scheduleModel } from '../program/program.ts';
import type { ComparedPrograms } from './claim-comparison.ts';
import type { KnownMistake } from './known-mistake.ts';

/** The reference program with a known mistake in a derivative. */
export interface MistakeVariant {
  readonly mistake: KnownMistake;
  readonly program: Program;
}

/** How many terms of a sum are tried alone, and how many mistakes of one kind. */
const mostTerms = 12;
const mostOfKind = 48;

/** Every change of one node of an expression. */
function* changedOnce(
  e: Expression,
  change: (node: Expression) => Iterable<readonly [Expression, KnownMistake]>,
): Generator<readonly [Expression, KnownMistake]> {
  yield* change(e);
  for (const [at, part] of children(e).entries()) {
    for (const [inner, mistake] of changedOnce(part, change)) {
      let n = 0;
      yield [mapChildren(e, (one) => (n++ === at ? inner : one)), mistake];
    }
  }
}

const isOperation = (e: Expression, ...names: string[]): e is Extract<Expression, { kind: 'operation' }> =>
  e.kind === 'operation' && names.includes(e.operation);

/**
 * Yields variants of the reference program with a known mistake in the derivative that `formula` (one of `programs.claimed`) is
 * claimed to be, the most telling first: slopes, renewed and transposed quantities, single paths, sensitivities, inner signs,
 * missing factors. `text` is what the programs were compiled from. Each is compiled when it is asked for; those that do not
 * compile are left out.
 */
export function* mistakeVariants(
  text: string,
  programs: ComparedPrograms,
  formula: Formula,
): Generator<MistakeVariant> {
  yield* slopes(text, programs, formula.claim as Claim);
  yield* atMost(mostOfKind, changedIn(programs, formula, renewed(programs.hand, formula)));
  yield* atMost(mostOfKind, changedIn(programs, formula, transposed(programs.reference.model)));
  yield* atMost(mostOfKind, changedIn(programs, formula, onePath(programs.reference.model)));
  yield* sensitivities(text, programs, formula.claim as Claim);
  yield* atMost(mostOfKind, changedIn(programs, formula, innerSign));
  yield* atMost(mostOfKind, changedIn(programs, formula, missingFactor));
}

function* atMost<T>(count: number, all: Iterable<T>): Generator<T> {
  let n = 0;
  for (const one of all) {
    if (n++ === count) return;
    yield one;
  }
}

/** Variants with a node changed in the formula's derivative, or in an unnamed one that this reads. */
function* changedIn(
  { reference }: ComparedPrograms,
  { target, version }: Formula,
  change: (node: Expression) => Iterable<readonly [Expression, KnownMistake]>,
): Generator<MistakeVariant> {
  const start = reference.writer(target, version);
  const open = start === undefined ? [] : [start];
  const seen = new Set(open);
  for (let one = open.shift(); one !== undefined; one = open.shift()) {
    for (const [expression, mistake] of changedOnce(one.expression, change)) {
      const changed = { ...one, expression };
      const formulas = reference.model.formulas.map((other) => (other === one ? changed : other));
      const { program } = scheduleModel({ ...reference.model, formulas });
      if (program !== undefined) yield { mistake, program };
    }
    for (const { name, version: read } of references(one.expression)) {
      const writer = reference.writer(name, read);
      if (writer === undefined || !writer.derived || writer.claim !== undefined || seen.has(writer)) continue;
      seen.add(writer);
      open.push(writer);
    }
  }
}

/** The reference program derived from a changed forward line. */
function* withLine(
  text: string,
  { options }: ComparedPrograms,
  line: FormulaStatement,
  expression: Expression,
  mistake: KnownMistake,
): Generator<MistakeVariant> {
  const changed = (one: FormulaStatement): FormulaStatement =>
    one.span.line === line.span.line && one.target === line.target ? { ...one, expression } : one;
  const { program } = compileProgram(text, { ...options, deriveClaims: true, changed });
  if (program !== undefined) yield { mistake, program };
}

/** The forward lines as written. */
const forwardLines = (text: string): FormulaStatement[] =>
  readModel(text, new Diagnostics()).filter(
    (one): one is FormulaStatement =>
      one.kind === 'formula' && one.phase === 'forward' && one.expression !== undefined,
  );

const stop = (body: Expression): Expression => ({ kind: 'stop', body });

/** An expression with the value of `e` and the slope of `a`. */
const withSlopeOf = (a: Expression, e: Expression): Expression =>
  apply('add', stop(e), apply('sub', a, stop(a)));

/** Variants without the slope of one function of one number, such as the sigmoid of a unit. */
function* slopes(text: string, programs: ComparedPrograms, { of }: Claim): Generator<MistakeVariant> {
  const loss = programs.reference.writer(of, 'old');
  const read = new Set(loss && [...references(loss.expression)].map(({ name }) => name));
  for (const line of forwardLines(text)) {
    const mistake: KnownMistake = {
      kind: 'slope',
      of: line.target,
      at: read.has(line.target) ? 'output' : 'hidden',
    };
    if (line.target === of) continue;
    const e = line.expression as Expression;
    const isFunction = (node: Expression) =>
      (node.kind === 'call' && node.operands.length === 1) || isOperation(node, 'tanh', 'sin', 'cos');
    const change = (node: Expression): [Expression, KnownMistake][] =>
      isFunction(node) ? [[withSlopeOf(children(node)[0], node), mistake]] : [];
    for (const [expression] of atMost(mostOfKind, changedOnce(e, change)))
      yield* withLine(text, programs, line, expression, mistake);
    const argument = onlyArgument(e);
    if (argument !== undefined && !isFunction(e))
      yield* withLine(text, programs, line, withSlopeOf(argument, e), mistake);
  }
}

/** The only cell that a line reads, if it does more than read it. */
function onlyArgument(e: Expression): Reference | undefined {
  if (e.kind === 'reference') return undefined;
  const all = [...references(e)];
  const key = ({ name, indices }: Reference) => `${name}${JSON.stringify(indices)}`;
  const isPlain = ![...walk(e)].some(({ kind }) => kind === 'reduction' || kind === 'when');
  return isPlain && all.length > 0 && all.every((one) => key(one) === key(all[0])) ? all[0] : undefined;
}

/** Variants in which the derivative by a weight is the sensitivity, without the factor that the weight is multiplied by. */
function* sensitivities(text: string, programs: ComparedPrograms, { by }: Claim): Generator<MistakeVariant> {
  for (const line of forwardLines(text)) {
    const mistake: KnownMistake = { kind: 'sensitivity', name: line.target };
    const change = (node: Expression): [Expression, KnownMistake][] => {
      if (!isOperation(node, 'mul')) return [];
      const weight = node.operands.find((one) => one.kind === 'reference' && one.name === by);
      return weight === undefined ? [] : [[withSlopeOf(weight, node), mistake]];
    };
    for (const [expression] of changedOnce(line.expression as Expression, change))
      yield* withLine(text, programs, line, expression, mistake);
  }
}

/** Reads updated versions where the hand-written formula does. */
function renewed(hand: Program, formula: Formula) {
  const names = new Set(
    [...references(formula.expression)].filter(({ version }) => version === 'new').map(({ name }) => name),
  );
  return function* (node: Expression): Generator<readonly [Expression, KnownMistake]> {
    if (node.kind !== 'reference' || node.version === 'new' || !names.has(node.name)) return;
    if (hand.writer(node.name, 'new') !== undefined)
      yield [
        { ...node, version: 'new' },
        { kind: 'renewed', name: node.name },
      ];
  };
}

function transposed({ quantities }: Model) {
  return function* (node: Expression): Generator<readonly [Expression, KnownMistake]> {
    if (node.kind !== 'reference') return;
    const shape = quantities.get(node.name)?.shape ?? [];
    for (let p = 0; p < shape.length; p++) {
      for (let q = p + 1; q < shape.length; q++) {
        if (shape[p] !== shape[q] || node.indices[p] === undefined) continue;
        const { indices: read } = node;
        const indices = read.map((one, d) => (d === p ? read[q] : d === q ? read[p] : one));
        yield [
          { ...node, indices },
          { kind: 'transposed', name: node.name },
        ];
      }
    }
  };
}

function onePath(model: Model) {
  const derived = new Set(model.formulas.filter((one) => one.derived).map(({ target }) => target));
  const isWay = (e: Expression) => [...references(e)].some(({ name }) => derived.has(name));
  return function* (node: Expression): Generator<readonly [Expression, KnownMistake]> {
    if (isOperation(node, 'add', 'sub')) {
      const [a, b] = node.operands;
      if (!isWay(a) || !isWay(b)) return;
      yield [a, { kind: 'path' }];
      yield [node.operation === 'sub' ? apply('neg', b) : b, { kind: 'path' }];
    }
    if (node.kind !== 'reduction' || node.reducer !== 'sum' || !isWay(node.body)) return;
    for (const { name, range } of node.indices) {
      if (range === undefined) continue;
      const others = node.indices.filter((one) => one.name !== name);
      for (let value = range.low; value <= Math.min(range.high, range.low + mostTerms - 1); value++) {
        const at = new Map<string, Affine>([[name, constant(value)]]);
        const body = substituteIndices(node.body, at);
        const term: Expression =
          others.length > 0
            ? { ...node, indices: others, body }
            : node.where.length > 0
              ? { kind: 'when', where: node.where, body }
              : body;
        yield [node.where.length > 0 ? substituteIndices(term, at) : term, { kind: 'path' }];
      }
    }
  };
}

function* innerSign(node: Expression): Generator<readonly [Expression, KnownMistake]> {
  if (!isOperation(node, 'add', 'sub')) return;
  const changed = apply(node.operation === 'add' ? 'sub' : 'add', ...node.operands);
  yield [changed, { kind: 'inner sign', code: print(asTree(changed), codeMedium).text }];
}

function* missingFactor(node: Expression): Generator<readonly [Expression, KnownMistake]> {
  if (!isOperation(node, 'mul')) return;
  const [a, b] = node.operands;
  yield [a, { kind: 'missing', code: print(asTree(b), codeMedium).text }];
  yield [b, { kind: 'missing', code: print(asTree(a), codeMedium).text }];
}
