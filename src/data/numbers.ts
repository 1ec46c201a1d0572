/** In bytes: what the numbers of a table may take, 8 for each, or 1 where all are whole numbers from 0 to 255. */
const mostBytes = 1 << 30;

const isByte = (value: number): boolean =>
  value >= 0 && value <= 255 && Number.isInteger(value) && !Object.is(value, -0);

/** Why a table cannot have this many numbers, as a message; undefined where it can. `areBytes`: each takes 1 byte, not 8. */
export function tooMany(count: number, areBytes: boolean): string | undefined {
  const size = areBytes ? 1 : 8;
  if (count * size <= mostBytes) return undefined;
  return `there are more than ${mostBytes / size} numbers, too many to be held in memory; leave rows or columns out`;
}

/**
 * The numbers of a file that is read twice: first they are counted, then kept in exactly the memory they need. A growing array
 * would take three times as much.
 */
export class Numbers {
  /** How many numbers have been added, since `keep` or in all. */
  size = 0;
  /** Whether all numbers so far are whole and from 0 to 255. */
  areBytes = true;
  private values: Uint8Array | Float64Array | undefined;

  /** Counts a number; after `keep`, stores it. */
  add(value: number): void {
    const { values } = this;
    if (values !== undefined) values[this.size] = value;
    else if (this.areBytes && !isByte(value)) this.areBytes = false;
    this.size += 1;
  }

  /** Ends the counting and begins to store: the same numbers are to be added once more. */
  keep(): void {
    this.values = new (this.areBytes ? Uint8Array : Float64Array)(this.size);
    this.size = 0;
  }

  /** All stored numbers, not copied; undefined where their count differs from the first time. */
  get kept(): Uint8Array | Float64Array | undefined {
    return this.values?.length === this.size ? this.values : undefined;
  }
}
