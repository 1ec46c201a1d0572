import type { Condition } from '../../formula/affine.ts';
import type { AxisRegisters } from '../plan/axis-registers.ts';
import type { Load } from '../plan/plan.ts';
import * as terms from '../plan/term-table.ts';
import { FactorCache, nowhere, type TermSet } from './factor-cache.ts';

/** How many terms are cached together. */
const most = 1 << 19;
/** Conditions with values outside ± this are not cached. */
const reach = 1 << 12;

interface Test {
  /** A condition's value is the sum of a part that varies from term to term and the rest. */
  readonly parts: Int32Array;
  readonly rest: () => number;
}

/**
 * The terms of a sum of products that exist under its conditions, which must not depend on the vector's axis: found once for each
 * relevant combination of the outer indices, and cached.
 */
export class TermSetCache {
  private readonly tests: readonly Test[];
  private readonly values: Float64Array;
  private readonly known = new Map<number, FactorCache>();
  private room = most;
  private readonly ownAt: Int32Array;
  private readonly sharedAt: Int32Array;

  constructor(
    registers: AxisRegisters,
    sums: Parameters<typeof terms.termPlaces>[0],
    table: readonly number[][],
    private readonly own: Load,
    private readonly shared: Load,
    private readonly where: readonly Condition[],
    private readonly sign: number,
  ) {
    this.ownAt = terms.termOffsets(own.address, sums, table);
    this.sharedAt = terms.termOffsets(shared.address, sums, table);
    this.tests = [...where, ...own.inside, ...shared.inside].map((condition) => ({
      parts: terms.termOffsets(condition, sums, table),
      rest: registers.affine(terms.termBase(condition, sums)),
    }));
    this.values = new Float64Array(this.tests.length);
  }

  /** The terms at the current index values, with their factors. */
  now(): FactorCache {
    const { tests, values, known } = this;
    let key = 0;
    for (let n = 0; n < tests.length; n++) {
      const value = tests[n].rest();
      values[n] = value;
      key = value >= -reach && value < reach ? key * 2 * reach + value + reach : NaN;
    }
    // Beyond 2^53 keys would collide.
    if (!(key < 9007199254740992)) return new FactorCache(this.findTerms(), this.sign);
    let found = known.get(key);
    if (found === undefined) {
      found = new FactorCache(this.findTerms(), this.sign);
      this.room -= this.ownAt.length;
      if (this.room < 0) {
        known.clear();
        this.room = most;
      }
      known.set(key, found);
    }
    return found;
  }

  private findTerms(): TermSet {
    const { tests, values, ownAt, sharedAt } = this;
    const own: number[] = [];
    const shared: number[] = [];
    const blanks: number[] = [];
    const holds = (from: number, count: number, t: number): boolean => {
      for (let n = from; n < from + count; n++) if (values[n] + tests[n].parts[t] < 0) return false;
      return true;
    };
    const before = this.where.length;
    const inside = this.own.inside.length;
    for (let t = 0; t < ownAt.length; t++) {
      if (!holds(0, before, t)) continue;
      const isRead = holds(before + inside, this.shared.inside.length, t);
      if (!holds(before, inside, t)) {
        // A product of two factors out of range is 0, not −0.
        blanks.push(isRead ? sharedAt[t] : nowhere);
        continue;
      }
      own.push(ownAt[t]);
      shared.push(isRead ? sharedAt[t] : nowhere);
    }
    return { own: Int32Array.from(own), shared: Int32Array.from(shared), blanks: Int32Array.from(blanks) };
  }
}
