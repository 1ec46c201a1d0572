/** What a reader of a file asks for: its next bytes, or the first ones again. */
export type ReadRequest = 'next' | 'again';

/**
 * Reads a file of any size in little memory: each time it asks for bytes it is given some, in the file's order, or
 * undefined at the file's end; asked again from the beginning, the file gives the same bytes. It begins with `again`, and
 * does not look into a piece once it has asked for another.
 */
export type FileReading<Result> = Generator<ReadRequest, Result, Uint8Array | undefined>;

/** In bytes: what is read before others get their turn. */
export const pieceSize = 1 << 18;

/** Reads what can be had without waiting. */
export function readFrom<Result>(reading: FileReading<Result>, open: () => Iterable<Uint8Array>): Result {
  let pieces: Iterator<Uint8Array> | undefined;
  try {
    let next = reading.next();
    while (next.done !== true) {
      if (pieces === undefined || next.value === 'again') {
        pieces?.return?.();
        pieces = open()[Symbol.iterator]();
      }
      const { done, value } = pieces.next();
      next = reading.next(done === true ? undefined : value);
    }
    return next.value;
  } finally {
    pieces?.return?.();
  }
}

/** Bytes that are in memory, piece by piece; nothing is copied. */
export function* bytePieces(bytes: Uint8Array, size = pieceSize): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
