import { Marked, type Token, type TokenizerAndRendererExtension, type Tokens } from 'marked';
import { refusedDepth, refusedTable } from './lexer.ts';
import { markdownLimits } from './limits.ts';

/** ``{name}`text` `` on one line. */
export interface RoleToken extends Tokens.Generic {
  readonly type: 'role';
  readonly name: string;
  /** Its bar is shielded: see `splitAtBar`. */
  readonly text: string;
  /** The offset of the text from the start of the role. */
  readonly textAt: number;
}

/** `$…$` in a line of prose, or `$$…$$`. */
export interface MathToken extends Tokens.Generic {
  readonly type: 'inline-math' | 'block-math';
  readonly tex: string;
  /** Whether it is set in display style. */
  readonly display: boolean;
  /** The offset of the TeX from the start of the token. */
  readonly texAt: number;
  /** Punctuation that stays beside a formula in a line, absent before `gluePunctuation`. */
  before?: string;
  after?: string;
}

/** `:::{name} argument` … `:::` */
export interface DirectiveToken extends Tokens.Generic {
  readonly type: 'directive';
  readonly name: string;
  readonly argument: string;
  /** `key: value` lines at the start; `lines`: how many lines after the opening each stands, from 1. */
  readonly options: readonly { readonly key: string; readonly value: string; readonly lines: number }[];
  /** Whether the closing colons were found; if not, it reaches to the end of the text. */
  readonly closed: boolean;
  /** The content, parsed. */
  readonly tokens: Token[];
}

const rolePattern = /^\{([a-z][\w-]*)\}(`+)(?!`)([^\n]*?[^`\n])\2(?!`)/;
const inlineMath = /^(\${1,2})(?!\$)((?:\\[\s\S]|[^\\$`])+?)\1(?!\$)/;
const blockMath = /^ {0,3}\$\$((?:\\[\s\S]|[^\\$])+?)\$\$[ \t]*(?:\n+|$)/;

/**
 * Where a paragraph ends because a block of ours begins; undefined where none does. marked calls it in the middle of a line, with
 * all that is left of the lesson; an empty line ends the paragraph anyway.
 */
function atLineStart(src: string, pattern: RegExp): number | undefined {
  const near = src.slice(0, markdownLimits.text);
  const end = near.search(/\n[ \t]*\n/);
  const found = pattern.exec(end < 0 ? near : near.slice(0, end));
  return found ? found.index + 1 : undefined;
}

const role: TokenizerAndRendererExtension = {
  name: 'role',
  level: 'inline',
  start: (src) => src.match(/\{[\w-]+\}`/)?.index,
  tokenizer(src) {
    const found = rolePattern.exec(src);
    if (found === null) return undefined;
    const [raw, name, ticks, text] = found;
    return { type: 'role', raw, name, text, textAt: name.length + 2 + ticks.length };
  },
};

/** `$x_i$`: as in Pandoc, no blank just inside the dollars and no digit after them, so that prices stay prices. */
const mathInProse: TokenizerAndRendererExtension = {
  name: 'inline-math',
  level: 'inline',
  start: (src) => src.match(/\$/)?.index,
  tokenizer(src) {
    const found = inlineMath.exec(src);
    if (found === null) return undefined;
    const [raw, dollars, tex] = found;
    const price = /^\s|\s$/.test(tex) || /^\d/.test(src.slice(raw.length));
    if (/\n[ \t]*\n/.test(tex) || (dollars === '$' && price)) return undefined;
    return { type: 'inline-math', raw, tex, display: dollars === '$$', texAt: dollars.length };
  },
};

const mathBlock: TokenizerAndRendererExtension = {
  name: 'block-math',
  level: 'block',
  start: (src) => atLineStart(src, /\n {0,3}\$\$/),
  tokenizer(src) {
    const found = blockMath.exec(src);
    if (found === null || /\n[ \t]*\n/.test(found[1])) return undefined;
    return {
      type: 'block-math',
      raw: found[0],
      tex: found[1],
      display: true,
      texAt: found[0].indexOf('$$') + 2,
    };
  },
};

const opening = /^(:{3,})[ \t]*\{([^}\n]*)\}([^\n]*)$/;
const fence = /^ {0,3}(`{3,}|~{3,})/;

/** The lines of a text, one after the other: splitting would read all that follows for each directive. */
function* linesOf(text: string): Generator<string> {
  for (let from = 0; from <= text.length; ) {
    const end = text.indexOf('\n', from);
    yield text.slice(from, end < 0 ? text.length : end);
    if (end < 0) return;
    from = end + 1;
  }
}

/** The lines of a directive, up to the colons that close it; directives and fences within are closed by their own. */
function extent(src: string): { lines: string[]; closed: boolean } {
  const lines: string[] = [];
  const open: number[] = [];
  let fenced: string | undefined;
  for (const line of linesOf(src)) {
    lines.push(line);
    const ticks = fence.exec(line)?.[1];
    if (fenced !== undefined) {
      if (ticks?.startsWith(fenced) && line.trim() === ticks) fenced = undefined;
      continue;
    }
    if (ticks !== undefined) fenced = ticks;
    const start = opening.exec(line);
    if (start !== null) open.push(start[1].length);
    else if (/^:{3,}[ \t]*$/.test(line) && line.trim().length >= open[open.length - 1]) open.pop();
    if (open.length === 0) return { lines, closed: true };
  }
  return { lines, closed: false };
}

function directive(optionsOf: (name: string) => readonly string[]): TokenizerAndRendererExtension {
  return {
    name: 'directive',
    level: 'block',
    start: (src) => atLineStart(src, /\n:{3,}[ \t]*\{/),
    tokenizer(src) {
      if (!src.startsWith(':::')) return undefined;
      const start = opening.exec(linesOf(src).next().value ?? '');
      if (start === null) return undefined;
      const { lines, closed } = extent(src);
      const whole = lines.join('\n');
      const body = lines.slice(1, closed ? -1 : undefined);
      const [, , name, rest] = start;
      const options: { key: string; value: string; lines: number }[] = [];
      while (optionsOf(name).length > 0 && options.length < body.length) {
        const entry = /^:?([\w-]+):(.*)$/.exec(body[options.length]);
        if (entry === null) break;
        options.push({ key: entry[1], value: entry[2].trim(), lines: options.length + 1 });
      }
      const { top } = this.lexer.state;
      this.lexer.state.top = true;
      const tokens = this.lexer.blockTokens(body.slice(options.length).join('\n'), []);
      this.lexer.state.top = top;
      const raw = whole.length < src.length ? `${whole}\n` : whole;
      return { type: 'directive', raw, name: name.trim(), argument: rest.trim(), options, closed, tokens };
    },
  };
}

/** A text of the same length without signs of emphasis. */
const masked = (text: string): string => 'a'.repeat(text.length);

/**
 * A new Markdown parser with roles, directives and formulas; it renders nothing of them before `lessonRenderer` is used.
 * `optionsOf` gives the option keys of a directive; where it gives none, all lines of the directive are prose. To be used with
 * `markdownTokens`, which keeps within limits.
 */
export function lessonMarkdown(optionsOf: (name: string) => readonly string[]): Marked {
  return new Marked({
    extensions: [role, mathInProse, mathBlock, directive(optionsOf)],
    tokenizer: {
      blockquote: (src) => (refusedDepth(src) as Tokens.Blockquote | undefined) ?? false,
      list: (src) => (refusedDepth(src) as Tokens.List | undefined) ?? false,
      table: (src) => (refusedTable(src) as Tokens.Table | undefined) ?? false,
    },
    hooks: {
      emStrongMask: (src) => src.replace(/\$[^$\n]+\$/g, masked).replace(/\{[\w-]+\}`[^`\n]*`/g, masked),
    },
  });
}
