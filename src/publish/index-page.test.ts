import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderLesson } from '../lesson/lesson.ts';
import { elementsOf, pageFaults } from '../lesson/testing/page-faults.testing.ts';
import { readCourse } from './course.ts';
import { indexDocument } from './index-page.ts';

const lesson = (name: string, markdown: string) => ({
  name,
  path: `lessons/${name}.md`,
  lesson: renderLesson(markdown),
});
const net = '```{model} m\ngiven x = [1, 2]\nparam w = [0.5, -1]\nforward\n  y = sum(i: w[i]*x[i])\n```';

it('says of each lesson what it says of itself, and what comes before', () => {
  const html = indexDocument([
    lesson('a', `---\ntitle: A < B\ndescription: All of "it".\nminutes: 7\n---\n${net}`),
    lesson('b', '---\ntitle: B\nneeds: [a, missing]\n---\n'),
    lesson('c', '# C'),
  ]);
  const list = html.slice(html.indexOf('<ol class="lessons">'));
  const items = list.split('<li>').slice(1);
  expect(items).toHaveLength(3);
  expect(items[0]).toContain('<a href="./a.html">A &lt; B</a>');
  expect(items[0]).toContain('<p>All of &quot;it&quot;.</p>');
  expect(items[0]).toContain('<p class="facts">7 minutes</p>');
  // Two inputs, one unit; two edges, one of them negative.
  expect(items[0].match(/<circle/g)).toHaveLength(3);
  expect(items[0].match(/<line/g)).toHaveLength(2);
  expect(items[0].match(/class="negative"/g)).toHaveLength(1);
  expect(items[1]).toContain('<p class="facts">after <a href="./a.html">A &lt; B</a></p>');
  expect(items[2]).not.toMatch(/<svg|class="facts"/);
  expect(html).toContain('<p class="begin"><a href="./a.html">Begin with');
  expect(pageFaults(html)).toEqual([]);
});

it('can do without lessons, and with some that have nothing to show', () => {
  expect(elementsOf(indexDocument([]), 'li')).toEqual([]);
  expect(elementsOf(indexDocument([lesson('c', '# C')]), 'figure')).toEqual([]);
});

it('has a picture, a time and a sentence for every lesson of the course', () => {
  const course = readCourse('.');
  const html = indexDocument(course);
  const items = html.slice(html.indexOf('<ol class="lessons">')).split('<li>').slice(1);
  expect(items).toHaveLength(course.length);
  for (const item of items) {
    expect(item).toContain('<svg class="picture"');
    expect(item).toMatch(/\d+ minutes/);
    expect(item).toMatch(/<p>[^<]{20,}<\/p>/);
  }
  expect(html).not.toMatch(/\sstyle=|<script>|(src|href)="https?:/);
  // Its own numbers: what the lesson's text quotes, which the checks of facts hold to.
  const quoted = readFileSync('lessons/01-backpropagation-by-hand.md', 'utf8').match(/\| (−|-)?0\.0027`/);
  expect(quoted).not.toBeNull();
  expect(html).toContain('−0.0027');
});
