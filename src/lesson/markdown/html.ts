const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Escapes plain text for HTML, between tags or in an attribute in quotation marks of either kind. What is escaped already is
 * escaped again.
 */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char]);

/** Escapes plain text for HTML between tags only: quotation marks stay. */
export const escapeText = (text: string): string => text.replace(/[&<>]/g, (char) => entities[char]);

/**
 * ` name="value"` for each defined value, also an empty one, with a blank before each; values are escaped, names are not. Empty
 * where none is defined.
 */
export const attributes = (values: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`)
    .join('');

/** The id of the element around a lesson. */
export const mainId = 'main';

/** Unique ids for the headings of a page, other than the given ones: `the-chain-rule`, `the-chain-rule-2`. */
export class HeadingIds {
  private readonly taken: Set<string>;
  /** The number that a further heading of the same words tries first. */
  private readonly next = new Map<string, number>();

  constructor(others: Iterable<string> = []) {
    this.taken = new Set(others);
  }

  /** The id for a heading's text, now taken; `section` where the text has no letters or digits. */
  add(text: string): string {
    const base =
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-+|-+$/g, '') || 'section';
    let id = base;
    let n = this.next.get(base) ?? 2;
    for (; this.taken.has(id); n++) id = `${base}-${n}`;
    this.next.set(base, n);
    this.taken.add(id);
    return id;
  }
}
