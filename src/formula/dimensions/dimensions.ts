import { children, type Expression, type Reference, references } from '../expression.ts';
import { type Dimension, derivativeOf, type Formula, type Model } from '../model.ts';
import type { LabelledPlace } from './labels.ts';

/**
 * What the indices of a model's quantities count, by name; quantities of which nothing is known are left out. Of labels for the same
 * dimension, or for dimensions that count the same, the first of `labelled` hold.
 */
export function dimensionsOf(
  model: Omit<Model, 'dimensions'>,
  labelled: readonly LabelledPlace[] = [],
): Model['dimensions'] {
  const reader = new DimensionReader(model, labelled);
  const found = new Map<string, readonly Dimension[]>();
  for (const { name } of model.quantities.values()) {
    const dimensions = reader.of(name);
    if (dimensions.some((one) => Object.keys(one).length > 1 || one.kind !== 'own'))
      found.set(name, dimensions);
  }
  return found;
}

type Labels = LabelledPlace['labels'];

/** The names of a formula's indices, each with what tells it from one of the same name in another sum. */
type Scope = ReadonlyMap<string, string>;

/**
 * Sorts all dimensions of a model into classes: two of them count the same where one index runs over both. A class is named by a vector
 * in it that has words.
 */
class DimensionReader {
  /** For union and find: of each dimension, written as `keyOf` does, and each index, another one of its class. */
  private readonly others = new Map<string, string>();
  /** Which way a dimension of a parameter leads, by its key. */
  private readonly ways = new Map<string, 'to' | 'from'>();
  private readonly sample: string | undefined;
  private readonly moments = new Set<string>();
  private readonly units = new Map<string, string>();
  /** Of a dimension by its key, and of a class. */
  private readonly labels = { own: new Map<string, Labels>(), shared: new Map<string, Labels>() };
  private scopes = 0;

  constructor(
    private readonly model: Omit<Model, 'dimensions'>,
    labelled: readonly LabelledPlace[],
  ) {
    const { formulas, quantities } = model;
    for (const formula of formulas) this.join(formula);
    const forward = formulas.filter(({ phase }) => phase === 'forward');
    const last = new Map(forward.map(({ target, id }) => [target, id]));
    for (const formula of forward) this.findMoments(formula, last);
    for (const formula of [...formulas, ...formulas]) this.inherit(formula);
    const batched = [...quantities.values()].find(({ perSample }) => perSample);
    this.sample = batched && this.class(keyOf(batched.name, 0));
    this.nameUnits();
    for (const { name, dimension, labels } of labelled) {
      const key = keyOf(name, dimension);
      setOnce(this.labels.own, key, labels);
      setOnce(this.labels.shared, this.class(key), labels);
    }
  }

  of(name: string): Dimension[] {
    const { shape = [] } = this.model.quantities.get(name) ?? {};
    return shape.map((size, d) => {
      const key = keyOf(name, d);
      const its = this.class(key);
      const kind =
        its === this.sample ? 'sample' : this.moments.has(its) ? 'moment' : (this.ways.get(key) ?? 'own');
      const units = this.units.get(its);
      // What counts the same may be shorter, as differences of neighbours are.
      const labels = [this.labels.own.get(key), this.labels.shared.get(its)].find(
        (some) => some?.length === size && kind !== 'sample',
      );
      return { kind, ...(units !== undefined && { units }), ...(labels && { labels }) };
    });
  }

  /** The one that stands for the class of a key. */
  private class(key: string): string {
    let its = key;
    for (let other = this.others.get(its); other !== undefined; other = this.others.get(its)) its = other;
    // The way is short the next time.
    if (its !== key) this.others.set(key, its);
    return its;
  }

  private unite(a: string, b: string): void {
    const [one, two] = [this.class(a), this.class(b)];
    if (one !== two) this.others.set(one, two);
  }

  private join({ target, indices, expression }: Formula): void {
    const own = `${this.scopes++}`;
    indices.forEach(({ name }, d) => {
      this.unite(`${name} ${own}`, keyOf(target, d));
    });
    this.visit(expression, new Map(indices.map(({ name }) => [name, own])), own);
  }

  private visit(e: Expression, scope: Scope, own: string): void {
    if (e.kind === 'reference') this.meet(e, scope, own);
    const inner = `${this.scopes++}`;
    const within =
      e.kind === 'reduction'
        ? new Map([...scope, ...e.indices.map(({ name }) => [name, inner] as const)])
        : scope;
    for (const child of children(e)) this.visit(child, within, own);
  }

  private meet({ name, indices }: Reference, scope: Scope, own: string): void {
    const isParameter = this.model.quantities.get(name)?.role === 'param';
    indices.forEach(({ terms }, d) => {
      if (terms.length !== 1 || terms[0][1] !== 1) return;
      const key = keyOf(name, d);
      const at = scope.get(terms[0][0]);
      this.unite(`${terms[0][0]} ${at}`, key);
      if (isParameter && !this.ways.has(key)) this.ways.set(key, at === own ? 'to' : 'from');
    });
  }

  /** An index is time where a formula reads at another moment what only a later line, or itself, computes. */
  private findMoments({ id, indices, expression }: Formula, last: ReadonlyMap<string, number>): void {
    for (const { name, indices: brackets } of references(expression))
      if ((last.get(name) ?? -1) >= id)
        brackets.forEach(({ constant, terms }, d) => {
          if (constant !== 0 && terms.length === 1 && indices.some((one) => one.name === terms[0][0]))
            this.moments.add(this.class(keyOf(name, d)));
        });
  }

  /** A derivative by a parameter, and what an optimizer keeps of each, lead where the parameter does. */
  private inherit(formula: Formula): void {
    const { target, indices, expression } = formula;
    const { quantities } = this.model;
    const isKept = quantities.get(target)?.role === 'state';
    const read = isKept ? [...references(expression)].map(({ name }) => name) : [];
    for (const from of [derivativeOf(formula)?.by ?? '', ...read]) {
      const { length = 0 } = quantities.get(from)?.shape ?? [];
      for (let d = 0; d < length; d++) {
        const way = this.ways.get(keyOf(from, d));
        if (way !== undefined) this.ways.set(keyOf(target, d + indices.length - length), way);
      }
    }
  }

  /** Of the vectors of a class, one that is computed names it before one that is given, which may be only a target; then the shortest. */
  private nameUnits(): void {
    const { words, quantities, formulas } = this.model;
    const led = new Set([...this.ways].flatMap(([key, way]) => (way === 'to' ? [this.class(key)] : [])));
    const ranked = [...words].flatMap(([name, { text }]) => {
      const { shape = [], role } = quantities.get(name) ?? {};
      const own = shape
        .map((_, d) => this.class(keyOf(name, d)))
        .filter((its) => its !== this.sample && !this.moments.has(its));
      const isForward = formulas.some(({ target, phase }) => target === name && phase === 'forward');
      const isGiven = (role === 'given' || role === 'sample' || role === 'random') && !led.has(own[0]);
      return own.length === 1 && (isForward || isGiven)
        ? [{ its: own[0], text, rank: text.length + (isForward ? 0 : 1000) }]
        : [];
    });
    for (const { its, text } of ranked.sort((a, b) => a.rank - b.rank))
      if (!this.units.has(its)) this.units.set(its, text);
  }
}

function setOnce(map: Map<string, Labels>, key: string, labels: Labels): void {
  if (!map.has(key)) map.set(key, labels);
}

const keyOf = (name: string, dimension: number): string => `${name}[${dimension}]`;
