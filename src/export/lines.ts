/** A line of Python, or an empty one, with what is said about it. */
export interface Line {
  readonly depth: number;
  readonly code: string;
  readonly comment?: string;
}

const indent = '    ';
/** Comments stand in a column beside the code where there is room for both. */
const codeWidth = 52;
const pageWidth = 118;

/** Lines as text; a comment that has no room beside its line stands above it. */
export function layOut(lines: readonly Line[]): string {
  const text = ({ depth, code }: Line) => (code === '' ? '' : indent.repeat(depth) + code);
  const widths = lines.filter(({ comment }) => comment).map((line) => text(line).length);
  const column = Math.max(0, ...widths.filter((width) => width <= codeWidth)) + 2;
  return lines
    .map((line) => {
      const { comment, depth } = line;
      const code = wrapped(text(line), depth);
      if (!comment) return `${code}\n`;
      const beside = `${code.padEnd(column - 2)}  # ${comment}`;
      if (beside.length <= pageWidth && !code.includes('\n')) return `${beside}\n`;
      return `${filled(comment, pageWidth - 4 * depth - 4, `${indent.repeat(depth)}# `)}${code}\n`;
    })
    .join('');
}

/** Words in lines of at most so many letters; lines after the first stand in a little. */
function filled(text: string, width: number, before: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + word.length + 1 <= width) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines.map((line, at) => `${before}${at > 0 ? '  ' : ''}${line}\n`).join('');
}

/** Code that is too long for its line, broken where Python allows it: at the terms of a sum, else inside its longest bracket. */
function wrapped(code: string, depth: number): string {
  if (code.length <= pageWidth || code.includes('\n')) return code;
  const start = Math.max(code.indexOf(' = ') + 3, 4 * depth);
  const terms = cut(code.slice(start), / (?=[+-] )/g);
  const inner = indent.repeat(depth + 1);
  if (terms.length > 1) {
    const lines = terms.map((term) => wrapped(inner + term, depth + 1));
    return `${code.slice(0, start)}(\n${lines.join('\n')}\n${indent.repeat(depth)})`;
  }
  const [open, close] = longestBracket(code, start);
  if (close - open < pageWidth / 2) return code;
  const lines = cut(code.slice(open + 1, close), / (?=for )|(?<=,) /g).map((part) =>
    wrapped(inner + part, depth + 1),
  );
  return `${code.slice(0, open + 1)}\n${lines.join('\n')}\n${indent.repeat(depth)}${code.slice(close)}`;
}

/** Where brackets open and close outside all others, from `start` on; the longest of them. */
function longestBracket(code: string, start: number): [open: number, close: number] {
  let best: [number, number] = [start, start];
  let depth = 0;
  let open = start;
  for (let at = start; at < code.length; at++) {
    if ('([{'.includes(code[at]) && depth++ === 0) open = at;
    if (')]}'.includes(code[at]) && --depth === 0 && at - open > best[1] - best[0]) best = [open, at];
  }
  return best;
}

/** Text cut where a pattern is found outside all brackets; what the pattern eats is left out. */
function cut(text: string, pattern: RegExp): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    const before = text.slice(from, found.index);
    if (
      [...before].reduce(
        (depth, char) => depth + ('([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0),
        0,
      ) !== 0
    )
      continue;
    parts.push(before);
    from = found.index + found[0].length;
  }
  return [...parts, text.slice(from)];
}
