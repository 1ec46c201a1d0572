import { expect, it } from 'vitest';
import { wordingBeside, wordingOf } from './wording-file.ts';

it('reads what the lessons have agreed on', () => {
  expect(wordingBeside('lessons')?.areNumbersFacts).toBe(true);
  expect(wordingOf('words:\n  Neuron: unit\n', 'w')).toEqual({
    words: new Map([['neuron', 'unit']]),
    areNumbersFacts: false,
  });
  expect(wordingOf('', 'w')).toEqual({ words: new Map(), areNumbersFacts: false });
  expect(wordingBeside('src')).toBeUndefined();
});

it.each([
  ['word: {}', 'w: there is no entry word; there are words, numbers'],
  ['numbers: all', 'w: numbers can be facts, and nothing else'],
  ['words: [a]', 'w: words is a list of lines such as neuron: unit'],
  ['words:\n  a: [b]', 'w: words is a list of lines such as neuron: unit'],
  ['words: {', /^w: /],
])('says what is wrong with %j', (text, message) => {
  expect(() => wordingOf(text, 'w')).toThrow(message);
});
