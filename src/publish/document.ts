import { attributes, escapeHtml, mainId } from '../lesson/markdown/html.ts';
import { pageWords as words } from '../words/lesson/page.ts';
import { wordsLanguage } from '../words/section.ts';
import type { CourseLesson } from './course.ts';
import { licenceFile } from './licences.ts';
import { rail } from './rail.ts';

/** The name of the site, as pages show it. */
export const courseName = 'Backstep';

/** The lesson that is the debugger's manual, by the name of its page: each page links to it, where the course has it. */
const manualName = 'using-the-debugger';

/** The stylesheet of the formulas, which the plugin `site` serves. The build turns it, as the others, into a hashed file. */
export const stylePath = '/lesson-styles.css';
const styles = [
  '/node_modules/katex/dist/katex.min.css',
  '/src/publish/page.css',
  '/src/publish/rail.css',
  stylePath,
];
/** The sheet of the first page only. */
const indexStyle = '/src/publish/index-page.css';
const script = '/src/publish/page.ts';

/** What a page is made of; texts are plain, and the rest is HTML. */
export interface PageParts {
  readonly title: string;
  readonly description: string;
  readonly main: string;
  /** Whether it is the course's first page. */
  readonly index: boolean;
  /** The language of `main`, a BCP 47 tag; absent where it is the interface's. */
  readonly lang?: string | undefined;
  /** What stands in the header beside the site's name. */
  readonly header?: string;
  /** The lesson that explains the debugger; absent where there is none, and on its own page. */
  readonly manual?: CourseLesson | undefined;
  /** The address of the words that the course explains, relative to the page's; absent where it has no such list. */
  readonly glossary?: string | undefined;
  /** What stands in the margin. It follows `main`, so that the keyboard comes to the debugger first. */
  readonly beside?: string;
}

/** The HTML document of a page, as a source for Vite: addresses of scripts and styles are the project's. */
export function page(parts: PageParts): string {
  const { title, description, main, index, lang, header = '', beside = '', manual, glossary } = parts;
  const home = `<a class="course" href="./index.html"${index ? ' aria-current="page"' : ''}>${courseName}</a>`;
  const links = [
    ...(manual === undefined
      ? []
      : [
          { rel: 'help', href: lessonAddress(manual), title: lessonTitle(manual), text: lessonTitle(manual) },
        ]),
    ...(glossary === undefined
      ? []
      : [{ rel: 'glossary', href: glossary, title: words.glossary, text: words.glossary }]),
  ];
  // Around a text in another language, the page still speaks the interface's.
  const own = attributes({
    lang: lang === undefined || lang === wordsLanguage() ? undefined : wordsLanguage(),
  });
  return `<!doctype html>
<html lang="${lang ?? wordsLanguage()}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<meta${attributes({ name: 'description', content: description })}>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${links.map(({ rel, href, title }) => `<link${attributes({ rel, href, title })}>\n`).join('')}<link rel="icon" href="/src/publish/icon.svg" type="image/svg+xml">
${[...styles, ...(index ? [indexStyle] : [])].map((href) => `<link rel="stylesheet" href="${href}">`).join('\n')}
<script type="module" src="${script}"></script>
</head>
<body${index ? ' class="index"' : ''}>
<a class="skip" href="#${mainId}"${own}>${words.skip}</a>
<header class="site"${own}><nav${attributes({ 'aria-label': words.course })}>${home}</nav>${header}</header>
<main id="${mainId}" tabindex="-1">
${main}</main>
${beside}<footer class="site"${own}><p class="colophon">${words.colophon(courseName)} ${links.map(({ rel, href, text }) => `<a${attributes({ rel, href })}>${escapeHtml(text)}</a> · `).join('')}<a href="./${licenceFile}">${words.licences}</a></p></footer>
</body>
</html>
`;
}

/**
 * The HTML document of the lesson at position `at` (from 0) in the course's order, with links to its neighbours, as a source
 * for Vite. Its HTML must have been sanitized, as by `readCourse`.
 */
export function lessonDocument(course: readonly CourseLesson[], at: number): string {
  const { lesson, name } = course[at];
  const title = lesson.title || name;
  const { description = '', lang } = lesson.frontMatter;
  const contents = rail(lesson);
  return page({
    title: words.title(title, courseName),
    description,
    main: `${lesson.html}${neighbours(course, at)}`,
    index: false,
    lang,
    header: `${contents.fold}${ways(course, at)}`,
    beside: contents.rail,
    manual: manualOf(course.filter((one) => one !== course[at])),
    glossary: glossaryOf(course),
  });
}

/** The lesson of a course that explains the debugger; undefined where it has none. */
export const manualOf = (course: readonly CourseLesson[]): CourseLesson | undefined =>
  course.find(({ name }) => name === manualName);

/** The address of the first list of words in a course; undefined where it has none. */
export function glossaryOf(course: readonly CourseLesson[]): string | undefined {
  const found = course.find(({ lesson }) => lesson.glossary !== undefined);
  return found && `${lessonAddress(found)}#${found.lesson.glossary?.section}`;
}

/** The lessons before and after one, where there are such. */
const around = (course: readonly CourseLesson[], at: number) =>
  [
    { rel: 'prev', word: words.before, short: words.beforeThis, other: course[at - 1] },
    { rel: 'next', word: words.next, short: words.afterThis, other: course[at + 1] },
  ].filter(({ other }) => other !== undefined);

/** The links at a lesson's end, in words. */
function neighbours(course: readonly CourseLesson[], at: number): string {
  const links = around(course, at).map(
    ({ rel, word, other }) =>
      `<a${attributes({ rel, href: lessonAddress(other) })}>${escapeHtml(word(lessonTitle(other)))}</a>`,
  );
  if (links.length === 0) return '';
  return `<nav${attributes({ class: 'neighbours', 'aria-label': words.lessons })}>${links.join('\n')}</nav>\n`;
}

/** The same links in the page's header, where there is room for a word only. */
function ways(course: readonly CourseLesson[], at: number): string {
  const links = around(course, at).map(({ rel, short, word, other }) => {
    const label = word(lessonTitle(other));
    const data = { rel, href: lessonAddress(other), title: lessonTitle(other), 'aria-label': label };
    return `<a${attributes(data)}>${escapeHtml(short)}</a>`;
  });
  if (links.length === 0) return '';
  return `<nav${attributes({ class: 'ways', 'aria-label': words.neighbours })}>${links.join('\n')}</nav>`;
}

/** The title of a lesson, or the name of its page if it has none. */
export const lessonTitle = ({ lesson, name }: CourseLesson): string => lesson.title || name;

/** The address of a lesson's page, relative to the others. */
export const lessonAddress = ({ name }: CourseLesson): string => `./${encodeURIComponent(name)}.html`;
