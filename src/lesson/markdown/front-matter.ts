import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  type ParsedNode,
  Parser,
  type YAMLError,
} from 'yaml';
import { closest } from '../../formula/diagnostic.ts';
import type { FindingPlace, Findings } from './finding.ts';
import { depthOf, type FrontMatter, type FrontMatterKey, readers } from './front-matter-keys.ts';
import { markdownLimits } from './limits.ts';
import { unshield } from './source.ts';

const rule = 'front-matter';

/**
 * Reads the YAML between `---` and `---` at the start of a text (with `\n` line ends). In `body`, the whole text, it is replaced
 * by blanks, so that all offsets stay the same; without front matter it is the text itself. Faults are errors at their places,
 * and unknown keys are warnings; whether `needs` are lessons is not known here.
 */
export function readFrontMatter(
  text: string,
  findings: Findings,
): { frontMatter: FrontMatter; body: string } {
  const found = /^---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|$)/.exec(text);
  if (found === null) {
    if (/^---[ \t]*\n\w+:/.test(text)) {
      const message = 'the front matter is never closed; end it with a line ---';
      findings.error({ line: 1, column: 1, length: 3 }, rule, message);
    }
    return { frontMatter: {}, body: text };
  }
  const body = found[0].replace(/[^\n]/g, ' ') + text.slice(found[0].length);
  return { frontMatter: entriesOf(unshield(found[1]), findings), body };
}

/** The entries of a YAML text whose first line is the lesson's second. */
function entriesOf(yaml: string, findings: Findings): FrontMatter {
  const lines = new LineCounter();
  const placeAt = (from: number, to = from + 1): FindingPlace => {
    const { line, col } = lines.linePos(from);
    const end = yaml.slice(from, to).search(/\n|$/);
    return { line: line + 1, column: Math.max(1, col), length: Math.max(1, end) };
  };
  if (yaml.length > markdownLimits.frontMatter) {
    const message = `front matter has at most ${markdownLimits.frontMatter} letters, this one ${yaml.length}`;
    findings.error({ line: 1, column: 1, length: 3 }, 'limit', message);
    return {};
  }
  const tokens = [...new Parser(lines.addNewLine).parse(yaml)];
  // Composing recurses, and a regular expression compiled at the stack's end would take the whole process down.
  if (depthOf(tokens) > markdownLimits.frontMatterDepth) {
    findings.error({ line: 1, column: 1, length: 3 }, 'limit', 'front matter holds texts and one list only');
    return {};
  }
  // As texts, all of them: a title that is a number stays as it is written.
  const composer = new Composer({ schema: 'failsafe', prettyErrors: false });
  const [written, ...more] = composer.compose(tokens, true, yaml.length);
  for (const error of [...written.errors, ...written.warnings])
    findings.error(placeAt(...error.pos), rule, messageOf(error));
  if (more.length > 0) {
    findings.error(placeAt(more[0].range[0]), rule, 'front matter ends here for YAML; leave this line out');
  }
  const { contents } = written;
  // What is empty has an empty text.
  if (contents === null || (isScalar(contents) && contents.value === '')) return {};
  if (!isMap<ParsedNode, ParsedNode | null>(contents)) {
    if (written.errors.length === 0)
      findings.error(placeAt(...rangeOf(contents)), rule, 'expected key: value');
    return {};
  }
  const read: Partial<Record<FrontMatterKey, unknown>> = {};
  for (const { key: name, value } of contents.items) {
    const key = isScalar(name) ? String(name.value) : undefined;
    const at = placeAt(...rangeOf(name));
    if (key === undefined || !isKey(key)) findings.warning(at, rule, unknown(key ?? 'such a key'));
    else if (value === null || isAlias(value)) findings.error(at, rule, `write out what ${key} is`);
    else {
      const fault = (message: string, node: ParsedNode = value) =>
        findings.error(placeAt(...rangeOf(node)), rule, message);
      // A second error for a value that YAML could not read would only repeat the first.
      const isBroken = written.errors.some(({ pos }) => pos[0] >= value.range[0] && pos[0] <= value.range[1]);
      const result = isBroken ? undefined : readers[key](value, fault, (node) => placeAt(...rangeOf(node)));
      if (result !== undefined) read[key] = result;
    }
  }
  return read as FrontMatter;
}

const rangeOf = ({ range }: ParsedNode): [from: number, to: number] => [range[0], range[1]];

const isKey = (name: string): name is FrontMatterKey => Object.hasOwn(readers, name);

function unknown(name: string): string {
  const known = Object.keys(readers);
  const near = closest(name, known);
  return `there is no ${name} here; ${near === undefined ? `there are ${known.join(', ')}` : `do you mean ${near}?`}`;
}

/** What authors meet most often, in our words: the colon in a title, which YAML takes for another key. */
function messageOf({ code, message }: YAMLError): string {
  if (code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY')
    return 'a text with a colon stands in quotation marks, as in title: "Chapter 1: Sums"';
  if (code === 'DUPLICATE_KEY') return 'this key is there already; write it once';
  return `this is no YAML: ${message[0].toLowerCase()}${message.slice(1)}`;
}
