import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderLesson } from '../../lesson/lesson.ts';
import { elementsOf } from '../../lesson/testing/page-faults.testing.ts';
import { demoOf } from './demo.ts';

const { models } = renderLesson(readFileSync('lessons/01-backpropagation-by-hand.md', 'utf8'));
const program = models.get('lecture')?.program;
if (program === undefined) throw new Error('no model');
const { html = '' } = demoOf({ id: 'lecture', program, address: './a.html' }) ?? {};
const moments = (html.split('<template>')[1] ?? '').split('<div class="moment"').slice(1);

/** The numbers that are seen at a step, in the order of the drawing. */
const seenAt = (step: number): string[] =>
  [...html.matchAll(/<text class="number[^>]*?>([^<]*)<\/text>/g)].flatMap(([tag, number]) => {
    const [, from = '1'] = /data-from="(\d+)"/.exec(tag) ?? [];
    const [, until = '99'] = /data-until="(\d+)"/.exec(tag) ?? [];
    return step >= Number(from) && step <= Number(until) ? [number] : [];
  });

it('has a step for each cell of a frame, and leads to it in the lesson', () => {
  // 2 + 2 + 1 + 1 + 1 forward, 1 + 2 + 2 + 4 backward, 2 + 4 to be changed: counted on the slide.
  const phases = moments.map((moment) => /data-phase="(\w+)"/.exec(moment)?.[1]);
  const count = (phase: string) => phases.filter((one) => one === phase).length;
  expect([count('forward'), count('backward'), count('update')]).toEqual([7, 9, 6]);
  expect(moments[9]).toContain('./a.html#at=lecture@1.backward.%CE%B41%5B2%5D');
});

it('shows the slide’s numbers when they are computed, and the new weights from their update on', () => {
  expect(seenAt(1)).toEqual(['0.1', '0.8', '0.4', '0.6', '0.3', '0.9', '0.35', '0.9', '0.755', '0.5']);
  expect(seenAt(22)).toEqual(
    ['0.0991', '0.7976', '0.3971', '0.5926', '0.2724', '0.8731', '0.35', '0.9', '0.68'].concat(
      ...['0.6637', '0.69', '0.01805', '0.5'],
    ),
  );
  expect(moments[9].replace(/<math.*?<\/math>|<[^>]*>|\u200b/gs, '')).toContain('≈−0.0082');
});

it('stands still where the backward pass begins, and needs no script for that', () => {
  expect(elementsOf(html, 'figure')[0]['data-still']).toBe('8');
  const slot = html.slice(html.indexOf('class="slot"'), html.indexOf('<figcaption>'));
  expect(slot).toContain('data-phase="backward"');
});

it('is not there for a model without a drawing', () => {
  const text = '```{model} m\ngiven X = [[1, 2], [3, 4]]\nforward\n  Y[i,j] = X[i,j]^2\n```';
  const other = renderLesson(text).models.get('m')?.program;
  expect(other && demoOf({ id: 'm', program: other, address: '' })).toBeUndefined();
});
