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

/** An address that a lesson may link to: of this site, of the web, or mail; nothing that runs. */
export const isSafeAddress = (href: string): boolean =>
  !/^[^/?#]*:/.test(href.replace(/\s|\p{Cc}/gu, '')) || /^(https?|mailto):/i.test(href.trim());

/** An id for a heading: `the-chain-rule`. */
export function slug(text: string, taken: ReadonlySet<string>): string {
  const base =
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '') || 'section';
  let id = base;
  for (let n = 2; taken.has(id); n++) id = `${base}-${n}`;
  return id;
}
