import { type OperationName, operations, type StepName } from '../../formula/operation.ts';

/** Every kind of step, by the number that stands for it on a transcript. */
export const stepNames: readonly StepName[] = [
  ...(Object.keys(operations) as OperationName[]),
  'argmax',
  'copy',
];

/** The number that stands for a kind of step. */
export const stepCode = (name: StepName): number => stepNames.indexOf(name);

const literalCode = -1;

/** A function that a cell goes through: its first and last operation, and the call it lies in (−1: none). */
export interface TranscriptCall {
  readonly name: string;
  readonly first: number;
  last: number;
  readonly outer: number;
}

interface Mark {
  readonly entries: number;
  readonly length: number;
  readonly calls: number;
}

/**
 * The scalar operations of one cell as numbers in a row, without an object per operation. Values that are read or made
 * are *entries*, in the order in which that happens; operations name the entries that they read and the one they make.
 */
export class Transcript {
  /** Entries so far. */
  entries = 0;
  /** Values of entries. */
  values = new Float64Array(64);
  /** Operations so far. */
  length = 0;
  calls: TranscriptCall[] = [];
  /** What an entry is: an address in memory, −1 for a literal, −1 − n for what operation n gave. */
  private codes = new Int32Array(64);
  private names = new Uint8Array(32);
  private lefts = new Int32Array(32);
  private rights = new Int32Array(32);
  private results = new Int32Array(32);
  private openCall = -1;

  clear(): void {
    this.entries = 0;
    this.length = 0;
    if (this.calls.length > 0) this.calls = [];
    this.openCall = -1;
  }

  /** What is on the transcript now, to be gone back to; for one evaluation within another. */
  mark(): Mark {
    return { entries: this.entries, length: this.length, calls: this.calls.length };
  }

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

  /** An entry for a number that stands in the formula. */
  literal(value: number): number {
    return this.entry(literalCode, value);
  }

  /** An entry for a cell that is read. */
  cell(address: number, value: number): number {
    return this.entry(address, value);
  }

  /** An operation on entries (`right` is −1 where there is one operand); the entry that it makes. */
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

  open(name: string): void {
    this.calls.push({ name, first: this.length + 1, last: 0, outer: this.openCall });
    this.openCall = this.calls.length - 1;
  }

  close(): void {
    const call = this.calls[this.openCall];
    call.last = this.length;
    this.openCall = call.outer;
  }

  /** The address of the cell that an entry was read from; undefined if it was not. */
  addressOf(entry: number): number | undefined {
    const code = this.codes[entry];
    return code >= 0 ? code : undefined;
  }

  /** The operation, from 1, that made an entry; undefined if none did. */
  makerOf(entry: number): number | undefined {
    const code = this.codes[entry];
    return code < literalCode ? literalCode - code : undefined;
  }

  /** What kind of step operation n is; operations count from 1. */
  nameOf(n: number): StepName {
    return stepNames[this.names[n - 1]];
  }

  /** The entries that operation n reads: one or two. */
  operandsOf(n: number): readonly number[] {
    const right = this.rights[n - 1];
    return right < 0 ? [this.lefts[n - 1]] : [this.lefts[n - 1], right];
  }

  /** What operation n gives. */
  valueOf(n: number): number {
    return this.values[this.results[n - 1]];
  }

  /** The calls that operation n lies in, outermost first. */
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
