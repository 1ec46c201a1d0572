import { type CompiledNode, emptyTotal, type Total } from './compiled-node.ts';

/** Operations between two rungs: to do them again takes a fraction of a millisecond. */
const spacing = 1 << 14;
/** Ladders that a cell keeps; those used least recently go. A sum within a sum has one for each of its terms. */
const mostLadders = 256;

/** Takes some more terms into a total. */
type Advance = (total: Total, terms: number) => void;

/** Between two rungs there may be so many finer ones: who steps back asks for one term after the other. */
const finer = 64;

/** What the first terms of a reduction come to, at rungs some way apart: from there any other is soon found. */
export class PrefixTotals {
  /** At each of them `each` more terms are taken in than at the one before. */
  private readonly totals: Total[] = [emptyTotal()];
  private readonly each: number;
  /** The finer rungs after one of them, the one that was started from last. */
  private fine: { readonly after: number; readonly rungs: Total[] } = { after: -1, rungs: [] };
  private readonly fineEach: number;
  /** Where it was last. */
  private readonly now = emptyTotal();

  constructor(
    /** Operations in a term. */
    operations: number,
    private readonly advance: Advance,
  ) {
    this.each = Math.max(1, Math.floor(spacing / operations));
    this.fineEach = Math.ceil(this.each / finer);
  }

  /** What so many terms come to: valid until the next question. */
  at(terms: number): Total {
    const { now, totals, each } = this;
    const near = Math.min(Math.floor(terms / each), totals.length - 1);
    if (now.terms > terms || now.terms < near * each) Object.assign(now, this.start(near, terms));
    while (now.terms < terms) {
      const fine = this.nextFine;
      const next = Math.min((Math.floor(now.terms / each) + 1) * each, fine, terms);
      this.advance(now, next - now.terms);
      if (now.terms === fine) this.fine.rungs.push({ ...now });
      if (now.terms === totals.length * each) totals.push({ ...now });
    }
    return now;
  }

  /** The finest rung at or before so many terms, after a rung. */
  private start(near: number, terms: number): Total {
    const { totals, each, fineEach } = this;
    if (this.fine.after !== near) this.fine = { after: near, rungs: [totals[near]] };
    const at = Math.floor((terms - near * each) / fineEach);
    return this.fine.rungs[Math.min(at, this.fine.rungs.length - 1)];
  }

  /** So many terms the next finer rung has taken in, if one is to be made and has not been passed. */
  private get nextFine(): number {
    const { fine, now, each, fineEach } = this;
    const next = fine.after * each + fine.rungs.length * fineEach;
    return fine.after >= 0 && fine.rungs.length < finer && next > now.terms ? next : Number.POSITIVE_INFINITY;
  }

  /** So many terms the farthest rung has taken in. */
  get reach(): number {
    return (this.totals.length - 1) * this.each;
  }
}

/** The ladders of one cell's reductions, each known by where it stands and by its first operation. */
export class PrefixTotalsCache {
  private readonly known = new Map<CompiledNode, Map<number, PrefixTotals>>();
  private count = 0;

  of(part: CompiledNode, first: number, operations: number, advance: Advance): PrefixTotals {
    let own = this.known.get(part);
    if (own === undefined) {
      own = new Map();
      this.known.set(part, own);
    }
    let found = own.get(first);
    if (found !== undefined) return found;
    if (this.count >= mostLadders) this.forgetShort();
    found = new PrefixTotals(operations, advance);
    own.set(first, found);
    this.count += 1;
    return found;
  }

  /** What has no rungs is soon found again. */
  private forgetShort(): void {
    for (const own of this.known.values())
      for (const [first, ladder] of own)
        if (ladder.reach === 0 || this.count > 4 * mostLadders) {
          own.delete(first);
          this.count -= 1;
        }
  }
}
