import { attributes, escapeHtml } from '../lesson/markdown/html.ts';
import { pageWords as words } from '../words/lesson/page.ts';
import type { CourseLesson } from './course.ts';
import { courseName, lessonAddress, lessonTitle, page } from './document.ts';

/** The HTML document of the first page: the list of lessons in the course's order, as a source for Vite. */
export function indexDocument(course: readonly CourseLesson[]): string {
  const items = course.map((each) => {
    const { frontMatter } = each.lesson;
    const parts = [
      `<a${attributes({ href: lessonAddress(each) })}>${escapeHtml(lessonTitle(each))}</a>`,
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
