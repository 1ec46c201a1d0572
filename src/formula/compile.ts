import { type Range, plainIndex } from './affine.ts';
import { readData } from './data.ts';
import { Derivation, type NamedAdjoint } from './derivation.ts';
import { type Diagnostic, Diagnostics, type Span, closest } from './diagnostic.ts';
import { type Expression, type Reference, apply, mapChildren, references, walk } from './expression.ts';
import { library } from './library.ts';
import { type Formula, type Model, type Quantity, cellName } from './model.ts';
import { readModel } from './reader.ts';
import { IndexRanges } from './shape.ts';
import {
  type FormulaStatement,
  type FunctionStatement,
  type PrecisionStatement,
  type Statement,
  phases,
} from './statement.ts';

export interface Compilation {
  /** Absent where there is an error. */
  readonly model?: Model;
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompileOptions {
  /** Ignore what is written by hand for a claim and derive it: the judge of the hand-written formulas. */
  readonly deriveClaims?: boolean;
}

/** Reads a model's text: names, derivatives and shapes are settled, and everything wrong is told with its place. */
export function compileModel(text: string, options: CompileOptions = {}): Compilation {
  const diagnostics = new Diagnostics();
  const statements = readModel(text, diagnostics);
  const model = new Compiler(text, statements, diagnostics, options).compile();
  return diagnostics.failed || model === undefined
    ? { diagnostics: diagnostics.all }
    : { model, diagnostics: diagnostics.all };
}

type Written = FormulaStatement & { expression: Expression };

class Compiler {
  private readonly quantities = new Map<string, Quantity>();
  private readonly functions = new Map<string, FunctionStatement>();
  private readonly shapes = new Map<string, readonly number[]>();
  private readonly declared = new Map<string, Range>();
  private readonly lines: FormulaStatement[];
  /** Derivatives asked for by name, such as dL/dW1, and where first. */
  private readonly requests = new Map<string, Span>();
  private readonly formulas: Omit<Formula, 'id'>[] = [];

  constructor(
    private readonly text: string,
    private readonly statements: readonly Statement[],
    private readonly diagnostics: Diagnostics,
    options: CompileOptions,
  ) {
    const inOrder = phases.flatMap((phase) =>
      statements.filter((one) => one.kind === 'formula' && one.phase === phase),
    ) as FormulaStatement[];
    this.lines = options.deriveClaims
      ? inOrder.map((line) => {
          if (line.claim === undefined || line.assignment === '<-') return line;
          const { expression: _, ...rest } = line;
          return rest;
        })
      : inOrder;
  }

  compile(): Model | undefined {
    const [prelude] = [readModel(library, new Diagnostics())];
    this.declare(prelude);
    this.declare(this.statements);
    this.defineTargets();
    this.checkFunctions();
    if (this.lines.length === 0 && !this.diagnostics.failed) {
      this.diagnostics.error(
        { line: 1, column: 1, length: 1 },
        'empty',
        'this model computes nothing; add formulas under a line forward',
      );
    }
    const resolved = this.lines.map((line) => this.resolve(line));
    if (this.diagnostics.failed) return undefined;
    this.shape(resolved.filter((line) => line.phase === 'forward'));
    if (this.diagnostics.failed) return undefined;
    this.derive(resolved);
    if (this.diagnostics.failed) return undefined;
    this.shape(resolved.filter((line) => line.phase !== 'forward'));
    this.checkClaimShapes(resolved);
    if (this.diagnostics.failed) return undefined;
    this.warnOfUnclaimed(resolved);
    return this.model(prelude);
  }

  private declare(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (statement.kind === 'data') {
        if (!this.free(statement.name, statement.span)) continue;
        const quantity = readData(statement, this.quantities, this.diagnostics);
        if (quantity === undefined) continue;
        this.quantities.set(quantity.name, quantity);
        this.shapes.set(quantity.name, quantity.shape);
      } else if (statement.kind === 'function') this.functions.set(statement.name, statement);
      else if (statement.kind === 'index')
        this.declared.set(statement.name, { low: statement.low, high: statement.high });
    }
  }

  private free(name: string, span: Span): boolean {
    const before = this.quantities.get(name);
    if (before === undefined) return true;
    this.diagnostics.error(span, 'twice', `${name} is already defined in line ${before.span.line}`);
    return false;
  }

  private defineTargets(): void {
    for (const { target, assignment, span, lineSpan } of this.lines) {
      const known = this.quantities.get(target);
      if (assignment === '=' && this.free(target, span)) {
        this.quantities.set(target, { name: target, role: 'computed', shape: [], span });
      } else if (assignment === '<-' && (known === undefined || known.role === 'computed')) {
        const why = known === undefined ? 'is not declared' : 'is computed anew in every frame';
        this.diagnostics.error(
          span,
          'assign',
          `<- renews what lives on from frame to frame, but ${target} ${why}; declare it as param or state, or write =`,
        );
        if (known === undefined)
          this.quantities.set(target, { name: target, role: 'state', shape: [], span: lineSpan });
      } else if (
        assignment === '<-' &&
        this.lines.some(
          (other) => other.target === target && other.span !== span && other.span.line < span.line,
        )
      ) {
        this.diagnostics.error(
          span,
          'twice',
          `${target} is already renewed; a cell is written once in a frame`,
        );
      }
    }
  }

  private checkFunctions(): void {
    for (const { name, body, slopes, span } of this.functions.values()) {
      const seen = new Set<string>();
      const calls = (e: Expression): boolean =>
        [...walk(e)].some((node) => {
          if (node.kind !== 'call' || (seen.has(node.name) && node.name !== name)) return false;
          seen.add(node.name);
          const next = this.functions.get(node.name);
          return node.name === name || (next !== undefined && calls(next.body));
        });
      if (calls(body))
        this.diagnostics.error(span, 'cycle', `${name} calls itself; a function is a formula that ends`);
      for (const e of [body, ...slopes]) this.checkCalls(e, span);
      for (const e of [body, ...slopes]) {
        for (const { name: unknown } of references(e)) {
          this.diagnostics.error(
            span,
            'name',
            `${name} may use its parameters only; ${unknown} is none of them`,
          );
        }
      }
    }
  }

  private checkCalls(e: Expression, span: Span): void {
    for (const node of walk(e)) {
      if (node.kind !== 'call') continue;
      const known = this.functions.get(node.name);
      if (known === undefined) {
        const near = closest(node.name, [
          ...this.functions.keys(),
          'exp',
          'log',
          'sqrt',
          'tanh',
          'abs',
          'max',
          'min',
          'sum',
          'stop',
          'when',
        ]);
        const hint = near ? `do you mean ${near}?` : `define it, as in function ${node.name}(z) = …`;
        this.diagnostics.error(span, 'name', `there is no function ${node.name}; ${hint}`);
      } else if (known.parameters.length !== node.operands.length) {
        this.diagnostics.error(
          span,
          'arity',
          `${node.name} takes ${known.parameters.length} operands, not ${node.operands.length}`,
        );
      }
    }
  }

  /** Settles which version every name means, and which derivatives are asked for. */
  private resolve(line: FormulaStatement): FormulaStatement {
    const { expression } = line;
    if (expression === undefined) return line;
    this.checkCalls(expression, line.lineSpan);
    return { ...line, expression: this.resolveIn(expression, line) };
  }

  private resolveIn(e: Expression, line: FormulaStatement): Expression {
    if (e.kind !== 'reference') return mapChildren(e, (part) => this.resolveIn(part, line));
    const span = e.span ?? line.span;
    if (e.name.includes('/')) return this.resolveDerivative(e, span, line);
    const known = this.quantities.get(e.name);
    if (known === undefined) {
      const near = closest(e.name, this.quantities.keys());
      this.diagnostics.error(
        span,
        'name',
        `there is no ${e.name} here${near ? `; do you mean ${near}?` : '; declare it, or compute it in a line of its own'}`,
      );
      return e;
    }
    const defining = this.lines.find((other) => other.target === e.name);
    if (
      known.role === 'computed' &&
      defining &&
      phases.indexOf(defining.phase) > phases.indexOf(line.phase)
    ) {
      this.diagnostics.error(span, 'order', `${e.name} is computed later, in ${defining.phase}`);
    }
    const renewed =
      defining?.assignment === '<-' &&
      this.lines.indexOf(defining) < this.lines.findIndex((other) => other.span === line.span);
    return renewed ? { ...e, version: 'new' } : e;
  }

  private resolveDerivative(e: Reference, span: Span, line: FormulaStatement): Expression {
    const [of, by] = e.name.split('/').map((part) => part.slice(1));
    if (!this.checkDerivative(of, by, span)) return e;
    if (line.phase === 'forward') {
      this.diagnostics.error(span, 'order', `${e.name} is known only in backward and after it`);
      return e;
    }
    const named = this.lines.find(({ claim }) => claim?.of === of && claim.by === by);
    if (named?.claim === undefined) {
      if (!this.requests.has(e.name)) this.requests.set(e.name, span);
      return e;
    }
    const { claim, indices, target } = named;
    const order = indices.map((name) => claim.indices.findIndex((affine) => plainIndex(affine) === name));
    const read: Expression = {
      ...e,
      name: target,
      indices: order.map((d) => e.indices[d]).filter((one) => one !== undefined),
    };
    return claim.sign < 0 ? apply('neg', read) : read;
  }

  private checkDerivative(of: string, by: string, span: Span): boolean {
    const loss = this.lines.find(({ target }) => target === of);
    const known = this.quantities.has(by);
    let message: string | undefined;
    if (!this.quantities.has(of)) message = `there is no ${of} to differentiate`;
    else if (loss === undefined || loss.phase !== 'forward' || loss.indices.length > 0) {
      message = `${of} cannot be differentiated: a loss is a single number computed in forward`;
    } else if (!known) {
      const near = closest(by, this.quantities.keys());
      message = `there is no ${by} to differentiate by${near ? `; do you mean ${near}?` : ''}`;
    }
    if (message !== undefined) this.diagnostics.error(span, 'derivative', message);
    return message === undefined;
  }

  private shape(lines: readonly FormulaStatement[]): void {
    const open = lines
      .filter((line): line is Written => line.expression !== undefined)
      .map((line) => ({
        line,
        ranges: new IndexRanges(line, this.declared, this.diagnostics),
        known: false,
      }));
    const shapes = (name: string) => this.shapes.get(name) ?? undefined;
    const settle = (one: (typeof open)[number], learned: boolean) => {
      if (one.known || !learned) return false;
      one.known = true;
      const { line, ranges } = one;
      const low = ranges.left.find(({ range }) => range?.low !== 1);
      if (low !== undefined)
        this.diagnostics.error(line.span, 'shape', `the index ${low.name} of ${line.target} must start at 1`);
      const shape = ranges.left.map(({ range }) => range?.high ?? 0);
      const before = line.assignment === '<-' ? this.shapes.get(line.target) : undefined;
      if (before !== undefined && before.join() !== shape.join()) {
        this.diagnostics.error(
          line.span,
          'shape',
          `${line.target} has the shape ${show(before)}, but this formula gives ${show(shape)}`,
        );
      }
      this.shapes.set(line.target, shape);
      return true;
    };
    for (const one of open) {
      const shape = one.line.assignment === '<-' ? this.shapes.get(one.line.target) : undefined;
      if (shape?.length === one.ranges.left.length) {
        shape.forEach((high, d) => {
          one.ranges.left[d].range ??= { low: 1, high };
        });
      }
    }
    for (let progress = true; progress; ) {
      progress = open.some((one) => settle(one, one.ranges.learn(shapes)));
      progress ||= open.some((one) => settle(one, one.ranges.learnFromArithmetic(shapes)));
    }
    for (const { line, ranges, known } of open) {
      ranges.learn(shapes);
      ranges.learnFromArithmetic(shapes);
      const blocked = [...references(line.expression)].some(
        ({ name }) => !this.shapes.has(name) && name !== line.target,
      );
      if (!known && blocked && this.diagnostics.failed) continue;
      const expression = ranges.settle(shapes);
      if (expression === undefined) continue;
      const indices = ranges.left.map(({ name, range }) => ({ name, range: range as Range }));
      const { phase, target, claim, span, lineSpan } = line;
      const version = line.assignment === '<-' ? 'new' : 'old';
      this.formulas.push({
        phase,
        target,
        indices,
        version,
        expression,
        ...(claim && { claim }),
        derived: false,
        span,
        lineSpan,
      });
    }
  }

  private derive(lines: readonly FormulaStatement[]): void {
    const claimed = lines.filter((line) => line.claim !== undefined && this.checkClaim(line));
    if (this.diagnostics.failed) return;
    const wanted = new Map<string, { of: string; by: string; span: Span }>();
    for (const { claim, expression } of claimed)
      if (claim && !expression) wanted.set(`d${claim.of}/d${claim.by}`, claim);
    for (const [name, span] of this.requests) {
      const [of, by] = name.split('/').map((part) => part.slice(1));
      wanted.set(name, { of, by, span });
    }
    const forward = this.formulas.map((formula, id) => ({ ...formula, id }));
    for (const loss of new Set([...wanted.values()].map(({ of }) => of))) {
      const named: NamedAdjoint[] = claimed.flatMap(({ claim, target, indices }) =>
        claim?.of === loss ? [{ claim, target, indices }] : [],
      );
      const written = new Set(
        claimed.flatMap(({ claim, expression }) => (claim?.of === loss && expression ? [claim.by] : [])),
      );
      const derivation = new Derivation(
        loss,
        forward,
        this.shapes,
        this.functions,
        named,
        new Set(this.quantities.keys()),
        written,
      );
      const own = [...wanted.values()].filter(({ of }) => of === loss);
      for (const { by, span } of own) {
        if (!derivation.dependsOn(by))
          this.diagnostics.error(span, 'derivative', `${loss} does not depend on ${by}`);
      }
      if (this.diagnostics.failed) return;
      derivation.derive(own.map(({ by }) => by));
      for (const { target, indices, expression } of derivation.formulas) {
        const line = lines.find((one) => one.target === target);
        const span = line?.span ?? this.requests.get(target) ?? own[0].span;
        this.shapes.set(
          target,
          indices.map(({ range }) => range.high),
        );
        if (!this.quantities.has(target))
          this.quantities.set(target, { name: target, role: 'computed', shape: [], span });
        this.formulas.push({
          phase: line?.phase ?? 'backward',
          target,
          indices,
          version: 'old',
          expression,
          ...(line?.claim && { claim: line.claim }),
          derived: true,
          span,
          lineSpan: line?.lineSpan ?? span,
        });
      }
    }
  }

  private checkClaim({ claim, indices, target, phase, span }: FormulaStatement): boolean {
    if (claim === undefined || !this.checkDerivative(claim.of, claim.by, claim.span)) return false;
    if (phase !== 'backward') {
      this.diagnostics.error(span, 'claim', `a claim belongs in backward; ${target} stands in ${phase}`);
      return false;
    }
    const names = claim.indices.map(plainIndex);
    const matches = names.length === indices.length && indices.every((name) => names.includes(name));
    const rank = this.shapes.get(claim.by)?.length ?? names.length;
    if (rank !== names.length) {
      this.diagnostics.error(
        claim.span,
        'shape',
        `${claim.by} takes ${rank} ${rank === 1 ? 'index' : 'indices'}, not ${names.length}`,
      );
    } else if (!matches) {
      this.diagnostics.error(
        claim.span,
        'claim',
        `the claim must name the same indices as ${cellName(target, [])}[${indices.join(',')}]`,
      );
    } else return true;
    return false;
  }

  private checkClaimShapes(lines: readonly FormulaStatement[]): void {
    for (const { claim, target, indices } of lines) {
      const [own, by] = [this.shapes.get(target), claim && this.shapes.get(claim.by)];
      if (claim === undefined || own === undefined || by === undefined) continue;
      claim.indices.forEach((affine, d) => {
        const at = indices.indexOf(plainIndex(affine) ?? '');
        if (own[at] === by[d]) return;
        this.diagnostics.error(
          claim.span,
          'shape',
          `${indices[at]} runs over ${own[at]} in ${target}, but dimension ${d + 1} of ${claim.by} has ${by[d]}`,
        );
      });
    }
  }

  private warnOfUnclaimed(lines: readonly FormulaStatement[]): void {
    for (const line of lines) {
      if (line.phase !== 'update' || line.expression === undefined) continue;
      for (const { name, span } of references(line.expression)) {
        const source = lines.find(({ target }) => target === name);
        if (source?.phase !== 'backward' || source.claim !== undefined) continue;
        this.diagnostics.warning(
          span ?? line.span,
          'unclaimed',
          `${name} is used as a gradient, but no claim says which; add : dL/d… to its line, and it is checked`,
        );
      }
    }
  }

  private model(prelude: readonly Statement[]): Model {
    const all = [...prelude, ...this.statements];
    const rules = (kind: 'store' | 'show') =>
      all.filter((one): one is PrecisionStatement => one.kind === kind);
    for (const { selectors } of [...rules('store'), ...rules('show')]) {
      for (const { name, cell, span } of selectors) {
        const shape = this.shapes.get(name);
        if (shape === undefined) {
          const near = closest(name, this.quantities.keys());
          this.diagnostics.error(
            span,
            'name',
            `there is no ${name} to round${near ? `; do you mean ${near}?` : ''}`,
          );
        } else if (
          cell !== undefined &&
          (cell.length !== shape.length || cell.some((n, d) => n < 1 || n > shape[d]))
        ) {
          this.diagnostics.error(
            span,
            'range',
            `${name} has the shape ${show(shape)}; there is no cell ${cellName(name, cell)}`,
          );
        }
      }
    }
    const notation = (kind: 'write' | 'say') => {
      const found = new Map<string, string>();
      for (const one of all) {
        if (one.kind !== kind) continue;
        if (!this.quantities.has(one.name) && !this.functions.has(one.name)) {
          this.diagnostics.error(one.span, 'name', `there is no ${one.name} to ${kind}`);
        }
        found.set(one.name, one.text);
      }
      return found;
    };
    const quantities = new Map<string, Quantity>();
    for (const [name, quantity] of this.quantities)
      quantities.set(name, { ...quantity, shape: this.shapes.get(name) ?? [] });
    const inOrder = phases.flatMap((phase) => this.formulas.filter((formula) => formula.phase === phase));
    return {
      text: this.text,
      quantities,
      functions: this.functions,
      formulas: inOrder.map((formula, id) => ({ ...formula, id })),
      store: rules('store'),
      show: rules('show'),
      tex: notation('write'),
      words: notation('say'),
    };
  }
}

const show = (shape: readonly number[]): string =>
  shape.length === 0 ? 'of a single number' : shape.join(' × ');
