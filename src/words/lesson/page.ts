import { section } from '../section.ts';

/** The page around a lesson, and its text without scripts; used when the page is built. */
export const pageWords = section('page', {
  about: 'Backpropagation, one operation at a time, forwards and backwards, with the lecture’s own numbers.',
  unstarted:
    'The debugger has not started. It needs JavaScript, and all of its files. If one of them did not arrive,',
  reload: 'load the page again',
  index: (course: string) => `${course}: a debugger for backpropagation`,
  title: (lesson: string, course: string) => `${lesson} · ${course}`,
  skip: 'Skip to the lesson',
  course: 'Course',
  lessons: 'Lessons',
  contents: 'In this lesson',
  neighbours: 'Before and after',
  beforeThis: 'Before',
  afterThis: 'Next',
  forward: 'forward pass',
  backward: 'backward pass',
  update: 'update',
  before: (lesson: string) => `Before: ${lesson}`,
  next: (lesson: string) => `Next: ${lesson}`,
  after: (deck: string) => `After ${deck}`,
  data: 'Data:',
  expansion: 'The formulas it stands for',
  numbers: (iterations: number) =>
    `The numbers of ${iterations > 1 ? `the first ${iterations} iterations` : 'one iteration'}`,
  cell: 'cell',
  rounded: 'as the lesson rounds',
  full: 'in full precision',
  iteration: (iteration: number, run: string) => `iteration ${iteration}, ${run}`,
  tooLarge: (arrays: string) => `Too large to be listed: ${arrays}.`,
  array: (name: string, shape: string) => `${name} (${shape})`,
  glossary: 'Words and letters',
  licences: 'Licences',
  colophon: (course: string) =>
    `${course}. Every number on these pages is computed, and every quoted number is checked, when they are built.`,
});
