import {
  type Affine,
  type Environment,
  evaluateAffine,
  holds,
  plainIndex,
  type Range,
} from '../formula/affine.ts';
import type { Reference } from '../formula/expression.ts';
import { cellName, type Formula, type Model } from '../formula/model.ts';
import { Adjoints, type UnversionedCell } from './adjoints.ts';
import type { Connection } from './connections.ts';
import { type DrawnLayer, type DrawnNetwork, LayerReader } from './layers.ts';
import { OneSample } from './one-sample.ts';

/** A cell of a parameter that the network uses, on an edge or as a bias. */
export interface Weight extends UnversionedCell {
  /** The cells that hold the derivatives by it. */
  readonly gradients: readonly UnversionedCell[];
}

/** A unit of a drawn layer, for one sample. */
export interface Unit {
  /** See `unitId`. */
  readonly id: string;
  readonly layer: DrawnLayer;
  /** Its position in the layer, from 1. */
  readonly n: number;
  /** Its net value first, its output last; one cell where there is no separate net value. */
  readonly cells: readonly UnversionedCell[];
  /** The cells that hold derivatives by any of `cells`. */
  readonly sensitivities: readonly UnversionedCell[];
  readonly biases: readonly Weight[];
  /** What a `label` line of the model calls it. */
  readonly label: string | undefined;
}

/** An edge between two units. */
export interface Edge {
  /** Unique in the drawing; it depends on which units are shown. */
  readonly id: string;
  /** Ids of units. */
  readonly from: string;
  readonly to: string;
  /** Absent where the value is passed on as it is. */
  readonly weight?: Weight;
}

/** The units (from 1) that are shown of a layer, by the layer's id; all of a layer that is not listed. */
export type Shown = ReadonlyMap<string, readonly number[]>;

/** The position of a unit: n, from 1, in its layer. `h[2]` is the second of the layer that holds h. */
export interface UnitPlace {
  readonly layer: DrawnLayer;
  /** From 1. */
  readonly n: number;
}

/**
 * A model as a network, read from its formulas: `sum(i: W[j,i] * x[i])` is a layer of edges, an elementwise formula a further
 * cell of the same units, the loss one last unit. Units and edges are made on demand, so a layer may be large. See `readDrawing`.
 */
export class Drawing {
  /** In the order of the columns. */
  readonly layers: readonly DrawnLayer[];
  private readonly holder = new Map<string, DrawnLayer>();
  private readonly adjoints: Adjoints;
  private readonly one: OneSample;

  constructor(
    private readonly model: Model,
    private readonly network: DrawnNetwork,
    /** The sample of the batch that it is drawn for, from 1. */
    readonly sample = 1,
  ) {
    this.layers = network.layers;
    this.one = new OneSample(model, sample);
    this.adjoints = new Adjoints(model, this.one);
    for (const layer of this.layers)
      for (const name of [...layer.quantities, ...layer.within]) this.holder.set(name, layer);
  }

  /** The unit that holds a cell, or within which it is computed (unit 1 of the layer); undefined where none does. */
  placeOf({ name, cell }: UnversionedCell): UnitPlace | undefined {
    const layer = this.holder.get(name);
    if (layer === undefined) return undefined;
    return { layer, n: layer.quantities.includes(name) ? (this.one.own(name, cell)[0] ?? 1) : 1 };
  }

  /** The same network with the numbers of another sample. */
  of(sample: number): Drawing {
    return sample === this.sample ? this : new Drawing(this.model, this.network, sample);
  }

  /** Whether a quantity holds derivatives, by a claim or by its own name. */
  isDerivative(name: string): boolean {
    return this.adjoints.has(name);
  }

  /** Whether a cell is a unit's, or a derivative by it. */
  isOfUnit(ref: UnversionedCell): boolean {
    return this.placeOf(this.adjoints.primal(ref) ?? ref) !== undefined;
  }

  /**
   * The units that a cell belongs to: one for a unit's cell or a derivative by it, both ends for a weight or a derivative by it.
   */
  placesOf(ref: UnversionedCell): UnitPlace[] {
    const primal = this.adjoints.primal(ref) ?? ref;
    const place = this.placeOf(primal);
    if (place !== undefined) return [place];
    const found: UnversionedCell[] = [];
    for (const [formula, { connections, biases }] of this.network.formulas.values()) {
      const own = (environment: Environment): UnversionedCell => ({
        name: formula.target,
        cell: formula.indices.map(({ name }) => environment.get(name) ?? 1),
      });
      for (const { weight, value } of connections) {
        const environment = weight.name === primal.name ? this.solve(weight.indices, primal.cell) : undefined;
        if (environment === undefined) continue;
        const source = value.indices.every((affine) => isKnown(affine, environment))
          ? this.at(value, environment)
          : undefined;
        found.push(own(environment), ...(source ? [source] : []));
      }
      for (const bias of biases) {
        const environment = bias.name === primal.name ? this.solve(bias.indices, primal.cell) : undefined;
        if (environment !== undefined) found.push(own(environment));
      }
    }
    return found.flatMap((cell) => this.placeOf(cell) ?? []);
  }

  /** The n-th unit of a layer, n from 1 to its size. */
  unit(layer: DrawnLayer, n: number): Unit {
    const cells = layer.quantities.map((name) => this.cell(name, n));
    return {
      id: unitId(layer, n),
      layer,
      n,
      cells,
      sensitivities: cells.flatMap((cell) => this.adjoints.of(cell)),
      biases: this.biases(layer, n),
      label: layer.quantities
        .map((name) => this.model.dimensions.get(name)?.at(-1)?.labels?.[n - 1])
        .find(Boolean),
    };
  }

  /** Whether weights lead into a layer. */
  isWeighted({ quantities }: DrawnLayer): boolean {
    return quantities.some((name) => (this.network.formulas.get(name)?.[1].connections.length ?? 0) > 0);
  }

  /**
   * The edges that end at the n-th unit (from 1) of a layer, in the order of the terms: from all units, or from those that are
   * shown.
   */
  edgesInto(layer: DrawnLayer, n: number, shown: Shown = new Map()): Edge[] {
    const to = unitId(layer, n);
    const edges: Edge[] = [];
    const add = (from: string, weight?: Weight) =>
      edges.push({
        id: `${from} ${to} ${edges.length}`,
        from,
        to,
        ...(weight && { weight }),
      });
    for (const quantity of layer.quantities) {
      const read = this.network.formulas.get(quantity);
      if (read === undefined) continue;
      const [formula, { connections }] = read;
      for (const { weight, value, indices, where } of connections) {
        const places = this.placesRead(value, indices, shown);
        for (const environment of environments(places, this.unitEnvironment(formula, n))) {
          if (!holds(where, environment)) continue;
          const source = this.at(value, environment);
          const place = source && this.placeOf(source);
          const cell = this.at(weight, environment);
          if (place && cell) add(unitId(place.layer, place.n), this.weight(cell));
        }
      }
    }
    for (const { from } of this.network.joins.filter((join) => join.to === layer.id)) {
      const source = this.layers.find(({ id }) => id === from) as DrawnLayer;
      const units = shown.get(from) ?? counted({ low: 1, high: source.size });
      for (const k of layer.kind === 'loss' ? units : [n]) add(unitId(source, k));
    }
    return edges;
  }

  /** The values that the indices of a connection take; only the shown ones for an index that counts the units of a layer. */
  private placesRead(
    { name, indices }: Reference,
    bound: Connection['indices'],
    shown: Shown,
  ): readonly (readonly [index: string, values: readonly number[]])[] {
    const source = this.holder.get(name);
    const [own] = this.one.brackets(name, indices);
    const counts = own !== undefined && source?.quantities.includes(name) ? plainIndex(own) : undefined;
    return bound.map((one) => {
      const range = one.range ?? { low: 1, high: 0 };
      const seen = one.name === counts && source ? shown.get(source.id) : undefined;
      return [one.name, seen?.filter((n) => n >= range.low && n <= range.high) ?? counted(range)] as const;
    });
  }

  private unitEnvironment(formula: Formula, n: number): Environment {
    return this.one.environment(this.one.indices(formula).map(({ name }) => [name, n] as const));
  }

  /** The indices at which a reference reads a cell, where each of them stands alone in a bracket. */
  private solve(indices: readonly Affine[], cell: readonly number[]): Environment | undefined {
    const names = indices.map(plainIndex);
    return names.includes(undefined)
      ? undefined
      : this.one.environment(names.map((name, d) => [name as string, cell[d]] as const));
  }

  private biases(layer: DrawnLayer, n: number): Weight[] {
    return layer.quantities.flatMap((quantity) => {
      const read = this.network.formulas.get(quantity);
      if (read === undefined) return [];
      const [formula, { biases }] = read;
      return biases.flatMap((bias) => {
        const cell = this.at(bias, this.unitEnvironment(formula, n));
        return cell === undefined ? [] : [this.weight(cell)];
      });
    });
  }

  private weight(cell: UnversionedCell): Weight {
    return { ...cell, gradients: this.adjoints.of(cell) };
  }

  private cell(name: string, n: number): UnversionedCell {
    return { name, cell: this.one.cell(name, this.one.shapeOf(name).length === 0 ? [] : [n]) };
  }

  /** The cell that a reference reads; undefined out of range. */
  private at({ name, indices }: Reference, environment: Environment): UnversionedCell | undefined {
    const shape = this.model.quantities.get(name)?.shape ?? [];
    const cell = indices.map((affine) => evaluateAffine(affine, environment));
    return cell.every((i, d) => i >= 1 && i <= shape[d]) ? { name, cell } : undefined;
  }
}

/** The id of the n-th unit (from 1) of a layer, as edges name their ends: `net1[2]`; `L[1]` for a loss. */
export const unitId = (layer: DrawnLayer, n: number): string => cellName(layer.id, [n]);

const counted = ({ low, high }: Range): number[] =>
  Array.from({ length: Math.max(0, high - low + 1) }, (_, at) => low + at);

function* environments(
  places: readonly (readonly [index: string, values: readonly number[]])[],
  outer: Environment,
): Generator<Environment> {
  if (places.length === 0) {
    yield outer;
    return;
  }
  const [[name, values], ...rest] = places;
  for (const value of values) yield* environments(rest, new Map([...outer, [name, value]]));
}

const isKnown = ({ terms }: Affine, environment: Environment): boolean =>
  terms.every(([name]) => environment.has(name));

/**
 * The network of a model, for sample 1, or the chain of its numbers where all are single ones; undefined where it has neither these
 * nor a layer of weighted inputs.
 */
export function readDrawing(model: Model): Drawing | undefined {
  const network = new LayerReader(model).read();
  return network && new Drawing(model, network);
}
