import { type Terms, termsFor, withoutZeros } from './products.ts';

/** Zeros are left out where at least this part of the factors is zero. */
const worthwhile = 0.3;
/** How many numbers are kept at hand. */
const most = 1 << 16;

interface Share {
  generation: number;
  base: number;
  readonly all: Terms;
  readonly withoutZeros: Terms;
  some: Terms | undefined;
}

/**
 * The factors that the lanes of a sum share, fetched from where they lie, and those of them that are not 0 where that
 * is worth while. What has been fetched is at hand while the formula is computed.
 */
export class Shares {
  private readonly shares: Share[] = [];
  private readonly capacity: number;

  constructor(
    /** Where each term's own factor lies, from a lane's beginning. */
    private readonly own: Int32Array,
    /** Where each term's shared factor lies, from the base. */
    private readonly shared: Int32Array,
  ) {
    this.capacity = Math.max(1, Math.min(64, Math.floor(most / own.length)));
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
      else {
        const all = termsFor(this.own.length);
        all.offsets.set(this.own);
        all.count = this.own.length;
        oldest = { generation, base, all, withoutZeros: termsFor(this.own.length), some: undefined };
      }
      shares.push(oldest);
    }
    this.fetch(oldest, m, base);
    oldest.generation = generation;
    return oldest;
  }

  private fetch(share: Share, m: Float64Array, base: number): void {
    const { factors, count } = share.all;
    const { shared } = this;
    let zeros = 0;
    for (let t = 0; t < count; t++) {
      const factor = m[base + shared[t]];
      factors[t] = factor;
      if (factor === 0) zeros++;
    }
    share.base = base;
    share.some = undefined;
    if (zeros <= worthwhile * count) return;
    withoutZeros(share.all, share.withoutZeros);
    share.some = share.withoutZeros;
  }
}
