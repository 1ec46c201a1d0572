import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findingLine } from '../lesson/markdown/finding.ts';
import { checkLessons } from './check.ts';
import { readCourse } from './course.ts';
import { needFaults } from './needs.ts';

const course = (needs: Record<string, readonly string[]>) =>
  Object.entries(needs).map(([name, names]) => ({
    name,
    needs: names.map((each, at) => ({ name: each, place: { line: 2, column: 1 + at } })),
  }));
const faults = (needs: Record<string, readonly string[]>, name = 'a') => {
  const lessons = course(needs);
  const lesson = lessons.find((each) => each.name === name);
  return lesson && needFaults(lesson, lessons).map(({ message }) => message);
};

it('finds nothing in needs that some order of the lessons meets, whatever theirs is', () => {
  expect(faults({ a: ['b', 'c'], b: ['c'], c: [] })).toEqual([]);
});

it('says which lesson is missing, and which one may be meant', () => {
  expect(faults({ a: ['chain-rull', 'xyz'], 'chain-rule': [] })).toEqual([
    'there is no lesson chain-rull; do you mean chain-rule?',
    'there is no lesson xyz',
  ]);
});

it('tells each lesson of a circle the way round', () => {
  const round = { a: ['b'], b: ['c'], c: ['a'], d: ['a'] };
  expect(faults(round)).toEqual(['no lesson of these can be the first: a needs b needs c needs a']);
  expect(faults(round, 'c')).toEqual(['no lesson of these can be the first: c needs a needs b needs c']);
  // Whoever only leads into the circle has made no mistake.
  expect(faults(round, 'd')).toEqual([]);
  expect(faults({ a: ['a', 'b', 'b'], b: [] })).toEqual([
    'a lesson does not come before itself',
    'b is named twice',
  ]);
});

it('is told by the build and on the command line alike, at the line of the name', () => {
  const root = mkdtempSync(join(tmpdir(), 'backstep-'));
  mkdirSync(join(root, 'lessons'));
  writeFileSync(join(root, 'lessons/01-first.md'), '---\ntitle: First\nneeds:\n  - second\n---\nOne.');
  writeFileSync(join(root, 'lessons/02-second.md'), '---\nneeds: [first, thrid]\n---\nTwo.');
  const path = (name: string) => join(root, 'lessons', name);
  try {
    const built = readCourse(root).flatMap(({ lesson }) => lesson.diagnostics);
    expect(built.map(findingLine)).toEqual([
      'lessons/01-first.md:4:5 needs no lesson of these can be the first: first needs second needs first',
      'lessons/02-second.md:2:9 needs no lesson of these can be the first: second needs first needs second',
      'lessons/02-second.md:2:16 needs there is no lesson thrid',
    ]);
    const checked = checkLessons([path('01-first.md'), path('02-second.md')]);
    expect(checked.map(({ line, column, message }) => [line, column, message])).toEqual(
      built.map(({ line, column, message }) => [line, column, message]),
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});
