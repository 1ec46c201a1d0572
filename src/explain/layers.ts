import { type Affine, plainIndex } from '../formula/affine.ts';
import { references } from '../formula/expression.ts';
import { type Formula, type Model, sizeOf } from '../formula/model.ts';
import { Adjoints } from './adjoints.ts';
import { type LayerTerms, layerTerms } from './connections.ts';
import { OneSample } from './one-sample.ts';

/** `input`: data that feeds a layer. `unit`: computed. `target`: data that a loss compares with. `loss`: a single unit. */
export type DrawnLayerKind = 'input' | 'unit' | 'target' | 'loss';

/** A drawn layer: a vector of units that are computed alike. */
export interface DrawnLayer {
  /** The name of its units' first quantity. */
  readonly id: string;
  readonly kind: DrawnLayerKind;
  /** From 0, in the direction of the forward pass. */
  readonly column: number;
  /** How many units it has. */
  readonly size: number;
  /** The quantities of each unit, in the order of computing: `net`, then `h`. */
  readonly quantities: readonly string[];
  /** Quantities that are computed on the way to this unit and are not drawn themselves. */
  readonly within: readonly string[];
  readonly hasBiases: boolean;
  /** Whether its n-th unit is computed from the n-th of another layer, or is read so: of a batch written out, the n-th sample. */
  readonly isParallel: boolean;
}

/** Edges without a weight between two layers, given by their ids: unit by unit, or from every unit to a loss. */
export interface Join {
  readonly from: string;
  readonly to: string;
}

/** The formulas with weighted inputs, by the name of the quantity that they compute. */
export type LayerFormulas = ReadonlyMap<string, readonly [formula: Formula, terms: LayerTerms]>;

/** A model as layers and edges between them. */
export interface DrawnNetwork {
  /** In the order of the columns. */
  readonly layers: readonly DrawnLayer[];
  /** Edges without a weight. */
  readonly joins: readonly Join[];
  readonly formulas: LayerFormulas;
}

type Draft = { -readonly [key in keyof DrawnLayer]: DrawnLayer[key] } & {
  quantities: string[];
  within: string[];
};

/**
 * Finds the layers of a model in its forward formulas: those with weighted inputs, the elementwise formulas that continue
 * them, the inputs that feed them, and the losses with their targets.
 */
export class LayerReader {
  private readonly forward: readonly Formula[];
  private readonly terms = new Map<string, readonly [Formula, LayerTerms]>();
  private readonly drafts: Draft[] = [];
  private readonly joins: Join[] = [];
  private readonly one: OneSample;

  constructor(private readonly model: Model) {
    this.one = new OneSample(model);
    this.forward = model.formulas.filter(({ phase }) => phase === 'forward');
  }

  /** The model's network; undefined where no formula has weighted inputs and not all are single numbers. To be called once. */
  read(): DrawnNetwork | undefined {
    const { model, forward } = this;
    for (const formula of forward) {
      const terms = layerTerms(formula, model.quantities, this.one);
      if (this.one.indices(formula).length <= 1 && terms.connections.length > 0)
        this.terms.set(formula.target, [formula, terms]);
    }
    if (this.terms.size === 0) return this.chain();
    const losses = this.losses();
    for (const [target, [, { biases }]] of this.terms) this.open(target, 'unit', biases.length > 0);
    const sources = [...this.terms.values()].flatMap(([, { connections }]) =>
      connections.map(({ value }) => value.name),
    );
    for (const source of sources)
      if (model.quantities.get(source)?.role !== 'computed') this.open(source, 'input');
    this.extend(losses, sources);
    for (const source of sources) this.open(source, 'unit');
    this.extend(losses, sources);
    for (const loss of losses) this.close(loss);
    this.arrange();
    return { layers: this.drafts, joins: this.joins, formulas: this.terms };
  }

  /** A forward pass of single numbers only: each is a unit, joined to those that are computed from it. */
  private chain(): DrawnNetwork | undefined {
    const isNumber = (name: string) => this.one.shapeOf(name).length === 0;
    const links = this.forward.map(({ target, expression }) => ({
      target,
      read: new Set(namesIn(expression)),
    }));
    if (links.length === 0 || !links.every(({ target, read }) => [target, ...read].every(isNumber)))
      return undefined;
    const computed = new Set(links.map(({ target }) => target));
    for (const { target, read } of links) {
      for (const name of read) if (!computed.has(name)) this.open(name, 'input');
      this.open(target, 'unit');
    }
    for (const { target, read } of links) for (const from of read) this.joins.push({ from, to: target });
    this.arrange();
    return { layers: this.drafts, joins: this.joins, formulas: this.terms };
  }

  private open(name: string, kind: DrawnLayerKind, hasBiases = false): Draft {
    const known = this.holder(name);
    if (known !== undefined) return known;
    const size = sizeOf(this.one.shapeOf(name));
    const draft: Draft = {
      id: name,
      kind,
      column: 0,
      size,
      quantities: [name],
      within: [],
      hasBiases,
      isParallel: false,
    };
    this.drafts.push(draft);
    return draft;
  }

  private holder(name: string): Draft | undefined {
    return this.drafts.find(({ quantities }) => quantities.includes(name));
  }

  /**
   * The losses that are differentiated; without any derivative, the single numbers that end the forward pass and compare with
   * targets.
   */
  private losses(): string[] {
    const differentiated = new Adjoints(this.model).losses.filter((name) => !this.terms.has(name));
    if (differentiated.length > 0) return differentiated;
    const read = new Set(this.forward.flatMap(({ expression }) => namesIn(expression)));
    return this.forward
      .filter(
        (formula) =>
          this.one.indices(formula).length === 0 &&
          !read.has(formula.target) &&
          !this.terms.has(formula.target) &&
          this.targetsIn(namesIn(formula.expression)).length > 0,
      )
      .map(({ target }) => target);
  }

  /** Those of the names that are given vectors of numbers and feed no layer. */
  private targetsIn(names: readonly string[]): string[] {
    return names.filter((name) => {
      const quantity = this.model.quantities.get(name);
      return (
        (quantity?.role === 'given' || quantity?.role === 'sample') &&
        this.one.shape(quantity).length <= 1 &&
        this.holder(name) === undefined
      );
    });
  }

  /** Elementwise formulas join the units that they read: `h[j] = f(net[j])`. */
  private extend(losses: readonly string[], sources: readonly string[]): void {
    for (let found = true; found; ) {
      found = false;
      for (const formula of this.forward) {
        const { target, expression } = formula;
        const indices = this.one.indices(formula);
        if (indices.length > 1 || losses.includes(target) || this.holder(target) !== undefined) continue;
        const own = indices.map(({ name }) => name).join();
        const size = sizeOf(this.one.shapeOf(target));
        const read = [...references(expression)]
          .filter((one) => plainIndices(this.one.brackets(one.name, one.indices)) === own)
          .map(({ name }) => this.holder(name))
          .filter((draft) => draft !== undefined && draft.size === size) as Draft[];
        if (read.length === 0) continue;
        // A formula that reads the target and leads to no further layer is a part of the loss.
        if (this.targetsIn(namesIn(expression)).length > 0 && !this.leadsTo(target, sources)) continue;
        const into = this.latest(read);
        into.quantities.push(target);
        for (const from of new Set(read)) if (from !== into) this.joins.push({ from: from.id, to: into.id });
        found = true;
      }
    }
  }

  private latest(drafts: readonly Draft[]): Draft {
    const position = (draft: Draft) => this.forward.findIndex(({ target }) => target === draft.id);
    return drafts.reduce((best, draft) => (position(draft) > position(best) ? draft : best));
  }

  private leadsTo(name: string, sources: readonly string[]): boolean {
    const reached = new Set([name]);
    for (const { target, expression } of this.forward)
      if (namesIn(expression).some((one) => reached.has(one))) reached.add(target);
    return sources.some((source) => reached.has(source));
  }

  /** Draws a loss: with joins from the units and targets that its formulas read, also through quantities that are not drawn. */
  private close(loss: string): void {
    const within = new Set<string>();
    const read = new Set<string>();
    const follow = (name: string): void => {
      const formula = this.forward.find(({ target }) => target === name);
      for (const next of formula ? namesIn(formula.expression) : []) {
        if (this.holder(next) !== undefined) read.add(next);
        else if (this.targetsIn([next]).length > 0) read.add(this.open(next, 'target').id);
        else if (this.model.quantities.get(next)?.role === 'computed' && !within.has(next)) {
          within.add(next);
          follow(next);
        }
      }
    };
    follow(loss);
    const draft = this.open(loss, 'loss');
    draft.within.push(...within);
    const from = new Set([...read].map((name) => this.holder(name)?.id as string));
    for (const id of from) this.joins.push({ from: id, to: loss });
  }

  /** Columns: each layer after all that it reads, inputs just before their first reader, targets beside theirs. */
  private arrange(): void {
    const links = [...this.joins];
    for (const [target, [formula, { connections }]] of this.terms) {
      const own = this.one
        .indices(formula)
        .map(({ name }) => name)
        .join();
      for (const { value } of connections) {
        const [from, to] = [this.holder(value.name), this.holder(target)];
        if (from === undefined || to === undefined || from === to) continue;
        links.push({ from: from.id, to: to.id });
        if (plainIndices(this.one.brackets(value.name, value.indices)) === own)
          from.isParallel = to.isParallel = true;
      }
    }
    const column = new Map(this.drafts.map(({ id }) => [id, 0]));
    const at = (id: string) => column.get(id) as number;
    for (const _ of this.drafts)
      for (const { from, to } of links) column.set(to, Math.max(at(to), at(from) + 1));
    for (const draft of this.drafts) {
      const readers = links.filter(({ from }) => from === draft.id).map(({ to }) => at(to));
      const first = Math.min(...readers);
      if (draft.kind === 'input' && readers.length > 0) column.set(draft.id, first - 1);
      if (draft.kind === 'target') column.set(draft.id, first);
      draft.column = at(draft.id);
    }
    const order: readonly DrawnLayerKind[] = ['input', 'unit', 'loss', 'target'];
    this.drafts.sort((a, b) => a.column - b.column || order.indexOf(a.kind) - order.indexOf(b.kind));
  }
}

const namesIn = (e: Formula['expression']): string[] => [...references(e)].map(({ name }) => name);

const plainIndices = (indices: readonly Affine[]): string =>
  indices.map((affine) => plainIndex(affine) ?? '?').join();
