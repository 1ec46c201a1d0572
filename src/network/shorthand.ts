import { closest, type Diagnostics, type Span } from '../formula/diagnostic.ts';

/*
 * The grammar of shorthand lines. All have the same form: a keyword and a colon, or `use`, and then words, numbers and sizes
 * (`3x3`), with commas before optional parts.
 */

/** A word, number, size or sign of a line of shorthand; `end` comes last in every line. */
export interface ShorthandWord {
  readonly kind: 'word' | 'number' | 'size' | 'sign' | 'end';
  /** As written, except that → is `->`; empty for `end`. */
  readonly text: string;
  /** One for a number, one for each factor of a size, otherwise none. */
  readonly numbers: readonly number[];
  /** Its place in the model's text. */
  readonly span: Span;
}

/** The words that begin a line of shorthand. */
export const keywords = [
  'layers',
  'loss',
  'optimizer',
  'regularizer',
  'rate',
  'initializer',
  'sensitivities',
  'use',
] as const;
/** One of `keywords`. */
export type Keyword = (typeof keywords)[number];

const spellings: Readonly<Record<string, Keyword>> = {
  optimiser: 'optimizer',
  regulariser: 'regularizer',
  initialiser: 'initializer',
};

/** A line of shorthand, split into words. */
export interface Shorthand {
  readonly keyword: Keyword;
  /** What stands between the keyword and the colon, as in `loss E: …`. */
  readonly name?: string;
  /** With an `end` last; empty where the keyword itself is wrong, which has been reported. */
  readonly words: readonly ShorthandWord[];
  /** As written, without indentation and comment. */
  readonly text: string;
  /** Of `text`. */
  readonly span: Span;
}

/** Thrown where a line cannot be read or expanded, and caught by `readLines`: a line has at most one such fault. */
export class ShorthandFault extends Error {
  constructor(
    readonly span: Span,
    message: string,
    /** Whether something is missing that another line of shorthand would compute; it is not reported if such a line failed. */
    readonly isMissing = false,
  ) {
    super(message);
  }
}

/** Words that begin other lines with a colon, as in `store h: 2dp`. */
const reserved = new Set([
  'given',
  'param',
  'state',
  'sample',
  'random',
  'table',
  'mode',
  'batch',
  'examine',
  'store',
  'show',
]);
const beginning = /^(\s*)(\p{L}+)(?:\s+([\p{L}_][\p{L}\p{N}_]*))?\s*:(?!\s*-?\s*d[\p{L}\p{N}_]+\/d)/u;
const using = /^(\s*)use\s+\p{L}/u;

/**
 * The lines of shorthand among all lines of a model's text (without line ends), by line number from 1. Other lines never begin
 * with a word and a colon, except a claim alone (`g : dL/dw`), which is recognized. Reports misspelled keywords to `diagnostics`
 * (`shorthand`); their lines are included, without words.
 */
export function readShorthand(lines: readonly string[], diagnostics: Diagnostics): Map<number, Shorthand> {
  const found = new Map<number, Shorthand>();
  lines.forEach((content, at) => {
    const line = at + 1;
    const clean = content.split('#', 1)[0].trimEnd();
    const start = beginning.exec(clean) ?? using.exec(clean);
    if (start === null || reserved.has(start[2])) return;
    const [, indent, first = 'use', name] = start;
    const keyword = spellings[first] ?? keywords.find((one) => one === first);
    if (keyword === undefined) {
      const near = closest(first, [...keywords.filter((one) => one !== 'use'), ...Object.keys(spellings)]);
      if (near === undefined) return;
      const span = { line, column: indent.length + 1, length: first.length };
      diagnostics.error(span, 'shorthand', `there is no shorthand ${first}; do you mean ${near}:?`);
      found.set(line, { keyword: 'use', words: [], text: '', span });
      return;
    }
    const from = keyword === 'use' ? indent.length + 'use'.length : start[0].length;
    found.set(line, {
      keyword,
      ...(name !== undefined && keyword !== 'use' && { name }),
      words: wordsOf(clean, from, line),
      text: clean.trim(),
      span: { line, column: indent.length + 1, length: clean.length - indent.length },
    });
  });
  return found;
}

const pattern =
  /(?<size>\d+(?:\s*[x×]\s*\d+)+)|(?<number>-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+|\/(?=[\d.]*[1-9])\d+\.?\d*)?)|(?<word>[\p{L}_][\p{L}\p{N}_]*(?:-\p{L}+)*)|(?<sign>->|→|\S)/gu;

function wordsOf(text: string, from: number, line: number): ShorthandWord[] {
  const words: ShorthandWord[] = [];
  for (const found of text.slice(from).matchAll(pattern)) {
    const [written] = found;
    const { size, number, word } = found.groups as Record<string, string | undefined>;
    const kind = size ? 'size' : number ? 'number' : word ? 'word' : 'sign';
    words.push({
      kind,
      text: written === '→' ? '->' : written,
      numbers: size || number ? written.split(/[x×]/).map(numberOf) : [],
      span: { line, column: from + found.index + 1, length: written.length },
    });
  }
  words.push({ kind: 'end', text: '', numbers: [], span: { line, column: text.length + 1, length: 1 } });
  return words;
}

/** A number, or a fraction such as `1/3`. */
function numberOf(text: string): number {
  const [above, below = 1] = text.split('/').map(Number);
  return above / below;
}

/** Reads the words of one line in order. Methods that need something throw a `ShorthandFault` where it is missing. */
export class ShorthandWords {
  private at = 0;

  constructor(private readonly words: readonly ShorthandWord[]) {}

  /** The next word, not yet taken. */
  get next(): ShorthandWord {
    return this.words[this.at];
  }

  /** Whether all words have been taken. */
  get done(): boolean {
    return this.next.kind === 'end';
  }

  /** The next word, taken; `end` is never passed. */
  take(): ShorthandWord {
    const { next } = this;
    if (!this.done) this.at += 1;
    return next;
  }

  /** Takes the next word if it has this text; otherwise undefined. */
  accept(text: string): ShorthandWord | undefined {
    return this.next.text === text ? this.take() : undefined;
  }

  /** Takes the next word if it is of this kind; otherwise undefined. */
  acceptKind(kind: ShorthandWord['kind']): ShorthandWord | undefined {
    return this.next.kind === kind ? this.take() : undefined;
  }

  /** Takes a word; `what` ends the message `expected …` otherwise. */
  name(what: string): ShorthandWord {
    if (this.next.kind !== 'word') throw this.fault(`expected ${what}`);
    return this.take();
  }

  /** Takes words up to the next sign, number or word of `until`, as one phrase; perhaps none. */
  phrase(until: readonly string[] = []): { text: string; span: Span } {
    const first = this.next;
    const taken: ShorthandWord[] = [];
    while (this.next.kind === 'word' && !until.includes(this.next.text)) taken.push(this.take());
    const last = taken[taken.length - 1] ?? first;
    const length = last.span.column + last.span.length - first.span.column;
    return { text: taken.map(({ text }) => text).join(' '), span: { ...first.span, length } };
  }

  /** Takes `a, b, c`, at least one word. */
  names(what: string): ShorthandWord[] {
    const found = [this.name(what)];
    while (this.accept(',')) found.push(this.name(what));
    return found;
  }

  /** Throws, with a hint, if anything is left. */
  finish(hint: string): void {
    if (!this.done) throw this.fault(`expected nothing more; ${hint}`);
  }

  /** A fault to be thrown; at the next word, the message also quotes it. */
  fault(message: string, span = this.next.span): ShorthandFault {
    const here = this.done ? 'the line ends' : `here stands ${this.next.text}`;
    return new ShorthandFault(span, span === this.next.span ? `${message}, but ${here}` : message);
  }
}

/**
 * A fault, to be thrown, for an unknown word: `there is no loss sqared error; do you mean squared error?` `what` names the kind
 * of thing, `known` lists what there is; an empty word means that the line ended too early. `isMissing` is as in
 * `ShorthandFault`.
 */
export function unknown(
  what: string,
  word: { text: string; span: Span },
  known: Iterable<string>,
  isMissing = false,
) {
  const all = [...known];
  if (word.text === '') return new ShorthandFault(word.span, `expected a ${what}: ${all.join(', ')}`);
  const near = closest(word.text, all);
  const hint = near ? `do you mean ${near}?` : `there are ${all.join(', ')}`;
  return new ShorthandFault(word.span, `there is no ${what} ${word.text}; ${hint}`, isMissing);
}
