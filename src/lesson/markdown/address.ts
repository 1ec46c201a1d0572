import { decodeHTML, decodeHTMLStrict } from 'entities';

/** Where a lesson's page is taken to stand while its addresses are judged. */
const page = new URL('https://lesson.invalid/course/lesson.html');

const schemes = new Set(['http:', 'https:', 'mailto:']);
const picture = /^data:image\/(?:png|jpeg|gif|webp)[;,]/;
const pictureFile = /\.(?:png|jpe?g|gif|webp|avif|svg)$/i;

/** What a browser leaves out before it reads an address, and what no address has. */
const ignored = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^\s+|\s+$/gu;

/**
 * The address of a link as it is to be written: of the web with its scheme, of mail, or of this site. Undefined for all
 * else. `literal` is the address of an autolink, whose character references stand for themselves.
 */
export function linkAddress(href: string, literal = false): string | undefined {
  const written = encoded(literal ? href : decodeHTMLStrict(href));
  return readings(href).concat(written).every(isLink) ? written : undefined;
}

/** The address of a picture as it is to be written: a file beside or below the page, or the picture itself. */
export function pictureAddress(src: string): string | undefined {
  const written = encoded(decodeHTMLStrict(src));
  return readings(src).concat(written).every(isPicture) ? written : undefined;
}

/** A title or a word that is written into an attribute, its character references read. */
export const plain = (text: string): string => decodeHTMLStrict(text);

/** As it is sent: signs that an address cannot hold are percent-encoded, those that are so already are not again. */
const encoded = (address: string): string =>
  encodeURI(address.replace(/\p{Surrogate}/gu, '\uFFFD')).replaceAll('%25', '%');

/**
 * An address as it is written and as whoever decodes it once more could read it. A page says what it means: what is no
 * address in any of these is refused, not repaired.
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

/** The scheme as it is written, none in an address of this site. */
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
