import type { Token } from 'marked';
import { fileOf } from '../data/file.ts';
import { type Tables, tablesIn } from '../formula/compile/tables.ts';
import type { Program } from '../program/program.ts';
import { pageWords as words } from '../words/lesson/page.ts';
import { wordsLanguage } from '../words/section.ts';
import { directives } from './directives/directives.ts';
import { type Finding, Findings } from './markdown/finding.ts';
import { readFrontMatter } from './markdown/front-matter.ts';
import type { FrontMatter } from './markdown/front-matter-keys.ts';
import { gluePunctuation } from './markdown/glue.ts';
import { escapeHtml } from './markdown/html.ts';
import { markdownTokens } from './markdown/lexer.ts';
import { markdownLimits } from './markdown/limits.ts';
import { locate } from './markdown/location.ts';
import { lessonMarkdown } from './markdown/markdown.ts';
import { MathRenderer } from './markdown/math.ts';
import { MarkdownSource, unshield } from './markdown/source.ts';
import { StyleClasses } from './markdown/style-class.ts';
import { readModels } from './model/model-fence.ts';
import { Contents, type ContentsEntry, type Glossary, type Heading } from './page/contents.ts';
import type { Page } from './page/page.ts';
import { lessonRenderer } from './renderer.ts';
import { SyntaxCheck } from './syntax.ts';
import { type Wording, WordingCheck } from './wording.ts';

/** A rendered lesson: its HTML and the data that its page needs. */
export interface Lesson {
  /** The content of `<main>`, beginning with the title. Not yet sanitized: see publish/sanitizer.ts. */
  readonly html: string;
  /** Plain text: from the front matter, else the first heading of level 1, else empty. */
  readonly title: string;
  readonly frontMatter: FrontMatter;
  /** In the order of the page. */
  readonly headings: readonly Heading[];
  /** Its table of contents, in the same order. */
  readonly contents: readonly ContentsEntry[];
  /** The words that it explains in a list; absent where it has none. */
  readonly glossary?: Glossary | undefined;
  /**
   * By the models' names: their formulas, shorthand expanded, the line of the lesson (from 1) where the written text begins, and
   * what they compile to; undefined for one with an error.
   */
  readonly models: ReadonlyMap<
    string,
    { readonly text: string; readonly line: number; readonly program: Program | undefined }
  >;
  /** The names of the data files that its models read and its page must provide. */
  readonly files: readonly string[];
  /** In the order of the lesson's lines. */
  readonly diagnostics: readonly Finding[];
  /** The rules of classes that replace formulas' inline styles: see `styleSheet`. */
  readonly styles: ReadonlyMap<string, string>;
}

/** Options of `renderLesson`. */
export interface LessonOptions {
  /** The lesson's file, for findings; left out there if absent. */
  readonly path?: string;
  /** The data files beside the lesson; none if absent. */
  readonly tables?: Tables;
  /** What its course has agreed on; nothing if absent. */
  readonly wording?: Wording | undefined;
  /** Whether its debuggers may use WebAssembly; true if absent. */
  readonly webAssembly?: boolean;
}

/**
 * Renders a lesson's whole Markdown file, running its models as far as its numbers need. Never throws: faults are findings, and
 * the rest is rendered. `path` is only for findings; without `tables` there are no data files.
 */
export function renderLesson(
  markdown: string,
  { path, tables, wording, webAssembly = true }: LessonOptions = {},
): Lesson {
  const source = new MarkdownSource(markdown);
  const findings = new Findings(path);
  if (source.overlong !== undefined) {
    const message = `a lesson has at most ${markdownLimits.lesson} letters, this one ${source.overlong}; what follows is left out: make two of it`;
    findings.error(source.place(source.text.length), 'limit', message);
  }
  const { frontMatter, body: prose } = readFrontMatter(source.text, findings);
  const marked = lessonMarkdown((name) => directives.get(name)?.options ?? []);
  const tokens = markdownTokens(marked, prose);
  const locations = locate(marked, tokens, source);
  const syntax = new SyntaxCheck(findings, source, locations);
  const usage = wording && new WordingCheck(wording, findings, source, locations);
  const instruments = new Set<string>();
  marked.walkTokens(tokens, (token) => {
    syntax.examine(token);
    usage?.examine(token);
    if (token.type === 'directive' && directives.get(token.name)?.stage) instruments.add(token.argument);
  });
  marked.walkTokens(tokens, (token) => {
    if ('tokens' in token) gluePunctuation(token.tokens);
  });
  const models = readModels(marked, tokens, locations, source, findings, tables);
  const styles = new StyleClasses();
  const page: Page = {
    findings,
    math: new MathRenderer(styles),
    models,
    instruments,
    shown: 0,
    contents: new Contents(),
    tables,
    webAssembly,
    markdown: unshield(source.text),
  };
  const headings: Heading[] = [];
  marked.use(lessonRenderer(page, source, locations, headings));
  const body = staged(
    tokens,
    (some) => marked.parser(some),
    (titled) => lead(frontMatter, titled),
    origin(frontMatter),
  );
  return {
    html: unshield(body),
    title: frontMatter.title ?? headings.find(({ level }) => level === 1)?.text ?? '',
    frontMatter,
    headings,
    contents: page.contents.entries,
    glossary: page.contents.glossary,
    models: new Map(
      [...models].map(([id, { text, start, program }]) => [id, { text, line: start.line, program }]),
    ),
    files: [...new Set([...models.values()].flatMap(({ text }) => filesOf(text)))],
    diagnostics: findings.sorted,
    styles: styles.rules,
  };
}

/** The data files beside the lesson; those that the reader provides are not the page's to provide. */
const filesOf = (text: string): string[] =>
  tablesIn(text)
    .filter(({ awaited }) => !awaited)
    .map(({ name }) => fileOf(name));

/** The title, unless the lesson has it as a heading of its own. */
const lead = ({ title }: FrontMatter, titled: boolean): string =>
  title === undefined || titled ? '' : `<header class="lead"><h1>${escapeHtml(title)}</h1></header>\n`;

/** Where a lesson comes from, at its end: the deck that it follows, its author and its day. */
function origin({ deck, author, date }: FrontMatter): string {
  const day =
    date === undefined
      ? undefined
      : new Intl.DateTimeFormat(wordsLanguage(), { dateStyle: 'long', timeZone: 'UTC' });
  const by = [author, day?.format(new Date(`${date}T00:00:00Z`))].filter(Boolean).join(', ');
  const lines = [
    deck === undefined ? '' : `<p class="deck">${escapeHtml(words.after(deck))}</p>\n`,
    by === '' ? '' : `<p class="byline">${escapeHtml(by)}</p>\n`,
  ].join('');
  return lines === '' ? '' : `<footer class="source">${lines}</footer>\n`;
}

/**
 * The page in stages: an instrument (a directive with `stage`) and the prose up to the next one. The prose before the first
 * instrument opens the first stage; `end` ends the last.
 */
function staged(
  tokens: readonly Token[],
  render: (tokens: Token[]) => string,
  lead: (titled: boolean) => string,
  end: string,
): string {
  const starts = tokens.flatMap((token, at) =>
    token.type === 'directive' && directives.get(token.name)?.stage ? [at] : [],
  );
  const titled = tokens.some((token) => token.type === 'heading' && token.depth === 1);
  const prose = (from: number, to: number | undefined, name: string): string => {
    const html =
      (from === 0 ? lead(titled) : '') + render(tokens.slice(from, to)) + (to === undefined ? end : '');
    return html.trim() === '' ? '' : `<div class="${name}">\n${html}</div>\n`;
  };
  if (starts.length === 0) return prose(0, undefined, 'prose');
  return starts
    .map((start, n) => {
      const opening = n === 0 ? prose(0, start, 'prose opening') : '';
      const instrument = `<div class="instrument">\n${render([tokens[start]])}</div>\n`;
      return `<section class="stage">\n${opening}${instrument}${prose(start + 1, starts[n + 1], 'prose')}</section>\n`;
    })
    .join('');
}
