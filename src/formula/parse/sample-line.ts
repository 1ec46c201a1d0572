import { closest, type Span } from '../diagnostic.ts';
import type {
  BatchStatement,
  Distribution,
  ExamineStatement,
  ModeStatement,
  RandomStatement,
} from '../statement.ts';
import type { Parser } from './parser.ts';
import { SyntaxFault } from './syntax-fault.ts';

/** Samples in a batch, or random numbers of one line. */
const most = 1e6;
const greatestSeed = 4294967295;

/**
 * Reads `batch n = 4, shuffled 7, mean, by sample`; the word `batch` has been taken. Ends before the first token that is no
 * option: the caller checks the rest of the line with `parser.finish()`. Throws a `SyntaxFault`.
 */
export function readBatchLine(parser: Parser): BatchStatement {
  const name = parser.name('for the index of the samples');
  parser.expect('=', `after ${name.text}, as in batch ${name.text} = 4`);
  const sizeSpan = parser.next.span;
  const size = parser.accept('all') ? 'all' : whole(parser, 'the number of samples, or all', most);
  if (size === 0) throw new SyntaxFault(sizeSpan, 'a batch has at least one sample', 'batch');
  let options: Option = {};
  while (parser.accept(',')) {
    const { span } = parser.next;
    const option = readOption(parser);
    for (const key of Object.keys(option)) {
      if (!Object.hasOwn(options, key)) continue;
      throw new SyntaxFault(span, `this was said before, differently or not; say it once`, 'batch');
    }
    options = { ...options, ...option, ...(option.schedule && { scheduleSpan: span }) };
  }
  return { kind: 'batch', index: name.text, size, ...options, span: name.span, sizeSpan };
}

type Option = Pick<BatchStatement, 'order' | 'reduction' | 'schedule' | 'scheduleSpan'>;

const words = ['in turn', 'shuffled', 'mean', 'sum', 'by sample', 'together'];

function readOption(parser: Parser): Option {
  const token = parser.name('of an option: in turn, shuffled 7, mean, sum, by sample or together');
  const { text } = token;
  const second = text === 'in' || text === 'by' ? ` ${parser.name(`after ${text}`).text}` : '';
  switch (text + second) {
    case 'in turn':
      return { order: { kind: 'in turn' } };
    case 'shuffled':
      return { order: { kind: 'shuffled', seed: whole(parser, 'a seed, as in shuffled 7', greatestSeed) } };
    case 'mean':
    case 'sum':
      return { reduction: text as 'mean' | 'sum' };
    case 'by sample':
      return { schedule: 'by sample' };
    case 'together':
      return { schedule: 'together' };
  }
  const near = closest(text + second, words);
  const hint = near
    ? `do you mean ${near}?`
    : 'there are in turn, shuffled 7, mean, sum, by sample and together';
  throw new SyntaxFault(token.span, `${text + second} is no option of a batch; ${hint}`, 'batch');
}

/**
 * Reads `random r[128] = uniform(7)`, without brackets a single number; the word `random` has been taken. What follows the
 * closing parenthesis is left unread: the caller calls `parser.finish()`. Throws a `SyntaxFault`.
 */
export function readRandomLine(parser: Parser): RandomStatement {
  const name = parser.name('for the random numbers');
  const shape: number[] = [];
  if (parser.accept('[')) {
    do {
      const { span } = parser.next;
      const size = whole(parser, 'a size', most);
      if (size === 0 || shape.push(size) > 8)
        throw new SyntaxFault(span, 'random numbers come in at least one, and at most 8 dimensions', 'shape');
    } while (parser.accept(','));
    parser.expect(']', 'to close the brackets');
  }
  parser.expect('=', `after ${name.text}`);
  const { span, text } = parser.next;
  if (text !== 'uniform' && text !== 'normal') throw parser.fault('expected uniform(seed) or normal(seed)');
  parser.take();
  parser.expect('(', `after ${text}`);
  const seed = whole(parser, 'a seed', greatestSeed);
  parser.expect(')', 'after the seed');
  if (shape.reduce((product, n) => product * n, 1) > most)
    throw new SyntaxFault(span, `these are more than ${most} random numbers in every iteration`, 'size');
  return {
    kind: 'random',
    name: name.text,
    shape,
    distribution: text satisfies Distribution,
    seed,
    span: name.span,
  };
}

/**
 * Reads `mode training`; the word `mode` has been taken. Takes the name alone: the caller checks with `parser.finish()` that
 * nothing follows. Throws a `SyntaxFault` where there is no name.
 */
export function readModeLine(parser: Parser): ModeStatement {
  const name = parser.name('that is 1 while training and 0 while evaluating');
  return { kind: 'mode', name: name.text, span: name.span };
}

/**
 * Reads `examine y against t, last 360` or `…, on fresh`; the word `examine`, at `span`, has been taken. The caller calls
 * `parser.finish()`. Throws a `SyntaxFault`.
 */
export function readExamineLine(parser: Parser, span: Span): ExamineStatement {
  const named = (why: string) => {
    const { text: name, span } = parser.name(why);
    return { name, span };
  };
  const answer = named('of what the network answers');
  parser.expect('against', `after ${answer.name}, as in examine ${answer.name} against t, last 20`);
  const target = named('of the targets');
  const example = `${answer.name} against ${target.name}`;
  parser.expect(',', `and the samples, as in examine ${example}, last 20`);
  if (parser.accept('on') !== undefined)
    return { kind: 'examine', answer, target, held: { table: named('of a table') }, span };
  const before = parser.next;
  parser.expect('last', `and how many, or on and a table, as in examine ${example}, on fresh`);
  const last = whole(parser, 'the number of samples', most);
  if (last === 0) throw new SyntaxFault(before.span, 'hold at least one sample back', 'examine');
  return { kind: 'examine', answer, target, held: { last, span: before.span }, span };
}

function whole(parser: Parser, what: string, limit: number): number {
  const token = parser.next;
  const value = Number(token.text);
  if (token.kind !== 'number' || !Number.isInteger(value))
    throw parser.fault(`expected ${what}, a whole number`);
  parser.take();
  if (value > limit) throw tooLarge(token.span, limit);
  return value;
}

const tooLarge = (span: Span, limit: number): SyntaxFault =>
  new SyntaxFault(span, `this is larger than ${limit}`, 'size');
