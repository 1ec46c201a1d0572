import { phases } from '../statement.ts';
import { declarations } from './declarations.ts';
import { notationLine } from './logical-lines.ts';
import { glance, withoutQuoted } from './token.ts';

/** The syntactic role of a piece of a model's text, for an editor to colour. */
export type Hue =
  | 'declaration'
  | 'heading'
  | 'target'
  | 'declared'
  | 'function'
  | 'name'
  | 'claim'
  | 'number'
  | 'text'
  | 'sign'
  | 'comment'
  | 'strange';

/** A piece of a line: UTF-16 positions from 0, `to` not included. */
export interface ColoredPiece {
  readonly from: number;
  readonly to: number;
  readonly hue: Hue;
}

const beginnings: ReadonlySet<string> = new Set(declarations);
/** Words with a meaning of their own inside a line. */
const particles: ReadonlySet<string> = new Set([
  'slope',
  'as',
  'like',
  'transposed',
  'where',
  'rows',
  'dropped',
  'against',
]);

/**
 * The coloured pieces of one line of a model (without its line break), in order; only white space lies between them. Each line
 * is read on its own, and a wrong one is coloured as far as it goes. `isContinued` says that it goes on with the line before it, inside
 * a bracket.
 */
export function coloredPieces(line: string, isContinued = false): ColoredPiece[] {
  const pieces: ColoredPiece[] = [];
  const words = line.replace(/#.*/, '').trim();
  if (!isContinued && (phases as readonly string[]).includes(words)) {
    const from = line.indexOf(words);
    pieces.push({ from, to: from + words.length, hue: 'heading' });
  }
  const notation = isContinued ? null : notationLine.exec(line);
  if (notation !== null) return notationPieces(line, notation[1].length, notation[2]);
  const start = pieces[0]?.to ?? 0;
  const first = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*(.?)/u.exec(line);
  // A line of shorthand has a colon behind its word, or begins with use.
  const isShorthand =
    /^\s*(?:\p{L}+(?:\s+[\p{L}_][\p{L}\p{N}_]*)?\s*:(?!\s*-?\s*d[\p{L}\p{N}_]+\/d)|use\s+\p{L})/u;
  const declares =
    !isContinued &&
    first !== null &&
    (beginnings.has(first[1]) || isShorthand.test(line)) &&
    first[2] !== '=';
  let depth = 0;
  let claims = false;
  for (let at = start, count = 0; at < line.length; ) {
    const { kind, text } = glance(line, at);
    const from = at;
    at += text.length;
    if (kind === 'space') continue;
    if (text === '(' || text === '[' || text === '?[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    if (text === ':' && depth === (isContinued ? -1 : 0) && !declares) claims = true;
    const hue = kind === 'name' ? nameHue() : kind === 'string' ? 'text' : kind;
    pieces.push({ from, to: at, hue: claims && hue !== 'comment' ? 'claim' : hue });
    count += 1;

    function nameHue(): Hue {
      if (count === 0 && !isContinued) return declares ? 'declaration' : 'target';
      if (count === 1 && declares) return 'declared';
      if (particles.has(text)) return 'declaration';
      return /^\s*\(/.test(line.slice(at)) ? 'function' : 'name';
    }
  }
  return pieces;
}

/**
 * A `write`, `say` or `label` line: its TeX and words are not coloured. A `#` in them is a place for indices, and begins a comment only
 * between spaces.
 */
function notationPieces(line: string, from: number, word: string): ColoredPiece[] {
  const pieces: ColoredPiece[] = [{ from, to: from + word.length, hue: 'declaration' }];
  const clean = (word === 'label' ? withoutQuoted(line) : line).replace(/\s#\s.*$/, '');
  const names = [...clean.matchAll(/(?<=\s)(\S+)\s+(as)(?=\s|$)/gu)];
  names.forEach(({ 0: found, 1: name, index }, n) => {
    const end = index + found.length;
    pieces.push({ from: index, to: index + name.length, hue: 'declared' });
    pieces.push({ from: end - 2, to: end, hue: 'declaration' });
    const next = names[n + 1]?.index ?? clean.length;
    if (next > end) pieces.push({ from: end, to: next, hue: 'text' });
  });
  if (clean.length < line.length) pieces.push({ from: clean.length, to: line.length, hue: 'comment' });
  return pieces;
}
