import { attributes, escapeHtml } from '../lesson/markdown/html.ts';
import { pageWords as words } from '../words/lesson/page.ts';
import { wordsLanguage } from '../words/section.ts';
import type { CourseLesson } from './course.ts';
import { licenceFile } from './licences.ts';

/** The name of the site, as pages show it. */
export const courseName = 'Backstep';

/** The stylesheet of the formulas, which the plugin `site` serves. The build turns it, as the others, into a hashed file. */
export const stylePath = '/lesson-styles.css';
const styles = ['/node_modules/katex/dist/katex.min.css', '/src/publish/page.css', stylePath];
const script = '/src/publish/page.ts';

interface Page {
  readonly title: string;
  readonly description: string;
  readonly main: string;
  readonly index: boolean;
}

function page({ title, description, main, index }: Page): string {
  const home = `<a class="course" href="./index.html"${index ? ' aria-current="page"' : ''}>${courseName}</a>`;
  return `<!doctype html>
<html lang="${wordsLanguage()}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<meta${attributes({ name: 'description', content: description })}>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/src/publish/icon.svg" type="image/svg+xml">
${styles.map((href) => `<link rel="stylesheet" href="${href}">`).join('\n')}
<script type="module" src="${script}"></script>
</head>
<body${index ? ' class="index"' : ''}>
<a class="skip" href="#main">${words.skip}</a>
<header class="site"><nav${attributes({ 'aria-label': words.course })}>${home}</nav></header>
<main id="main" tabindex="-1">
${main}</main>
<footer class="site"><p class="colophon">${words.colophon(courseName)} <a href="./${licenceFile}">${words.licences}</a></p></footer>
</body>
</html>
`;
}

/**
 * The HTML document of the lesson at position `at` (from 0) in the course's order, with links to its neighbours, as a source
 * for Vite: addresses of scripts and styles are the project's. Its HTML must have been sanitized, as by `readCourse`.
 */
export function lessonDocument(course: readonly CourseLesson[], at: number): string {
  const { lesson, name } = course[at];
  const title = lesson.title || name;
  const { description = '' } = lesson.frontMatter;
  return page({
    title: words.title(title, courseName),
    description,
    main: `${lesson.html}${neighbours(course, at)}`,
    index: false,
  });
}

function neighbours(course: readonly CourseLesson[], at: number): string {
  const links = [
    ['prev', words.before, course[at - 1]],
    ['next', words.next, course[at + 1]],
  ] as const;
  const written = links.flatMap(([rel, word, other]) =>
    other
      ? [`<a${attributes({ rel, href: address(other) })}>${escapeHtml(word(other.lesson.title))}</a>`]
      : [],
  );
  return written.length === 0
    ? ''
    : `<nav${attributes({ class: 'neighbours', 'aria-label': words.lessons })}>${written.join('\n')}</nav>\n`;
}

const address = ({ name }: CourseLesson): string => `./${encodeURIComponent(name)}.html`;

/** The HTML document of the first page: the list of lessons in the course's order, as a source for Vite. */
export function indexDocument(course: readonly CourseLesson[]): string {
  const items = course.map((each) => {
    const { title, frontMatter } = each.lesson;
    const parts = [
      `<a${attributes({ href: address(each) })}>${escapeHtml(title || each.name)}</a>`,
      frontMatter.description ? `<p>${escapeHtml(frontMatter.description)}</p>` : '',
      frontMatter.deck ? `<p class="deck">${escapeHtml(words.after(frontMatter.deck))}</p>` : '',
    ];
    return `<li>${parts.join('')}</li>`;
  });
  return page({
    title: words.index(courseName),
    description: words.about,
    main: `<header class="lead"><h1>${courseName}</h1>\n<p>${words.about}</p></header>\n<h2>${words.lessons}</h2>\n<ol class="lessons">\n${items.join('\n')}\n</ol>\n`,
    index: true,
  });
}
