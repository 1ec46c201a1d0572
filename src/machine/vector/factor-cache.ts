import { type ProductTerms, withoutZeros } from './dot-loops.ts';

/** Zeros are left out where at least this share of the factors is zero. */
const worthwhile = 0.3;
/** How many numbers are cached. */
const most = 1 << 16;

/** The offset of a factor that is out of range and reads as 0. */
export const nowhere = -2147483648;

/** The factors fetched from one base address. */
export interface CachedFactors {
  /** The generation of the memory they were fetched from. */
  generation: number;
  /** The base address. */
  base: number;
  /** All terms with their factors. */
  readonly all: ProductTerms;
  /** Room for `some`. */
  readonly withoutZeros: ProductTerms;
  /** The terms whose factor is not 0; undefined where they are too many to be worth it. */
  some: ProductTerms | undefined;
  /** Whether the shared factors of terms whose own factor is out of range are finite. */
  blanksAreFinite: boolean;
}

/** The terms of a sum that exist. Offsets count from the cell's own base address and from the shared factors' base. */
export interface TermSet {
  /** The offset of each term's own factor. */
  readonly own: Int32Array;
  /** The offset of its shared factor; `nowhere` where it is out of range and 0. */
  readonly shared: Int32Array;
  /** The offsets of the shared factors of terms whose own factor is out of range and 0. */
  readonly blanks: Int32Array;
}

/**
 * The factors that the cells of a sum share, fetched from memory, and the nonzero ones among them where that is worthwhile. They
 * stay cached while the formula is computed.
 */
export class FactorCache {
  private readonly cached: CachedFactors[] = [];
  private readonly capacity: number;

  constructor(
    readonly termSet: TermSet,
    /** −1 where every product is negated. */
    private readonly sign: number,
  ) {
    this.capacity = Math.max(1, Math.min(64, Math.floor(most / termSet.own.length)));
  }

  /**
   * The factors at a base address, shared and valid until the next call; a new `generation` means that memory may have changed.
   */
  at(m: Float64Array, base: number, generation: number): CachedFactors {
    const { cached: cache } = this;
    let oldest: CachedFactors | undefined;
    for (const factors of cache) {
      if (factors.generation !== generation) oldest = factors;
      else if (factors.base === base) return factors;
    }
    if (oldest === undefined) {
      if (cache.length === this.capacity) oldest = cache.shift() as CachedFactors;
      else oldest = this.fresh();
      cache.push(oldest);
    }
    this.fetch(oldest, m, base);
    oldest.generation = generation;
    return oldest;
  }

  private fresh(): CachedFactors {
    const { own } = this.termSet;
    const termsFor = (count: number): ProductTerms => ({
      count: 0,
      offsets: new Int32Array(count),
      factors: new Float64Array(count),
    });
    const all = termsFor(own.length);
    all.offsets.set(own);
    all.count = own.length;
    const withoutZeros = termsFor(own.length);
    return { generation: 0, base: 0, all, withoutZeros, some: undefined, blanksAreFinite: true };
  }

  private fetch(share: CachedFactors, m: Float64Array, base: number): void {
    const { factors, count } = share.all;
    const { shared, blanks } = this.termSet;
    const { sign } = this;
    let zeros = 0;
    for (let t = 0; t < count; t++) {
      const factor = sign * (shared[t] === nowhere ? 0 : m[base + shared[t]]);
      factors[t] = factor;
      if (factor === 0) zeros++;
    }
    let bad = 0;
    for (let t = 0; t < blanks.length; t++) if (blanks[t] !== nowhere) bad += m[base + blanks[t]] * 0;
    share.blanksAreFinite = bad === 0;
    share.base = base;
    share.some = undefined;
    if (zeros <= worthwhile * count) return;
    withoutZeros(share.all, share.withoutZeros);
    share.some = share.withoutZeros;
  }

  /** Corrects n sums from address d on that are −0 only because terms out of range were left out. */
  correctBlanks(m: Float64Array, n: number, d: number, base: number): void {
    const { blanks } = this.termSet;
    if (blanks.length === 0) return;
    let isNegative = true;
    for (let t = 0; t < blanks.length; t++) {
      const factor = blanks[t] === nowhere ? 0 : m[base + blanks[t]];
      if (!Object.is(0 * (this.sign * factor), -0)) isNegative = false;
    }
    if (isNegative) return;
    for (let k = 0; k < n; k++) if (m[d + k] === 0) m[d + k] = 0;
  }
}
