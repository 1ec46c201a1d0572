import { readCsv } from './csv.ts';
import { bytePieces, type FileReading, pieceSize, readFrom } from './file-reading.ts';
import { looksLikeIdx, readIdx } from './idx.ts';
import { looksLikeNpy, readNpy } from './npy.ts';
import { readNpz } from './npz.ts';
import { limited } from './size-limit.ts';
import { failed, type TableReading } from './table.ts';
import { looksLikeZip } from './zip-directory.ts';

/** Whether a file, of which the first two bytes are enough, begins with the magic number of gzip (RFC 1952). */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The name of a file on the disk or the site: `weights.npz` of `weights.npz/W1`. */
export const fileOf = (name: string): string => name.split('/', 1)[0];

/** The array that a name means in its file, `W1` of `weights.npz/W1`; undefined where it means the whole file. */
const memberOf = (name: string): string | undefined => /\/(.+)$/.exec(name)?.[1];

/**
 * A reader for unpacked bytes (see `readFrom`): IDX, `.npy` or `.npz` where they begin like that or `name`, which is otherwise used
 * only for the array in an `.npz`, sounds like it; else CSV. Files above `mostBytes` give the fault `tooLarge`.
 */
export const readTable = (name: string): FileReading<TableReading> => limited(readAny(name));

function* readAny(name: string): FileReading<TableReading> {
  const first: number[] = [];
  for (let piece = yield 'again'; piece !== undefined && first.length < 4; piece = yield 'next')
    first.push(...piece.subarray(0, 4));
  const start = Uint8Array.from(first);
  const file = fileOf(name);
  if (looksLikeNpy(start)) return yield* readNpy();
  if (looksLikeZip(start)) return yield* readNpz(memberOf(name));
  if (looksLikeIdx(start) || /idx\d|ubyte/i.test(file)) return yield* readIdx();
  if (/\.npz\b/i.test(file)) return yield* readNpz(memberOf(name));
  return yield* /\.npy\b/i.test(file) ? readNpy() : readCsv();
}

/**
 * Reads all bytes of a file that is not packed (gzip is not recognized here) synchronously, as `readTable` does by its `name`.
 */
export const readUnpacked = (name: string, bytes: Uint8Array): TableReading =>
  readFrom(readTable(name), () => bytePieces(bytes));

/** The result for a file that could not be read because of an error: one fault, with the error's message. */
export const unreadable = (error: unknown): TableReading => {
  const why = error instanceof Error ? error.message : String(error);
  return failed(`the file cannot be read; it may be cut off or damaged (${why})`);
};

/** Time slice, in milliseconds, after which the page gets its thread back. */
const turn = 12;
/** In bytes; packed files are read in smaller pieces, since each can unpack to a thousand times its size. */
const packedPiece = 1 << 14;

/** How a caller follows or ends the reading of a file. */
export interface ReadOptions {
  /** Called from time to time with the part that is done, from 0 to 1. */
  readonly progress?: (share: number) => void;
  /** Ends the reading; the result then has a fault. */
  readonly signal?: AbortSignal;
}

/**
 * Reads a data file, packed with gzip (told by its bytes) or not, in time slices, so that the page stays responsive. `name`
 * helps as it does `readTable`. Never rejects: whatever is wrong, also that `signal` ended it, is in `faults`.
 */
export async function readFile(
  name: string,
  file: Blob | Uint8Array<ArrayBuffer>,
  { progress, signal }: ReadOptions = {},
): Promise<TableReading> {
  const blob = file instanceof Uint8Array ? new Blob([file]) : file;
  const reading = readTable(name);
  let pieces: AsyncGenerator<Uint8Array> | undefined;
  try {
    const start = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
    const isPacked = isGzip(start);
    const isZip = looksLikeZip(start);
    // The first bytes tell the format; then the file is read twice, a zip once more for its directory.
    const rounds = isZip ? 3 : 2;
    let round = -1;
    let rest = performance.now() + turn;
    const report = (at: number) =>
      progress?.(Math.max(0, round - 1) / rounds + (round > 0 ? at / blob.size / rounds : 0));
    for (let next = reading.next(); ; ) {
      if (next.done === true) return next.value;
      if (pieces === undefined || next.value === 'again') {
        await pieces?.return(undefined);
        pieces = isPacked ? unpacked(blob, report) : sliced(blob, isZip ? packedPiece : pieceSize, report);
        round += 1;
      }
      const { done, value } = await pieces.next();
      if (performance.now() > rest) {
        await new Promise((resolve) => setTimeout(resolve));
        rest = performance.now() + turn;
      }
      signal?.throwIfAborted();
      next = reading.next(done === true ? undefined : value);
    }
  } catch (error) {
    return unreadable(error);
  } finally {
    await pieces?.return(undefined).catch(() => undefined);
  }
}

/** The bytes of a file. */
async function* sliced(blob: Blob, size: number, report: (at: number) => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += size) {
    const piece = new Uint8Array(await blob.slice(at, at + size).arrayBuffer());
    report(Math.min(at + size, blob.size));
    yield piece;
  }
}

/** The bytes in a gzip file. */
async function* unpacked(blob: Blob, report: (at: number) => void): AsyncGenerator<Uint8Array> {
  const packed = sliced(blob, packedPiece, report);
  const stream = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { done, value } = await packed.next();
      if (done === true) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
  });
  const reader = stream.pipeThrough(new DecompressionStream('gzip')).getReader();
  // The stream is dropped, not cancelled: cancelling one that is just unpacking ends the Node process.
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield* bytePieces(next.value);
}

/**
 * Whether a file's name is the one a lesson uses, apart from case, `.gz`, a copy number and points: `train-images.idx3-ubyte
 * (1).gz` is `train-images-idx3-ubyte`. Of `weights.npz/W1` the file is meant.
 */
export const isSameFile = (wanted: string, given: string): boolean =>
  plainName(fileOf(wanted)) === plainName(given);

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/ \(\d+\)(?=$|\.)/, '')
    .replace(/\.gz$/, '')
    .replaceAll('.', '-');
