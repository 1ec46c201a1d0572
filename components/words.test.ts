import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('./', import.meta.url));
const word = /\p{L}{3,}/u;
/** Stands for an expression of a template. */
const hole = '\u0000';

/**
 * The texts of a template that readers see or hear: its text nodes, and attributes such as `aria-label`; those without a word of
 * three letters are left out.
 */
function readIn(template: string): string[] {
  const read = [
    ...template.matchAll(
      /\s(?:aria-(?:label|description|valuetext|roledescription)|title|placeholder|alt)="([^"]*)"/g,
    ),
  ].map(([, text]) => text);
  const texts = template
    .replace(/<!--.*?-->/gs, '')
    .replace(/<(?:[^>"']|"[^"]*"|'[^']*')*>/gs, hole)
    .split(hole);
  return [...read.map((text) => text.replaceAll(hole, '')), ...texts].filter((text) => word.test(text));
}

it('every word that is read in a template stands in a section of the words', () => {
  const found: string[] = [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((one) => one.endsWith('.ts') && !one.includes('.test'))) {
    const text = readFileSync(`${folder}${name}`, 'utf8');
    new Visitor({
      TaggedTemplateExpression({ tag, quasi, start }) {
        if (tag.type !== 'Identifier' || (tag.name !== 'html' && tag.name !== 'svg')) return;
        const written = quasi.quasis.map(({ value }) => value.raw).join(hole);
        const line = text.slice(0, start).split('\n').length;
        for (const words of readIn(written)) found.push(`${name}:${line} ${words.trim()}`);
      },
    }).visit(parseSync(name, text).program);
  }
  expect(names.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});
