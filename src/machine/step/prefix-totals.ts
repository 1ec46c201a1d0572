import { type CompiledNode, emptyTotal, type Total } from './compiled-node.ts';

/** Operations between two cached totals: doing them again takes a fraction of a millisecond. */
const spacing = 1 << 14;
/** How many series of totals a cell keeps, roughly. A sum inside a sum has one for each term of the outer sum. */
const mostPrefixTotals = 256;

/** Combines `terms` more terms with a total. */
type Advance = (total: Total, terms: number) => void;

/** Between two cached totals there may be this many finer ones, since stepping back asks for one term after the other. */
const finer = 64;

/** Results of a reduction's first terms, cached at regular distances: any other is found from the nearest one. */
export class PrefixTotals {
  /** Cached totals, each with `each` terms more than the one before. */
  private readonly totals: Total[] = [emptyTotal()];
  private readonly each: number;
  /** Finer totals after one of them, the one used last. */
  private fine: { readonly after: number; readonly records: Total[] } = { after: -1, records: [] };
  private readonly fineEach: number;
  /** The total asked for last. */
  private readonly now = emptyTotal();

  constructor(
    /** Operations in a term, on average. */
    operations: number,
    private readonly advance: Advance,
  ) {
    this.each = Math.max(1, Math.floor(spacing / operations));
    this.fineEach = Math.ceil(this.each / finer);
  }

  /** The total of the first `terms` terms. The object is shared and overwritten by the next call. */
  at(terms: number): Total {
    const { now, totals, each } = this;
    const near = Math.min(Math.floor(terms / each), totals.length - 1);
    if (now.terms > terms || now.terms < near * each) Object.assign(now, this.start(near, terms));
    while (now.terms < terms) {
      const fine = this.nextFine;
      const next = Math.min((Math.floor(now.terms / each) + 1) * each, fine, terms);
      this.advance(now, next - now.terms);
      if (now.terms === fine) this.fine.records.push({ ...now });
      if (now.terms === totals.length * each) totals.push({ ...now });
    }
    return now;
  }

  /** The latest cached total of at most `terms` terms, at or after coarse total `near`. */
  private start(near: number, terms: number): Total {
    const { totals, each, fineEach } = this;
    if (this.fine.after !== near) this.fine = { after: near, records: [totals[near]] };
    const at = Math.floor((terms - near * each) / fineEach);
    return this.fine.records[Math.min(at, this.fine.records.length - 1)];
  }

  /** How many terms the next finer total has; infinite if none is to be cached. */
  private get nextFine(): number {
    const { fine, now, each, fineEach } = this;
    const next = fine.after * each + fine.records.length * fineEach;
    return fine.after >= 0 && fine.records.length < finer && next > now.terms
      ? next
      : Number.POSITIVE_INFINITY;
  }

  /** How many terms the largest coarse total has; 0 if nothing but the empty total is cached. */
  get reach(): number {
    return (this.totals.length - 1) * this.each;
  }
}

/** The prefix totals of one cell's reductions. */
export class PrefixTotalsCache {
  private readonly known = new Map<CompiledNode, Map<number, PrefixTotals>>();
  private count = 0;

  /** The totals of a reduction, identified by its node and its first operation (from 1); created at first use with `advance`. */
  of(part: CompiledNode, first: number, operations: number, advance: Advance): PrefixTotals {
    let own = this.known.get(part);
    if (own === undefined) {
      own = new Map();
      this.known.set(part, own);
    }
    let found = own.get(first);
    if (found !== undefined) return found;
    if (this.count >= mostPrefixTotals) this.forgetShort();
    found = new PrefixTotals(operations, advance);
    own.set(first, found);
    this.count += 1;
    return found;
  }

  /** Drops series that are quickly found again, and any if there are far too many. */
  private forgetShort(): void {
    for (const own of this.known.values())
      for (const [first, one] of own)
        if (one.reach === 0 || this.count > 4 * mostPrefixTotals) {
          own.delete(first);
          this.count -= 1;
        }
  }
}
