import type { Token, Tokens } from 'marked';
import type { Findings } from './markdown/finding.ts';
import type { RefusedToken } from './markdown/lexer.ts';
import type { Locations } from './markdown/location.ts';
import type { DirectiveToken } from './markdown/markdown.ts';
import type { MarkdownSource } from './markdown/source.ts';
import { isModelFence } from './model/model-fence.ts';

/**
 * Reports what was meant as one of our constructs but is none: fences never closed, braces of no known kind. Every finding is an
 * error.
 */
export class SyntaxCheck {
  constructor(
    private readonly findings: Findings,
    private readonly source: MarkdownSource,
    private readonly locations: Locations,
  ) {}

  /** To be called with every token, parents first. */
  examine(token: Token): void {
    const offset = this.locations.get(token) ?? 0;
    const report = (at: number, length: number, rule: string, message: string) =>
      this.findings.error(this.source.place(offset + at, length), rule, message);
    if (token.type === 'refused') {
      const { raw, message } = token as RefusedToken;
      report(0, raw.split('\n', 1)[0].length || 1, 'limit', message);
    } else if (token.type === 'code') this.fence(token as Tokens.Code, report);
    else if (token.type === 'directive') {
      const { raw, closed, name } = token as DirectiveToken;
      if (!closed)
        report(0, raw.split('\n')[0].length, 'fence', `:::{${name}} is never closed; end it with a line :::`);
    } else if (token.type === 'paragraph') this.colons(token.raw, report);
    else if (token.type === 'text' && !('tokens' in token && token.tokens)) this.text(token.raw, report);
  }

  private fence({ raw, lang, codeBlockStyle }: Tokens.Code, report: Report): void {
    if (codeBlockStyle === 'indented') return;
    const first = raw.split('\n')[0];
    const ticks = /^\s*(`{3,}|~{3,})/.exec(raw)?.[1] ?? '```';
    const lines = raw.trimEnd().split('\n');
    const last = lines[lines.length - 1].trim();
    const closed = lines.length > 1 && last.startsWith(ticks) && /^(`+|~+)$/.test(last);
    if (!closed) report(0, first.length, 'fence', `this fence is never closed; end it with a line ${ticks}`);
    if (lang?.startsWith('{') && !isModelFence({ lang })) {
      const hint =
        'between backticks stands data, {model}; prose stands between colons, as in :::{debugger} id';
      report(
        first.indexOf('{'),
        lang.length,
        'directive',
        `there is no data block ${lang.split('}')[0]}}; ${hint}`,
      );
    }
  }

  private colons(raw: string, report: Report): void {
    for (const found of raw.matchAll(/^:{3,}[ \t]*(.*)$/gm)) {
      const message =
        found[1] === '' ? 'these colons close nothing' : 'write the name in braces, as in :::{debugger} id';
      report(found.index, found[0].length, 'directive', message);
    }
  }

  private text(raw: string, report: Report): void {
    const role = /\{[a-z][\w-]*\}`/.exec(raw);
    if (role)
      report(role.index, role[0].length, 'role', 'this role is never closed; end it with ` on the same line');
    const math = raw.indexOf('$$');
    if (math >= 0)
      report(math, 2, 'math', 'this formula is never closed; end it with $$, without an empty line before');
  }
}

type Report = (at: number, length: number, rule: string, message: string) => void;
