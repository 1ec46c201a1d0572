import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderLesson } from '../../lesson/lesson.ts';
import { termWords } from '../../words/tools/terms.ts';

const page = renderLesson(readFileSync('lessons/91-using-the-debugger.md', 'utf8'));

it('explains every word that the debugger has for a number', () => {
  const entries = Object.keys(termWords).map((term) => term.replaceAll(' ', '-'));
  expect(page.glossary?.terms).toEqual(expect.arrayContaining(entries));
  expect(page.glossary?.section).toBe('words');
});
