import { describe, expect, it } from 'vitest';
import { renderLesson } from '../lesson.ts';
import { renamedClasses, renamedRules, StyleClasses, shortNames, styleSheet } from './style-class.ts';

describe('formulas', () => {
  it('are HTML and MathML, without a style of their own', () => {
    const { html, styles, diagnostics } = renderLesson(
      'Inline $x_i^{2}$, *with $a^*$ inside* and $\\sqrt{2}$.\n\n$$\n\\begin{pmatrix}1 & \\frac12\\end{pmatrix}\n$$\n',
    );
    expect(diagnostics).toEqual([]);
    expect(html.match(/<math /g)).toHaveLength(4);
    expect(html).toContain('<em>with <span class="katex">');
    expect(html).toContain('<div class="math"><span class="katex-display">');
    expect(html).not.toMatch(/\sstyle=/);
    for (const name of html.match(/\bk-[0-9a-z]+\b/g) ?? []) expect([...styles.keys()]).toContain(name);
  });

  it.each([
    ['a $\\frac{1$ b', '1:11 error'],
    ['$x$ and $\\foo$', '1:10 error'],
    ['a\n\n$$\nx +\n  \\bar\n$$', '5:7 error'],
    ['$é$', '1:2 warning'],
  ])('%j is told at its place', (markdown, expected) => {
    const { diagnostics, html } = renderLesson(markdown);
    expect(diagnostics.map(({ line, column, severity }) => `${line}:${column} ${severity}`)).toEqual([
      expected,
    ]);
    if (expected.endsWith('error')) expect(html).toContain('<code class="math-error">');
  });

  it('may not run or load anything', () => {
    const { html, diagnostics } = renderLesson(
      '$\\href{javascript:alert(1)}{x}$ $\\htmlStyle{color:red}{y}$',
    );
    expect(html).not.toMatch(/\shref=/);
    expect(html).not.toMatch(/\sstyle=/);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '\\href is off in lessons',
      '\\htmlStyle is off in lessons',
    ]);
  });
});

describe('punctuation at a formula', () => {
  const glued = (markdown: string) => {
    const { html } = renderLesson(markdown);
    return [
      html.match(/<span class="glued">[^<]*/g) ?? [],
      html.match(/(?<=<\/span>)[,.;)]+(?=<\/span>)/g) ?? [],
    ];
  };

  it('stays on its line', () => {
    expect(glued('So ($x$, $y$). And *$z$;* then')).toEqual([
      ['<span class="glued">(', '<span class="glued">', '<span class="glued">'],
      [',', ').', ';'],
    ]);
    expect(glued('a $x$ b')).toEqual([[], []]);
  });

  it('does not keep a long formula from being broken', () => {
    expect(glued(`so $${'x + '.repeat(12)}x$, and`)).toEqual([[], []]);
  });

  it('is not lost', () => {
    const { html } = renderLesson('So ($x$, “$y$”): **$z$**! `a`$b$&amp;');
    expect(
      html
        .replace(
          /<span class="katex">.*?<\/math><\/span><span class="katex-html".*?<\/span><\/span><\/span><\/span>/g,
          'M',
        )
        .replace(/<[^>]*>/g, '')
        .trim(),
    ).toBe('So (M, “M”): M! aM&amp;');
  });
});

describe('MathML', () => {
  const { html } = renderLesson('$\\mathrm{net}_1 + \\mathrm{d}x$');

  it('has a word as one, and the formula’s TeX not once more', () => {
    expect(html).toContain('<mi>net</mi>');
    expect(html).toContain('<mi mathvariant="normal">d</mi>');
    expect(html).not.toContain('annotation');
    expect(html).not.toContain('mathrm{');
  });

  it('has script letters as such', () => {
    const { html: script } = renderLesson('$\\mathcal{L} + \\mathcal{A}$');
    expect(script).toContain('<mi>ℒ</mi>');
    expect(script).toContain('<mi>𝒜</mi>');
  });
});

describe('style classes', () => {
  it('have shorter names where all rules are at hand', () => {
    const classes = new StyleClasses();
    const html = classes.replace('<i style="top:2em" class="a"></i><b style="top:1em"></b><p>k-z</p>');
    const names = shortNames(classes.rules);
    expect(renamedClasses(html, names)).toBe('<i class="a k-1"></i><b class="k-0"></b><p>k-z</p>');
    expect(styleSheet(renamedRules(classes.rules, names))).toBe(
      '.k-0{top:1em!important}\n.k-1{top:2em!important}\n',
    );
  });

  it('stand for styles, one for one', () => {
    const classes = new StyleClasses();
    const replaced = classes.replace(
      '<span class="strut" style="height:1em;"></span><svg style="height:1em;width:2em" viewBox="0 0 1 1"/><b>style="x"</b><i style="height:1em"></i>',
    );
    const [one, two] = [...classes.rules.keys()];
    expect(replaced).toBe(
      `<span class="strut ${one}"></span><svg viewBox="0 0 1 1" class="${two}"/><b>style="x"</b><i class="${one}"></i>`,
    );
    expect(styleSheet(classes.rules).split('\n').sort()).toEqual(
      ['', `.${one}{height:1em!important}`, `.${two}{height:1em!important;width:2em!important}`].sort(),
    );
  });

  it('have the same names everywhere', () => {
    const names = [0, 1].map(() => {
      const classes = new StyleClasses();
      return classes.replace('<a style="top:-2em;">');
    });
    expect(names[0]).toBe(names[1]);
  });
});
