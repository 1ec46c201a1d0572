/**
 * Replaces inline styles, which a strict content policy forbids, by classes: equal styles share one, and its name
 * depends only on the style, so pages rendered separately can share a stylesheet.
 */
export class StyleClasses {
  /** Class name → declarations, separated by `;`. Grows with every `replace`. */
  readonly rules = new Map<string, string>();

  /** The same markup with every `style` attribute turned into a class. */
  replace(html: string): string {
    return html.replace(/<[a-zA-Z][^<>]*?\sstyle="[^"]*"[^<>]*>/g, (tag) => {
      let names = '';
      const bare = tag.replace(/\sstyle="([^"]*)"/g, (_, style: string) => {
        names += ` ${this.name(style)}`;
        return '';
      });
      if (/\sclass="/.test(bare))
        return bare.replace(/\sclass="([^"]*)"/, (_, own: string) => ` class="${`${own}${names}`.trim()}"`);
      return bare.replace(/(\s*\/?>)$/, ` class="${names.trim()}"$1`);
    });
  }

  private name(style: string): string {
    const declarations = style
      .split(';')
      .map((each) => each.trim())
      .filter((each) => each !== '');
    const text = declarations.join(';');
    for (let salt = 0; ; salt++) {
      const name = `k-${hash(`${text}${salt || ''}`)}`;
      if ((this.rules.get(name) ?? text) !== text) continue;
      this.rules.set(name, text);
      return name;
    }
  }
}

/**
 * A stylesheet for `StyleClasses.rules`, one rule a line, sorted by name; empty for none. Its declarations are `!important`,
 * since inline styles win over all rules.
 */
export function styleSheet(rules: ReadonlyMap<string, string>): string {
  return [...rules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, text]) =>
        `.${name}{${text
          .split(';')
          .map((each) => `${each}!important`)
          .join(';')}}\n`,
    )
    .join('');
}

/** FNV-1a with 32 bits, over UTF-16 code units, in base 36. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(36);
}
