import type { Formula } from '../formula/model.ts';
import type { OperationCount } from './operation-count.ts';

/** A size is remembered for each setting of the loops that it depends on, up to this many settings. */
const keptSettings = 1 << 16;
/** Prefix sums kept in all the loops of one tree, in numbers (4 MB). */
const keptSums = 1 << 19;

/** Bounds the prefix sums that the loops of one tree keep. When there are too many, all are dropped and recomputed as needed. */
export class PrefixSumBudget {
  private numbers = 0;
  private readonly holders: SizedLoop[] = [];

  /** Counts the sums that a loop now keeps; before that, drops those of all loops if the budget is exceeded. */
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

/** A node of the counted tree prepared for descent: it knows its size in steps, and each loop holds its current index value. */
export type SizedNode = SizedCell | SizedBlock | SizedLoop;

abstract class SizedBase {
  /** Steps where they are the same at all index values; otherwise −1. */
  size = -1;
  /** The loops around it on whose index values the size depends. */
  around: readonly SizedLoop[] = [];
  private sizes: Float64Array | undefined;

  protected abstract measure(): number;

  /** Sets the loops on which the size depends; called once all nodes inside are settled. */
  settle(around: readonly SizedLoop[]): void {
    this.around = around;
    if (around.length === 0) this.size = this.measure();
    const settings = around.reduce((product, { count }) => product * count, 1);
    if (around.length > 0 && settings <= keptSettings) this.sizes = new Float64Array(settings).fill(-1);
  }

  /** Steps at the current index values of the loops around it. */
  now(): number {
    if (this.size >= 0) return this.size;
    if (this.sizes === undefined) return this.measure();
    const setting = settingOf(this.around);
    if (this.sizes[setting] < 0) this.sizes[setting] = this.measure();
    return this.sizes[setting];
  }
}

/** The current index values of some loops as one number, from 0. */
function settingOf(loops: readonly SizedLoop[]): number {
  let setting = 0;
  for (const { count, value, low } of loops) setting = setting * count + value - low;
  return setting;
}

/** The node of a formula's cell; its size is the number of operations of the cell. */
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

/** A node whose children run one after the other. */
export class SizedBlock extends SizedBase {
  readonly kind = 'block';
  /** Filled while the tree is prepared, before `settle`. */
  readonly children: SizedNode[] = [];
  /** Steps before each child, where these are the same at all index values. */
  starts: Float64Array | undefined;

  /** `pass` is the position of the pass, from 0, that this block is or is a part of. */
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

  /** Steps before the n-th child, from 0, at the current index values. */
  before(n: number): number {
    if (this.starts !== undefined) return this.starts[n];
    let total = 0;
    for (let child = 0; child < n; child++) total += this.children[child].now();
    return total;
  }

  /** The child, from 0, that contains the step with this offset from the block's beginning, also from 0. */
  childAt(step: number): number {
    if (this.starts !== undefined) return lastAtMost(this.starts, step, this.starts.length);
    let rest = step;
    for (let n = 0; ; n++) {
      rest -= this.children[n].now();
      if (rest < 0) return n;
    }
  }
}

/** A node whose body runs once for every value of an index. */
export class SizedLoop extends SizedBase {
  readonly kind = 'loop';
  /** The current index value; `locate` and `stepsOf` of the locator set it. */
  value = 0;
  private inside: SizedNode | undefined;
  /** Whether the iterations differ in size. */
  private varies = false;
  private sums: (Float64Array | undefined)[] = [];
  /** The sums that were made last, and their setting; the only ones kept where there are too many settings. */
  private last: { readonly setting: number; readonly sums: Float64Array } | undefined;

  /** `low` is the least index value, `count` the number of iterations. */
  constructor(
    readonly index: string,
    readonly low: number,
    readonly count: number,
    readonly direction: 1 | -1,
    private readonly kept: PrefixSumBudget,
  ) {
    super();
  }

  /** Set once, before `settle`. */
  get body(): SizedNode {
    return this.inside as SizedNode;
  }

  set body(body: SizedNode) {
    this.inside = body;
    this.varies = body.around.includes(this);
  }

  /** The index value of the n-th iteration, from 0; the last value first where the loop runs downwards. */
  valueAt(n: number): number {
    return this.direction > 0 ? this.low + n : this.low + this.count - 1 - n;
  }

  /** The iteration, from 0, with an index value; the inverse of `valueAt`. */
  iterationOf(value: number): number {
    return this.direction > 0 ? value - this.low : this.low + this.count - 1 - value;
  }

  protected measure(): number {
    return this.varies ? this.prefixSums()[this.count] : this.count * this.body.now();
  }

  /** Steps before the n-th iteration, from 0. */
  before(n: number): number {
    return this.varies ? this.prefixSums()[n] : n * this.body.now();
  }

  /** The iteration, from 0, that contains the step with this offset from the loop's beginning, also from 0. */
  iterationAt(step: number): number {
    return this.varies ? lastAtMost(this.prefixSums(), step, this.count) : Math.floor(step / this.body.now());
  }

  /** Drops the kept prefix sums; they are recomputed when needed. */
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

/** The position of the last among the first `count` ascending numbers that is at most `limit`; the first one always is. */
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
