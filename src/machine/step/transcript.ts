import { type OperationName, operations, type StepName } from '../../formula/operation.ts';

/** Every kind of step, by its code on a transcript. */
export const stepNames: readonly StepName[] = [
  ...(Object.keys(operations) as OperationName[]),
  'argmax',
  'copy',
];

/** The code of a kind of step, from 0: its position in `stepNames`. */
export const stepCode = (name: StepName): number => stepNames.indexOf(name);

const literalCode = -1;

/**
 * A function call of a cell: its first and last operation (from 1, inclusive), and the position of the call around it (−1: none).
 */
export interface TranscriptCall {
  readonly name: string;
  readonly first: number;
  last: number;
  readonly outer: number;
}

/** An end of a transcript. */
interface Mark {
  readonly entries: number;
  readonly length: number;
  readonly calls: number;
}

/**
 * The scalar operations of one cell as arrays of numbers, without an object per operation. Numbers that are read or computed are
 * *entries*, from 0 in order; operations, from 1, refer to the entries that they read and the one they make.
 */
export class Transcript {
  /** How many entries there are. */
  entries = 0;
  /** Values of the entries; replaced by a larger array as needed. */
  values = new Float64Array(64);
  /** How many operations there are. */
  length = 0;
  /** The function calls, in order of their first operations. */
  calls: TranscriptCall[] = [];
  /** Where an entry comes from: an address in memory, −1 for a literal, −1 − n for the result of operation n. */
  private codes = new Int32Array(64);
  private names = new Uint8Array(32);
  private lefts = new Int32Array(32);
  private rights = new Int32Array(32);
  private results = new Int32Array(32);
  private openCall = -1;

  /** Removes everything. */
  clear(): void {
    this.entries = 0;
    this.length = 0;
    if (this.calls.length > 0) this.calls = [];
    this.openCall = -1;
  }

  /** The current end of the transcript, for `rewind`; for one evaluation inside another. */
  mark(): Mark {
    return { entries: this.entries, length: this.length, calls: this.calls.length };
  }

  /** Removes everything after a mark; calls opened since then must be closed. */
  rewind({ entries, length, calls }: Mark): void {
    this.entries = entries;
    this.length = length;
    this.calls.length = calls;
  }

  private entry(code: number, value: number): number {
    const n = this.entries++;
    if (n === this.values.length) {
      this.values = enlarged(this.values);
      this.codes = enlarged(this.codes);
    }
    this.codes[n] = code;
    this.values[n] = value;
    return n;
  }

  /** Appends an entry for a number of the formula; returns the entry. */
  literal(value: number): number {
    return this.entry(literalCode, value);
  }

  /** Appends an entry for a cell that is read; returns the entry. */
  cell(address: number, value: number): number {
    return this.entry(address, value);
  }

  /** Appends an operation on entries (`right` is −1 if it has one operand) with its result; returns the result's entry. */
  operation(code: number, left: number, right: number, value: number): number {
    const n = this.length++;
    if (n === this.names.length) {
      this.names = enlarged(this.names);
      this.lefts = enlarged(this.lefts);
      this.rights = enlarged(this.rights);
      this.results = enlarged(this.results);
    }
    this.names[n] = code;
    this.lefts[n] = left;
    this.rights[n] = right;
    const result = this.entry(literalCode - this.length, value);
    this.results[n] = result;
    return result;
  }

  /** Begins a function call that contains the operations up to the matching `close`. */
  open(name: string): void {
    this.calls.push({ name, first: this.length + 1, last: 0, outer: this.openCall });
    this.openCall = this.calls.length - 1;
  }

  /** Ends the call opened last. */
  close(): void {
    const call = this.calls[this.openCall];
    call.last = this.length;
    this.openCall = call.outer;
  }

  /** The address of the cell that an entry was read from; undefined if it was not read from a cell. */
  addressOf(entry: number): number | undefined {
    const code = this.codes[entry];
    return code >= 0 ? code : undefined;
  }

  /** The operation, from 1, that made an entry; undefined if none did. */
  makerOf(entry: number): number | undefined {
    const code = this.codes[entry];
    return code < literalCode ? literalCode - code : undefined;
  }

  /** The kind of operation n. */
  nameOf(n: number): StepName {
    return stepNames[this.names[n - 1]];
  }

  /** The one or two entries that operation n reads. */
  operandsOf(n: number): readonly number[] {
    const right = this.rights[n - 1];
    return right < 0 ? [this.lefts[n - 1]] : [this.lefts[n - 1], right];
  }

  /** The result of operation n. */
  valueOf(n: number): number {
    return this.values[this.results[n - 1]];
  }

  /** The calls that contain operation n, outermost first. */
  callsAround(n: number): TranscriptCall[] {
    let low = -1;
    for (let high = this.calls.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if (this.calls[middle].first <= n) low = middle;
      else high = middle - 1;
    }
    const around: TranscriptCall[] = [];
    for (let at = low; at >= 0; at = this.calls[at].outer) {
      if (this.calls[at].last >= n) around.unshift(this.calls[at]);
    }
    return around;
  }
}

function enlarged<Numbers extends Float64Array | Int32Array | Uint8Array>(numbers: Numbers): Numbers {
  const larger = new (numbers.constructor as new (size: number) => Numbers)(2 * numbers.length);
  larger.set(numbers);
  return larger;
}
