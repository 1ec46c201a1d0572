import { type Condition, constant, extent, index, minus, type Range, tighten } from '../formula/affine.ts';
import type { Formula } from '../formula/model.ts';
import type { Layout, Slot } from '../machine/memory/layout.ts';
import type { CellNode } from '../machine/step/cell-operations.ts';
import { CountedCells } from '../machine/step/counted-cells.ts';
import type { Program } from '../program/program.ts';
import type { CellReference } from './explanation.ts';
import { IndexMap } from './index-map.ts';
import type { ReadingPlace } from './reading-places.ts';

/** The cells of an array between two corners; both inclusive, indices from 1. */
export interface CellBox {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** How many terms are searched in which one cell reads another at one place: the first of them comes early. */
const mostSettings = 1000;
/** How many terms of a sum inside a function are searched for the use of an argument. */
const mostTerms = 100;

/** What one cell of a formula reads, and when: by index arithmetic, so the number of the cell's operations does not matter. */
export class CellReads {
  private readonly cells: CountedCells;
  private readonly maps = new Map<ReadingPlace, IndexMap>();
  /** Results for the last cell asked about, identified by its first step. */
  private latest: { readonly first: number; readonly known: Map<string, number | undefined> } | undefined;

  constructor(
    private readonly program: Program,
    private readonly layout: Layout,
    /** The places where a formula reads cells. */
    private readonly placesIn: (formula: Formula) => readonly ReadingPlace[],
  ) {
    this.cells = new CountedCells(program);
  }

  private placesOf(formula: Formula, { name, version }: Pick<Slot, 'name' | 'version'>): ReadingPlace[] {
    return this.placesIn(formula).filter(
      ({ reference }) => reference.name === name && reference.version === version,
    );
  }

  /** The first operation of a formula's cell, counted from 1 within it, that reads the cell `read`; undefined where none does. */
  first(formula: Formula, cell: readonly number[], read: CellReference): number | undefined {
    const { first } = this.program.stepsOf(formula, cell);
    if (this.latest?.first !== first) this.latest = { first, known: new Map() };
    const { known } = this.latest;
    const key = `${read.version} ${read.name} ${read.cell}`;
    if (!known.has(key)) known.set(key, this.find(formula, cell, first, read));
    return known.get(key);
  }

  private find(
    formula: Formula,
    cell: readonly number[],
    first: number,
    read: CellReference,
  ): number | undefined {
    const root = this.cells.root({ formula, cell, first });
    let found: number | undefined;
    for (const place of this.placesOf(formula, read)) {
      const note = (values: readonly number[]): void => {
        const own = place.indices.map((_, n) => values[place.indices.length - 1 - n]);
        const use = useAlong(root, place.path, own);
        // The result of the whole formula is copied: one operation.
        const operation = use === 'result' ? 1 : use;
        if (operation !== undefined) found = Math.min(found ?? operation, operation);
      };
      this.mapOf(place).each([...read.cell, ...cell], note, mostSettings);
    }
    return found;
  }

  /** At which terms of the formula's cell a place reads a cell; the outermost index varies slowest. */
  private mapOf(place: ReadingPlace): IndexMap {
    let map = this.maps.get(place);
    if (map === undefined) {
      const { formula, reference, indices, where } = place;
      const around = [
        ...[...indices].reverse().map(({ name, range }) => ({ name, range: range as Range })),
        ...formula.indices,
      ];
      const { shape } = this.layout.slot(reference.name, reference.version);
      // The formula's own cell is known, too.
      const known = formula.indices.map(({ name }) => index(name));
      const highs = formula.indices.map(({ range }) => range.high);
      map = new IndexMap([], around, [...reference.indices, ...known], where, [...shape, ...highs]);
      this.maps.set(place, map);
    }
    return map;
  }

  /** Boxes that contain all cells of an array that a formula's cell reads: at most one for each place in the formula. */
  boxes(formula: Formula, cell: readonly number[], slot: Slot): CellBox[] {
    return this.placesOf(formula, slot).flatMap(({ reference, indices, where }) => {
      const ranges = new Map<string, Range>([
        ...formula.indices.map(({ name }, d): [string, Range] => [name, { low: cell[d], high: cell[d] }]),
        ...indices.map(({ name, range }): [string, Range] => [name, range as Range]),
      ]);
      const inside = reference.indices.flatMap((affine, d) => [
        minus(affine, constant(1)),
        minus(constant(slot.shape[d]), affine),
      ]);
      const names = indices.map(({ name }) => name);
      if (!narrow(ranges, names, [...where, ...inside])) return [];
      const spans = reference.indices.map((affine) => extent(affine, ranges));
      return [{ low: spans.map(({ low }) => low), high: spans.map(({ high }) => high) }];
    });
  }
}

/** Narrows the ranges of indices to where each condition can hold; false where one cannot. */
function narrow(
  ranges: Map<string, Range>,
  names: readonly string[],
  conditions: readonly Condition[],
): boolean {
  for (const condition of conditions) if (extent(condition, ranges).high < 0) return false;
  // Each time round, what is known of one index may narrow another.
  for (let round = 0; round < 3; round++)
    for (const name of names)
      for (const condition of conditions) {
        const factors = new Map(condition.terms);
        if (!factors.has(name)) continue;
        const best = (other: string) => {
          const { low, high } = ranges.get(other) as Range;
          return (factors.get(other) as number) > 0 ? high : low;
        };
        const range = tighten(name, ranges.get(name) as Range, [condition], { get: best });
        if (range.low > range.high) return false;
        ranges.set(name, range);
      }
  return true;
}

/** The first operation that uses a node; `result` where it is passed on unchanged; undefined where it is not used. */
type Use = number | 'result' | undefined;

/** The use of the node at the end of a path, at some values of the indices of the reductions on the way. */
function useAlong(node: CellNode, path: readonly number[], values: readonly number[]): Use {
  if (path.length === 0) return 'result';
  const [n, ...rest] = path;
  const { expression: e, terms } = node;
  if (terms === undefined || e.kind !== 'reduction') {
    const part = node.parts[n];
    return part && usedBy(node, n, useAlong(part, rest, values));
  }
  const count = e.indices.length;
  const at = terms.indexOf(values.slice(0, count));
  if (at >= terms.length) return undefined;
  return joinedBy(node, at, useAlong(terms.at(at), rest, values.slice(count)));
}

/** How a node uses something within its n-th part, given the use of it within that part. */
function usedBy(node: CellNode, n: number, within: Use): Use {
  if (within !== 'result') return within;
  const { expression: e, body, parts, last } = node;
  if (body !== undefined) return useOfArgument(body, parts[n]);
  if (e.kind === 'operation') return last;
  return e.kind === 'power' ? parts[0].last + 1 : 'result';
}

function joinedBy({ expression: e, terms }: CellNode, at: number, within: Use): Use {
  if (within !== 'result' || terms === undefined) return within;
  if (terms.length > 1) return terms.joining(Math.max(1, at));
  // The position of a single term is known without looking at it.
  return e.kind === 'reduction' && e.reducer === 'argmax' ? undefined : 'result';
}

/** The first use of an argument in the body of its function. */
function useOfArgument(node: CellNode, argument: CellNode): Use {
  const { terms, parts } = node;
  if (node.argument === argument) return 'result';
  if (terms === undefined)
    return earliest(parts.map((part, n) => usedBy(node, n, useOfArgument(part, argument))));
  for (let at = 0; at < Math.min(terms.length, mostTerms); at++) {
    const use = joinedBy(node, at, useOfArgument(terms.at(at), argument));
    if (use !== undefined) return use;
  }
  return undefined;
}

function earliest(uses: readonly Use[]): Use {
  const operations = uses.filter((use) => typeof use === 'number');
  if (operations.length > 0) return Math.min(...operations);
  return uses.includes('result') ? 'result' : undefined;
}
