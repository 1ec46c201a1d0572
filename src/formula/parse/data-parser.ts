import { constant, index, plus, type Range, scale } from '../affine.ts';
import type { Span } from '../diagnostic.ts';
import { apply, type Expression, number, reference } from '../expression.ts';
import type { Columns, Onehot } from '../statement.ts';
import { Parser } from './parser.ts';
import { SyntaxFault } from './syntax-fault.ts';
import type { Token } from './token.ts';

/** The index that runs over the columns of a table, from 1. No author can write this name. */
export const columnIndex = '§column';

/** Numbers in a written range of classes or rows. */
const mostClasses = 100_000;

/** Numbers in a list of classes: each costs operations for every number of the data. */
const mostListed = 100;

/** The class of a column, where classes are numbers in a row. */
const fromLow = ({ low }: Range): Expression => ({
  kind: 'index',
  index: plus(index(columnIndex), constant(low - 1)),
});

/** The class of a column from a list. */
function oneByOne(classes: readonly number[]): Expression {
  const only = (value: number, at: number): Expression => {
    const after = plus(index(columnIndex), constant(-at - 1));
    return { kind: 'when', where: [after, scale(after, -1)], body: number(value) };
  };
  return classes.map(only).reduce((all, one) => apply('add', all, one));
}

/** A parser for the right side of a data line: besides formulas it reads columns of tables and `onehot`. */
export class DataParser extends Parser {
  /** The table columns read so far; a reference to the n-th has the constant index n, from 1. */
  readonly columns: Columns[] = [];
  /** The `onehot(…)` calls read so far. */
  readonly onehots: Onehot[] = [];

  /** `digits[1..64]`, `moons[class]`. */
  protected override quantity(name: string, span: Span): Expression {
    if (!this.accept('[')) return reference(name, [], { span });
    const first = this.column();
    const last = this.accept('..') ? this.column() : first;
    const close = this.expect(']', 'after the columns');
    const length = close.span.line === span.line ? close.span.column + 1 - span.column : span.length;
    const whole = { ...span, length };
    const position = this.columns.push({ table: name, first, last, span: whole });
    return reference(name, [constant(position)], { span: whole });
  }

  /** Whether a list of numbers comes next, and not a comparison. */
  get listsNumbers(): boolean {
    if (this.next.kind === 'list') return true;
    if (!this.peek('[')) return false;
    const number = this.tokens[this.at + (this.peek('-', 1) ? 2 : 1)];
    const after = this.tokens[this.tokens.indexOf(number) + 1];
    return this.peek('[', 1) || (number?.kind === 'number' && (after?.text === ',' || after?.text === ']'));
  }

  private column(): number | string {
    const token = this.next;
    if (token.kind === 'name') return this.take().text;
    if (token.kind === 'string') return this.take().text.slice(1, -1);
    if (token.kind === 'number' && Number.isInteger(Number(token.text))) {
      this.take();
      return Number(token.text);
    }
    throw this.fault('expected a column, by its number or its name');
  }

  protected override called(name: Token): Expression {
    if (name.text !== 'onehot') return super.called(name);
    this.expect('(', 'after onehot');
    const operand = this.expression();
    this.expect(',', 'between the number and the classes, as in onehot(digits[65], 0..9)');
    const classes = this.accept('[') ? this.classList() : this.range();
    const close = this.expect(')', 'to close onehot');
    const length = close.span.line === name.span.line ? close.span.column + 1 - name.span.column : 6;
    this.onehots.push({ operand, classes, span: { ...name.span, length } });
    return apply('eq', operand, 'low' in classes ? fromLow(classes) : oneByOne(classes));
  }

  /** Reads the rest of `[3, 8]`. Throws a `SyntaxFault` where a class stands twice, or where they are too many. */
  private classList(): number[] {
    const found: number[] = [];
    do {
      const { span } = this.next;
      const one = this.expression();
      if (one.kind !== 'number') throw new SyntaxFault(span, 'expected a number, as in [3, 8]');
      if (found.includes(one.value)) throw new SyntaxFault(span, `the class ${one.value} stands here twice`);
      if (found.push(one.value) > mostListed)
        throw new SyntaxFault(span, `a list of classes has at most ${mostListed} numbers`, 'size');
    } while (this.accept(','));
    this.expect(']', 'after the classes');
    return found;
  }

  /** Reads `0..9`, two whole numbers, both included. Throws a `SyntaxFault` where it is empty or too long. */
  range(): Range {
    const { span } = this.next;
    const low = this.whole();
    this.expect('..', 'between the first and the last');
    const high = this.whole();
    if (high < low) throw new SyntaxFault(span, `nothing lies in ${low}..${high}`, 'index');
    if (high - low >= mostClasses)
      throw new SyntaxFault(span, `a range has at most ${mostClasses} numbers here`, 'size');
    return { low, high };
  }

  private whole(): number {
    const sign = this.accept('-') ? -1 : 1;
    const token = this.next;
    if (token.kind !== 'number' || !Number.isSafeInteger(Number(token.text)))
      throw this.fault('expected a whole number');
    this.take();
    return sign * Number(token.text);
  }
}
