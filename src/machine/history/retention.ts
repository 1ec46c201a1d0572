import { type Affine, index, plainIndex, substitute } from '../../formula/affine.ts';
import type { Expression, Reference } from '../../formula/expression.ts';
import type { Formula } from '../../formula/model.ts';
import { mapChildren } from '../../formula/substitution.ts';
import { length } from '../../program/operation-count.ts';
import type { Program } from '../../program/program.ts';
import type { Layout, Slot } from '../memory/layout.ts';

/** An array of at most this many cells is recorded in every frame. */
const smallSize = 1024;
/** A small array's cell that takes at most this many operations is computed again instead of recorded. */
const cheapest = 16;
/** A cell that takes at most this many operations per frame is worth replaying singly. */
const dearest = 2048;

/**
 * How the cells of a slot are found in a frame that has been run before:
 * - `present`: they are constant, enter the frame, or were recorded in it;
 * - `replayed`: a cell that survives from frame to frame is renewed on its own from the nearest keyframe on;
 * - `computed`: a cell is computed from others when it is asked for;
 * - `lost`: the frame has to be run again.
 */
export type RetentionPolicy = 'present' | 'replayed' | 'computed' | 'lost';

/** Quantities that are replayed together: a cell of one reads the others only at its own indices. */
export interface RenewalGroup {
  /** All have the same shape. */
  readonly members: readonly RenewedQuantity[];
}

/** A quantity that survives from frame to frame, with its version before and after the update. */
export interface RenewedQuantity {
  readonly old: Slot;
  readonly new: Slot;
  /** The update formula. */
  readonly formula: Formula;
  /** Where it begins in the training state, from 0. */
  readonly at: number;
}

/** Decides from the formulas' structure which numbers of a finished frame are recorded, and how the others are found again. */
export class Retention {
  /** The slots recorded in every frame, and where each begins in a row (from 0). */
  readonly recorded: readonly { readonly slot: Slot; readonly at: number }[];
  /** The same as ranges to copy between a complete frame's memory and its row. */
  readonly row: readonly CopyRange[];
  /**
   * The part of the row that a frame finds (copied before the kernel advances), and the part that it leaves (copied afterwards,
   * when new versions lie at the addresses of the old ones).
   */
  readonly incoming: readonly CopyRange[];
  /** See `incoming`; here `from` is where the old version lies. */
  readonly outgoing: readonly CopyRange[];
  /** Small sample arrays, which are not recorded since a frame's number determines them, and where each begins among them. */
  readonly entered: readonly CopyRange[];
  /** Numbers of sample arrays per frame. */
  readonly enteredSize: number;
  /** Numbers in a row. */
  readonly rowSize: number;
  /** The groups whose large arrays are replayed. */
  readonly groups: readonly RenewalGroup[];
  /** The slots with policy `present`. */
  readonly present: readonly Slot[];
  /** Whether a recorded frame can be shown in full without running those before it: no surviving quantity is `lost`. */
  readonly isComplete: boolean;
  private readonly policies = new Map<Slot, RetentionPolicy>();
  private readonly survivors = new Map<Slot, RenewedQuantity>();
  private readonly places = new Map<Slot, number>();
  private readonly enteredPlaces = new Map<Slot, number>();

  constructor(
    private readonly program: Program,
    private readonly layout: Layout,
    /** An array of at most this many cells counts as small. */
    readonly small = smallSize,
  ) {
    let at = 0;
    for (const pair of layout.renewed) {
      const formula = this.writer(pair.new) as Formula;
      const member = { ...pair, formula, at };
      this.survivors.set(pair.old, member).set(pair.new, member);
      at += pair.old.size;
    }
    this.groups = this.foundGroups();
    const spared = this.foundSpared();
    const recorded: { slot: Slot; at: number }[] = [];
    const entered: CopyRange[] = [];
    let enteredSize = 0;
    let row = 0;
    for (const slot of layout.slots) {
      if (!this.isSmall(slot) || this.isConstant(slot) || spared.has(slot)) continue;
      if (this.isSample(slot)) {
        entered.push(copyRange(slot, enteredSize, slot));
        this.enteredPlaces.set(slot, enteredSize);
        enteredSize += slot.size;
        continue;
      }
      recorded.push({ slot, at: row });
      this.places.set(slot, row);
      row += slot.size;
    }
    this.recorded = recorded;
    this.entered = joined(entered);
    this.enteredSize = enteredSize;
    this.rowSize = row;
    this.row = joined(recorded.map(({ slot, at }) => copyRange(slot, at, slot)));
    const isFound = (slot: Slot) => this.survivors.get(slot)?.old === slot;
    this.incoming = joined(
      recorded.filter(({ slot }) => isFound(slot)).map(({ slot, at }) => copyRange(slot, at, slot)),
    );
    this.outgoing = joined(
      recorded
        .filter(({ slot }) => !isFound(slot))
        .map(({ slot, at }) => copyRange(slot, at, this.survivors.get(slot)?.old ?? slot)),
    );
    const replayed = new Set(this.groups.flatMap(({ members }) => members.map(({ old }) => old)));
    for (const slot of layout.slots) {
      if (spared.has(slot)) this.policies.set(slot, 'computed');
      else if (this.isGiven(slot) || this.isSmall(slot)) this.policies.set(slot, 'present');
      else if (this.survivors.get(slot)?.old === slot)
        this.policies.set(slot, replayed.has(slot) ? 'replayed' : 'lost');
    }
    for (const slot of layout.slots) this.decide(slot, new Set());
    this.present = layout.slots.filter((slot) => this.policyOf(slot) === 'present');
    this.isComplete = layout.renewed.every(({ old }) => this.policyOf(old) !== 'lost');
  }

  /** Where a slot begins in a row, from 0; undefined if it is not recorded. */
  placeOf(slot: Slot): number | undefined {
    return this.places.get(slot);
  }

  /** Where a small sample array begins among those of a frame, from 0; undefined for other slots. */
  enteredPlaceOf(slot: Slot): number | undefined {
    return this.enteredPlaces.get(slot);
  }

  /** How the cells of a slot of the layout are found again. */
  policyOf(slot: Slot): RetentionPolicy {
    return this.policies.get(slot) as RetentionPolicy;
  }

  /** The formulas needed for replay: those of the groups, and those of the large arrays that they read. */
  get renewing(): ReadonlySet<Formula> {
    const found = new Set<Formula>();
    const add = (formula: Formula): void => {
      if (found.has(formula)) return;
      found.add(formula);
      for (const { reference } of readsOf(formula.expression)) {
        const slot = this.slotOf(reference);
        const writer = this.writer(slot);
        if (writer !== undefined && !this.isSmall(slot)) add(writer);
      }
    };
    for (const { members } of this.groups) for (const { formula } of members) add(formula);
    return found;
  }

  private slotOf({ name, version }: Reference): Slot {
    return this.layout.slot(name, version);
  }

  /** The formula that writes a slot; undefined for what enters a frame. */
  writer({ name, version }: Slot): Formula | undefined {
    return this.program.writer(name, version);
  }

  private isSmall({ size }: Slot): boolean {
    return size <= this.small;
  }

  /** Data that no formula writes: the same in every frame, or a function of its number. */
  private isGiven(slot: Slot): boolean {
    return this.writer(slot) === undefined && !this.survivors.has(slot);
  }

  private isSample(slot: Slot): boolean {
    return this.isGiven(slot) && this.program.model.quantities.get(slot.name)?.role === 'sample';
  }

  /** Whether a slot holds given numbers, the same in every frame. */
  isConstant(slot: Slot): boolean {
    return this.isGiven(slot) && this.program.model.quantities.get(slot.name)?.numbers !== undefined;
  }

  /** A large slot is computed when asked for, unless that leads through itself or through a lost slot. */
  private decide(slot: Slot, above: ReadonlySet<Slot>): RetentionPolicy {
    const known = this.policies.get(slot);
    if (known !== undefined) return known;
    if (above.has(slot)) return 'lost';
    const inside = new Set(above).add(slot);
    const { expression } = this.writer(slot) as Formula;
    let policy: RetentionPolicy = 'computed';
    for (const { reference } of readsOf(expression)) {
      const read = this.slotOf(reference);
      if (this.decide(read, inside) === 'lost') policy = 'lost';
    }
    this.policies.set(slot, policy);
    return policy;
  }

  /** Small arrays that need no place in a row: replay does not read them, and a few operations on recorded numbers give them. */
  private foundSpared(): Set<Slot> {
    const needed = new Set<Slot>();
    for (const { expression } of this.renewing)
      for (const { reference } of readsOf(expression)) needed.add(this.slotOf(reference));
    const spared = new Set<Slot>();
    for (const slot of this.layout.slots) {
      const writer = this.writer(slot);
      if (writer === undefined || !this.isSmall(slot) || slot.size < this.small / 32 || needed.has(slot))
        continue;
      const { counts } = this.program;
      const { expression } = writer;
      if (counts.dependsOn(expression).size > 0 || counts.ofCell(expression, new Map()) > cheapest) continue;
      // It may read arrays spared before it and arrays that are now needed in the row, so nothing depends on itself.
      const reads = readsOf(expression).map(({ reference }) => this.slotOf(reference));
      if (!reads.every((read) => read !== slot && (this.isGiven(read) || this.isSmall(read)))) continue;
      for (const read of reads) if (!spared.has(read)) needed.add(read);
      spared.add(slot);
    }
    return spared;
  }

  private foundGroups(): RenewalGroup[] {
    const groups: Set<RenewedQuantity>[] = [];
    for (const { new: renewed } of this.layout.renewed) {
      if (this.isSmall(renewed)) continue;
      const first = this.survivors.get(renewed) as RenewedQuantity;
      if (groups.some((group) => group.has(first))) continue;
      const members = new Set([first]);
      let isPulled = true;
      // Members are found while those before them are looked through.
      for (const member of members) isPulled &&= this.followed(member, members);
      if (isPulled) groups.push(members);
    }
    // An optimizer's moment could be replayed alone, but the weights that need it include it in their group.
    const whole = groups.filter(
      (group) =>
        !groups.some((other) => other.size > group.size && [...group].every((member) => other.has(member))),
    );
    return whole.map((members) => ({ members: [...members] }));
  }

  /** Whether a member's cell is renewed from small arrays and from members at its own indices; adds those members. */
  private followed({ formula, old }: RenewedQuantity, members: Set<RenewedQuantity>): boolean {
    const own = formula.indices.map(({ name }) => name);
    let cost = 0;
    /** Follows an expression whose free indices are affine in the member's own; those bound on the way are unknown. */
    const follow = (
      e: Expression,
      places: ReadonlyMap<string, Affine>,
      times: number,
      above: readonly Slot[],
    ): boolean => {
      for (const { reference, terms, bound } of readsOf(e)) {
        cost += times * terms;
        if (cost > dearest) return false;
        const slot = this.slotOf(reference);
        const survivor = this.survivors.get(slot);
        if (this.isSmall(slot)) continue;
        const known = reference.indices.map((affine) =>
          affine.terms.every(([name]) => places.has(name) && !bound.has(name))
            ? substitute(affine, places)
            : undefined,
        );
        if (survivor !== undefined) {
          const isOwn = known.every((affine, d) => affine !== undefined && plainIndex(affine) === own[d]);
          if (!isOwn || reference.guarded || survivor.old.shape.join() !== old.shape.join()) return false;
          members.add(survivor);
          continue;
        }
        const writer = this.writer(slot);
        // Large data that enters a frame is not recorded, and writing it again for each cell would cost too much.
        if (writer === undefined) {
          if (this.isConstant(slot)) continue;
          return false;
        }
        if (above.includes(slot)) return false;
        const inner = new Map<string, Affine>();
        writer.indices.forEach(({ name }, d) => {
          const affine = known[d];
          if (affine !== undefined) inner.set(name, affine);
        });
        if (!follow(writer.expression, inner, times * terms, [...above, slot])) return false;
      }
      return true;
    };
    return follow(formula.expression, new Map(own.map((name) => [name, index(name)])), 1, []);
  }
}

/** A range of `size` numbers that lies at `from` in a frame's memory and at `at` in a row, both from 0. */
export interface CopyRange {
  readonly from: number;
  readonly at: number;
  readonly size: number;
}

const copyRange = ({ size }: Slot, at: number, { offset }: Slot): CopyRange => ({ from: offset, at, size });

/** Merges adjacent ranges. */
function joined(pieces: readonly CopyRange[]): CopyRange[] {
  const whole: CopyRange[] = [];
  for (const one of pieces) {
    const last = whole.at(-1);
    if (last !== undefined && last.from + last.size === one.from && last.at + last.size === one.at)
      whole[whole.length - 1] = { ...last, size: last.size + one.size };
    else whole.push(one);
  }
  return whole;
}

interface Read {
  readonly reference: Reference;
  /** How often it is read for one value of the expression. */
  readonly terms: number;
  /** Indices bound by the reductions around it. */
  readonly bound: ReadonlySet<string>;
}

/** The cells that an expression reads; function bodies read none but their arguments. */
function readsOf(e: Expression): Read[] {
  const reads: Read[] = [];
  const visit = (part: Expression, terms: number, bound: ReadonlySet<string>): Expression => {
    if (part.kind === 'reference') reads.push({ reference: part, terms, bound });
    if (part.kind !== 'reduction') return mapChildren(part, (inner) => visit(inner, terms, bound));
    let inside = terms;
    const names = new Set(bound);
    for (const { name, range } of part.indices) {
      names.add(name);
      if (range !== undefined) inside *= length(range);
    }
    return mapChildren(part, (inner) => visit(inner, inside, names));
  };
  visit(e, 1, new Set());
  return reads;
}
