import { attributes, escapeHtml } from '../lesson/markdown/html.ts';
import { indexWords as words } from '../words/lesson/index-page.ts';
import { pageWords } from '../words/lesson/page.ts';
import type { CourseLesson } from './course.ts';
import { type Demo, demoOf } from './demo/demo.ts';
import { courseName, glossaryOf, lessonAddress, lessonTitle, manualOf, page } from './document.ts';
import { modelPicture } from './pictures/model-picture.ts';

/** The first model of a lesson that compiles, with its name. */
const firstModel = ({ lesson }: CourseLesson) => {
  for (const [id, { program }] of lesson.models) if (program !== undefined) return { id, program };
  return undefined;
};

/** What the first page steps through: the first model of the first lesson. Undefined where that has none to be drawn. */
export function indexDemo([first]: readonly CourseLesson[]): Demo | undefined {
  const model = first && firstModel(first);
  return model && demoOf({ ...model, address: lessonAddress(first) });
}

/**
 * The HTML document of the first page: what this is, where to begin, and the lessons in the course's order, as a source for
 * Vite. `demo` is what steps by itself there.
 */
export function indexDocument(course: readonly CourseLesson[], demo = indexDemo(course)): string {
  const items = course.map((each) => item(each, course)).join('\n');
  return page({
    title: pageWords.index(courseName),
    description: pageWords.about,
    main: `<div class="opening">
<header class="lead"><h1>${words.claim}</h1>
<p>${words.what}</p>
${begin(course)}</header>
${demo?.html ?? ''}</div>
<h2 id="lessons">${pageWords.lessons}</h2>
<ol class="lessons">
${items}
</ol>
`,
    index: true,
    manual: manualOf(course),
    glossary: glossaryOf(course),
  });
}

/** Where to start: the first lesson that needs no other. */
function begin(course: readonly CourseLesson[]): string {
  const first = course.find(({ lesson }) => !lesson.frontMatter.needs?.length);
  if (first === undefined) return '';
  const { minutes } = first.lesson.frontMatter;
  const title = `<span class="what">${escapeHtml(lessonTitle(first))}</span>`;
  const time = minutes === undefined ? '' : ` <span class="minutes">${words.minutes(minutes)}</span>`;
  return `<p class="begin"><a href="${lessonAddress(first)}">${words.begin} ${title}</a>${time}</p>\n`;
}

function item(each: CourseLesson, course: readonly CourseLesson[]): string {
  const { description, minutes, needs = [] } = each.lesson.frontMatter;
  const model = firstModel(each);
  const before = needs.flatMap(({ name }) => course.find((one) => one.name === name) ?? []);
  const links = before.map(
    (one) => `<a${attributes({ href: lessonAddress(one) })}>${escapeHtml(lessonTitle(one))}</a>`,
  );
  const facts = [
    ...(minutes === undefined ? [] : [words.minutes(minutes)]),
    ...(links.length === 0 ? [] : [`${words.after} ${links.join(', ')}`]),
  ];
  return [
    `<li><div class="look">${(model && modelPicture(model.program)) ?? ''}</div><div class="about">`,
    `<h3><a${attributes({ href: lessonAddress(each) })}>${escapeHtml(lessonTitle(each))}</a></h3>`,
    description === undefined ? '' : `<p>${escapeHtml(description)}</p>`,
    facts.length === 0 ? '' : `<p class="facts">${facts.join(' · ')}</p>`,
    '</div></li>',
  ].join('');
}
