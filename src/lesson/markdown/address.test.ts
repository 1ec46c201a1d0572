import { describe, expect, it } from 'vitest';
import { renderLesson } from '../lesson.ts';
import { elementsOf, pageFaults } from '../testing/page-faults.testing.ts';
import { linkAddress, pictureAddress } from './address.ts';

/* Addresses that run, load or open what a lesson must not, in every writing and at every place where Markdown has one. */

const schemes = [
  ['javascript', 'alert(1)'],
  ['JaVaScRiPt', '//%0aalert(1)'],
  ['vbscript', 'msgbox(1)'],
  ['data', 'text/html,<script>alert(1)</script>'.replaceAll('<', '%3C').replaceAll('>', '%3E')],
  ['file', '///etc/passwd'],
  ['blob', 'https://course.example/0'],
] as const;

const codes = (text: string, write: (code: number) => string): string =>
  [...text].map((char) => write(char.codePointAt(0) as number)).join('');

/** A scheme and its colon, encoded so that some software before the browser may still decode it. */
const writings: Record<string, (scheme: string) => string> = {
  plain: (s) => `${s}:`,
  'colon by name': (s) => `${s}&colon;`,
  'colon by number': (s) => `${s}&#58;`,
  'colon in base 16': (s) => `${s}&#x3A;`,
  'colon with zeros': (s) => `${s}&#x00003a;`,
  'colon without semicolon': (s) => `${s}&#58`,
  'first letter by number': (s) => `${codes(s[0], (code) => `&#${code};`)}${s.slice(1)}:`,
  'all letters in base 16': (s) => `${codes(s, (code) => `&#x${code.toString(16)};`)}:`,
  'all letters without semicolons': (s) => `${codes(s, (code) => `&#${String(code).padStart(7, '0')}`)}:`,
  'a tab by name': (s) => `${s.slice(0, 4)}&Tab;${s.slice(4)}:`,
  'a line break by name': (s) => `${s.slice(0, 4)}&NewLine;${s.slice(4)}&colon;`,
  'a control before it': (s) => `&#x01;${s}:`,
  'a blank before it': (s) => `&#32;${s}&colon;`,
  'a zero in it': (s) => `${s.slice(0, 2)}&#0;${s.slice(2)}:`,
  'a soft hyphen in it': (s) => `${s.slice(0, 2)}&shy;${s.slice(2)}:`,
  'a reference in a reference': (s) => `${s}&amp;colon;`,
  'a percent sign': (s) => `${s}%3A`,
  'a letter by percent sign': (s) => `%${s.charCodeAt(0).toString(16)}${s.slice(1)}:`,
};

const places: Record<string, (address: string) => string> = {
  'a link': (address) => `[x](${address})`,
  'a link in angles, with a title': (address) => `[x](<${address}> "t")`,
  'a reference': (address) => `[x]\n\n[x]: ${address}`,
  'a picture': (address) => `![x](${address})`,
  'a picture in a link in a list': (address) => `- > [**![x](${address})**](./a.html)`,
};

const attacks = schemes.flatMap(([scheme, rest]) =>
  Object.entries(writings).flatMap(([writing, write]) =>
    Object.entries(places).map(([place, put]) => [
      `${scheme}, ${writing}, ${place}`,
      put(write(scheme) + rest),
    ]),
  ),
);

describe('an address that is not allowed', () => {
  it.each(attacks)('%s', (_, markdown) => {
    const { html, diagnostics } = renderLesson(markdown);
    expect(pageFaults(html)).toEqual([]);
    expect(elementsOf(html, 'a').filter(({ href }) => href !== './a.html')).toEqual([]);
    expect(elementsOf(html, 'img')).toEqual([]);
    expect(diagnostics.map(({ rule, line }) => `${line} ${rule}`)).toEqual(['1 address']);
  });

  it.each([
    '<javascript:alert(1)>',
    '<data:text/html,x>',
    '<file:///etc/passwd>',
    '[x](//elsewhere.example/)',
    '[x](/\\elsewhere.example)',
    '[x](<\\\\\\\\elsewhere.example>)',
    '[x](/&Tab;/elsewhere.example)',
    '[x](https://[)',
    '![x](http://elsewhere.example/a.png)',
    '![x](https&colon;//elsewhere.example/a.png)',
    '![x](//elsewhere.example/a.png)',
    '![x](data:image/svg+xml,a)',
    '![x](data:image/png.html,a)',
    '![x](/etc/passwd)',
    '![x](/a.png)',
    '![x](../a.png)',
    '![x](%2e%2e/a.png)',
    '![x](a/..%2f..%2fa.png)',
    '![x](a\\\\..\\\\..\\\\a.png)',
    '![x](./package.json)',
    '![x](mailto:a.png)',
  ])('%s', (markdown) => {
    const { html, diagnostics } = renderLesson(markdown);
    expect(html).not.toMatch(/\s(href|src)=/);
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['address']);
  });
});

describe('an address', () => {
  it.each([
    ['https://e.org/a?b=1&amp;c=2#d', 'https://e.org/a?b=1&c=2#d'],
    ['https://e.org/?x=1&copy=2', 'https://e.org/?x=1&copy=2'],
    ['http://e.org/a b', 'http://e.org/a%20b'],
    ['https://e.org/%20ä', 'https://e.org/%20%C3%A4'],
    ['https://e.org/wiki/A:B_(c)', 'https://e.org/wiki/A:B_(c)'],
    ['mailto:a@b.org', 'mailto:a@b.org'],
    ['./chain-rule.html#a:b', './chain-rule.html#a:b'],
    ['../other/?q=javascript:x', '../other/?q=javascript:x'],
    ['#at=m@1.w%5B1%5D', '#at=m@1.w%5B1%5D'],
    ['', ''],
  ])('of a link: %s', (href, written) => expect(linkAddress(href)).toBe(written));

  it.each([['./a.png'], ['pictures/a b.svg'], ['data:image/png;base64,AAAA'], ['a.webp?1']])(
    'of a picture: %s',
    (src) => expect(pictureAddress(src)).toBe(src.replace(' ', '%20')),
  );

  it('is written as it was judged, with titles and words that close no attribute', () => {
    const { html, diagnostics } = renderLesson(
      '[a](https://e.org/?a=1&amp;b=2 "t&quot; onclick=x") <https://e.org/?a&amp;b> ![a & `b` "c"](./d.png "&#39;")',
    );
    expect(diagnostics).toEqual([]);
    expect(html).toContain(
      '<a href="https://e.org/?a=1&amp;b=2" title="t&quot; onclick=x">a</a> <a href="https://e.org/?a&amp;amp;b">https://e.org/?a&amp;amp;b</a> <img src="./d.png" alt="a &amp; b &quot;c&quot;" title="&#39;">',
    );
  });
});

describe('text', () => {
  it.each(['code', 'pre', 'kbd', 'script'])('after <%s> is text too', (tag) => {
    const { html, diagnostics } = renderLesson(
      `a <${tag}> b <img src=x onerror=alert(1) c\n\n# <${tag}> <svg onload=x`,
    );
    expect(pageFaults(html)).toEqual([]);
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['html', 'html']);
  });
});
