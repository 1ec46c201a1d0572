import { uniform } from '../../number/random.ts';

const spice =
  '( ) [ ] ?[ : , = <- < <= - + * ^ / sum( max( when( dL/dx stop( 1 0 2 99 0.5 i j t L where .. § ⁺ forward backward update given'
    .split(' ')
    .concat('\n', '\nbackward\n');

/** What an author might write in the wrong place, from every corner of the language. */
const phrases = [
  ...['forward', 'backward', 'update', 'loop', 'forward forward'].map((heading) => `\n${heading}\n`),
  ...[
    'given x = [1, 2]',
    'given x = [1/3, -2/3]',
    'given x = linspace(-1, 1/2, 5)',
    'param W[2,3] = he(1, 3)',
    'sample x = [[0, 1], [1, 0]]',
    'state m = 0 like W',
  ],
  ...['batch n = 2', 'batch n = all, shuffled 7, sum, together', 'random r[2] = uniform(7)', 'mode training'],
  ...['examine y against t, last 1', 'examine y against t, on m'],
  ...['table m = moons(9, 0.1, 3)', 'table d = "a.csv"', 'table d = dropped "a" like 3', 'given x = m[1..2]'],
  ...[
    'given t = onehot(m[class], 0..1)',
    'index i = 1..3',
    'index i = 3..1',
    'function f(z) = z^2 slope 2*z',
  ],
  ...[
    'function f(z) = f(z)',
    'y = y',
    'y[i] = x[i]',
    'W[j,i] <- W[j,i] - dL/dW[j,i]',
    'L = sum(i: x[i])',
    'L = x[y]',
  ],
  ...[
    'layers: 2 -> 2 sigmoid -> 1',
    'loss: squared error',
    'optimizer: adam',
    'store L: 2dp',
    'write x as \\x',
    'label i as 0..1',
    'label i as a, "b, c"   j as 2',
  ],
  ...['# a comment', '"', '[[1, 2], [3]]', '[', ')', 'x?[i-1]', 'dL/dL', 'when(i > 1: 2)', 'argmax(i: x[i])'],
  ...[
    '(1 +\n2)',
    'mean(i: x[i])',
    'mean(i where i > 9: 1)',
    'sum(i where i != 2: x[i])',
    'transposed',
    'onehot(d[1], [3, 8])',
  ],
  ...[
    'max(i, j: 1)',
    'sum(i=1..3 where i < 2: i)',
    '1..64',
    'as 2 x 2',
    ': onehot',
    'rows 1..2',
    'normal(1)',
  ],
];
const numbers = [
  '0',
  '1',
  '-1',
  '2',
  '1e400',
  '1e-400',
  '0.5',
  '999999',
  '1000001',
  '9007199254740993',
  '1.2.3',
];
const characters = [
  '\t',
  '\r',
  '\u00a0',
  '\u0000',
  '🙂',
  '\ud800',
  'δ',
  '−',
  '×',
  '“',
  '\\',
  '`',
  '$',
  '|',
  '@',
  '~',
];

/** Chooses by a seed alone. */
class Dice {
  private counter = 0;

  constructor(
    private readonly stream: number,
    private readonly seed: number,
  ) {}

  below(count: number): number {
    return Math.floor(uniform(this.stream, this.seed, this.counter++) * count);
  }

  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)];
  }
}

const cut = (text: string): string[] =>
  text.split(/([\p{L}_][\p{L}\p{N}_]*|\d+(?:\.\d+)?|\s+|.)/u).filter((piece) => piece !== '');

/** A text changed at random: pieces left out, doubled, moved, replaced by a piece of their kind or by anything. */
export function withPiecesChanged(text: string, seed: number): string {
  const dice = new Dice(17, seed);
  const pieces = cut(text);
  const isWord = (piece: string) => /^[\p{L}_]/u.test(piece);
  const isNumber = (piece: string) => /^\d/.test(piece);
  for (let times = 1 + Math.floor(dice.below(4) / 3) * (1 + dice.below(2)); times > 0; times--) {
    const at = dice.below(pieces.length);
    const kind = dice.below(8);
    if (kind === 0) pieces.splice(at, 1 + dice.below(2));
    else if (kind === 1) pieces.splice(at, 0, pieces[at]);
    else if (kind === 2) pieces.splice(at, 1, pieces[dice.below(pieces.length)]);
    else if (kind === 3) pieces.splice(at, dice.below(2), dice.of(spice));
    else {
      const alike = isNumber(pieces[at])
        ? isNumber
        : isWord(pieces[at])
          ? isWord
          : (piece: string) => /^[^\s\p{L}\d]/u.test(piece);
      const others = pieces.filter(alike);
      if (others.length > 0) pieces[at] = dice.of(others);
    }
  }
  return pieces.join('');
}

/** Characters left out, doubled, exchanged, put in. */
function withCharactersChanged(text: string, dice: Dice): string {
  let changed = text;
  for (let times = 1 + dice.below(4); times > 0; times--) {
    const at = dice.below(changed.length + 1);
    const [before, after] = [changed.slice(0, at), changed.slice(at)];
    const kind = dice.below(5);
    if (kind === 0) changed = before + after.slice(1 + dice.below(3));
    else if (kind === 1) changed = before + after.slice(0, 1) + after;
    else if (kind === 2) changed = before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2);
    else if (kind === 3) changed = before + dice.of(characters) + after.slice(dice.below(2));
    else changed = before + changed.charAt(dice.below(changed.length)) + after;
  }
  return changed;
}

/** Lines left out, doubled, moved, joined, taken from another text, put in. */
function withLinesChanged(text: string, dice: Dice, others: readonly string[]): string {
  const lines = text.split('\n');
  for (let times = 1 + dice.below(2); times > 0; times--) {
    const at = dice.below(lines.length);
    const kind = dice.below(7);
    if (kind === 0) lines.splice(at, 1 + dice.below(2));
    else if (kind === 1) lines.splice(at, 0, lines[at]);
    else if (kind === 2) lines.splice(dice.below(lines.length), 0, ...lines.splice(at, 1));
    else if (kind === 3) lines.splice(at, 2, lines.slice(at, at + 2).join(' '));
    else if (kind === 4) lines.splice(at, 0, dice.of(dice.of(others).split('\n')));
    else if (kind === 5) lines.splice(at, 0, dice.of(phrases));
    else lines.length = at;
    if (lines.length === 0) return '';
  }
  return lines.join('\n');
}

/** A phrase in the middle of a line, or numbers that are out of all bounds. */
function withPhrasesChanged(text: string, dice: Dice): string {
  const pieces = cut(text);
  for (let times = 1 + dice.below(2); times > 0; times--) {
    const at = dice.below(pieces.length);
    if (dice.below(2) === 0) {
      pieces.splice(at, dice.below(3), dice.of(phrases));
      continue;
    }
    const places = pieces.flatMap((piece, n) => (/^\d/.test(piece) ? [n] : []));
    if (places.length > 0) pieces[dice.of(places)] = dice.of(numbers);
  }
  return pieces.join('');
}

/** Characters. */
const longish = 900;

/** One of `texts`, changed in one of four ways: a pure function of the seed. */
export function mutant(texts: readonly string[], seed: number): string {
  const dice = new Dice(18, seed);
  const [one, other] = [dice.of(texts), dice.of(texts)];
  // A long text takes longer, and most of it has nothing to do with the mistake.
  const text = one.length > longish ? other : one;
  const kind = dice.below(4);
  if (kind === 0) return withPiecesChanged(text, seed);
  if (kind === 1) return withCharactersChanged(text, dice);
  if (kind === 2) return withLinesChanged(text, dice, texts);
  return withPhrasesChanged(text, dice);
}
