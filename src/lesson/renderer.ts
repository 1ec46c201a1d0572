import type { MarkedExtension, Token, Tokens } from 'marked';
import { cellName } from '../formula/model.ts';
import { texName } from '../formula/notation.ts';
import { findWrittenCell } from '../session/links/cell-text.ts';
import { directives, renderDirective } from './directives/directives.ts';
import { linkAddress, pictureAddress, plain } from './markdown/address.ts';
import { attributes, escapeHtml, HeadingIds, mainId } from './markdown/html.ts';
import type { RefusedToken } from './markdown/lexer.ts';
import type { Locations } from './markdown/location.ts';
import type { DirectiveToken, MathToken, RoleToken } from './markdown/markdown.ts';
import { type MarkdownSource, unshield } from './markdown/source.ts';
import { isModelFence } from './model/model-fence.ts';
import type { Heading } from './page/contents.ts';
import type { Page } from './page/page.ts';
import { renderRole } from './roles/roles.ts';

/**
 * The renderer of one lesson's tokens, for `marked.use`; `locations` are from `locate`. While rendering, it adds to `headings`
 * and to the page's findings; so it must be used for one rendering only. Its HTML still has shielded bars: see `unshield`.
 */
export function lessonRenderer(
  page: Page,
  source: MarkdownSource,
  locations: Locations,
  headings: Heading[],
): MarkedExtension {
  const offsetOf = (token: Token): number => locations.get(token) ?? 0;
  const placeOf = (token: Token) => source.place(offsetOf(token), token.raw.split('\n')[0].length);

  const math = (token: MathToken): string => {
    const html = page.math.render(token.tex.trim(), token.display, ({ severity, at, length, message }) => {
      const lead = token.tex.length - token.tex.trimStart().length;
      const place = source.place(offsetOf(token) + token.texAt + lead + at, length);
      page.findings[severity](place, 'math', message);
    });
    if (token.type === 'block-math') return `<div class="math">${html}</div>\n`;
    if (token.display) return html;
    const { before = '', after = '' } = token;
    const set = named(token.tex, html);
    return before + after === ''
      ? set
      : `<span class="glued">${escapeHtml(before)}${set}${escapeHtml(after)}</span>`;
  };

  /** A formula that is a symbol of one cell of the model beside the text is marked by it, so that both are highlighted together. */
  const named = (tex: string, html: string): string => {
    const [first] = page.instruments;
    const id = page.contents.beside ?? first;
    const model = page.models.get(id)?.program?.model;
    const found = model && findWrittenCell(model, tex);
    // Readers may write a cell in many ways, the text has to write it as the debugger does: x^{1} is no cell of x.
    if (model === undefined || found === undefined || 'message' in found) return html;
    if (bare(texName(model, found.name, found.cell)) !== bare(tex)) return html;
    const data = { class: 'symbol', 'data-model': id, 'data-cell': cellName(found.name, found.cell) };
    return `<span${attributes(data)}>${html}</span>`;
  };

  const role = (token: RoleToken): string =>
    renderRole(token.name, token.text, page, (at, length) =>
      source.place(offsetOf(token) + token.textAt + at, length),
    );

  const directive = (token: DirectiveToken, html: string): string => {
    const known = directives.get(token.name);
    const start = source.place(offsetOf(token));
    const nameAt = token.raw.indexOf('{') + 1;
    const place = { line: start.line, column: start.column + nameAt, length: token.name.length };
    const options = new Map(
      token.options.map(({ key, value, lines }) => {
        const at = { line: start.line + lines, column: start.column, length: key.length };
        if (!known?.options.includes(key)) {
          page.findings.error(
            at,
            'option',
            `${token.name} has no option ${key}; it has ${known?.options.join(', ')}`,
          );
        }
        return [key, { value, place: at }] as const;
      }),
    );
    if (known?.prose === false && html.trim() !== '') {
      page.findings.error(place, 'directive', `${token.name} holds options only, no prose`);
    }
    return renderDirective(token.name, { argument: token.argument, options, html, place }, page);
  };

  const unsafe = (token: Tokens.Link | Tokens.Image, instead: string): void => {
    const shown = token.href.length > 80 ? `${token.href.slice(0, 80)}…` : token.href;
    page.findings.error(
      placeOf(token),
      'address',
      `${shown} is no address that a lesson may use; ${instead}`,
    );
  };

  const ids = new HeadingIds([mainId]);

  return {
    extensions: [
      { name: 'role', renderer: (token) => role(token as RoleToken) },
      { name: 'inline-math', renderer: (token) => math(token as MathToken) },
      { name: 'block-math', renderer: (token) => math(token as MathToken) },
      {
        name: 'refused',
        renderer(token) {
          const { text, block } = token as unknown as RefusedToken;
          const written = escapeHtml(text);
          return block ? `<pre tabindex="0"><code>${written}</code></pre>\n` : written;
        },
      },
      {
        name: 'directive',
        renderer(token) {
          const { name, tokens } = token as DirectiveToken;
          const content = () => this.parser.parse(tokens ?? []);
          const isAside = directives.get(name)?.aside === true;
          return directive(token as DirectiveToken, isAside ? page.contents.aside(content) : content());
        },
      },
    ],
    renderer: {
      heading({ tokens, depth }) {
        const text = plainText(tokens);
        const id = ids.add(text);
        const heading = { level: depth, id, text };
        headings.push(heading);
        page.contents.heading(heading);
        return `<h${depth}${attributes({ id })}>${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      // An item that begins with a term in bold and a colon is an entry of a glossary, and can be linked to.
      listitem({ tokens }) {
        const term = glossaryTerm(tokens);
        if (term === undefined) return false;
        const id = ids.add(term);
        page.contents.explains(id);
        return `<li${attributes({ id })}>${this.parser.parse(tokens)}</li>\n`;
      },
      code(token) {
        // A long line scrolls in its own box, which the keyboard must be able to reach.
        return isModelFence(token) ? '' : `<pre tabindex="0"><code>${escapeHtml(token.text)}</code></pre>\n`;
      },
      html(token) {
        if (/^<!--(?:(?!-->)[\s\S])*-->\s*$/.test(token.raw)) return '';
        const message = 'HTML is off in lessons and shown as it is written; use Markdown';
        page.findings.warning(placeOf(token), 'html', message);
        return token.block ? `<p>${escapeHtml(token.raw.trim())}</p>\n` : escapeHtml(token.raw);
      },
      // marked would keep character references for the browser to decode: then the checked address would not be the one on the
      // page.
      link(token) {
        const literal = 'autolink' in token && token.autolink === true;
        const content = literal ? escapeHtml(token.text) : this.parser.parseInline(token.tokens);
        const href = linkAddress(token.href, literal);
        if (href === undefined) {
          unsafe(token, 'a link begins with https://, http:// or mailto:, or stays in this site');
          return content;
        }
        const title = token.title ? plain(token.title) : undefined;
        return `<a${attributes({ href, title })}>${content}</a>`;
      },
      image(token) {
        const alt = plainText(token.tokens);
        const src = pictureAddress(token.href);
        if (src === undefined) {
          unsafe(
            token,
            'put the picture beside the lesson, as in ./name.png: a page asks nobody else for anything',
          );
          return escapeHtml(alt);
        }
        const title = token.title ? plain(token.title) : undefined;
        return `<img${attributes({ src, alt, title })}>`;
      },
      text(token) {
        // marked writes text after a tag such as <code> as it is, since it would write the tag as well.
        return 'tokens' in token && token.tokens
          ? this.parser.parseInline(token.tokens)
          : escapeHtml(plain(token.text));
      },
    },
  };
}

/** The text of a heading or a picture without markup. */
function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'inline-math') return (token as MathToken).tex;
      if (token.type === 'role') return unshield((token as RoleToken).text).replace(/^.*\|\s*/, '');
      return 'tokens' in token && token.tokens
        ? plainText(token.tokens)
        : 'text' in token
          ? plain(String(token.text))
          : '';
    })
    .join('');
}

/** The term that a list's item explains; undefined of other items. */
function glossaryTerm([first]: readonly Token[]): string | undefined {
  const [term, after] = first !== undefined && 'tokens' in first ? (first.tokens ?? []) : [];
  if (term?.type !== 'strong' || !/^(?::|, )/.test(after?.raw ?? '')) return undefined;
  return plainText((term as Tokens.Strong).tokens);
}

/** TeX without what makes no difference to the eye. */
const bare = (tex: string): string => tex.replace(/[\s{}]/g, '');
