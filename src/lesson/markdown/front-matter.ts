import type { Findings } from './finding.ts';

/** The entries before a lesson's text: `title`, `deck` (the lecture that it follows), `description`; each may be missing. */
export type FrontMatter = Readonly<Record<string, string>>;

const keys = ['title', 'deck', 'description'];

/**
 * Reads the `key: value` lines between `---` and `---` at the start of a text (with `\n` line ends). In `body`, the whole text,
 * they are replaced by blanks, so that all offsets stay the same; without front matter it is the text itself. Unknown keys,
 * lines of another form and a missing end are reported as errors.
 */
export function readFrontMatter(
  text: string,
  findings: Findings,
): { frontMatter: FrontMatter; body: string } {
  const found = /^---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|$)/.exec(text);
  if (found === null) {
    if (/^---[ \t]*\n\w+:/.test(text)) {
      findings.error(
        { line: 1, column: 1, length: 3 },
        'front-matter',
        'the front matter is never closed; end it with a line ---',
      );
    }
    return { frontMatter: {}, body: text };
  }
  const frontMatter: Record<string, string> = {};
  found[1].split('\n').forEach((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const entry = /^([\w-]+)[ \t]*:(.*)$/.exec(line);
    const place = { line: at + 2, column: 1, length: line.length };
    if (entry === null) findings.error(place, 'front-matter', 'expected key: value');
    else if (!keys.includes(entry[1]))
      findings.error(place, 'front-matter', `there is no ${entry[1]} here; write ${keys.join(', ')}`);
    else frontMatter[entry[1]] = entry[2].trim().replace(/^(["'])(.*)\1$/, '$2');
  });
  return { frontMatter, body: found[0].replace(/[^\n]/g, ' ') + text.slice(found[0].length) };
}
