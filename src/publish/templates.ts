import { type Plugin, parseSync, Visitor } from 'vite';

const tags = new Set(['html', 'svg', 'css']);

/**
 * The code with each line break and its surrounding blanks in `html`, `svg` and `css` templates replaced by a single line break.
 */
export function withoutIndentation(path: string, code: string): string {
  const quasis: { start: number; end: number }[] = [];
  new Visitor({
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.type === 'Identifier' && tags.has(tag.name)) quasis.push(...quasi.quasis);
    },
  }).visit(parseSync(path, code).program);
  let written = '';
  let from = 0;
  for (const { start, end } of quasis.sort((a, b) => a.start - b.start)) {
    written += code.slice(from, start) + code.slice(start, end).replace(/\s*\n\s*/g, '\n');
    from = end;
  }
  return written + code.slice(from);
}

/** A Vite plugin that applies `withoutIndentation` to the components of a build. */
export const plainTemplates: Plugin = {
  name: 'backstep-plain-templates',
  enforce: 'pre',
  apply: 'build',
  transform: {
    filter: { id: /\/components\/.*\.ts$/ },
    handler: (code, id) => ({ code: withoutIndentation(id, code), map: null }),
  },
};
