import { references } from '../formula/expression.ts';
import { cellAt, type Formula } from '../formula/model.ts';
import type { Machine } from '../machine/machine.ts';
import type { Slot } from '../machine/memory/layout.ts';
import type { CellReference } from './explanation.ts';
import { FrameValues } from './frame-values.ts';
import type { Partials } from './partials.ts';
import type { Reads } from './reads.ts';

/** A cell between a cell and the loss. */
export interface ChainCell extends CellReference {
  /** ∂ this / ∂ the chain's first cell: the sum over all paths from there. */
  readonly tangent: number;
  /** ∂ loss / ∂ this: the sum over all paths from here, times the chain's `share`. */
  readonly adjoint: number;
  /** How many paths lead from here to the loss. */
  readonly pathCount: number;
  /** The cells that read it on a path to the loss. */
  readonly onward: readonly Link[];
}

/** An edge of a chain, from a cell to one that reads it. */
export interface Link {
  /** Position in `Chain.cells`, from 0. */
  readonly to: number;
  /** The local derivative of the reading cell by the read one. */
  readonly partial: number;
}

/** One path from the cell to the loss. */
export interface ChainPath {
  /** Positions in `Chain.cells`, from 0, from the cell to the loss. */
  readonly cells: readonly number[];
  /** The product of the local derivatives along it and of the chain's `share`. */
  readonly product: number;
}

/** The subgraph of all paths from a cell to a loss, with the local derivatives at the numbers of one frame. */
export interface Chain {
  /** The loss's name. */
  readonly loss: string;
  /** The cell itself first, then in the order in which they are computed. */
  readonly cells: readonly ChainCell[];
  /** The weight of a sample's loss in the whole: 1/4 in the mean of four, 1 in a sum and without a batch. */
  readonly share: number;
  /** ∂ loss / ∂ cell: the sum of all paths' products. */
  readonly value: number;
  /** How many paths there are; at least 1. */
  readonly pathCount: number;
}

interface Draft {
  readonly slot: Slot;
  readonly cell: readonly number[];
  readonly step: number;
  readonly onward: Map<number, number>;
}

/** How many local derivatives are computed at most to follow a cell to a loss, since a reader waits for them. */
const mostLinks = 200_000;

/** Follows cells to losses through the forward formulas of a frame: forward and reverse accumulation over the graph of cells. */
export class Chains {
  private readonly active = new Map<string, ReadonlySet<string>>();
  /** Cells and losses with more than `mostLinks` between them. */
  private readonly crowded = new Set<string>();

  constructor(
    private readonly machine: Machine,
    private readonly reads: Reads,
    private readonly partials: Partials,
  ) {}

  /**
   * The quantities on which a loss depends through forward formulas, itself among them, as `old W1` or `new W1`. Cached; not to
   * be changed.
   */
  influences(loss: string): ReadonlySet<string> {
    let found = this.active.get(loss);
    if (found === undefined) {
      found = influencesOn(loss, this.machine.program.model.formulas);
      this.active.set(loss, found);
    }
    return found;
  }

  /**
   * The chain from a cell to a loss in a frame (from 1), which is run if it has not been. Undefined where the loss does not
   * depend on the cell, or through more than 200,000 local derivatives: see `isCrowded`.
   */
  of(ref: CellReference, loss: string, frame: number): Chain | undefined {
    const active = this.influences(loss);
    if (!active.has(`${ref.version} ${ref.name}`)) return undefined;
    const drafts = this.cone(ref, active, new FrameValues(this.machine, frame));
    if (drafts === undefined) {
      this.crowded.add(keyOf(ref, loss));
      return undefined;
    }
    const { quantities, batch } = this.machine.program.model;
    const isShared = quantities.get(ref.name)?.perSample !== true && quantities.get(loss)?.perSample === true;
    const share = isShared && batch?.reduction === 'mean' ? 1 / batch.size : 1;
    return chainOf(drafts, this.reads.addressOf(ref), loss, share);
  }

  /** Whether the last call of `of` for this cell and loss has found too many local derivatives to follow. */
  isCrowded(ref: CellReference, loss: string): boolean {
    return this.crowded.has(keyOf(ref, loss));
  }

  /** The cell and all cells that depend on it and influence the loss, by address; undefined where there are too many links. */
  private cone(
    ref: CellReference,
    active: ReadonlySet<string>,
    values: FrameValues,
  ): Map<number, Draft> | undefined {
    const { program, layout } = this.machine;
    const drafts = new Map<number, Draft>();
    const open: Draft[] = [];
    let links = mostLinks;
    const draft = (slot: Slot, address: number): void => {
      if (drafts.has(address)) return;
      const cell = cellAt(slot.shape, address - slot.offset);
      const step = program.writing(slot.name, slot.version, cell)?.last ?? 0;
      const made = { slot, cell, step, onward: new Map<number, number>() };
      drafts.set(address, made);
      open.push(made);
    };
    draft(layout.slot(ref.name, ref.version), this.reads.addressOf(ref));
    const isWanted = ({ version, name }: Slot) => active.has(`${version} ${name}`);
    for (let from = open.pop(); from !== undefined; from = open.pop()) {
      const { slot, cell, onward } = from;
      const lead = (target: Slot, address: number, partial: number): void => {
        links -= 1;
        onward.set(address, (onward.get(address) ?? 0) + partial);
        draft(target, address);
      };
      this.partials.from(slot, cell, isWanted, values, lead, Math.max(0, links) + 1);
      if (links < 0) return undefined;
    }
    return drafts;
  }
}

const keyOf = ({ name, version, cell }: CellReference, loss: string): string =>
  `${version} ${name} ${cell} ${loss}`;

/** The quantities that a loss depends on, as `version name`. */
export function influencesOn(loss: string, formulas: readonly Formula[]): ReadonlySet<string> {
  const forward = formulas.filter(({ phase }) => phase === 'forward');
  const found = new Set([`old ${loss}`]);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { version, target, expression } of forward) {
      if (!found.has(`${version} ${target}`)) continue;
      for (const read of references(expression)) found.add(`${read.version} ${read.name}`);
    }
  }
  return found;
}

function chainOf(
  drafts: ReadonlyMap<number, Draft>,
  from: number,
  loss: string,
  share: number,
): Chain | undefined {
  const order = [...drafts].sort(([, a], [, b]) => a.step - b.step);
  const isLoss = ({ slot }: Draft): boolean => slot.name === loss;
  const adjoints = new Map<number, number>();
  const paths = new Map<number, number>();
  for (const [address, draft] of [...order].reverse()) {
    let [adjoint, count] = isLoss(draft) ? [share, 1] : [0, 0];
    for (const [to, partial] of draft.onward) {
      const more = paths.get(to) ?? 0;
      if (more === 0) continue;
      count += more;
      adjoint += partial * (adjoints.get(to) as number);
    }
    adjoints.set(address, adjoint);
    paths.set(address, count);
  }
  if ((paths.get(from) ?? 0) === 0) return undefined;
  const kept = order.filter(([address]) => (paths.get(address) as number) > 0);
  const place = new Map(kept.map(([address], n) => [address, n]));
  const tangents = new Float64Array(kept.length);
  tangents[0] = 1;
  const cells = kept.map(([address, { slot, cell, onward }], n): ChainCell => {
    const links: Link[] = [];
    for (const [to, partial] of onward) {
      const at = place.get(to);
      if (at === undefined) continue;
      links.push({ to: at, partial });
      tangents[at] += tangents[n] * partial;
    }
    const [adjoint, count] = [adjoints.get(address) as number, paths.get(address) as number];
    const { name, version } = slot;
    return { name, version, cell, tangent: tangents[n], adjoint, pathCount: count, onward: links };
  });
  return { loss, cells, share, value: cells[0].adjoint, pathCount: cells[0].pathCount };
}

/** A path from the cell up to `at`, linked backwards. */
interface Trail {
  readonly at: number;
  readonly before: Trail | undefined;
  readonly product: number;
}

/**
 * The paths of a chain with the largest products in absolute value, descending; all of them, or `most`, where there are more.
 * NaN counts as the largest.
 */
export function largestPaths({ cells, loss, share }: Chain, most: number): ChainPath[] {
  const best: Trail[][] = cells.map(() => []);
  best[0].push({ at: 0, before: undefined, product: 1 });
  const ends: Trail[] = [];
  cells.forEach(({ name, onward }, at) => {
    const here = best[at];
    best[at] = [];
    if (name === loss) for (const end of here) enlist(ends, end, most);
    for (const { to, partial } of onward)
      for (const before of here)
        enlist(best[to], { at: to, before, product: before.product * partial }, most);
  });
  return ends.map((end) => {
    const found: number[] = [];
    for (let trail: Trail | undefined = end; trail !== undefined; trail = trail.before)
      found.unshift(trail.at);
    return { cells: found, product: end.product * share };
  });
}

/** NaN counts as the largest. */
const sizeOf = ({ product }: Trail): number =>
  Number.isNaN(product) ? Number.POSITIVE_INFINITY : Math.abs(product);

/** Inserts a trail into the greatest, in descending order; at most `most` are kept. */
function enlist(greatest: Trail[], trail: Trail, most: number): void {
  const size = sizeOf(trail);
  let at = greatest.length;
  while (at > 0 && sizeOf(greatest[at - 1]) < size) at -= 1;
  if (at >= most) return;
  greatest.splice(at, 0, trail);
  if (greatest.length > most) greatest.pop();
}

/** The part of a chain that passes through the cells of one quantity. */
export interface Crossing {
  readonly name: string;
  readonly version: CellReference['version'];
  /** How many of its cells lie on a path. */
  readonly cells: number;
  /** The sum of `carried` over them; the whole derivative where every path crosses the quantity once. */
  readonly total: number;
  /** Positions in `Chain.cells`, from 0, of the cells that carry most, descending in absolute value. */
  readonly largest: readonly number[];
}

/**
 * The part of the whole derivative (the chain's `share` included) that passes through a cell: the sum of the products of all
 * paths through it.
 */
export const carried = ({ tangent, adjoint }: ChainCell): number => tangent * adjoint;

/**
 * A chain summed up by quantities (each version of its own), those nearest to the cell first, itself and the loss included; at
 * most `most` cells of each are listed in `largest`.
 */
export function crossings({ cells }: Chain, most: number): Crossing[] {
  const byQuantity = new Map<string, number[]>();
  cells.forEach(({ name, version }, at) => {
    const key = `${version} ${name}`;
    byQuantity.set(key, [...(byQuantity.get(key) ?? []), at]);
  });
  return [...byQuantity.values()].map((places) => {
    const { name, version } = cells[places[0]];
    const sorted = [...places].sort((a, b) => Math.abs(carried(cells[b])) - Math.abs(carried(cells[a])));
    const total = places.reduce((sum, at) => sum + carried(cells[at]), 0);
    return { name, version, cells: places.length, total, largest: sorted.slice(0, most) };
  });
}
