import { parsePrecision } from '../../number/precision-text.ts';
import type { Precision } from '../../number/rounding.ts';
import { closest, type Diagnostics } from '../diagnostic.ts';
import { longestNotation, mostTokens } from '../limits.ts';
import type {
  Claim,
  DataRole,
  FormulaStatement,
  FunctionStatement,
  Phase,
  Selector,
  Statement,
} from '../statement.ts';
import { phases } from '../statement.ts';
import { sizeFault } from '../text-size.ts';
import { readDataLine, readTableLine, readWhole } from './data-line.ts';
import { DataParser } from './data-parser.ts';
import { DefinedNames } from './defined-names.ts';
import { readLabelList } from './label-list.ts';
import { type LogicalLine, logicalLines, notationLine } from './logical-lines.ts';
import { Parser } from './parser.ts';
import { readBatchLine, readExamineLine, readModeLine, readRandomLine } from './sample-line.ts';
import { SyntaxFault } from './syntax-fault.ts';
import { type Token, tokenize, withoutQuoted } from './token.ts';
import { notationFault } from './written-tex.ts';

const roles: ReadonlySet<string> = new Set<DataRole>(['given', 'sample', 'param', 'state', 'rate']);
const beginnings =
  'it begins with given, sample, param, state, rate, random, mode, batch, examine, table, index, function, store, show, write, say, label, or is a formula';
const nothing: ReadonlySet<string> = new Set();
/** The words of lines whose `name as …` is no formula. */
type Noted = 'write' | 'say' | 'label';

/**
 * Parses a model's text into statements, in the order of the lines. Every line is read on its own, so an error in one leaves
 * the others readable; it is reported to `diagnostics`, and the line mostly gives no statement. Nothing is thrown; a text that
 * is too large gives `[]` and an error (`size`).
 */
export function readModel(text: string, diagnostics: Diagnostics): Statement[] {
  const fault = sizeFault(text);
  if (fault !== undefined) {
    diagnostics.error(fault.span, 'size', fault.message);
    return [];
  }
  const reader = new Reader(diagnostics, new DefinedNames(text));
  for (const line of logicalLines(text)) {
    if (diagnostics.isFull) break;
    try {
      reader.line(line);
    } catch (fault) {
      if (!(fault instanceof SyntaxFault)) throw fault;
      diagnostics.error(fault.span, fault.rule, fault.message);
    }
  }
  return reader.statements;
}

class Reader {
  readonly statements: Statement[] = [];
  private phase: Phase | undefined;
  private pass = -1;

  constructor(
    private readonly diagnostics: Diagnostics,
    private readonly names: DefinedNames,
  ) {}

  line({ text, line }: LogicalLine): void {
    const notation = notationLine.exec(text);
    if (notation !== null) {
      this.notation(notation[2] as Noted, text, notation[0].length, line);
      return;
    }
    const tokens = tokenize(text, { line, column: 1 }, this.diagnostics);
    if (tokens.length === 1) return;
    const first = tokens[0];
    if (tokens.length === 2 && phases.includes(first.text as Phase)) {
      this.heading(first.text as Phase);
      return;
    }
    const heading = tokens.length === 2 ? closest(first.text, phases) : undefined;
    if (heading !== undefined) {
      this.heading(heading as Phase);
      throw new SyntaxFault(first.span, `the heading of a pass is written ${heading}`);
    }
    const [, second] = tokens;
    const isDeclaration = first.kind === 'name' && second.kind === 'name';
    // `eta = 1` before the first pass is short for `rate eta = 1`.
    const role = isDeclaration ? first.text : this.phase === undefined ? 'rate' : '';
    if (roles.has(role) || (isDeclaration && role === 'table')) {
      const parser = new DataParser(tokens, new Set(), nothing, this.diagnostics);
      if (isDeclaration) parser.take();
      this.statements.push(
        role === 'table' ? readTableLine(parser) : readDataLine(role as DataRole, parser, tokens.length),
      );
      parser.finish();
      return;
    }
    if (tokens.length > mostTokens) {
      throw new SyntaxFault(
        tokens[mostTokens].span,
        'this line is too long; compute parts of it in lines of their own',
        'size',
      );
    }
    const parser = this.parser(tokens);
    if (isDeclaration) this.declaration(first.text, parser);
    else this.formula(parser, tokens, this.phase as Phase);
    parser.finish();
  }

  /** A heading that repeats the current phase continues its pass; another one begins the next pass. */
  private heading(phase: Phase): void {
    if (phase !== this.phase) this.pass += 1;
    this.phase = phase;
  }

  private parser(tokens: readonly Token[], parameters = nothing): Parser {
    return new Parser(tokens, new Set(), parameters, this.diagnostics, this.names);
  }

  private declaration(keyword: string, parser: Parser): void {
    const { span } = parser.take();
    if (keyword === 'index') this.index(parser);
    else if (keyword === 'batch') this.statements.push(readBatchLine(parser));
    else if (keyword === 'examine') this.statements.push(readExamineLine(parser, span));
    else if (keyword === 'random') this.statements.push(readRandomLine(parser));
    else if (keyword === 'mode') this.statements.push(readModeLine(parser));
    else if (keyword === 'function') this.function(parser);
    else if (keyword === 'store' || keyword === 'show') this.precision(keyword, parser);
    else {
      const example = keyword === 'label' ? 'k' : 'h';
      const hint = /^(write|say|label)$/.test(keyword) ? `write ${keyword} ${example} as …` : beginnings;
      throw new SyntaxFault(span, `a line does not begin with ${keyword} like this; ${hint}`);
    }
  }

  private index(parser: Parser): void {
    const name = parser.name('of the index');
    parser.expect('=', `after ${name.text}`);
    const low = readWhole(parser);
    parser.expect('..', 'between the first and the last value');
    const high = readWhole(parser);
    if (high < low)
      throw new SyntaxFault(name.span, `no value of ${name.text} lies in ${low}..${high}`, 'index');
    this.statements.push({ kind: 'index', name: name.text, low, high, span: name.span });
  }

  private function(parser: Parser): void {
    const name = parser.name('of the function');
    parser.expect('(', `after ${name.text}`);
    const parameters: string[] = [];
    do parameters.push(parser.name('of a parameter').text);
    while (parser.accept(','));
    parser.expect(')', 'after the parameters');
    parser.expect('=', 'before the body');
    const rest: Token[] = [];
    while (!parser.done) rest.push(parser.take());
    const end = parser.next;
    const cut = rest.findIndex((token) => token.kind === 'name' && token.text === 'slope');
    const read = (tokens: Token[], names: string[]) => {
      const inner = this.parser([...tokens, end], new Set(names));
      const found = [inner.expression()];
      while (inner.accept(',')) found.push(inner.expression());
      inner.finish();
      return found;
    };
    const [body] = read(cut < 0 ? rest : rest.slice(0, cut), parameters);
    const slopes = cut < 0 ? [] : read(rest.slice(cut + 1), [...parameters, name.text]);
    if (cut >= 0 && slopes.length !== parameters.length) {
      throw new SyntaxFault(
        rest[cut].span,
        `${name.text} has ${parameters.length} parameters, but ${slopes.length} slopes; separate them by commas`,
      );
    }
    const statement: FunctionStatement = {
      kind: 'function',
      name: name.text,
      parameters,
      body,
      slopes,
      span: name.span,
    };
    this.statements.push(statement);
  }

  private formula(parser: Parser, tokens: readonly Token[], phase: Phase): void {
    const first = parser.next;
    const name = parser.name('to be computed');
    const indices: string[] = [];
    if (parser.accept('[')) {
      do {
        const token = parser.name('of an index; on the left stand plain indices, such as h[j]');
        if (indices.includes(token.text))
          throw new SyntaxFault(token.span, `the index ${token.text} stands twice on the left`, 'index');
        indices.push(token.text);
        parser.indices.add(token.text);
      } while (parser.accept(','));
      parser.expect(']', 'after the indices');
    }
    const sign = parser.accept('=') ?? parser.accept('<-');
    const expression = sign && parser.expression();
    const isSaid = parser.accept(':') !== undefined;
    const isNot = isSaid && expression !== undefined && parser.accept('not') !== undefined;
    const said = isSaid ? this.claim(parser) : undefined;
    if (expression === undefined && said === undefined)
      throw parser.fault('expected = and a formula, <- and a formula, or : and a derivative');
    const last = tokens[tokens.length - 2].span;
    const oneLine = last.line === first.span.line;
    const statement: FormulaStatement = {
      kind: 'formula',
      phase,
      pass: this.pass,
      target: name.text,
      indices,
      assignment: sign?.text === '<-' ? '<-' : '=',
      ...(expression && { expression }),
      ...(said && (isNot ? { mistake: said } : { claim: said })),
      span: name.span,
      lineSpan: {
        ...first.span,
        length: oneLine ? last.column + last.length - first.span.column : first.span.length,
      },
    };
    this.statements.push(statement);
  }

  private claim(parser: Parser): Claim {
    const start = parser.next.span;
    const sign = parser.accept('-') ? -1 : 1;
    const derivative = parser.derivativeName();
    if (derivative === undefined) throw parser.fault('expected a derivative such as -dL/dnet2[k]');
    let indices: Claim['indices'] = [];
    if (parser.accept('[')) {
      indices = parser.affines();
      parser.expect(']', 'to close the brackets');
    }
    const length = derivative.span.column + derivative.span.length - start.column;
    return { sign, of: derivative.of, by: derivative.by, indices, span: { ...start, length } };
  }

  private precision(kind: 'store' | 'show', parser: Parser): void {
    while (!parser.done) {
      const selectors: Selector[] = [];
      do {
        const name = parser.name('of a quantity');
        let cell: number[] | undefined;
        if (parser.accept('[')) {
          cell = [];
          do cell.push(readWhole(parser));
          while (parser.accept(','));
          parser.expect(']', 'to close the brackets');
        }
        selectors.push({ name: name.text, ...(cell && { cell }), span: name.span });
      } while (parser.accept(','));
      parser.expect(':', 'between the cells and their precision');
      this.statements.push({ kind, selectors, precision: this.digits(parser) });
      parser.accept(',');
    }
  }

  private digits(parser: Parser): Precision {
    const first = parser.take();
    const text =
      first.kind === 'number' && parser.next.kind === 'name' ? first.text + parser.take().text : first.text;
    const found = parsePrecision(text);
    if (found !== undefined) return found;
    throw new SyntaxFault(
      first.span,
      'expected a precision: 4dp (decimal places), 3sf (significant figures) or exact',
      'precision',
    );
  }

  /** The text after `as` is TeX or words and is not parsed. It ends at the next `name as` or at the end of the line. */
  private notation(kind: Noted, text: string, start: number, line: number): void {
    // What stands in a list's quotes begins nothing.
    const plain = kind === 'label' ? withoutQuoted(text) : text;
    const clean = text.slice(0, plain.replace(/\s#\s.*$/, '').length);
    const starts = [
      ...plain
        .slice(0, clean.length)
        .matchAll(/(?<=^|\s)([\p{L}_][\p{L}\p{N}_]*(?:\/d[\p{L}\p{N}_]+)?)\s+as(?:\s+|$)/gu),
    ].filter((found) => found.index >= start);
    starts.forEach((found, at) => {
      const from = found.index + found[0].length;
      const whole = clean.slice(from, starts[at + 1]?.index).trim();
      const span = { line, column: found.index + 1, length: found[1].length };
      if (kind === 'label') {
        this.statements.push({ kind, name: found[1], labels: readLabelList(whole, span), text: whole, span });
        return;
      }
      const written = whole.replace(/^"(.*)"$/, '$1');
      const fault = kind === 'write' ? notationFault(written) : spokenFault(written);
      if (written === '') this.diagnostics.error(span, 'syntax', `say how ${found[1]} is written after as`);
      else if (fault !== undefined) this.diagnostics.error(span, fault.rule, fault.message);
      else this.statements.push({ kind, name: found[1], text: written, span });
    });
  }
}

const spokenFault = (text: string) =>
  text.length > longestNotation
    ? {
        rule: 'size',
        message: `words for a name have at most ${longestNotation} letters, and these have ${text.length}`,
      }
    : undefined;
