import { readCsv } from './csv.ts';
import { bytePieces, type FileReading, pieceSize, readFrom } from './file-reading.ts';
import { looksLikeIdx, readIdx } from './idx.ts';
import { failed, type TableReading } from './table.ts';

/** Of a file larger than this no more is read: a few bytes, unpacked, could go on for ever. */
const mostMegabytes = 512;
export const mostBytes = mostMegabytes << 20;

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** What a name and a file's unpacked bytes say: IDX where it begins like that or is called so, else CSV. */
export const readTable = (name: string): FileReading<TableReading> => limited(readAny(name));

function* readAny(name: string): FileReading<TableReading> {
  const start: number[] = [];
  for (let piece = yield 'again'; piece !== undefined && start.length < 4; piece = yield 'next')
    start.push(...piece.subarray(0, 4));
  const isIdx = looksLikeIdx(Uint8Array.from(start)) || /idx\d|ubyte/i.test(name);
  return yield* isIdx ? readIdx() : readCsv();
}

/** Reads on as long as the file is not too large. */
function* limited(reading: FileReading<TableReading>): FileReading<TableReading> {
  let given = 0;
  let next = reading.next();
  while (next.done !== true) {
    if (next.value === 'again') given = 0;
    const piece = yield next.value;
    given += piece?.length ?? 0;
    if (given > mostBytes) return tooLarge;
    next = reading.next(piece);
  }
  return next.value;
}

/** Reads a file's unpacked bytes. */
export const readUnpacked = (name: string, bytes: Uint8Array): TableReading =>
  readFrom(readTable(name), () => bytePieces(bytes));

export const tooLarge = failed(
  `the file has more than ${mostMegabytes} MB, unpacked; leave rows or columns out`,
);

export const unreadable = (error: unknown): TableReading => {
  const why = error instanceof Error ? error.message : String(error);
  return failed(`the file cannot be read; it may be cut off or damaged (${why})`);
};

/** How long a piece of work lasts before the page gets its thread back, in milliseconds. */
const turn = 12;
/** In bytes: packed, a file is unpacked in smaller pieces, since each can become a thousand times as large. */
const packedPiece = 1 << 14;

/** Who waits for a file. */
export interface ReadOptions {
  /** Told, from time to time, how much is done: from 0 to 1. */
  readonly progress?: (share: number) => void;
  /** Ends it; what is read then is of no use. */
  readonly signal?: AbortSignal;
}

/**
 * Reads a data file, packed with gzip or not, and lets others work in between. Never fails: what is wrong is told.
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
    const isPacked = isGzip(new Uint8Array(await blob.slice(0, 2).arrayBuffer()));
    // The first bytes tell the format; then the file is read twice.
    let round = -1;
    let rest = performance.now() + turn;
    const report = (at: number) =>
      progress?.(Math.max(0, round - 1) / 2 + (round > 0 ? at / blob.size / 2 : 0));
    for (let next = reading.next(); ; ) {
      if (next.done === true) return next.value;
      if (pieces === undefined || next.value === 'again') {
        await pieces?.return(undefined);
        pieces = isPacked ? unpacked(blob, report) : sliced(blob, pieceSize, report);
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
  // Who has read enough lets go: what nobody asks for is not unpacked. To cancel a stream that is just unpacking ends Node.
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield* bytePieces(next.value);
}

/** Whether a file is the one a lesson names: `train-images.idx3-ubyte (1).gz` is `train-images-idx3-ubyte`. */
export const isSameFile = (wanted: string, given: string): boolean => plainName(wanted) === plainName(given);

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/ \(\d+\)(?=$|\.)/, '')
    .replace(/\.gz$/, '')
    .replaceAll('.', '-');
