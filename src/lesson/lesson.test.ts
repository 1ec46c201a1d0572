import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directives } from './directives/directives.ts';
import { renderLesson } from './lesson.ts';
import { findingLine } from './markdown/finding.ts';
import { roles } from './roles/roles.ts';

const model = `given x = [0.35, 0.9]
param w = [0.1, 0.8]
forward
  net = sum(i: w[i]*x[i])
  y = sigmoid(net)
  L = (0.5 - y)^2 / 2
backward
  d = (0.5 - y)*y*(1 - y) : -dL/dnet
update
  w[i] <- w[i] + d*x[i]
store y: 2dp
write net as net^{1}
`;
const fence = `\`\`\`{model} m\n${model}\`\`\`\n`;
const findings = (markdown: string) => renderLesson(markdown, { path: 'a.md' }).diagnostics.map(findingLine);
/** A lesson with the model; the text under test stands in line 1. */
const withModel = (text: string) => `${text}\n\n:::{debugger} m\n:::\n\n${fence}`;
const html = (text: string) => renderLesson(withModel(text)).html;

describe('facts', () => {
  it('become links to the step that computes them', () => {
    expect(html('{fact}`m/full@2:w[1] | 0.0730`')).toContain(
      '<a class="fact" href="#at=m@2.w%5B1%5D&amp;run=full" data-model="m" data-frame="2" data-run="full" data-cell="w[1]">0.0730</a>',
    );
    expect(html('{fact}`m:d | -0.0324`')).toContain('data-run="lesson" data-cell="d">−0.0324</a>');
  });

  it.each([
    'm:y | 0.68',
    'm:y | 0.680',
    'm/full:y | 0.6802671966986485',
    'm/full:y | 0.6802671967',
    'm:d | −0.039',
    'm:d | -0.0391680',
    'm:d | -3.92e-2',
    'm:d | −3.917×10⁻²',
    'm@0:x[2] | 0.9',
    'm@0:w[1] | 0.1',
    'm:w[1] | 0.0863',
    'm@2:w[1] | 0.0731',
  ])('%s holds', (text) => expect(findings(withModel(`{fact}\`${text}\``))).toEqual([]));

  it.each([
    ['m:y | 0.67', '1:14 fact m:y is 0.68, not 0.67; the engine gives 0.68'],
    ['m:y | .68', '1:14 fact m:y is 0.68, not .68; the engine gives 0.68'],
    [
      'm/full:y | 0.6802671966986487',
      '1:19 fact m/full:y is 0.6802671966986485 in full, not 0.6802671966986487',
    ],
    ['m@2:w[1]  |  0.0729', '1:21 fact m@2:w[1] is 0.0731, not 0.0729; the engine gives 0.07313575'],
    ['m:y | about 1', '1:14 fact about 1 is no number; m:y is 0.68'],
    ['m:z | 1', '1:10 fact m has no z'],
    ['m:w[3] | 1', '1:10 fact w has the shape 2; there is no cell w[3]'],
    ['m@0:y | 1', '1:12 fact y is not computed before frame 1'],
    ['n:y | 1', '1:8 model there is no model n here; this lesson has m'],
    ['m:y', '1:8 fact quote the number after a bar, as in lecture:δ2[1] | -0.0406'],
    ['y | 1', '1:8 fact a fact names a model and a cell, as in lecture:δ2[1] | -0.0406'],
  ])('%s is told at its place', (text, message) => {
    expect(findings(withModel(`{fact}\`${text}\``))).toEqual([`a.md:${message}`]);
  });

  it('have their place wherever they stand', () => {
    const text = [
      '# A {fact}`m:y | 0.1`',
      '',
      '- *one* `{fact}` {fact}`m:y | 0.2`',
      '  - two',
      '    {fact}`m:y | 0.3`',
      '',
      '> quoted {fact}`m:y | 0.4`',
      '',
      '| a | b |',
      '|---|---|',
      '| {fact}`m:y | 0.5` | {fact}`m:y | 0.6` |',
      '',
      '::::{note-to-instructor}',
      ':::{note-to-instructor}',
      '**inner {fact}`m:y | 0.75`**',
      ':::',
      '{fact}`m:y | 0.8`',
      '::::',
    ].join('\r\n');
    const places = findings(withModel(text)).map((line) => line.split(' ')[0]);
    expect(places).toEqual(
      ['1:18', '3:31', '5:18', '7:23', '11:16', '11:36', '15:22', '17:14'].map((place) => `a.md:${place}`),
    );
  });

  it('lead nowhere where no debugger shows their model', () => {
    const lesson = renderLesson(`{fact}\`m:y | 0.68\`, {fact}\`m:y | 0.69\`, {step}\`m@d\`\n\n${fence}`);
    expect(lesson.html).toContain('<span class="fact">0.68</span>');
    expect(lesson.html).toContain('<span class="fact fact-wrong">0.69</span>');
    expect(lesson.html).not.toContain('href');
    expect(lesson.diagnostics.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      'fact: m:y is 0.68, not 0.69; the engine gives 0.68',
      'step: no debugger on this page shows m: write :::{debugger} m',
    ]);
  });

  it('are not cut in two by a table', () => {
    expect(html('| a |\n|---|\n| {fact}`m:y | 0.68` |')).toMatch(/<td><a class="fact"[^>]*>0.68<\/a><\/td>/);
    expect(html('`{fact}`m:y | 0.1`')).not.toContain('\uFDD0');
  });
});

describe('symbols', () => {
  const symbols = (text: string) =>
    [...html(text).matchAll(/<span class="symbol" data-model="m" data-cell="([^"]*)">/g)].map(
      ([, cell]) => cell,
    );

  it('of a cell of the model beside the text are marked by it, as the debugger writes them and not otherwise', () => {
    expect(symbols('$w_{1}$, $w_2$, $y$, $\\mathrm{net}^{1}$ and $net^{1}$')).toEqual([
      'w[1]',
      'w[2]',
      'y',
      'net',
    ]);
    expect(symbols('$w^{1}$, $w_{3}$, $w_i$, $w$, $1$, $q$, $w_1 + w_2$, and $$w_{1}$$')).toEqual([]);
    expect(renderLesson(`$w_{1}$\n\n${fence}`).html).not.toContain('class="symbol"');
  });
});

describe('steps', () => {
  it('become links', () => {
    expect(html('{step}`m@backward.d | the sensitivity`')).toContain(
      '<a class="step" href="#at=m@1.backward.d" data-model="m" data-frame="1" data-pass="backward" data-cell="d">the sensitivity</a>',
    );
    expect(html('{step}`m/full@2.d | exactly`')).toMatch(
      /href="#at=m@2\.d&amp;run=full"[^>]*data-run="full"[^>]*>exactly</,
    );
    expect(html('{step}`m@2.w[1].2`')).toContain('data-cell="w[1]" data-operation="2">w[1]</a>');
  });

  it.each([
    ['m@1.q', '1:8 step this model has no q'],
    ['  m@forward.d | x', '1:10 step d is not computed in forward'],
    ['m@', '1:8 step a step names a model and a place in it, as in lecture@backward.δ1[1]'],
    ['k@1', '1:8 model there is no model k here; this lesson has m'],
  ])('%s is told at its place', (text, message) => {
    expect(findings(withModel(`{step}\`${text}\``))).toEqual([`a.md:${message}`]);
  });
});

describe('models', () => {
  it('are told of at their place in the lesson, however deep they stand', () => {
    const wrong = model.replace('w[i]*x[i])', 'w[i]*v[i])');
    expect(findings(`---\ntitle: A\n---\n\`\`\`{model} m\n${wrong}\`\`\``)).toEqual([
      'a.md:8:21 name there is no v here; declare it, or compute it in a line of its own',
    ]);
    const indented = `- item\n\n  \`\`\`{model} m\n${wrong.replace(/^/gm, '  ')}\`\`\``;
    expect(findings(indented)[0]).toMatch(/^a\.md:7:23 name/);
  });

  it('have their claims verified', () => {
    expect(findings(fence.replace('d = (0.5 - y)', 'd = (y - 0.5)'))).toEqual([
      expect.stringMatching(/^a\.md:9:29 claim d gives .*; the sign is turned$/),
    ]);
  });

  it('are given with the line where each begins', () => {
    const { models } = renderLesson(`# T\n\n${fence}`);
    expect(models.get('m')).toMatchObject({ text: model.trimEnd(), line: 4 });
  });

  it('have names of their own', () => {
    expect(findings(`${fence}\n${fence}`)).toEqual([
      'a.md:16:1 model a model m is already defined in line 1',
    ]);
    expect(findings(fence.replace(' m', ' a b'))).toEqual([
      'a.md:1:1 model a b is no name for a model; use letters, digits, - and _',
    ]);
  });
});

describe('the debugger', () => {
  it('holds its model and its numbers, for readers without scripts', () => {
    const { html, diagnostics } = renderLesson(`${fence}\n:::{debugger} m\nframes: 2\n:::\n\nBeside it.`);
    expect(diagnostics).toEqual([]);
    expect(html).toContain('<back-step model="m" frames="2">');
    expect(html).toContain('<pre class="model" data-model="m" tabindex="0"><code>given x = [0.35, 0.9]\n');
    expect(html).toMatch(
      /<th scope="row"><span class="katex">.*<mi>n<\/mi><mi>e<\/mi>.*<\/th><td>0.755<\/td><td>0.7550000000000001<\/td>/,
    );
    expect(html).toContain('iteration 2, in full precision');
    expect(html).toMatch(
      /<section class="stage">.*<div class="prose">\s*<p>Beside it\.<\/p>\s*<\/div>\s*<\/section>/s,
    );
  });

  it('gives way to a card where its model cannot run, and the rest of the page stands', () => {
    const { html, diagnostics } = renderLesson(
      `Before.\n\n:::{debugger} m\n:::\n\n${fence.replace('w[i]*x[i]', 'w[i]*')}\nAfter {fact}\`m:y | 1\`.`,
    );
    expect(diagnostics[0].line).toBe(10);
    expect(html).toContain('<section class="error-card" role="alert">');
    expect(html).toMatch(/line 10, column 21: .*\n {4}net = sum\(i: w\[i\]\*\)\n {22}\^/);
    expect(html).toMatch(/Before\..*After/s);
    expect(html).not.toContain('<back-step');
  });

  it('stays where a claim is wrong, under a card that says so', () => {
    const { html } = renderLesson(`:::{debugger} m\n:::\n\n${fence.replace('(0.5 - y)*y', '(y - 0.5)*y')}`);
    expect(html).toMatch(/error-card.*the sign is turned.*<back-step/s);
  });

  it.each([
    [':::{debugger} q\n:::', '1:5 model there is no model q here; this lesson has m'],
    [':::{debugger} m\nframes: no\n:::', '2:1 option frames is a whole number from 0 to 9, not no'],
    [':::{debugger} m\nspeed: 3\n:::', '2:1 option debugger has no option speed; it has frames'],
    [':::{debugger} m\nprose\n:::', '1:5 directive debugger holds options only, no prose'],
  ])('%j is told at its place', (text, message) => {
    expect(findings(withModel(text))).toEqual([`a.md:${message}`]);
  });
});

describe('syntax', () => {
  it('takes braces of TeX in a code span for what they are, in a table too', () => {
    const found = html('| a | b |\n|---|---|\n| `write h as x^{1}` | a `#` |');
    expect(found).toContain('<td><code>write h as x^{1}</code></td>');
    expect(found).toContain('<td>a <code>#</code></td>');
  });

  it.each([
    [
      ':::{quizz} m\n:::',
      `1:5 directive there is no directive quizz; there are ${[...directives.keys()].join(', ')}`,
    ],
    [
      ':::{model} m\n:::',
      '1:5 directive there is no directive model; a model is data; write it between ```{model} and ```',
    ],
    ['{fakt}`x`', `1:2 role there is no role fakt; there are ${[...roles.keys()].join(', ')}`],
    ['see {fact}`m:y | 1', '1:5 role this role is never closed; end it with ` on the same line'],
    ['a\n\n:::', '3:1 directive these colons close nothing'],
    ['a\n\n:::debugger m', '3:1 directive write the name in braces, as in :::{debugger} id'],
    [
      '```{plot} p\n```',
      '1:4 directive there is no data block {plot}; between backticks stands data, {model}; prose stands between colons, as in :::{debugger} id',
    ],
    ['a $$x', '1:3 math this formula is never closed; end it with $$, without an empty line before'],
    ['---\ntitle: A\n', '1:1 front-matter the front matter is never closed; end it with a line ---'],
  ])('%j', (text, message) => expect(findings(text)[0]).toBe(`a.md:${message}`));

  it('says which fence is never closed', () => {
    expect(findings(`a\n\n:::{note-to-instructor}\nb`)).toEqual([
      'a.md:3:1 fence :::{note-to-instructor} is never closed; end it with a line :::',
    ]);
    expect(findings(`a\n\n${fence.replace(/```\n$/, '')}`)).toEqual([
      'a.md:3:1 fence this fence is never closed; end it with a line ```',
    ]);
  });

  it('leaves prices, code and Markdown alone', () => {
    const { html, diagnostics } = renderLesson('It costs $5 or $6, `{fact}` and `$x$`.\n\n```ts\n$$\n```');
    expect(diagnostics).toEqual([]);
    expect(html).not.toContain('katex');
  });
});

describe('what a lesson may not do', () => {
  it('shows HTML as it is written, with a warning', () => {
    const { html, diagnostics } = renderLesson(
      'a <b onclick="x()">b</b>\n\n<script>alert(1)</script>\n\n<!-- note -->',
    );
    expect(html).toContain('a &lt;b onclick=&quot;x()&quot;&gt;b&lt;/b&gt;');
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('note');
    expect(
      diagnostics.map(({ line, column, rule, severity }) => `${line}:${column} ${rule} ${severity}`),
    ).toEqual(['1:3 html warning', '1:21 html warning', '3:1 html warning']);
  });

  it('runs no address', () => {
    const { html, diagnostics } = renderLesson(
      '[a](javascript:x) ![b](vbscript:x) [c](java\tscript:x) [d](https://e.org) [e](./f.html#g)',
    );
    expect(html).not.toMatch(/(href|src)="(java|vb)/);
    expect(html).toContain('<a href="https://e.org">d</a> <a href="./f.html#g">e</a>');
    expect(diagnostics.map(({ column, rule }) => `${column} ${rule}`)).toEqual(['1 address', '19 address']);
  });
});

it('names the page and its headings', () => {
  const { title, frontMatter, headings } = renderLesson(
    '---\ntitle: "A: b"\ndeck: L3\n---\n# One *two* $x$\n\n## One two x',
  );
  expect([title, frontMatter.deck]).toEqual(['A: b', 'L3']);
  expect(headings).toEqual([
    { level: 1, id: 'one-two-x', text: 'One two x' },
    { level: 2, id: 'one-two-x-2', text: 'One two x' },
  ]);
});

it('renders the first lesson without a finding', () => {
  const path = 'lessons/01-backpropagation-by-hand.md';
  const { diagnostics, html } = renderLesson(readFileSync(path, 'utf8'), { path });
  expect(diagnostics).toEqual([]);
  expect(html).not.toMatch(/\sstyle=/);
});

it('never throws, and every finding has a place in the text', () => {
  const lesson = readFileSync('lessons/01-backpropagation-by-hand.md', 'utf8');
  const spoilt = fc
    .array(
      fc.tuple(
        fc.nat(lesson.length),
        fc.nat(40),
        fc.constantFrom(
          '',
          '`',
          '$',
          '$$',
          ':::',
          '```',
          '{',
          '|',
          '\n',
          '\\',
          '[',
          '1e999',
          '<b>',
          '{fact}`',
          '\t',
        ),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((edits) =>
      edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), lesson),
    );
  fc.assert(
    fc.property(spoilt, (markdown) => {
      const lines = markdown.split('\n');
      const { html, diagnostics } = renderLesson(markdown);
      expect(html).not.toMatch(/\sstyle=|\uFDD0|<b>/);
      for (const { line, column } of diagnostics) {
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThan(0);
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 2);
      }
    }),
    { numRuns: 60 },
  );
});

describe('where something stands', () => {
  it('is not looked for behind a picture whose words hold the same', () => {
    const text =
      ':::{note-to-instructor}\n![<b>x</b>](./a.png)\n\n:::{formulas} m\nprose\n\n<b>x</b>\n:::\n::::\n';
    const told = renderLesson(text).diagnostics.filter(({ message }) => message.includes('options only'));
    expect(told.map(({ line, column }) => [line, column])).toEqual([[4, 5]]);
  });
});

it('makes an item that explains a term in bold a target for links, beside headings of the same name', () => {
  const { html, glossary } = renderLesson(
    '# A\n\n## Loss\n\n- **Loss**: a number\n- **Net input**, **sum**: another\n- **bold** is no term\n- plain',
  );
  expect(glossary).toEqual({ section: 'loss', terms: ['loss-2', 'net-input'] });
  expect(html).toMatch(/<li id="loss-2"><strong>Loss<\/strong>: a number<\/li>/);
  expect(html).toMatch(/<li id="net-input">/);
  expect(html.match(/<li>/g)).toHaveLength(2);
  expect(renderLesson('- no term').glossary).toBeUndefined();
});
