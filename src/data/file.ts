import { readCsv } from './csv.ts';
import { looksLikeIdx, readIdx } from './idx.ts';
import { failed, type TableReading } from './table.ts';

/** Larger files than this are not unpacked: a few bytes could claim to be all memory. */
const mostMegabytes = 1024;
export const mostBytes = mostMegabytes * 1024 * 1024;

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** What a name and a file's unpacked bytes say: IDX where it begins like that or is called so, else CSV. */
export function readUnpacked(name: string, bytes: Uint8Array): TableReading {
  if (looksLikeIdx(bytes) || /idx\d|ubyte/i.test(name)) return readIdx(bytes);
  return readCsv(bytes);
}

/** Reads a data file, packed with gzip or not. Never fails: what is wrong is told. */
export async function readFile(name: string, file: Blob | Uint8Array<ArrayBuffer>): Promise<TableReading> {
  const blob = file instanceof Uint8Array ? new Blob([file]) : file;
  if (blob.size > mostBytes) return failed(`the file has more than ${mostMegabytes} MB`);
  try {
    const start = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
    if (!isGzip(start)) return readUnpacked(name, new Uint8Array(await blob.arrayBuffer()));
    const bytes = await unpacked(blob);
    return bytes === undefined
      ? failed(`the file unpacks to more than ${mostMegabytes} MB`)
      : readUnpacked(name, bytes);
  } catch (error) {
    return failed(`the file cannot be read; it may be cut off or damaged (${(error as Error).message})`);
  }
}

/** The bytes in a gzip file; undefined where they are too many. */
async function unpacked(blob: Blob): Promise<Uint8Array | undefined> {
  const reader = blob.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    size += next.value.length;
    if (size > mostBytes) {
      await reader.cancel();
      return undefined;
    }
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
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
