import { describe, expect, it } from 'vitest';
import { renderLesson } from './lesson.ts';
import { findingLine } from './markdown/finding.ts';
import type { Wording } from './wording.ts';

const wording: Wording = {
  words: new Map([
    ['neuron', 'unit'],
    ['renew', 'update'],
  ]),
  areNumbersFacts: true,
};
const found = (markdown: string, agreed: Wording | undefined = wording): string[] =>
  renderLesson(markdown, { path: 'a.md', wording: agreed }).diagnostics.map(findingLine);

describe('what a course has agreed on', () => {
  it.each([
    [
      'The neurons renewed theirs.',
      [
        '1:5 word one name for a thing: unit, not neurons',
        '1:13 word one name for a thing: update, not renewed',
      ],
    ],
    ['## A neuron', ['1:6 word one name for a thing: unit, not neuron']],
    ['- in a list, a [neuron](#x)', ['1:17 word one name for a thing: unit, not neuron']],
    ['| a |\n|---|\n| neuron |', ['3:3 word one name for a thing: unit, not neuron']],
    [
      'It falls to 0.25, or −1,000.5.',
      ['1:13 number 0.25 is checked by nothing', '1:22 number −1,000.5 is checked by nothing'],
    ],
  ])('is kept in prose: %s', (markdown, lines) => {
    expect(found(markdown)).toEqual(lines.map((line) => expect.stringContaining(`a.md:${line}`)));
  });

  it.each([
    ['units, as *neurons* or “neuron” elsewhere, in *a neuron **of** ours*'],
    ['`neuron`, $neuron$ and 0.5 times: no, {number}`0.5` times'.replace('0.5 times: no, ', '')],
    ['```\nneuron 0.5\n```'],
    ['a neuronal thing, a renewable one, version 1.2.3, 24 of 1797, on page 3.'],
    ['$0.5$ and `0.5`'],
  ])('has nothing to say of %s', (markdown) => {
    expect(found(markdown)).toEqual([]);
  });

  it('is nothing where nothing is said', () => {
    expect(renderLesson('A neuron of 0.5').diagnostics).toEqual([]);
  });

  it('shows a number that is no fact as it is written, and wants one', () => {
    expect(renderLesson('It is {number}`2.3 %`.').html).toContain('It is 2.3 %.');
    expect(found('It is {number}`much`.')).toEqual([
      expect.stringContaining('a.md:1:16 number there is no number here'),
    ]);
  });
});
