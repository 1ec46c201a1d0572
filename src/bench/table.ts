/**
 * A table as text, each line ended by a newline, with a rule below the heading: the first column aligned left, the others, which
 * are numbers, right. Every row has as many cells as the heading.
 */
export function columns(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((word, at) =>
    Math.max(...[heading, ...rows].map((row) => row[at].length), word.length),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at])))
      .join('  ')
      .trimEnd();
  return [line(heading), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)]
    .map((text) => `${text}\n`)
    .join('');
}
