import { closest } from '../diagnostic.ts';
import { phases } from '../statement.ts';
import { declarations } from './declarations.ts';

/** A line of a model, or several that are one because a bracket is open. */
export interface LogicalLine {
  /** With `\n` between its physical lines. */
  readonly text: string;
  /** The number of its first physical line, from 1. */
  readonly line: number;
}

/** The beginning of a line of TeX or words, whose brackets mean nothing. */
export const notationLine = /^(\s*)(write|say|label)\s+(?=\S+\s+as(\s|$))/u;

const declaration = new RegExp(`^\\s*(?:${declarations.join('|')})\\s+[\\p{L}_]`, 'u');
/** `h[j] = …`, `w <- …`, `δ[j] : -dL/dnet[j]`; but `i = 1..3: …` and `i: …` are indices of a sum. */
const formula =
  /^\s*[\p{L}_][\p{L}\p{N}_]*\s*(?:\[[^\]]*\]\s*)?(?:=(?![^()[\],:]*\.\.)|<-|:\s*-?\s*d\S+\/d)/u;
const word = /^\s*(\p{L}+)\s*$/u;

/** Whether a line begins something of its own, so that a bracket before it was forgotten. */
function isBeginning(line: string): boolean {
  if (declaration.test(line) || formula.test(line)) return true;
  const [, alone = ''] = word.exec(line) ?? [];
  return (
    phases.some((phase) => phase === alone) || (alone.length > 3 && closest(alone, phases) !== undefined)
  );
}

const uncommented = (line: string): string => line.replace(/#.*/, '');

/**
 * Whether each line goes on with the one before it, because a bracket is open. A line that begins something of its own never does:
 * a forgotten bracket spoils one line, not all below it.
 */
export function areContinued(lines: readonly string[]): boolean[] {
  let open = 0;
  return lines.map((line) => {
    const plain = uncommented(line);
    const joins = open > 0 && !isBeginning(plain);
    if (!joins) open = 0;
    if (!joins && notationLine.test(line)) return false;
    for (const [bracket] of plain.matchAll(/[[\]()]/g)) open += bracket === '[' || bracket === '(' ? 1 : -1;
    return joins;
  });
}

/** Physical lines, joined while a bracket is open, with empty lines and comments between. */
export function logicalLines(text: string): LogicalLine[] {
  const lines = text.split(/\r?\n/);
  const joined = areContinued(lines);
  const found: { line: number; parts: string[] }[] = [];
  lines.forEach((content, at) => {
    if (joined[at]) found[found.length - 1].parts.push(content);
    else found.push({ line: at + 1, parts: [content] });
  });
  return found.map(({ line, parts }) => ({ line, text: parts.join('\n') }));
}
