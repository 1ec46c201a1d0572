import { describe, expect, it } from 'vitest';
import { longestSetTex } from '../../formula/tex-limits.ts';
import { renderLesson } from '../lesson.ts';
import { compileWritten, expansionOf } from '../model/rewriting.ts';
import { pageFaults } from '../testing/page-faults.testing.ts';
import { markdownLimits } from './limits.ts';

/* Lessons made to exhaust the stack, memory or time; after each stands a paragraph that must still be set. */

const repeat = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length));
const stairs = (marker: string, between: string, count: number): string =>
  Array.from({ length: count }, (_, n) => `${marker.repeat(n + 1)}a${between}`).join('');
const rendered = (hostile: string) => renderLesson(`${hostile}\n\n:::\n\n# The end\n\nwell *set*`);

describe('a lesson past a limit', () => {
  it.each<[string, string]>([
    ['> ', repeat('> ', 6_000)],
    ['>', repeat('>', 3_000)],
    ['1. ', repeat('1. ', 6_000)],
    ['- ', `${repeat('- ', 6_000)}x`],
    ['> 1. - ', repeat('> 1. - ', 6_000)],
    ['stairs of quotes', stairs('> ', '\n', 200)],
    ['stairs of lists', Array.from({ length: 200 }, (_, n) => `${'  '.repeat(n)}- a\n`).join('')],
    ['directives', repeat(':::{note-to-instructor}\n', 6_000)],
    ['emphasis', repeat('*a _', 9_000) + repeat('_ a*', 9_000)],
    ['strong', repeat('**a ', 4_000) + repeat(' a**', 4_000)],
    ['a long paragraph', repeat('word ', markdownLimits.text + 5)],
    ['a wide table', `${repeat('|a', 300)}\n${repeat('|-', 300)}\n${repeat('|\n', 300)}`],
    ['x^{', `$${repeat('x^{', 1_593)}$`],
    ['{{}}', `$${repeat('{', 500)}x${repeat('}', 500)}$`],
    ['\\left(', `$${repeat('\\left(', 600)}x${repeat('\\right)', 600)}$`],
    ['\\color{red}', `$${repeat('\\color{red}', longestSetTex - 11)}x$`],
    ['\\text{', `$${repeat('\\text{', 1_000)}$`],
    ['long TeX', `$$\n${repeat('x + ', 200_000)}\n$$`.slice(0, 19_000)],
    ['long TeX in a block', `$$\n${repeat('x + ', 200_000)}x\n$$`],
    ['much TeX', repeat(`$${'x'.repeat(1_000)}$\n\n`, markdownLimits.tex + 1_100)],
    ['a definition that doubles', '$\\def\\a#1.{\\a#1#1.}\\a x.$'],
    ['\\newcommand', '$\\newcommand{\\a}{x}\\a$'],
  ])('is told so, and the rest is set: %s', (_, hostile) => {
    const { html, diagnostics } = rendered(hostile);
    expect(
      diagnostics.filter(({ rule, severity }) => severity === 'error' && /limit|math/.test(rule)),
    ).not.toEqual([]);
    for (const { message } of diagnostics) expect(message).not.toMatch(/undefined|RangeError|call stack/);
    if (!/directives|stairs of quotes/.test(_)) expect(html).toContain('<p>well <em>set</em></p>');
    expect(html.length).toBeLessThan(20_000_000);
    expect(pageFaults(html)).toEqual([]);
  });

  // Where another line follows, marked descends into all of them once more, on some paths twice.
  it.each(['> ', '* ', '1. ', '- > '])('stands only so deep, whatever follows: %s', (sign) => {
    for (const end of ['x', 'x\ny', 'x\n:::{debugger} m\n:::\n', '*|\nx']) {
      const { html, diagnostics } = renderLesson(sign.repeat(2000) + end);
      expect(diagnostics.map(({ message }) => message)).toContainEqual(
        expect.stringMatching(/^at most 12 quotes/),
      );
      expect(html).not.toMatch(/<(blockquote|ul|ol)/);
    }
    expect(renderLesson(`${'* '.repeat(2000)}\n\n${'> '.repeat(12)}x\ny`).diagnostics).toEqual([]);
  });

  it('is read up to there', () => {
    const { html, diagnostics } = renderLesson(repeat('A line of text.\n\n', markdownLimits.lesson + 100));
    expect(diagnostics.map(({ rule, line }) => [rule, line])).toEqual([['limit', 35_295]]);
    expect(html).toContain('<p>A line of text.</p>');
  });

  it('shows no model without end', () => {
    const fence = '```{model} m\nforward\n  y = 1 + 1\n```\n\n';
    const { html, diagnostics } = renderLesson(
      fence + ':::{debugger} m\n:::\n\n'.repeat(markdownLimits.instruments + 3),
    );
    expect(html.match(/<back-step/g)).toHaveLength(markdownLimits.instruments);
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['limit', 'limit', 'limit']);
    expect(diagnostics[0].line).toBe(6 + 3 * markdownLimits.instruments);
  });

  it('quotes no number that takes a day to compute', () => {
    const fence = '\n\n```{model} m\nparam w = 1\nforward\n  y = w + 1\nupdate\n  w <- y\n```\n';
    const told = (frame: string) =>
      renderLesson(`{fact}\`m@${frame}:y | 1\`${fence}`).diagnostics[0]?.message;
    expect(told('99999999999999999999')).toMatch(/too far to run .* up to frame 100000$/);
    expect(told(String(markdownLimits.frames + 1))).toMatch(/too far/);
    expect(told('900')).toBe('m@900:y is 901, not 1; the engine gives 901');
  });
});

describe('what an author may well write', () => {
  it('is set as ever', () => {
    const deep = stairs('> ', '\n\n', 12);
    const formula = `$${'\\sqrt{1 + '.repeat(40)}x${'}'.repeat(40)}$`;
    const long = 'A sentence with *emphasis* and $x_i$. '.repeat(300);
    const table = `|${'a|'.repeat(20)}\n|${'-|'.repeat(20)}\n${`|${'b|'.repeat(20)}\n`.repeat(300)}`;
    const { diagnostics } = renderLesson([deep, formula, long, table].join('\n\n'));
    expect(diagnostics).toEqual([]);
  });

  it('takes time by its length', () => {
    // Each was quadratic; with these lengths they would take minutes.
    for (const piece of ['# a\n', 'a\n\n', ':::{x}\na\n:::\n\n', '$$\n\n', '---\n', 'a\n:::{x}\n'])
      renderLesson(repeat(piece, 100_000));
  });
});

describe('headings of the same words', () => {
  it('have ids of their own, the third as well', () => {
    const ids = (markdown: string) => renderLesson(markdown).headings.map(({ id }) => id);
    expect(ids('# A\n# A\n# A\n# A')).toEqual(['a', 'a-2', 'a-3', 'a-4']);
    expect(ids('# A 2\n# A\n# A\n# A\n# A 2')).toEqual(['a-2', 'a', 'a-3', 'a-4', 'a-2-2']);
    expect(ids('# !\n# ?\n# .')).toEqual(['section', 'section-2', 'section-3']);
  });
});

describe('a text that a link brings', () => {
  const read = (text: string, isBrought: boolean) =>
    compileWritten(expansionOf(text), () => undefined, isBrought).diagnostics.map(({ message }) => message);
  const chain = (n: number) =>
    `given a = 1\nforward\n  h0 = a\n${Array.from({ length: n - 1 }, (_, at) => `  h${at + 1} = h${at} + 1`).join('\n')}`;
  it.each([
    ['formulas', chain(200), chain(201), 'there are 201 formulas, and a link may bring 200'],
    [
      'letters',
      chain(3).padEnd(1_000_000),
      chain(3).padEnd(1_000_001),
      'this text has more than 1000000 letters, too many for a link',
    ],
    [
      'operations',
      'given x = 1\nforward\n  y = sum(i=1..1000, j=1..1900: x*i)',
      'given x = 1\nforward\n  y = sum(i=1..1000, j=1..2001: x*i)',
      'one iteration takes 4001999 operations, and that of a link may take 4000000',
    ],
  ])('has fewer %s than what a reader writes', (_what, most, more, told) => {
    expect(read(most, true)).toEqual([]);
    expect(read(more, false)).toEqual([]);
    expect(read(more, true)).toEqual([told]);
  });
});
