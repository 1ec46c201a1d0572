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
 * A stylesheet for `StyleClasses.rules`, one rule a line, sorted by declarations; empty for none. Its declarations are `!important`,
 * since inline styles win over all rules.
 */
export function styleSheet(rules: ReadonlyMap<string, string>): string {
  return [...rules]
    .sort(([, a], [, b]) => (a < b ? -1 : 1))
    .map(
      ([name, text]) =>
        `.${name}{${text
          .split(';')
          .map((each) => `${each}!important`)
          .join(';')}}\n`,
    )
    .join('');
}

/**
 * A shorter name for each class, for pages that are all at hand: the name that depends on the style alone is long. Ordered by the
 * declarations, so that alike rules stand together, where they pack well.
 */
export function shortNames(rules: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const sorted = [...rules].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
  return new Map(sorted.map(([name], n) => [name, `k-${n.toString(36)}`]));
}

/** Rules under other names; those without one keep theirs. */
export const renamedRules = (
  rules: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> => new Map([...rules].map(([name, text]) => [names.get(name) ?? name, text]));

/** Markup whose classes have other names. */
export const renamedClasses = (html: string, names: ReadonlyMap<string, string>): string =>
  html.replace(
    /(<[a-zA-Z][^<>]*?\sclass=")([^"]*)(")/g,
    (_, before: string, classes: string, after: string) =>
      before + classes.replace(/\bk-\w+/g, (name) => names.get(name) ?? name) + after,
  );

/** FNV-1a with 32 bits, over UTF-16 code units, in base 36. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(36);
}
