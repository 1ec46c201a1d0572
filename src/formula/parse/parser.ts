import { type Affine, type Condition, constant, index, minus, plus, scale } from '../affine.ts';
import type { Diagnostics, Span } from '../diagnostic.ts';
import { apply, type BoundIndex, type Expression, number, reference } from '../expression.ts';
import { deepestNesting, mostConditionParts } from '../limits.ts';
import { calledOperations, type OperationName, operations } from '../operation.ts';
import { conditionParts, inParts } from './condition-parts.ts';
import type { DefinedNames } from './defined-names.ts';
import { combine, toAffine } from './index-arithmetic.ts';
import { isReducer, products, type reducers, relations, sums } from './operator-signs.ts';
import { type Pick, picking } from './pick.ts';
import { SyntaxFault } from './syntax-fault.ts';
import type { Token } from './token.ts';

/**
 * A recursive-descent parser for one logical line. It decides what a name means: index, parameter or quantity. Every method that
 * reads throws a `SyntaxFault` where the line does not fit.
 */
export class Parser {
  protected at = 0;
  private depth = 0;
  /** How often what is read next will stand in the tree: once for each part that != makes of what is around it. */
  private copies = 1;

  /**
   * The last token must be `end`; `indices` are the names that are indices at the beginning, `parameters` those of a function's
   * body.
   */
  constructor(
    protected readonly tokens: readonly Token[],
    /** Names that are indices at this point: left indices, and those of reductions while their bodies are read. */
    readonly indices: Set<string>,
    private readonly parameters: ReadonlySet<string>,
    protected readonly diagnostics: Diagnostics,
    /** The names of the text that the line stands in; without them, no quantity can stand for an index. */
    private readonly names?: DefinedNames,
  ) {}

  /** The next token, not yet taken. */
  get next(): Token {
    return this.tokens[this.at];
  }

  /** Whether all tokens have been taken. */
  get done(): boolean {
    return this.next.kind === 'end';
  }

  /** Whether the token `ahead` places after the next one is this sign or name. */
  peek(text: string, ahead = 0): boolean {
    const token = this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)];
    return token.text === text && (token.kind === 'sign' || token.kind === 'name');
  }

  /** The next token, taken; `end` is never passed. */
  take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.at += 1;
    return token;
  }

  /** Takes the next token if it is this sign or name; otherwise undefined. */
  accept(text: string): Token | undefined {
    return this.peek(text) ? this.take() : undefined;
  }

  /** Takes this sign or name; `why` ends the message `expected …` otherwise. */
  expect(text: string, why: string): Token {
    const token = this.accept(text);
    if (token === undefined) throw this.fault(`expected ${text} ${why}`);
    return token;
  }

  /** Takes a name; `why` ends the message `expected a name …` otherwise. */
  name(why: string): Token {
    if (this.next.kind !== 'name') throw this.fault(`expected a name ${why}`);
    return this.take();
  }

  /** A fault to be thrown; at the next token, the message also quotes it. */
  fault(message: string, span = this.next.span): SyntaxFault {
    const found = this.done ? 'the line ends' : `here stands ${this.next.text}`;
    return new SyntaxFault(span, span === this.next.span ? `${message}, but ${found}` : message);
  }

  /** Reads an expression up to the first token that does not belong to it. */
  expression(): Expression {
    return this.deeper(() => this.chain(sums, () => this.chain(products, () => this.unary())));
  }

  /** Reads one level further in; throws above `deepestNesting`. */
  private deeper<Read>(read: () => Read): Read {
    this.depth += 1;
    if (this.depth > deepestNesting) {
      const message = `here are more than ${deepestNesting} levels in each other; compute the inner ones in lines of their own`;
      throw new SyntaxFault(this.next.span, message, 'size');
    }
    const found = read();
    this.depth -= 1;
    return found;
  }

  private chain(names: Record<string, OperationName>, operand: () => Expression): Expression {
    let left = operand();
    while (this.next.kind === 'sign' && Object.hasOwn(names, this.next.text)) {
      const name = names[this.take().text];
      left = combine(name, left, operand());
    }
    return left;
  }

  private unary(): Expression {
    if (!this.accept('-')) return this.power();
    // The sign belongs to a literal, as on paper: −1 is a number, not an operation.
    const literal = this.next.kind === 'number';
    const operand = this.deeper(() => this.unary());
    if (literal && operand.kind === 'number') return number(-operand.value);
    if (operand.kind === 'index') return { kind: 'index', index: scale(operand.index, -1) };
    return apply('neg', operand);
  }

  private power(): Expression {
    const base = this.primary();
    const sign = this.accept('^');
    if (sign === undefined) return base;
    const token = this.next;
    const exponent = Number(token.text);
    if (token.kind !== 'number' || !Number.isInteger(exponent) || exponent < 1 || exponent > 64) {
      throw new SyntaxFault(
        token.span,
        'an exponent is a whole number from 1 to 64; write sqrt(a) for a^0.5 and 1/a^2 for a^-2',
      );
    }
    this.take();
    return exponent === 1 ? base : { kind: 'power', base, exponent };
  }

  private primary(): Expression {
    const token = this.next;
    if (token.kind === 'number') {
      this.take();
      const value = Number(token.text);
      if (!Number.isFinite(value)) throw this.fault('this number is too large', token.span);
      return number(value);
    }
    if (this.accept('(')) {
      const inside = this.expression();
      this.expect(')', 'to close the parenthesis');
      return inside;
    }
    if (this.accept('[')) return this.comparison();
    if (token.kind === 'name') {
      const derivative = this.derivativeName();
      if (derivative !== undefined) return this.quantity(derivative.text, derivative.span);
      this.take();
      if (this.peek('(')) return this.called(token);
      if (this.parameters.has(token.text)) return { kind: 'parameter', name: token.text };
      if (this.indices.has(token.text) && !this.peek('[') && !this.peek('?[')) {
        return { kind: 'index', index: index(token.text) };
      }
      return this.quantity(token.text, token.span);
    }
    throw this.fault('expected a number, a name or a parenthesis');
  }

  /**
   * Takes `dL/dW1`, written without spaces: one name, the derivative of L by W1. Undefined, with nothing taken, where something
   * else comes next.
   */
  derivativeName(): { text: string; span: Span; of: string; by: string } | undefined {
    const [top, slash, bottom] = [this.next, this.tokens[this.at + 1], this.tokens[this.at + 2]];
    const joined = slash?.text === '/' && bottom?.kind === 'name' && !slash.spaced && !bottom.spaced;
    if (!joined || !/^d./u.test(top.text) || !/^d./u.test(bottom.text)) return undefined;
    this.at += 3;
    const text = `${top.text}/${bottom.text}`;
    return {
      text,
      span: { ...top.span, length: text.length },
      of: top.text.slice(1),
      by: bottom.text.slice(1),
    };
  }

  /** A reference, from its name, which has been taken, to the end of its brackets. */
  protected quantity(name: string, span: Span): Expression {
    const guarded = this.accept('?[') !== undefined;
    if (!guarded && !this.accept('[')) return reference(name, [], { span });
    const picks: Pick[] = [];
    const indices: Affine[] = [];
    do {
      const place = this.place();
      if ('picked' in place) picks.push(place);
      indices.push('picked' in place ? index(place.letter) : place);
    } while (this.accept(','));
    for (const { letter } of picks) this.indices.delete(letter);
    const close = this.expect(']', 'to close the brackets');
    const length = close.span.line === span.line ? close.span.column + 1 - span.column : span.length;
    const read: Expression = reference(name, indices, { guarded, span: { ...span, length } });
    return picks.reduceRight(picking, read);
  }

  /** Index arithmetic, or a quantity whose number says which entry is read. */
  private place(): Affine | Pick {
    const { names } = this;
    const { kind, text } = this.next;
    if (kind !== 'name' || this.indices.has(text) || this.parameters.has(text) || !names?.has(text))
      return this.affine();
    const before = this.at;
    const picked = this.expression();
    if (picked.kind === 'reference') {
      const letter = names.free(this.indices);
      this.indices.add(letter);
      return { picked, letter };
    }
    this.at = before;
    return this.affine();
  }

  private comparison(): Expression {
    const left = this.expression();
    const relation = this.next;
    if (relation.text === '<-') throw new SyntaxFault(relation.span, 'write a space between < and -');
    if (relation.kind !== 'sign' || !Object.hasOwn(relations, relation.text)) {
      throw this.fault('expected a comparison such as [a > b], which is 1 or 0');
    }
    this.take();
    const right = this.expression();
    this.expect(']', 'to close the comparison');
    return apply(relations[relation.text], left, right);
  }

  /** A call, reduction, `when` or `stop`, from its name, which has been taken. */
  protected called(name: Token): Expression {
    this.expect('(', `after ${name.text}`);
    if (name.text === 'when') {
      const parts = this.conditions();
      this.expect(':', 'between the condition and the body');
      const body = this.body(parts);
      this.expect(')', 'to close when');
      return inParts(parts, body, (where, part) => ({ kind: 'when', where, body: part }));
    }
    if (isReducer(name.text) && this.startsReduction()) return this.reduction(name.text, name.span);
    const operands = [this.expression()];
    while (this.accept(',')) operands.push(this.expression());
    this.expect(')', `to close ${name.text}`);
    if (name.text === 'stop' && operands.length === 1) return { kind: 'stop', body: operands[0] };
    if (!calledOperations.has(name.text)) return { kind: 'call', name: name.text, operands, span: name.span };
    const { arity } = operations[name.text as OperationName];
    if (operands.length !== arity) {
      throw new SyntaxFault(
        name.span,
        `${name.text} takes ${arity} operand${arity > 1 ? 's' : ''}, not ${operands.length}`,
      );
    }
    return apply(name.text as OperationName, ...operands);
  }

  /** `max(i: …)` runs over i, `max(a, b)` compares two; only the first has a colon at its own depth. */
  private startsReduction(): boolean {
    let depth = 0;
    for (let ahead = this.at; ahead < this.tokens.length; ahead++) {
      const { text, kind } = this.tokens[ahead];
      if (kind !== 'sign') continue;
      if (text === '(' || text === '[' || text === '?[') depth += 1;
      else if (text === ')' || text === ']') depth -= 1;
      else if (text === ':' && depth === 0) return true;
      if (depth < 0) return false;
    }
    return false;
  }

  private reduction(word: (typeof reducers)[number], span: Span): Expression {
    const bound: BoundIndex[] = [];
    const where: Condition[] = [];
    do {
      const token = this.name('of an index to run over');
      if (this.indices.has(token.text) || this.parameters.has(token.text)) {
        throw new SyntaxFault(
          token.span,
          `the index ${token.text} is in use here already; take another letter`,
          'index',
        );
      }
      const { text } = token;
      let range: { low: number; high: number } | undefined;
      if (this.accept('=')) {
        const low = this.affine();
        this.expect('..', `between the first and the last ${text}`);
        const high = this.affine();
        if (low.terms.length === 0 && high.terms.length === 0)
          range = { low: low.constant, high: high.constant };
        else where.push(minus(index(text), low), minus(high, index(text)));
      }
      bound.push(range ? { name: text, range, written: true } : { name: text });
      this.indices.add(text);
    } while (this.accept(','));
    const parts = this.accept('where') ? this.conditions(word) : [[]];
    this.expect(':', `after the indices of ${word}`);
    const body = this.body(parts);
    this.expect(')', `to close ${word}`);
    for (const { name } of bound) this.indices.delete(name);
    const reducer = word === 'mean' ? 'sum' : word;
    const mean = word === 'mean' ? { mean: span } : {};
    return inParts(parts, body, (more, part) => ({
      ...{ kind: 'reduction', reducer, indices: bound, where: [...where, ...more], body: part },
      ...mean,
    }));
  }

  /** The body under conditions of these parts, each of which takes a copy of it. */
  private body(parts: readonly unknown[]): Expression {
    const before = this.copies;
    this.copies *= parts.length;
    const found = this.expression();
    this.copies = before;
    return found;
  }

  /**
   * `1 <= i - 2*p <= 3, s <= t` as inequalities affine ≥ 0. Usually they are one part; each `!=` makes two of every part, one with
   * < and one with >, of which no two hold at once.
   */
  private conditions(of?: (typeof reducers)[number]): Condition[][] {
    const found: Condition[] = [];
    const apart: Affine[] = [];
    let { copies } = this;
    do {
      let left = this.affine();
      let relation = this.relation(of, copies);
      if (relation === undefined) throw this.fault('expected <, <=, =, !=, >= or >');
      while (relation !== undefined) {
        const right = this.affine();
        if (relation === '<=' || relation === '=') found.push(minus(right, left));
        if (relation === '>=' || relation === '=') found.push(minus(left, right));
        if (relation === '<') found.push(plus(minus(right, left), constant(-1)));
        if (relation === '>') found.push(plus(minus(left, right), constant(-1)));
        if (relation === '!=') {
          apart.push(minus(right, left));
          copies *= 2;
        }
        left = right;
        relation = this.relation(of, copies);
      }
    } while (this.accept(','));
    return conditionParts(found, apart);
  }

  /** Takes a comparison sign of a condition of `of`, whose body has so many `copies` up to here. */
  private relation(of: (typeof reducers)[number] | undefined, copies: number): string | undefined {
    const { span } = this.next;
    const relation = ['<=', '>=', '<', '>', '=', '!='].find((sign) => this.accept(sign));
    if (relation !== '!=') return relation;
    // Without terms a maximum is 0, which is no part of another maximum.
    if (of === 'max' || of === 'argmax')
      throw new SyntaxFault(
        span,
        `${of} looks through one run of values, and != leaves two; lower what is left out, as in ${of}(j: a[j] - 1000*[j = i])`,
      );
    if (copies * 2 > mostConditionParts)
      throw new SyntaxFault(
        span,
        `each != makes two parts of what it stands in, and here are more than ${mostConditionParts}; compute the inner ones in lines of their own`,
        'size',
      );
    return relation;
  }

  /** Reads index expressions, separated by commas. */
  affines(): Affine[] {
    const found = [this.affine()];
    while (this.accept(',')) found.push(this.affine());
    return found;
  }

  /** Reads an expression that must be index arithmetic. */
  affine(): Affine {
    const { span } = this.next;
    const tree = this.expression();
    const found = toAffine(tree);
    if (found !== undefined) return found;
    if (tree.kind === 'reference' && tree.indices.length === 0) {
      throw new SyntaxFault(
        tree.span ?? span,
        `${tree.name} is not an index here; an index stands on the left of the formula or in sum(…:)`,
        'index',
      );
    }
    throw new SyntaxFault(
      span,
      'an index is a sum of whole multiples of indices, such as 2*p + u - 1',
      'index',
    );
  }

  /** Reports (`syntax`) what is left on the line, if anything. */
  finish(): void {
    if (!this.done)
      this.diagnostics.error(this.next.span, 'syntax', `${this.next.text} is not expected here`);
  }
}
