import sanitizeHtml, { type IOptions } from 'sanitize-html';
import { figureOptions } from '../figure/base/kinds.ts';
import { type Lesson, type LessonOptions, renderLesson } from '../lesson/lesson.ts';
import type { Finding } from '../lesson/markdown/finding.ts';
import { attributes } from '../lesson/markdown/html.ts';

/*
 * The second line of defence. A lesson's HTML is written by us and escaped everywhere; should that fail in one place, whatever
 * does not belong on a page is removed here, by a library that knows nothing of how the page was made, and is reported to the
 * author.
 */

const split = (text: string): string[] => text.split(' ');

/** The elements of lessons with their attributes. */
const prose: Record<string, string[]> = {
  a: split('href title rel download data-model data-frame data-run data-cell data-pass data-operation'),
  img: split('src alt title'),
  ol: ['start'],
  input: [{ name: 'type', values: ['checkbox'] }, 'checked', 'disabled'] as unknown as string[],
  th: split('scope align'),
  td: ['align'],
  div: ['slot'],
  span: split('data-model data-cell'),
  pre: split('tabindex data-model data-origins data-written'),
  section: ['role'],
  figure: ['data-model', ...figureOptions.map((key) => `data-${key}`)],
  rect: split('x y width height rx fill-opacity data-model data-cell'),
  text: split('x y text-anchor data-model data-cell'),
  circle: split('cx cy r data-model data-cell'),
  template: ['data-compiled'],
  'back-step': split('model frames webassembly'),
};
const bare = split(
  'h1 h2 h3 h4 h5 h6 p ul li blockquote hr br code em strong del table caption thead tbody tr header footer details summary figcaption',
);

/** The elements that KaTeX writes: MathML, whose attributes only concern looks, and strokes. */
const math = split(
  'math semantics annotation mrow mi mo mn mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd mlabeledtr mstyle mpadded mphantom menclose merror',
);
const looks = split(
  'xmlns display encoding mathvariant mathsize mathcolor mathbackground displaystyle scriptlevel width height depth lspace rspace voffset valign stretchy fence separator accent accentunder minsize maxsize symmetric largeop movablelimits form linethickness linebreak notation rowspacing columnspacing columnalign columnlines rowlines side frame',
);
const strokes: Record<string, string[]> = {
  svg: split('xmlns width height viewBox preserveAspectRatio role aria-label'),
  path: split('d data-model data-cell'),
  line: split('x1 y1 x2 y2 stroke-width data-model data-cell'),
};

const options: IOptions = {
  // SVG and MathML have names with capitals.
  parser: { lowerCaseTags: false, lowerCaseAttributeNames: false },
  allowedTags: [...Object.keys(prose), ...bare, ...math, ...Object.keys(strokes)],
  allowedAttributes: {
    ...prose,
    ...strokes,
    ...Object.fromEntries(math.map((name) => [name, looks])),
    '*': split('class id aria-hidden'),
  },
  allowedSchemes: split('http https mailto'),
  allowedSchemesByTag: { img: ['data'] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  exclusiveFilter: ({ tag, attribs }) => tag === 'input' && attribs.type !== 'checkbox',
  // Empty attributes stay: a link to this page has an empty address.
  nonBooleanAttributes: [],
};

/**
 * HTML without comments, and without elements and attributes that no lesson writes; the text in removed elements stays, except
 * in `script`, `style`, `textarea`, `option` and `xmp`. `removed`: the first opening tag that was removed or changed, as it was;
 * absent where none was, whatever became of comments and closing tags.
 */
export function sanitized(html: string): { html: string; removed?: string } {
  const [clean, before] = withTags(html);
  const [, after] = withTags(clean);
  const at = before.findIndex((tag, n) => tag !== after[n]);
  return at < 0 ? { html: clean } : { html: clean, removed: before[at] };
}

/** Cleaned HTML, and all tags as they were before. */
function withTags(html: string): [html: string, tags: string[]] {
  const tags: string[] = [];
  const onOpenTag = (name: string, values: Record<string, string>): void => {
    tags.push(`<${name}${attributes(values)}>`);
  };
  return [sanitizeHtml(html, { ...options, onOpenTag }), tags];
}

/** Renders a lesson and sanitizes it, as for publishing; `options` as for `renderLesson`. Never throws for a bad lesson. */
export const publishedLesson = (markdown: string, options: LessonOptions = {}): Lesson =>
  cleanLesson(renderLesson(markdown, options), options.path);

/**
 * The lesson with sanitized HTML; where something was removed, with an error of rule `html` as its first finding, for which
 * `path` is (left out there if absent).
 */
export function cleanLesson(lesson: Lesson, path?: string): Lesson {
  const { html, removed } = sanitized(lesson.html);
  if (removed === undefined) return { ...lesson, html };
  const finding: Finding = {
    ...(path !== undefined && { path }),
    line: 1,
    column: 1,
    length: 1,
    rule: 'html',
    message: `the page held what no lesson may bring, and it was taken out: ${removed.slice(0, 120)}; please report this lesson`,
    severity: 'error',
  };
  return { ...lesson, html, diagnostics: [finding, ...lesson.diagnostics] };
}
