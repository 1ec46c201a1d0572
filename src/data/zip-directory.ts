import type { FileReading } from './file-reading.ts';
import { dataViewOf } from './number-array.ts';

/** A file in a zip, as the zip’s directory tells of it (PKWARE’s APPNOTE, 4.3.12). */
export interface ZipMember {
  readonly name: string;
  readonly isEncrypted: boolean;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  /** The CRC-32 of what is unpacked. */
  readonly checksum: number;
  /** Bytes as they lie in the zip, and unpacked. */
  readonly packedSize: number;
  readonly size: number;
  /** The position of the member’s own header, which is followed by its packed bytes. */
  readonly offset: number;
}

/** In bytes: the end of the file that is searched for the directory, which has some 60 bytes for each member. */
const longestDirectory = 1 << 20;
const endSignature = 0x06054b50;
const endLength = 22;
const longestComment = 0xffff;
const memberSignature = 0x02014b50;
const memberLength = 46;
const headSignature = 0x04034b50;
const headLength = 30;
/** Stands where a number needs more than 32 bits, which no file has that is read here. */
const elsewhere = 0xffffffff;

/** Whether a file begins like a zip, also an empty one; its first 4 bytes are enough. */
export const looksLikeZip = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && [headSignature, endSignature].includes(dataViewOf(bytes).getUint32(0, true));

/** A reader of the files in a zip, in its directory’s order; a message where it has none that can be read. */
export function* zipMembers(): FileReading<readonly ZipMember[] | string> {
  const last: Uint8Array[] = [];
  let kept = 0;
  let length = 0;
  for (let piece = yield 'again'; piece !== undefined; piece = yield 'next') {
    length += piece.length;
    kept += piece.length;
    last.push(piece.slice());
    while (kept - last[0].length >= longestDirectory) kept -= (last.shift() as Uint8Array).length;
  }
  const tail = new Uint8Array(kept);
  let at = 0;
  for (const piece of last) {
    tail.set(piece, at);
    at += piece.length;
  }
  return membersIn(tail, length);
}

function membersIn(tail: Uint8Array, length: number): readonly ZipMember[] | string {
  const view = dataViewOf(tail);
  const end = endIn(view);
  if (end === undefined)
    return 'this is no whole zip file, such as numpy.savez writes: its list of arrays is missing; fetch it again';
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const offset = view.getUint32(end + 16, true);
  const start = offset - (length - tail.length);
  if (count === 0xffff || size === elsewhere || offset === elsewhere)
    return 'the file is a zip of more than 65,534 arrays, or of 4 GB; leave some out';
  if (size > longestDirectory) return 'the list of its arrays is longer than 1 MB; leave some out';
  if (start < 0 || start + size > end) return wrongDirectory;
  const members: ZipMember[] = [];
  for (let at = start; members.length < count; ) {
    if (at + memberLength > end || view.getUint32(at, true) !== memberSignature) return wrongDirectory;
    const nameEnd = at + memberLength + view.getUint16(at + 28, true);
    if (nameEnd > end) return wrongDirectory;
    members.push(memberAt(view, at, new TextDecoder().decode(tail.subarray(at + memberLength, nameEnd))));
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return members;
}

const wrongDirectory =
  'the file cannot be read; it may be damaged: its list of arrays is not where it should be';

/** Where the zip’s end record begins, which has to reach to the file’s end with its comment. */
function endIn(view: DataView): number | undefined {
  const last = view.byteLength - endLength;
  for (let at = last; at >= Math.max(0, last - longestComment); at--) {
    const isEnd = view.getUint32(at, true) === endSignature;
    if (isEnd && at + endLength + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return undefined;
}

const memberAt = (view: DataView, at: number, name: string): ZipMember => ({
  name,
  isEncrypted: (view.getUint16(at + 8, true) & 1) !== 0,
  method: view.getUint16(at + 10, true),
  checksum: view.getUint32(at + 16, true),
  packedSize: view.getUint32(at + 20, true),
  size: view.getUint32(at + 24, true),
  offset: view.getUint32(at + 42, true),
});

/** How long a member’s own header is, by its first bytes, at least 30 where fewer are given; undefined where it is none. */
export function lengthOfHead(head: Uint8Array): number | undefined {
  if (head.length < headLength) return headLength;
  const view = dataViewOf(head);
  if (view.getUint32(0, true) !== headSignature) return undefined;
  return headLength + view.getUint16(26, true) + view.getUint16(28, true);
}

/** The CRC-32 (ISO 3309) of bytes that follow others of checksum `before`. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let sum = ~before;
  for (const byte of bytes) sum = (sum >>> 8) ^ remainders[(sum ^ byte) & 255];
  return ~sum >>> 0;
}

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});
