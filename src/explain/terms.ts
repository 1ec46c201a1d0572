import type { Model } from '../formula/model.ts';
import { Adjoints } from './adjoints.ts';
import { type DrawnLayer, type DrawnNetwork, LayerReader } from './layers.ts';

/** What a quantity is to a network, as the words of a course call it; a glossary's entries have these as their ids, with hyphens. */
export type NetworkTerm =
  | 'activation'
  | 'bias'
  | 'derivative'
  | 'gradient'
  | 'input'
  | 'learning rate'
  | 'loss'
  | 'net input'
  | 'output'
  | 'parameter'
  | 'sensitivity'
  | 'target'
  | 'weight';

/** What the quantities of a model are, as far as its formulas tell. */
export class Terms {
  private readonly adjoints: Adjoints;
  private readonly network: DrawnNetwork | undefined;

  constructor(readonly model: Model) {
    this.adjoints = new Adjoints(model);
    this.network = new LayerReader(model).read();
  }

  /** Undefined for what has no name of its own, as an optimizer's state or a sum on the way. */
  of(name: string): NetworkTerm | undefined {
    const { adjoints, model } = this;
    if (adjoints.losses.includes(name)) return 'loss';
    const by = adjoints.by(name);
    if (by !== undefined) {
      if (model.quantities.get(by)?.role === 'param') return 'gradient';
      return this.of(by) === 'net input' ? 'sensitivity' : 'derivative';
    }
    switch (model.quantities.get(name)?.role) {
      case 'rate':
        return 'learning rate';
      case 'param':
        return this.parameter(name);
      case 'given':
      case 'sample':
        return this.datum(name);
      case 'computed':
        return this.computed(name);
      default:
        return undefined;
    }
  }

  private parameter(name: string): NetworkTerm {
    for (const [, { connections, biases }] of this.network?.formulas.values() ?? []) {
      if (connections.some(({ weight }) => weight.name === name)) return 'weight';
      if (biases.some((bias) => bias.name === name)) return 'bias';
    }
    return 'parameter';
  }

  /** Of given data, what feeds a layer or what the loss compares with. */
  private datum(name: string): NetworkTerm | undefined {
    const kind = this.layerOf(name)?.kind;
    return kind === 'input' || kind === 'target' ? kind : undefined;
  }

  private computed(name: string): NetworkTerm | undefined {
    const layer = this.layerOf(name);
    if (layer === undefined || this.network?.formulas.size === 0) return undefined;
    if (layer.kind === 'loss') return 'loss';
    // A unit's numbers on the way from its net input to what it gives on have no name.
    if (layer.quantities.at(-1) === name) return this.leadsOn(layer) ? 'activation' : 'output';
    return this.network?.formulas.has(name) === true ? 'net input' : undefined;
  }

  private layerOf(name: string): DrawnLayer | undefined {
    return this.network?.layers.find(({ quantities }) => quantities.includes(name));
  }

  /** Whether other units read a layer, and not only a loss. */
  private leadsOn({ id, quantities }: DrawnLayer): boolean {
    const { layers = [], joins = [], formulas } = this.network ?? {};
    const isUnit = (other: string) => layers.some((one) => one.id === other && one.kind === 'unit');
    return (
      joins.some(({ from, to }) => from === id && isUnit(to)) ||
      [...(formulas ?? [])].some(
        ([target, [, { connections }]]) =>
          !quantities.includes(target) && connections.some(({ value }) => quantities.includes(value.name)),
      )
    );
  }
}
