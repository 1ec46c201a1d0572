import { type Terms, withoutZeros } from './dot-loops.ts';

/** Zeros are left out where at least this part of the factors is zero. */
const worthwhile = 0.3;
/** How many numbers are kept at hand. */
const most = 1 << 16;

/** The place of what is out of range, and read as 0. */
export const nowhere = -2147483648;

/** The factors fetched from one place. */
export interface Share {
  generation: number;
  base: number;
  readonly all: Terms;
  readonly withoutZeros: Terms;
  /** The terms whose factor is not 0, where there are few. */
  some: Terms | undefined;
  /** Whether the factors of terms that are 0 because nothing is read for them are finite. */
  blanksAreFinite: boolean;
}

/** Which terms of a sum there are: places are counted from the lane's beginning and from the shared factors' base. */
export interface Selection {
  /** Where each term's own factor lies. */
  readonly own: Int32Array;
  /** Where its shared factor lies; `nowhere` where it is 0 because it is out of range. */
  readonly shared: Int32Array;
  /** The shared factors of terms whose own factor is 0 because it is out of range. */
  readonly blanks: Int32Array;
}

/**
 * The factors that the lanes of a sum share, fetched from where they lie, and those of them that are not 0 where that
 * is worth while. What has been fetched is at hand while the formula is computed.
 */
export class Shares {
  private readonly shares: Share[] = [];
  private readonly capacity: number;

  constructor(
    readonly selection: Selection,
    /** −1 where every product is taken with the other sign. */
    private readonly sign: number,
  ) {
    this.capacity = Math.max(1, Math.min(64, Math.floor(most / selection.own.length)));
  }

  /** The factors at a base; `generation` tells whether memory may have changed. */
  at(m: Float64Array, base: number, generation: number): Share {
    const { shares } = this;
    let oldest: Share | undefined;
    for (const share of shares) {
      if (share.generation !== generation) oldest = share;
      else if (share.base === base) return share;
    }
    if (oldest === undefined) {
      if (shares.length === this.capacity) oldest = shares.shift() as Share;
      else oldest = this.fresh();
      shares.push(oldest);
    }
    this.fetch(oldest, m, base);
    oldest.generation = generation;
    return oldest;
  }

  private fresh(): Share {
    const { own } = this.selection;
    const termsFor = (count: number): Terms => ({
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

  private fetch(share: Share, m: Float64Array, base: number): void {
    const { factors, count } = share.all;
    const { shared, blanks } = this.selection;
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

  /** Puts right the sums that are −0 only because terms out of range were left out. */
  mendBlanks(m: Float64Array, n: number, d: number, base: number): void {
    const { blanks } = this.selection;
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
