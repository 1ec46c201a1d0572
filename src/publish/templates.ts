import { transform } from 'lightningcss';
import { type Plugin, parseSync, Visitor } from 'vite';

/** What nobody reads in a built file: the indentation of templates, and of sheets the comments, too. */
const plain = (text: string): string => text.replace(/\s*\n\s*/g, '\n');
const withoutComments = (css: string): string => plain(css.replace(/\/\*.*?\*\//gs, ''));

/** A whole sheet as few bytes; one that is only a part of a sheet, or has holes, without comments and indentation. */
function minified(path: string, css: string): string {
  try {
    const { code } = transform({ filename: path, code: Buffer.from(css), minify: true });
    // A backslash or a backquote would mean something else in a template.
    const text = Buffer.from(code).toString('utf8');
    return /[\\`]/.test(text) ? withoutComments(css) : text;
  } catch {
    return withoutComments(css);
  }
}

/**
 * The code of a TypeScript module with its templates as they are needed: `html` and `svg` with one line break in place of line
 * breaks and indentation, `css` minified; all else stays. `path` tells the parser the language, and is not read.
 */
export function withPlainTemplates(path: string, code: string): string {
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  new Visitor({
    TaggedTemplateExpression({ tag, quasi: { quasis } }) {
      const name = tag.type === 'Identifier' ? tag.name : '';
      if (name !== 'css' && name !== 'html' && name !== 'svg') return;
      const sheet = quasis.length === 1 ? (css: string) => minified(path, css) : withoutComments;
      const shorten = name === 'css' ? sheet : plain;
      for (const { start, value } of quasis) {
        // Its place may begin with a backquote or a brace.
        const at = code.indexOf(value.raw, start);
        edits.push({ start: at, end: at + value.raw.length, text: shorten(value.raw) });
      }
    },
  }).visit(parseSync(path, code).program);
  let written = '';
  let from = 0;
  for (const { start, end, text } of edits.sort((a, b) => a.start - b.start)) {
    written += code.slice(from, start) + text;
    from = end;
  }
  return written + code.slice(from);
}

/** Makes the templates of the components as short as a browser needs them. */
export const plainTemplates: Plugin = {
  name: 'backstep-plain-templates',
  enforce: 'pre',
  apply: 'build',
  transform: {
    filter: { id: /\/components\/.*\.ts$/ },
    handler: (code, id) => ({ code: withPlainTemplates(id, code), map: null }),
  },
};
