import { describe, expect, it } from 'vitest';
import { coloredPieces } from './coloring.ts';

const read = (line: string): string[] =>
  coloredPieces(line).map(({ from, to, hue }) => `${hue} ${line.slice(from, to).trim()}`);

describe('the colours of a line', () => {
  it.each([
    ['forward  # first', ['heading forward', 'comment # first']],
    ['given x = [0.35]', ['declaration given', 'declared x', 'sign =', 'sign [', 'number 0.35', 'sign ]']],
    [
      '  h[j] = sigmoid(z)',
      ['target h', 'sign [', 'name j', 'sign ]', 'sign =', 'function sigmoid', 'sign (', 'name z', 'sign )'],
    ],
    [
      'g = 2 : -dL/dw',
      ['target g', 'sign =', 'number 2', 'claim :', 'claim -', 'claim dL', 'claim /', 'claim dw'],
    ],
    [
      'L = sum(k: y)',
      ['target L', 'sign =', 'function sum', 'sign (', 'name k', 'sign :', 'name y', 'sign )'],
    ],
    [
      'write h as x^{#}  g as y # done',
      [
        'declaration write',
        'declared h',
        'declaration as',
        'text x^{#}',
        'declared g',
        'declaration as',
        'text y',
        'comment # done',
      ],
    ],
    [
      'label k as 0..9  i as a, "b as # c" # done',
      [
        'declaration label',
        'declared k',
        'declaration as',
        'text 0..9',
        'declared i',
        'declaration as',
        'text a, "b as # c"',
        'comment # done',
      ],
    ],
    ['store h: 2dp', ['declaration store', 'declared h', 'sign :', 'number 2', 'name dp']],
    [
      'layers: 2 -> 3 tanh',
      ['declaration layers', 'sign :', 'number 2', 'sign -', 'sign >', 'number 3', 'name tanh'],
    ],
    ['given = 3', ['target given', 'sign =', 'number 3']],
    ['a $ b', ['target a', 'strange $', 'name b']],
  ])('%s', (line, pieces) => expect(read(line)).toEqual(pieces));

  it('covers everything but white space, in order', () => {
    const line = '  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j]*δ2[k]) : -dL/dnet1[j]  # the rule';
    let before = 0;
    for (const { from, to } of coloredPieces(line)) {
      expect(line.slice(before, from).trim()).toBe('');
      before = to;
    }
    expect(line.slice(before).trim()).toBe('');
  });
});
