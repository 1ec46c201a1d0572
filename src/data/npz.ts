import { Inflate } from 'fflate';
import type { FileReading, ReadRequest } from './file-reading.ts';
import { readNpy } from './npy.ts';
import { joinedBytes } from './number-array.ts';
import { mostBytes, tooLarge } from './size-limit.ts';
import { failed, type TableReading } from './table.ts';
import { crc32, lengthOfHead, type ZipMember, zipMembers } from './zip-directory.ts';

/** In bytes: packed bytes are unpacked in small portions, since each can unpack to a thousand times its size. */
const portion = 1 << 14;

/** How many arrays a message names, and how long their names may be. */
const mostNamed = 8;
const plainName = /^[\w./-]{1,40}$/;

/**
 * A reader (see `readFrom`) of `.npz`, NumPy’s zip of arrays: of the array of this name, or of the only one. Its members are stored
 * or deflated. The file is read three times: for its list of members, and for the array as `readNpy` does.
 */
export function* readNpz(name: string | undefined): FileReading<TableReading> {
  const members = yield* zipMembers();
  if (typeof members === 'string') return failed(members);
  const arrays = new Map(
    members
      .filter((member) => member.name.endsWith('.npy'))
      .map((member) => [member.name.slice(0, -'.npy'.length), member]),
  );
  if (arrays.size === 0) return failed('it holds no array: no file in it is called .npy');
  const own = name ?? (arrays.size === 1 ? [...arrays.keys()][0] : undefined);
  const member = own === undefined ? undefined : arrays.get(own);
  if (member === undefined)
    return failed(
      `${own === undefined ? '' : `there is no array ${own} in it; `}${choice([...arrays.keys()])}`,
    );
  // The size may be a lie, but unpacking ends there.
  if (member.size > mostBytes) return tooLarge;
  if (member.isEncrypted) return failed('what is in it is encrypted');
  if (member.method !== stored && member.method !== deflated)
    return failed(
      `what is in it is packed in a way that is not read (${member.method}); numpy.savez writes it so that it is`,
    );
  return yield* readMember(member);
}

const stored = 0;
const deflated = 8;

/** What there is to be named. */
function choice(names: readonly string[]): string {
  const plain = names.filter((name) => plainName.test(name)).slice(0, mostNamed);
  const more = names.length - plain.length;
  const listed = [...plain, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return `it holds ${listed}; write the one that is meant, as in "weights.npz/${plain[0] ?? 'W1'}"`;
}

/** Runs the reader of an array on what is unpacked of a member, and begins anew where it does. */
function* readMember(member: ZipMember): FileReading<TableReading> {
  const reading = readNpy();
  let next = reading.next();
  while (next.done !== true) next = yield* readOnce(member, reading);
  return next.value;
}

/** Gives a reader the bytes of a member from the beginning, until it asks for them again or has its result. */
function* readOnce(
  member: ZipMember,
  reading: FileReading<TableReading>,
): FileReading<IteratorResult<ReadRequest, TableReading>> {
  const unpacked = new Unpacking(member);
  const end = (message: string) => ({ done: true as const, value: failed(message) });
  for (let piece = yield 'again'; piece !== undefined; piece = yield 'next') {
    for (let at = 0; at < piece.length; at += portion) {
      const chunks = unpacked.take(piece.subarray(at, at + portion));
      if (chunks === undefined) return end(damaged);
      for (const chunk of chunks) {
        const next = reading.next(chunk);
        if (next.done === true || next.value === 'again') return next;
      }
    }
    if (unpacked.isWhole) break;
  }
  return unpacked.isRight ? reading.next(undefined) : end(damaged);
}

const damaged = 'the file cannot be read; it may be cut off or damaged';

/** Unpacks a member from the bytes of its file, given in order. */
class Unpacking {
  /** Bytes of the file before the member that are still to come. */
  private before: number;
  /** The member’s own header, as far as it has come; undefined once it is over. */
  private head: Uint8Array | undefined = new Uint8Array(0);
  /** Packed bytes that are still to come. */
  private left: number;
  private given = 0;
  private checksum = 0;
  private chunks: Uint8Array[] = [];
  private readonly inflate: Inflate | undefined;

  constructor(private readonly member: ZipMember) {
    this.before = member.offset;
    this.left = member.packedSize;
    if (member.method === deflated)
      this.inflate = new Inflate((chunk) => {
        this.chunks.push(chunk);
      });
  }

  /** Whether the file’s next bytes are no longer the member’s. */
  get isWhole(): boolean {
    return this.head === undefined && this.left === 0;
  }

  /** Whether all has come, and is what the zip says that it is. */
  get isRight(): boolean {
    return this.isWhole && this.given === this.member.size && this.checksum === this.member.checksum;
  }

  /** What the next bytes of the file unpack to; undefined where they cannot be unpacked. */
  take(bytes: Uint8Array): readonly Uint8Array[] | undefined {
    const skipped = Math.min(this.before, bytes.length);
    this.before -= skipped;
    const own = this.withoutHead(bytes.subarray(skipped));
    if (own === undefined) return undefined;
    const packed = own.subarray(0, this.left);
    if (packed.length === 0) return [];
    this.left -= packed.length;
    this.chunks = [];
    try {
      if (this.inflate === undefined) this.chunks.push(packed);
      else this.inflate.push(packed, this.left === 0);
    } catch {
      return undefined;
    }
    for (const chunk of this.chunks) {
      this.given += chunk.length;
      this.checksum = crc32(chunk, this.checksum);
    }
    return this.given > this.member.size ? undefined : this.chunks;
  }

  /** The bytes behind the member’s own header; undefined where it is none. */
  private withoutHead(bytes: Uint8Array): Uint8Array | undefined {
    if (this.head === undefined || bytes.length === 0) return bytes;
    const head = joinedBytes(this.head, bytes);
    const length = lengthOfHead(head);
    if (length === undefined) return undefined;
    this.head = head.length < length ? head.slice() : undefined;
    return head.subarray(Math.min(length, head.length));
  }
}
