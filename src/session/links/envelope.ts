import { fullLinkWords as words } from '../../words/links/full-link.ts';

/**
 * A text that travels in an address: `#go=lecture.1.2k.z….1x9q`. After the model's name come the version, the length of the
 * payload in base 36, the payload (base64url), and a checksum of all before it. So a link that was cut short can be distinguished
 * from one with a changed character, and both from one of a newer version. These four parts mean the same in every version.
 */
export interface Envelope {
  /** The model's name, plain. */
  readonly model: string;
  /** The payload, plain text; `unseal` reads up to 4 MB. */
  readonly text: string;
}

/** The version that `seal` writes; `unseal` reads no other. */
export const envelopeVersion = 1;

/** Parts of a link that are read at most: the expected ones, and a few more. */
const mostParts = 8;

/** In bytes, uncompressed. No state of a page is nearly so large; a larger link was made to do harm. */
const mostBytes = 4_000_000;

/**
 * Puts a text in an envelope, compressed (raw DEFLATE) where that is shorter. The result is the whole hash, with `#`, safe in
 * an address as it is; `unseal` reads it back.
 */
export async function seal({ model, text }: Envelope): Promise<string> {
  const plain = new TextEncoder().encode(text);
  const compressed = await transformed(plain, 'CompressionStream');
  return compressed !== undefined && compressed.length < plain.length
    ? addressed(model, `z${toBase64(compressed)}`)
    : addressed(model, `t${toBase64(plain)}`);
}

/** The same at once, and never compressed. */
export const sealPlain = ({ model, text }: Envelope): string =>
  addressed(model, `t${toBase64(new TextEncoder().encode(text))}`);

function addressed(model: string, payload: string): string {
  const body = `${model}.${envelopeVersion}.${payload.length.toString(36)}.${payload}`;
  // A dot ends the name, so dots within it are encoded.
  const name = encodeURIComponent(model).replaceAll('.', '%2E');
  return `#go=${name}${body.slice(model.length)}.${checksum(body)}`;
}

/**
 * The envelope that a hash `#go=…`, as the address has it, carries; or a message for readers: cut short, damaged, of a newer
 * version, too large, unsupported by the browser. Never rejects.
 */
export async function unseal(hash: string): Promise<Envelope | { readonly message: string }> {
  const [, name, rest] = /^#go=([^.]*)(.*)$/s.exec(hash) ?? ['', '', ''];
  const [model, parts] = [decoded(name), decoded(rest)];
  const [, version, length, payload, sum, ...more] = parts.split('.', mostParts);
  const body = model + parts;
  if (sum === undefined || payload.length < Number.parseInt(length, 36)) return { message: words.cut };
  if (more.length > 0 || checksum(body.slice(0, body.lastIndexOf('.'))) !== sum) {
    // The checksum stands at the end: a part of the right one is a link whose end is missing.
    const isShort = sum.length < checksumLength && payload.length === Number.parseInt(length, 36);
    return { message: isShort ? words.cut : words.damaged };
  }
  if (version !== String(envelopeVersion)) return { message: words.newer };
  try {
    const bytes = fromBase64(payload.slice(1));
    const plain = payload.startsWith('t') ? bytes : await transformed(bytes, 'DecompressionStream');
    if (plain === undefined) return { message: words.unsupported };
    if (plain.length > mostBytes) return { message: words.tooLarge };
    return { model, text: new TextDecoder('utf-8', { fatal: true }).decode(plain) };
  } catch {
    return { message: words.damaged };
  }
}

/** Undefined where the browser cannot do it. Stops soon after `mostBytes` and drops the rest. */
async function transformed(
  bytes: Uint8Array<ArrayBuffer>,
  by: 'CompressionStream' | 'DecompressionStream',
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const Stream = globalThis[by];
  if (Stream === undefined) return undefined;
  const reader = new Blob([bytes]).stream().pipeThrough(new Stream('deflate-raw')).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let length = 0; length <= mostBytes; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** A link may have millions of characters: a loop, without a function call for each. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const signs = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(signs.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = signs.charCodeAt(at);
  return bytes;
}

const checksumLength = 7;

/** The CRC's table: eight steps at once for each byte. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
  return sum;
});

/**
 * The CRC-32 (IEEE 802.3) of a text's UTF-8 bytes, in base 36, 7 characters: it detects every change of one character
 * and of a few in a row. Letters and digits only, since a link may end a sentence.
 */
export function checksum(text: string): string {
  let sum = -1;
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at++) sum = (sum >>> 8) ^ remainders[(sum ^ bytes[at]) & 255];
  return (~sum >>> 0).toString(36).padStart(checksumLength, '0');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
