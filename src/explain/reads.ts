import { conditionsByLoop, type Range } from '../formula/affine.ts';
import { cellAt, type Formula, flatIndex } from '../formula/model.ts';
import { addressOf, Layout, type Slot } from '../machine/memory/layout.ts';
import { IndexValues } from '../machine/step/index-values.ts';
import type { OperationCount } from '../program/operation-count.ts';
import type { Program } from '../program/program.ts';
import { CellReads } from './cell-reads.ts';
import type { CellReference } from './explanation.ts';
import { IndexMap } from './index-map.ts';
import { type ReadingPlace, readingPlaces } from './reading-places.ts';

/** The cells of one formula that read a cell. There may be very many: they are counted, and computed on demand. */
export interface Readers {
  readonly formula: Formula;
  /** At least 1. */
  readonly count: number;
  /** The indices of the n-th of them, n from 0 to `count` − 1, in row-major order. */
  at(n: number): readonly number[];
  /** The indices of the one that is computed first. */
  readonly first: readonly number[];
}

/** Calls `found` with every address that a cell of a formula reads at a place; some may come more than once. */
type Read = (cell: readonly number[], found: (address: number) => void) => void;

/**
 * Which cells read which within a frame, by index arithmetic on the formulas alone: no operations are scanned, and the values do
 * not matter. The same in every frame.
 */
export class Reads {
  private readonly reads = new Map<Formula, readonly Read[]>();
  private readonly places = new Map<
    string,
    readonly { readonly place: ReadingPlace; readonly map: IndexMap }[]
  >();
  private all: ReadonlyMap<Formula, readonly ReadingPlace[]> | undefined;
  /** What single cells read, and at which operation. */
  readonly ofCells: CellReads;

  constructor(
    private readonly program: Program,
    readonly layout: Layout = new Layout(program.model),
  ) {
    this.ofCells = new CellReads(program, layout, (formula) => this.everyPlace.get(formula) ?? []);
  }

  private get everyPlace(): ReadonlyMap<Formula, readonly ReadingPlace[]> {
    const { formulas, functions } = this.program.model;
    this.all ??= new Map(formulas.map((formula) => [formula, readingPlaces(formula, functions)]));
    return this.all;
  }

  /** The formula that writes a cell in a frame; undefined for one that enters the frame. */
  writer({ name, version }: CellReference): Formula | undefined {
    return this.program.writer(name, version);
  }

  /** The cells that a cell's formula reads, each once, in the order of the places in the formula; empty where none writes it. */
  operands(ref: CellReference): CellReference[] {
    const formula = this.writer(ref);
    const found = new Set<number>();
    if (formula !== undefined)
      for (const read of this.readsOf(formula)) read(ref.cell, (address) => found.add(address));
    return [...found].map((address) => this.cellAt(address));
  }

  /** The formulas that read a cell, each with those of its cells that do, in the order in which their first one is computed. */
  readers({ name, version, cell }: CellReference): Readers[] {
    const byFormula = new Map<Formula, { place: ReadingPlace; map: IndexMap }[]>();
    for (const one of this.placesOf(this.layout.slot(name, version))) {
      const { formula } = one.place;
      byFormula.set(formula, [...(byFormula.get(formula) ?? []), one]);
    }
    const found = [...byFormula].flatMap(([formula, all]) => this.readersIn(formula, all, cell) ?? []);
    const firstOf = new Map(found.map((one) => [one, this.program.stepsOf(one.formula, one.first).first]));
    return found.sort((a, b) => (firstOf.get(a) as number) - (firstOf.get(b) as number));
  }

  /**
   * The transitive closure of `operands`: an array of layout size, owned by the caller, with 1 at the address of every cell of a
   * frame that a cell depends on, itself excluded. Cells that enter the frame are marked too; dependence beyond the frame is not
   * followed.
   */
  closure(ref: CellReference): Uint8Array {
    const marks = new Uint8Array(this.layout.size);
    const open = [this.addressOf(ref)];
    for (let address = open.pop(); address !== undefined; address = open.pop()) {
      const slot = this.layout.slotAt(address);
      const formula = this.program.writer(slot.name, slot.version);
      if (formula === undefined) continue;
      const cell = cellAt(slot.shape, address - slot.offset);
      for (const read of this.readsOf(formula))
        read(cell, (found) => {
          if (marks[found] === 1) return;
          marks[found] = 1;
          open.push(found);
        });
    }
    return marks;
  }

  /** The address of a cell in the layout. */
  addressOf({ name, version, cell }: CellReference): number {
    return addressOf(this.layout.slot(name, version), cell) as number;
  }

  /** The inverse of `addressOf`. */
  cellAt(address: number): CellReference {
    const { name, version, shape, offset } = this.layout.slotAt(address);
    return { name, version, cell: cellAt(shape, address - offset) };
  }

  /** The places where formulas read a slot, each with the inverse of its index arithmetic. Cached. */
  placesOf(slot: Slot): readonly { readonly place: ReadingPlace; readonly map: IndexMap }[] {
    const key = `${slot.version} ${slot.name}`;
    let found = this.places.get(key);
    if (found === undefined) {
      found = [...this.everyPlace.values()]
        .flat()
        .filter(({ reference }) => reference.name === slot.name && reference.version === slot.version)
        .map((place) => {
          const { formula, reference, indices, where } = place;
          const around = indices.map(({ name, range }) => ({ name, range: range as Range }));
          return { place, map: new IndexMap(formula.indices, around, reference.indices, where, slot.shape) };
        });
      this.places.set(key, found);
    }
    return found;
  }

  private readersIn(
    formula: Formula,
    all: readonly { readonly place: ReadingPlace; readonly map: IndexMap }[],
    cell: readonly number[],
  ): Readers | undefined {
    const isPlain = ({ place, map }: (typeof all)[number]): boolean =>
      map.isBox && place.choices.length === 0;
    const distinct = [...new Map(all.map((one) => [one.map.key, one])).values()];
    const [{ map }] = distinct;
    if (distinct.length === 1 && isPlain(distinct[0])) {
      const count = map.count(cell);
      if (count === 0) return undefined;
      const at = (n: number) => map.at(cell, n);
      return { formula, count, at, first: this.earliest(formula, corners(at(0), at(count - 1))) };
    }
    const shape = formula.indices.map(({ range }) => range.high);
    const flats = new Set<number>();
    for (const { place, map: one } of distinct)
      one.each(cell, (setting) => {
        if (isCompared(place, setting, this.program.counts)) flats.add(flatIndex(shape, setting));
      });
    if (flats.size === 0) return undefined;
    const sorted = [...flats].sort((a, b) => a - b);
    const at = (n: number) => cellAt(shape, sorted[n]);
    return {
      formula,
      count: sorted.length,
      at,
      first: this.earliest(
        formula,
        sorted.map((_, n) => at(n)),
      ),
    };
  }

  private earliest(formula: Formula, cells: readonly (readonly number[])[]): readonly number[] {
    let [first, step] = [cells[0], Number.POSITIVE_INFINITY];
    for (const cell of cells) {
      const { first: at } = this.program.stepsOf(formula, cell);
      if (at < step) [first, step] = [cell, at];
    }
    return first;
  }

  private readsOf(formula: Formula): readonly Read[] {
    let found = this.reads.get(formula);
    if (found === undefined) {
      found = (this.everyPlace.get(formula) ?? []).map((place) => this.readOf(place));
      this.reads.set(formula, found);
    }
    return found;
  }

  private readOf(place: ReadingPlace): Read {
    const { formula, reference, indices, where } = place;
    const slot = this.layout.slot(reference.name, reference.version);
    const registers = new IndexValues();
    let scope: ReadonlyMap<string, number> = new Map();
    const add = (name: string): number => {
      const [register, inner] = registers.add(scope, name);
      scope = inner;
      return register;
    };
    const own = formula.indices.map(({ name }) => add(name));
    const byLoop = conditionsByLoop(
      indices.map(({ name }) => name),
      where,
    );
    const loops = indices.map(({ name, range }, depth) => {
      const register = add(name);
      return { register, bounds: registers.bounds(name, range as Range, byLoop[depth], scope) };
    });
    const bound = new Set(indices.map(({ name }) => name));
    const fixed = where.filter(({ terms }) => terms.every(([name]) => !bound.has(name)));
    const holds = registers.conditions(fixed, scope);
    const places = reference.indices.map((affine) => registers.affine(affine, scope));
    const { values } = registers;
    return (cell, found) => {
      for (let d = 0; d < own.length; d++) values[own[d]] = cell[d];
      if (!holds()) return;
      const visit = (depth: number): void => {
        if (depth < loops.length) {
          const { register, bounds } = loops[depth];
          const { low, high } = bounds();
          for (let value = low; value <= high; value++) {
            values[register] = value;
            visit(depth + 1);
          }
          return;
        }
        let address = slot.offset;
        for (let d = 0; d < places.length; d++) {
          const at = places[d]();
          if (at < 1 || at > slot.shape[d]) return;
          address += (at - 1) * slot.strides[d];
        }
        if (place.choices.length === 0 || isCompared(place, values, this.program.counts)) found(address);
      };
      visit(0);
    };
  }
}

/** Whether all arg-maxima around a place have more than one term; `setting` begins with the values of all indices there. */
function isCompared(
  { formula, indices, choices }: ReadingPlace,
  setting: readonly number[],
  counts: OperationCount,
): boolean {
  if (choices.length === 0) return true;
  const names = [...formula.indices, ...indices].map(({ name }) => name);
  const environment = new Map(names.map((name, n) => [name, setting[n]]));
  return choices.every((choice) => counts.termsOf(choice, environment).count > 1);
}

/** The corners of the box between two cells. */
function corners(low: readonly number[], high: readonly number[]): number[][] {
  let found: number[][] = [[]];
  for (let d = 0; d < low.length; d++) {
    const ends = low[d] === high[d] ? [low[d]] : [low[d], high[d]];
    found = found.flatMap((corner) => ends.map((end) => [...corner, end]));
  }
  return found;
}
