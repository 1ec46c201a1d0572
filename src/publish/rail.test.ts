import { expect, it } from 'vitest';
import { renderLesson } from '../lesson/lesson.ts';
import { elementsOf } from '../lesson/testing/page-faults.testing.ts';
import { lessonDocument } from './document.ts';
import { rail } from './rail.ts';

const markdown = `---
title: T
lang: de
author: A & B
date: 2024-05-17
deck: A deck
---

\`\`\`{model} m
param w = 0.5
forward
  y = 2*w
update
  w <- w - 0.1*y
\`\`\`

:::{debugger} m
:::

## Vorwärts < 1
{step}\`m@y | y\`

### Und zurück
{step}\`m@w | w\``;
const course = ['a', 'b', 'c'].map((name) => ({
  name,
  path: `${name}.md`,
  lesson: renderLesson(name === 'b' ? markdown : `# Lesson ${name}`),
}));
const html = lessonDocument(course, 1);

it('leads to every section from the fold and from the rail, with its phases', () => {
  const links = elementsOf(html, 'a').filter(({ href }) => href?.startsWith('#') && href !== '#main');
  const one = [
    { href: '#vorw%C3%A4rts-1', 'data-model': 'm', 'data-phases': 'forward' },
    { href: '#und-zur%C3%BCck', 'data-model': 'm', 'data-phases': 'update' },
  ];
  expect(links.filter((link) => 'data-phases' in link)).toEqual([...one, ...one]);
  // Not by colour alone: a sign for each, and words for those who see neither.
  const { rail: written } = rail(course[1].lesson);
  expect(written).toContain('>→</span>');
  expect(written).toContain('>: forward pass</span>');
  expect(written).toContain('>Vorwärts &lt; 1</span>');
});

it('is not there where there is nothing to choose from', () => {
  expect(rail(renderLesson('# T\n\n## Only'))).toEqual({ fold: '', rail: '' });
});

it('has the neighbours at the page’s head and at its end', () => {
  const links = elementsOf(html, 'a').filter(({ rel }) => rel !== undefined);
  expect(links.map(({ rel, href }) => `${rel} ${href}`)).toEqual([
    'prev ./a.html',
    'next ./c.html',
    'prev ./a.html',
    'next ./c.html',
  ]);
  expect(links[0]['aria-label']).toBe('Before: Lesson a');
  expect(elementsOf(lessonDocument(course, 0), 'a').map(({ rel }) => rel)).not.toContain('prev');
});

it('speaks the lesson’s language, and its own around it', () => {
  expect(elementsOf(html, 'html')[0].lang).toBe('de');
  expect(elementsOf(html, 'header').find((one) => one.class === 'site')?.lang).toBe('en');
  expect(elementsOf(lessonDocument(course, 0), 'header')[0].lang).toBeUndefined();
});

it('says at the lesson’s end where it comes from', () => {
  const end = html.slice(html.indexOf('<footer class="source">'));
  expect(end).toContain('<p class="deck">After A deck</p>');
  expect(end).toContain('<p class="byline">A &amp; B, May 17, 2024</p>');
  expect(html.indexOf('A deck')).toBeGreaterThan(html.indexOf('id="und-zurück"'));
});
