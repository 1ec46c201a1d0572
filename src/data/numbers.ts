/** In bytes: what the numbers of a table may take, each of them 8, or 1 where all are whole numbers from 0 to 255. */
const mostBytes = 1 << 30;

const isByte = (value: number): boolean =>
  value >= 0 && value <= 255 && Number.isInteger(value) && !Object.is(value, -0);

/** Why so many numbers make no table; undefined where they do. */
export function tooMany(count: number, areBytes: boolean): string | undefined {
  const size = areBytes ? 1 : 8;
  if (count * size <= mostBytes) return undefined;
  return `there are more than ${mostBytes / size} numbers, too many to be held in memory; leave rows or columns out`;
}

/**
 * The numbers of a file that is read twice: at first they are counted, the second time they are kept, in no more memory than
 * they need. An array that grows would take thrice as much.
 */
export class Numbers {
  /** How many have been added. */
  size = 0;
  /** Whether all are whole numbers from 0 to 255. */
  areBytes = true;
  private values: Uint8Array | Float64Array | undefined;

  add(value: number): void {
    const { values } = this;
    if (values !== undefined) values[this.size] = value;
    else if (this.areBytes && !isByte(value)) this.areBytes = false;
    this.size += 1;
  }

  /** Numbers that need not be counted. */
  static of(count: number, areBytes: boolean): Numbers {
    const numbers = new Numbers();
    numbers.size = count;
    numbers.areBytes = areBytes;
    numbers.keep();
    return numbers;
  }

  /** From here on numbers are kept: those that have been counted, once more. */
  keep(): void {
    this.values = new (this.areBytes ? Uint8Array : Float64Array)(this.size);
    this.size = 0;
  }

  /** All of them; undefined where they are not as many as were counted. */
  get kept(): Uint8Array | Float64Array | undefined {
    return this.values?.length === this.size ? this.values : undefined;
  }
}
