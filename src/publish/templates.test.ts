// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code that holds templates
import { expect, it } from 'vitest';
import { withoutIndentation } from './templates.ts';

it('takes the indentation out of templates, also of those within others, and out of nothing else', () => {
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
  expect(withoutIndentation('a.ts', code)).toBe(
    'const text = `a\n    b`;\nconst list = html`<ul>\n${items.map((item) => html`<li\nclass="x">${item}\n</li>`)}\n</ul>`;\nconst sheet = css`\na {\nb: c;\n}\n`;',
  );
});
