import type { Formula } from '../formula/model.ts';
import type { OperationCount } from './operation-count.ts';

/** Settings of the loops around a part up to which its size is kept for each. */
const keptSettings = 1 << 16;
/** Prefix sums that are kept in all the loops of one tree, in numbers (4 MB). */
const keptSums = 1 << 19;

/** What prefix sums are kept, over one tree; when it is too much all are forgotten, and made again as they are needed. */
export class PrefixSumBudget {
  private numbers = 0;
  private readonly holders: SizedLoop[] = [];

  add(loop: SizedLoop, numbers: number): void {
    if (this.numbers + numbers > keptSums) {
      for (const holder of this.holders) holder.forget();
      this.holders.length = 0;
      this.numbers = 0;
    }
    this.holders.push(loop);
    this.numbers += numbers;
  }
}

/** A node of the counted tree made ready for descent: it knows its size, and loops hold the present index values. */
export type SizedNode = SizedCell | SizedBlock | SizedLoop;

abstract class SizedBase {
  /** Steps, where they are the same everywhere; else −1. */
  size = -1;
  /** The loops around on whose index values the size depends. */
  around: readonly SizedLoop[] = [];
  private sizes: Float64Array | undefined;

  protected abstract measure(): number;

  /** Says on which loops the size depends, now that all inside is known. */
  settle(around: readonly SizedLoop[]): void {
    this.around = around;
    if (around.length === 0) this.size = this.measure();
    const settings = around.reduce((product, { count }) => product * count, 1);
    if (around.length > 0 && settings <= keptSettings) this.sizes = new Float64Array(settings).fill(-1);
  }

  /** Steps at the present index values. */
  now(): number {
    if (this.size >= 0) return this.size;
    if (this.sizes === undefined) return this.measure();
    const setting = settingOf(this.around);
    if (this.sizes[setting] < 0) this.sizes[setting] = this.measure();
    return this.sizes[setting];
  }
}

/** The present index values of some loops as one number. */
function settingOf(loops: readonly SizedLoop[]): number {
  let setting = 0;
  for (const { count, value, low } of loops) setting = setting * count + value - low;
  return setting;
}

export class SizedCell extends SizedBase {
  readonly kind = 'cell';

  constructor(
    readonly formula: Formula,
    /** The loops of the formula's left indices, in their order. */
    readonly loops: readonly SizedLoop[],
    private readonly counts: OperationCount,
  ) {
    super();
  }

  protected measure(): number {
    const environment = new Map(this.around.map(({ index, value }) => [index, value]));
    return this.counts.ofCell(this.formula.expression, environment);
  }
}

export class SizedBlock extends SizedBase {
  readonly kind = 'block';
  readonly children: SizedNode[] = [];
  /** Steps before each child, where that is the same everywhere. */
  starts: Float64Array | undefined;

  constructor(
    /** The position of the pass that this block is, or is a part of. */
    readonly pass: number | undefined,
  ) {
    super();
  }

  override settle(around: readonly SizedLoop[]): void {
    super.settle(around);
    if (around.length > 0) return;
    this.starts = new Float64Array(this.children.length);
    for (let n = 1; n < this.starts.length; n++)
      this.starts[n] = this.starts[n - 1] + this.children[n - 1].size;
  }

  protected measure(): number {
    let total = 0;
    for (const child of this.children) total += child.now();
    return total;
  }

  /** Steps before the n-th child, counted from 0. */
  before(n: number): number {
    if (this.starts !== undefined) return this.starts[n];
    let total = 0;
    for (let child = 0; child < n; child++) total += this.children[child].now();
    return total;
  }

  /** The child in which a step lies, counted from 0. */
  childAt(step: number): number {
    if (this.starts !== undefined) return lastAtMost(this.starts, step, this.starts.length);
    let rest = step;
    for (let n = 0; ; n++) {
      rest -= this.children[n].now();
      if (rest < 0) return n;
    }
  }
}

export class SizedLoop extends SizedBase {
  readonly kind = 'loop';
  /** The present index value. */
  value = 0;
  private inside: SizedNode | undefined;
  /** Whether the iterations differ in size. */
  private varies = false;
  private sums: (Float64Array | undefined)[] = [];
  /** Where settings are too many: only the last one's sums, and which that was. */
  private last: { readonly setting: number; readonly sums: Float64Array } | undefined;

  constructor(
    readonly index: string,
    readonly low: number,
    readonly count: number,
    readonly direction: 1 | -1,
    private readonly kept: PrefixSumBudget,
  ) {
    super();
  }

  get body(): SizedNode {
    return this.inside as SizedNode;
  }

  set body(body: SizedNode) {
    this.inside = body;
    this.varies = body.around.includes(this);
  }

  /** The index value of the n-th iteration, counted from 0. */
  valueAt(n: number): number {
    return this.direction > 0 ? this.low + n : this.low + this.count - 1 - n;
  }

  /** The iteration with an index value; the inverse of `valueAt`. */
  iterationOf(value: number): number {
    return this.direction > 0 ? value - this.low : this.low + this.count - 1 - value;
  }

  protected measure(): number {
    return this.varies ? this.prefixSums()[this.count] : this.count * this.body.now();
  }

  /** Steps before the n-th iteration. */
  before(n: number): number {
    return this.varies ? this.prefixSums()[n] : n * this.body.now();
  }

  /** The iteration in which a step lies; both counted from 0. */
  iterationAt(step: number): number {
    return this.varies ? lastAtMost(this.prefixSums(), step, this.count) : Math.floor(step / this.body.now());
  }

  forget(): void {
    this.sums = [];
    this.last = undefined;
  }

  private prefixSums(): Float64Array {
    const setting = settingOf(this.around);
    const known = this.last?.setting === setting ? this.last.sums : this.sums[setting];
    if (known !== undefined) return known;
    const sums = new Float64Array(this.count + 1);
    const before = this.value;
    for (let n = 0; n < this.count; n++) {
      this.value = this.valueAt(n);
      sums[n + 1] = sums[n] + this.body.now();
    }
    this.value = before;
    this.kept.add(this, sums.length);
    this.last = { setting, sums };
    if (setting < keptSettings) this.sums[setting] = sums;
    return sums;
  }
}

/** The last of the first `count` ascending numbers that is at most `limit`; the first one always is. */
function lastAtMost(numbers: Float64Array, limit: number, count: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numbers[middle] <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
