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
  /** ∂ this / ∂ the cell that is asked about: all ways from there added up. */
  readonly tangent: number;
  /** ∂ loss / ∂ this: all ways from here added up. */
  readonly adjoint: number;
  /** In how many ways the loss is reached through it. */
  readonly pathCount: number;
  /** What reads it on a way to the loss, by its place among the stops, and the local derivative of that by this. */
  readonly onward: readonly Link[];
}

export interface Link {
  readonly to: number;
  readonly partial: number;
}

/** One way from the loss to the cell. */
export interface ChainPath {
  /** Places among the stops, from the cell to the loss. */
  readonly cells: readonly number[];
  /** The product of the local derivatives, and of what the batch makes of a sample's loss. */
  readonly product: number;
}

/** Everything by which a cell has an influence on a loss, with the local derivatives at the numbers of one frame. */
export interface Chain {
  readonly loss: string;
  /** The cell itself first, then in the order in which they are computed. */
  readonly cells: readonly ChainCell[];
  /** What a sample's loss counts in the whole, such as 1/4 in the mean of four. */
  readonly share: number;
  /** ∂ loss / ∂ cell. */
  readonly value: number;
  /** How many paths there are. */
  readonly pathCount: number;
}

interface Draft {
  readonly slot: Slot;
  readonly cell: readonly number[];
  readonly step: number;
  readonly onward: Map<number, number>;
}

/** Local derivatives that are found to follow a cell to a loss; a reader waits for them. */
const mostLinks = 200_000;

/** Follows a cell to a loss through the forward formulas of a frame. */
export class Chains {
  private readonly active = new Map<string, ReadonlySet<string>>();
  /** What was asked about and leads to a loss in too many ways. */
  private readonly crowded = new Set<string>();

  constructor(
    private readonly machine: Machine,
    private readonly reads: Reads,
    private readonly partials: Partials,
  ) {}

  /** Quantities, with their versions, on which a loss depends through forward formulas, itself among them. */
  influences(loss: string): ReadonlySet<string> {
    let found = this.active.get(loss);
    if (found === undefined) {
      found = influencesOn(loss, this.machine.program.model.formulas);
      this.active.set(loss, found);
    }
    return found;
  }

  /** The chain from a loss to a cell in a frame; undefined where the loss does not depend on it, or in too many ways to follow them. */
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

  /** Whether a cell of which there is no chain leads to the loss in too many ways; to be asked after the chain. */
  isCrowded(ref: CellReference, loss: string): boolean {
    return this.crowded.has(keyOf(ref, loss));
  }

  /** The cell and all that it reaches on the way to the loss, by address. */
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

/** Everything that a loss depends on. */
function influencesOn(loss: string, formulas: readonly Formula[]): ReadonlySet<string> {
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

/** A path that is not at its end, as a list from its end to its beginning. */
interface Trail {
  readonly at: number;
  readonly before: Trail | undefined;
  readonly product: number;
}

/** So many of a chain's paths, those that count most first; all of them where there are no more. */
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

/** What is no number counts most. */
const sizeOf = ({ product }: Trail): number =>
  Number.isNaN(product) ? Number.POSITIVE_INFINITY : Math.abs(product);

/** Puts a trail among the greatest, which stand in order; one that is too small is left out. */
function enlist(greatest: Trail[], trail: Trail, most: number): void {
  const size = sizeOf(trail);
  let at = greatest.length;
  while (at > 0 && sizeOf(greatest[at - 1]) < size) at -= 1;
  if (at >= most) return;
  greatest.splice(at, 0, trail);
  if (greatest.length > most) greatest.pop();
}

/** What passes through the cells of one quantity on the way to a loss. */
export interface Crossing {
  readonly name: string;
  readonly version: CellReference['version'];
  /** How many of its cells lie on a way, and what all of them carry; of a layer that every way crosses once, that is the whole. */
  readonly cells: number;
  readonly total: number;
  /** Places of the cells that carry most, the first most of all. */
  readonly largest: readonly number[];
}

/** What a stop carries of the whole derivative: all ways through it. */
export const carried = ({ tangent, adjoint }: ChainCell): number => tangent * adjoint;

/** A chain by the quantities it goes through, those nearest to the cell first. */
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
