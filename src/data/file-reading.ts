/** What a reader of a file asks for: its next bytes, or its first ones again. */
export type ReadRequest = 'next' | 'again';

/**
 * A reader of a file of any size, as a generator that needs little memory. It yields requests and is given pieces of the file in
 * order, then undefined at its end. The first request is `again`; after every `again` the same bytes come from the beginning. A
 * piece may be overwritten once the reader has asked for another.
 */
export type FileReading<Result> = Generator<ReadRequest, Result, Uint8Array | undefined>;

/** In bytes: what is read before other work gets its turn. */
export const pieceSize = 1 << 18;

/**
 * Runs a reading synchronously and gives its result; `open` gives the pieces of the file from its beginning and is called for
 * each `again`. Closes the iterators, also after an error, which is thrown on.
 */
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

/** Bytes in memory, in order, as pieces of at most `size` bytes (`pieceSize` by default), as views: nothing is copied. */
export function* bytePieces(bytes: Uint8Array, size = pieceSize): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
