import { describe, expect, it } from 'vitest';
import { Findings, findingLine } from './finding.ts';
import { readFrontMatter } from './front-matter.ts';
import { markdownLimits } from './limits.ts';

function read(yaml: string) {
  const findings = new Findings();
  const { frontMatter, body } = readFrontMatter(`---\n${yaml}\n---\ntext`, findings);
  return { frontMatter, body, findings: findings.sorted };
}
/** Findings as severity and line, without the path that there is none of. */
const told = (yaml: string) =>
  read(yaml).findings.map((one) => `${one.severity} ${findingLine(one).slice(2)}`);

it('reads what a lesson says of itself', () => {
  const { frontMatter, findings } = read(`# a remark
title: "One: a lesson"
description: >
  A sentence that takes
  two lines.
minutes: 20
needs:
  - first
  - the-second
deck: 'L3'
author: A. N. Other
date: 2024-02-29
lang: de-at`);
  expect(findings).toEqual([]);
  expect(frontMatter).toEqual({
    title: 'One: a lesson',
    description: 'A sentence that takes two lines.',
    minutes: 20,
    needs: [
      { name: 'first', place: { line: 9, column: 5, length: 5 } },
      { name: 'the-second', place: { line: 10, column: 5, length: 10 } },
    ],
    deck: 'L3',
    author: 'A. N. Other',
    date: '2024-02-29',
    lang: 'de-AT',
  });
});

it('takes texts as they are written, what type ever YAML would give them', () => {
  const { frontMatter } = read('title: 1984\nauthor: yes\ndeck: 1.0\ndescription: null\nlang: no');
  expect(frontMatter).toEqual({ title: '1984', author: 'yes', deck: '1.0', description: 'null', lang: 'no' });
});

it('leaves blanks in its place', () => {
  expect(read('title: A').body).toBe('   \n        \n   \ntext');
  expect(read('').frontMatter).toEqual({});
  expect(readFrontMatter('text', new Findings())).toEqual({ frontMatter: {}, body: 'text' });
});

describe('what is wrong with it', () => {
  it.each<[string, string]>([
    ['autor: A', 'warning 2:1 front-matter there is no autor here; do you mean author?'],
    ['title: A\nneed: [b]', 'warning 3:1 front-matter there is no need here; do you mean needs?'],
    [
      'size: 3',
      'warning 2:1 front-matter there is no size here; there are title, description, minutes, needs, deck, author, date, lang',
    ],
    [
      'title: A\ndeck: Lecture 3: Networks',
      'error 3:7 front-matter a text with a colon stands in quotation marks, as in title: "Chapter 1: Sums"',
    ],
    ['title: A\ntitle: B', 'error 3:1 front-matter this key is there already; write it once'],
    ['title: "A', 'error 3:1 front-matter this is no YAML: missing closing "quote'],
    [
      'title: @a',
      'error 2:8 front-matter this is no YAML: plain value cannot start with reserved character @',
    ],
    ['\ttitle: A', 'error 2:1 front-matter this is no YAML: tabs are not allowed as indentation'],
    ['just words', 'error 2:1 front-matter expected key: value'],
    ['- title', 'error 2:1 front-matter expected key: value'],
    ['title: A\n...\ndeck: B', 'error 4:1 front-matter front matter ends here for YAML; leave this line out'],
    ['title:', 'error 2:7 front-matter title says nothing; fill it or leave it out'],
    ['title: [a, b]', 'error 2:8 front-matter title is a text, not a list'],
    ['minutes: 0', 'error 2:10 front-matter minutes is a whole number from 1, as in minutes: 20'],
    ['minutes: -5', 'error 2:10 front-matter minutes is a whole number from 1, as in minutes: 20'],
    ['minutes: 7.5', 'error 2:10 front-matter minutes is a whole number from 1, as in minutes: 20'],
    ['minutes: ten', 'error 2:10 front-matter minutes is a whole number from 1, as in minutes: 20'],
    [
      'title: A\nneeds: first',
      'error 3:8 front-matter needs is a list of lessons’ names, as in needs: [the-chain-rule]',
    ],
    ['needs: [a, [b]]', 'error 2:12 front-matter a lesson’s name is a text'],
    ['lang: german!', 'error 2:7 front-matter lang is a language’s tag, as in lang: en or lang: de-AT'],
    ['lang: e', 'error 2:7 front-matter lang is a language’s tag, as in lang: en or lang: de-AT'],
    ['date: 17.5.2024', 'error 2:7 front-matter date is a day, as in date: 2024-05-17'],
    ['date: 2024-02-31', 'error 2:7 front-matter date is a day, as in date: 2024-05-17'],
    ['date: 2023-13-01', 'error 2:7 front-matter date is a day, as in date: 2024-05-17'],
  ])('is told at its line: %j', (yaml, finding) => expect(told(yaml)).toEqual([finding]));

  it('keeps the rest', () => {
    const { frontMatter } = read('title: A\nminutes: ten\nsize: 3\nauthor: B');
    expect(frontMatter).toEqual({ title: 'A', author: 'B' });
  });
});

describe('made to exhaust the stack or the time', () => {
  const units = [
    '[',
    '{',
    '{a: ',
    '- ',
    '? ',
    '? - ',
    '[{',
    ' a:\n',
    '&a ',
    '!a ',
    '*a ',
    '>\n',
    '"\n',
    '%a\n',
  ];
  it.each(units)('is refused: %j', (unit) => {
    for (const length of [markdownLimits.frontMatter - 10, 300_000]) {
      const findings = new Findings();
      readFrontMatter(`---\ntitle: ${unit.repeat(length / unit.length)}\n---\n`, findings);
      expect(findings.all[0]?.severity).toBe('error');
      for (const { message } of findings.all) expect(message).not.toMatch(/undefined|call stack/);
    }
  });

  it('expands no alias', () => {
    expect(told('title: &a A\ndeck: *a')).toEqual(['error 3:1 front-matter write out what deck is']);
  });
});
