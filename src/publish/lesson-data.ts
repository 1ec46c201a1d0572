import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fileOf, isGzip, readTable, readUnpacked, unreadable } from '../data/file.ts';
import { pieceSize, readFrom } from '../data/file-reading.ts';
import { mostBytes, tooLarge } from '../data/size-limit.ts';
import type { TableReading } from '../data/table.ts';
import type { Tables } from '../formula/compile/tables.ts';

/**
 * The data files in a lesson's folder (a path), by name: each is read when first asked for and cached. Undefined where there is
 * no such file; other faults are in the reading.
 */
export function tablesBeside(folder: string): Tables {
  const readings = new Map<string, TableReading | undefined>();
  return (file) => {
    if (!readings.has(file)) readings.set(file, readBeside(folder, file));
    return readings.get(file);
  };
}

function readBeside(folder: string, file: string): TableReading | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(join(folder, fileOf(file)), 'r');
    return readOpen(file, descriptor);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    return code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : unreadable(error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readOpen(name: string, descriptor: number): TableReading {
  const start = new Uint8Array(2);
  readSync(descriptor, start, 0, 2, 0);
  return isGzip(start)
    ? readUnpacked(name, unpacked(readFileSync(descriptor)))
    : readFrom(readTable(name), () => piecesIn(descriptor));
}

function* piecesIn(descriptor: number): Generator<Uint8Array> {
  const piece = new Uint8Array(pieceSize);
  for (let at = 0; ; ) {
    const length = readSync(descriptor, piece, 0, pieceSize, at);
    if (length === 0) return;
    yield piece.subarray(0, length);
    at += length;
  }
}

/** Decompresses gzip as a browser does: one member, and nothing after it. */
function unpacked(packed: Buffer): Uint8Array {
  // A gzip file ends with its own length, so that it can be decompressed into one buffer.
  const length = packed.length < 4 ? 0 : packed.readUInt32LE(packed.length - 4);
  const chunkSize = Math.max(pieceSize, Math.min(length, mostBytes) + 1);
  const bytes = gunzipSync(packed, { maxOutputLength: mostBytes, chunkSize });
  if (bytes.length !== length) throw new Error('something follows what is packed');
  return bytes;
}
