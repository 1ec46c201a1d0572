const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it is written into HTML, between tags or in a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char]);

/** Text as it is written between tags, with its quotation marks as they are. */
export const escapeText = (text: string): string => text.replace(/[&<>]/g, (char) => entities[char]);

/** ` name="value"` for each value that is there. */
export const attributes = (values: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`)
    .join('');

/** Ids for the headings of a page, no two alike: `the-chain-rule`, `the-chain-rule-2`. */
export class HeadingIds {
  private readonly taken = new Set<string>();
  /** The number that a further heading of the same words tries first. */
  private readonly next = new Map<string, number>();

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
