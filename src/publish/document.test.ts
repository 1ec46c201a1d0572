import { describe, expect, it } from 'vitest';
import { renderLesson } from '../lesson/lesson.ts';
import { elementsOf, pageFaults } from '../lesson/testing/page-faults.testing.ts';
import type { CourseLesson } from './course.ts';
import { lessonDocument } from './document.ts';
import { indexDocument } from './index-page.ts';

const attack = `</title><script>alert(1)</script>"'><img src=x onerror=alert(1)>`;

const lesson = (name: string, markdown: string): CourseLesson => ({
  name,
  path: `lessons/${name}.md`,
  lesson: renderLesson(markdown),
});

describe('a page whose lesson says something hostile of itself', () => {
  const frontMatter = `---\ntitle: ${attack}\ndeck: ${attack}\ndescription: ${attack}\n---\n`;
  const course = [
    lesson(attack, `${frontMatter}\ntext`),
    lesson('b', '# </title><script>alert(1)</script>'),
    lesson('c', `${frontMatter}\ntext`),
  ];
  const [first, ...others] = course.map((_, at) => lessonDocument(course, at));

  it.each([indexDocument(course), first, ...others])('shows it as it is written: %#', (html) => {
    expect(pageFaults(html)).toEqual([]);
    expect(elementsOf(html, 'script')).toHaveLength(1);
    expect(elementsOf(html, 'img')).toEqual([]);
    expect(html).toMatch(/<title>[^<]*<\/title>/);
  });

  it('has it in its title and its description', () => {
    expect(first).toContain('<title>&lt;/title&gt;&lt;script&gt;');
    expect(elementsOf(first, 'meta').find(({ name }) => name === 'description')?.content).toBe(attack);
  });
});

describe('the lesson that explains the debugger', () => {
  const course = [lesson('first', '# First'), lesson('using-the-debugger', '# The “manual”')];
  const helps = (html: string) =>
    [...elementsOf(html, 'link'), ...elementsOf(html, 'a')].filter(({ rel }) => rel === 'help');

  it('is named by every other page, in its head and at its foot', () => {
    for (const html of [lessonDocument(course, 0), indexDocument(course)]) {
      expect(helps(html)).toEqual([
        { rel: 'help', href: './using-the-debugger.html', title: 'The “manual”' },
        { rel: 'help', href: './using-the-debugger.html' },
      ]);
    }
  });

  it('is not named by its own page, nor where a course has none', () => {
    expect(helps(lessonDocument(course, 1))).toEqual([]);
    expect(helps(lessonDocument([lesson('a', 'text')], 0))).toEqual([]);
  });
});

it('names on each page the words that the course explains', () => {
  const course = [lesson('first', '# First'), lesson('b', '# B\n\n## All words\n\n- **Loss**: a number')];
  for (const html of [lessonDocument(course, 0), lessonDocument(course, 1), indexDocument(course)])
    for (const name of ['link', 'a'])
      expect(
        elementsOf(html, name)
          .filter(({ rel }) => rel === 'glossary')
          .map(({ href }) => href),
      ).toEqual(['./b.html#all-words']);
  expect(lessonDocument([lesson('a', '- no term')], 0)).not.toContain('glossary');
});
