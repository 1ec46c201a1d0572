const newline = 10;
const carriageReturn = 13;

/** Cuts what is read of a file into blocks of whole lines, of which each ends with its line end. */
export class Lines {
  /** From the first byte on: the beginning of a line whose end has not come yet. */
  private bytes = new Uint8Array(1 << 10);
  private length = 0;
  /** How much of the bytes the last block took. */
  private taken = 0;

  /** How many bytes of a line wait for its end. */
  get waiting(): number {
    return this.length - this.taken;
  }

  /** The lines that are whole with these bytes; they stand in memory until the next call. */
  add(piece: Uint8Array): Uint8Array {
    this.append(piece);
    // What waited has been looked through, but for a carriage return at its end: behind it, the other half might have come.
    const from = Math.max(0, this.length - piece.length - 1);
    let end = this.length;
    while (end > from && !this.isLineEnd(end - 1)) end -= 1;
    this.taken = end > from ? end : 0;
    return this.bytes.subarray(0, this.taken);
  }

  /** The last line, where the file ends without a line end. */
  end(): Uint8Array {
    if (this.waiting > 0) this.append(Uint8Array.of(newline));
    const { rest } = this;
    this.taken = this.length;
    return rest;
  }

  /** What waits for its line end. */
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
