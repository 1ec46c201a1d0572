import { wrapped } from './wrapping.ts';

/** A statement of Python, or none (empty `code`), with a comment. */
export interface PythonLine {
  /** How many levels it is indented, from 0. */
  readonly depth: number;
  /** Without indentation and line breaks. */
  readonly code: string;
  /** Without `#`. */
  readonly comment?: string;
}

const indent = '    ';
/** In characters: comments stand in a column beside code up to `codeWidth` where both fit in `pageWidth`. */
const codeWidth = 52;
const pageWidth = 118;

/**
 * Lines as one text, each with its line break, wrapped to 118 characters where that is possible; comments (given without `#`)
 * stand in one column, those that do not fit beside their line above it. Empty for no lines.
 */
export function layOut(lines: readonly PythonLine[]): string {
  const text = ({ depth, code }: PythonLine) => (code === '' ? '' : indent.repeat(depth) + code);
  const widths = lines.filter(({ comment }) => comment).map((line) => text(line).length);
  const column = Math.max(0, ...widths.filter((width) => width <= codeWidth)) + 2;
  return lines
    .map((line) => {
      const { comment, depth } = line;
      const code = line.code === '' ? '' : wrapped(line.code, depth, pageWidth);
      const above = () =>
        filled(comment ?? '', pageWidth - indent.length * (depth + 1), `${indent.repeat(depth)}# `);
      if (!comment) return `${code}\n`;
      if (code === '') return above();
      const beside = `${code.padEnd(column - 2)}  # ${comment}`;
      if (beside.length <= pageWidth && !code.includes('\n')) return `${beside}\n`;
      return `${above()}${code}\n`;
    })
    .join('');
}

/** Words in lines of at most `width` characters, each after `before`; lines after the first are indented. */
function filled(text: string, width: number, before: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + word.length + 1 <= width) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines.map((line, at) => `${before}${at > 0 ? '  ' : ''}${line}\n`).join('');
}
