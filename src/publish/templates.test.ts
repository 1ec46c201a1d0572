// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code that holds templates
import { expect, it } from 'vitest';
import { withPlainTemplates } from './templates.ts';

it('takes the indentation out of templates, also of those within others, and makes sheets short', () => {
  const code = [
    'const text = `a',
    '    b`;',
    'const list = html`<ul>',
    '    ${items.map((item) => html`<li',
    '      class="x">${item}',
    '    </li>`)}',
    '  </ul>`;',
    'const sheet = css`',
    '  a {',
    '    b: c;',
    '  }',
    '`;',
  ].join('\n');
  expect(withPlainTemplates('a.ts', code)).toBe(
    'const text = `a\n    b`;\nconst list = html`<ul>\n${items.map((item) => html`<li\nclass="x">${item}\n</li>`)}\n</ul>`;\nconst sheet = css`a{b:c}`;',
  );
});

it('leaves alone what has holes or is a part of a sheet, but for its comments', () => {
  const code = [
    'const colours = css`',
    '  /* Of the page. */',
    '  --ink: light-dark(#111, #eee);',
    '`;',
    'const sheet = css`',
    '  :host {',
    '    ${colours}',
    '  }',
    '`;',
    "const mark = css`a::before { content: '\\\\2026'; /* … */ }`;",
  ].join('\n');
  expect(withPlainTemplates('a.ts', code)).toBe(
    'const colours = css`\n--ink: light-dark(#111, #eee);\n`;\nconst sheet = css`\n:host {\n${colours}\n}\n`;\n' +
      "const mark = css`a::before { content: '\\\\2026';  }`;",
  );
});
