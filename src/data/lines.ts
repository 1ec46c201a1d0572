const newline = 10;
const carriageReturn = 13;

/** Splits the bytes of a file into blocks of whole lines, each with its line end (LF, CR or CRLF). */
export class Lines {
  /** Begins with the last block, then the beginning of a line that has not ended yet. */
  private bytes = new Uint8Array(1 << 10);
  private length = 0;
  /** How many bytes the last block took. */
  private taken = 0;

  /** How many bytes of an unfinished line are held. */
  get waiting(): number {
    return this.length - this.taken;
  }

  /** Adds a piece and gives the lines that it completes, perhaps none. The block is a view that is valid until the next call. */
  add(piece: Uint8Array): Uint8Array {
    this.append(piece);
    // What was held has been searched, except for a carriage return at its end, which may be the first half of a line end.
    const from = Math.max(0, this.length - piece.length - 1);
    let end = this.length;
    while (end > from && !this.isLineEnd(end - 1)) end -= 1;
    this.taken = end > from ? end : 0;
    return this.bytes.subarray(0, this.taken);
  }

  /** The last line, where the file ends without a line end: it gets one. Empty otherwise. */
  end(): Uint8Array {
    if (this.waiting > 0) this.append(Uint8Array.of(newline));
    const { rest } = this;
    this.taken = this.length;
    return rest;
  }

  /** The bytes of the unfinished line, as a view. */
  get rest(): Uint8Array {
    return this.bytes.subarray(this.taken, this.length);
  }

  private isLineEnd(at: number): boolean {
    return this.bytes[at] === newline || (this.bytes[at] === carriageReturn && at + 1 < this.length);
  }

  private append(piece: Uint8Array): void {
    const { bytes, taken, length } = this;
    const rest = length - taken;
    if (rest + piece.length > bytes.length) {
      this.bytes = new Uint8Array(2 * (rest + piece.length));
      this.bytes.set(bytes.subarray(taken, length));
    } else bytes.copyWithin(0, taken, length);
    this.bytes.set(piece, rest);
    this.length = rest + piece.length;
    this.taken = 0;
  }
}
