import { decodeHTML, decodeHTMLStrict } from 'entities';

/** The address that a lesson's page is taken to have while its links are checked. */
const page = new URL('https://lesson.invalid/course/lesson.html');

const schemes = new Set(['http:', 'https:', 'mailto:']);
const picture = /^data:image\/(?:png|jpeg|gif|webp)[;,]/;
const pictureFile = /\.(?:png|jpe?g|gif|webp|avif|svg)$/i;

/** Characters that a browser removes before it reads an address, and others that no address has. */
const ignored = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^\s+|\s+$/gu;

/**
 * A link's address as it is to be written into the page (percent-encoded, not escaped for HTML): with the scheme `https:`,
 * `http:` (what follows need not begin with `//`) or `mailto:`, or without one, within this site, such as `#id` or the empty
 * text. Undefined for all others, which must be refused. `literal`: character references stand for themselves, as in an
 * autolink.
 */
export function linkAddress(href: string, literal = false): string | undefined {
  const written = encoded(literal ? href : decodeHTMLStrict(href));
  return readings(href).concat(written).every(isLink) ? written : undefined;
}

/**
 * A picture's address as it is to be written into the page (percent-encoded, not escaped for HTML; `src` as in Markdown): a
 * picture file beside or below the page, or `data:` with PNG, JPEG, GIF or WebP. Undefined for all others, which must be
 * refused.
 */
export function pictureAddress(src: string): string | undefined {
  const written = encoded(decodeHTMLStrict(src));
  return readings(src).concat(written).every(isPicture) ? written : undefined;
}

/** A text of Markdown with its character references decoded, `&amp;` as &; not escaped for HTML. */
export const plain = (text: string): string => decodeHTMLStrict(text);

/** Percent-encoded where needed; what is encoded already stays as it is. */
const encoded = (address: string): string =>
  encodeURI(address.replace(/\p{Surrogate}/gu, '\uFFFD')).replaceAll('%25', '%');

/**
 * An address as it is written, and as software that decodes it up to three times more could read it. An address must be allowed
 * in all of these readings; otherwise it is refused, not repaired.
 */
function readings(address: string): string[] {
  const found = [address];
  for (let times = 0; times < 3; times++) {
    const last = found[found.length - 1];
    found.push(
      decodeHTML(last).replace(/%([0-7][0-9a-f])/gi, (_, hex) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    );
  }
  return found.flatMap((one) => [one, one.replace(ignored, '')]);
}

const parsed = (address: string): URL | undefined =>
  URL.canParse(address, page) ? new URL(address, page) : undefined;

/** The scheme with its colon, in lower case; undefined in an address of this site. */
const schemeOf = (address: string): string | undefined => /^([^/?#\\]*:)/.exec(address)?.[1].toLowerCase();

function isLink(address: string): boolean {
  const url = parsed(address);
  if (url === undefined || !schemes.has(url.protocol)) return false;
  const scheme = schemeOf(address.trim());
  return scheme === undefined ? url.origin === page.origin : schemes.has(scheme);
}

function isPicture(address: string): boolean {
  const url = parsed(address);
  if (url === undefined) return false;
  if (url.protocol === 'data:') return picture.test(address);
  const isHere = url.origin === page.origin && url.pathname.startsWith('/course/') && !/^[/\\]/.test(address);
  return isHere && schemeOf(address) === undefined && pictureFile.test(url.pathname);
}
