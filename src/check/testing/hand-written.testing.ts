import type { SeededNumbers } from '../../machine/testing/models.testing.ts';
import {
  above,
  add,
  call,
  cell,
  type Dual,
  divide,
  equal,
  evaluate,
  type HandTerm,
  indexValue,
  literal,
  multiplyTerms,
  negative,
  power,
  subtract,
  sum,
  type TermIndex,
} from './algebra.testing.ts';

/*
 * Small networks with a backward pass, drawn and differentiated without the engine: every line of the backward pass comes from a
 * rule in this file, and what it should give is known from dual numbers.
 */

/** A formula: its target at every value of its indices. */
export interface NetLine {
  readonly target: string;
  readonly indices: readonly { readonly name: string; readonly count: number }[];
  readonly term: HandTerm;
}

/** A backward line, and the signed derivative of the loss that it is. */
export interface GradientLine extends NetLine {
  readonly by: string;
  readonly sign: 1 | -1;
  /** Whether it is the derivative by a parameter, which an update descends. */
  readonly isOfParameter: boolean;
}

type Kind = 'real' | 'label' | 'onehot' | 'distribution';

/** A given quantity; for sample data, all samples. */
export interface Datum {
  readonly name: string;
  readonly role: 'given' | 'sample' | 'param';
  readonly shape: readonly number[];
  readonly kind: Kind;
  /** Labels run from 1 to this. */
  readonly classes: number;
  /** An array of numbers for each sample; a single one for data that all samples share. */
  readonly rows: readonly (readonly number[])[];
}

/** A drawn network. */
export interface HandNet {
  readonly data: readonly Datum[];
  readonly forward: readonly NetLine[];
  readonly backward: readonly GradientLine[];
  /** Undefined without samples. */
  readonly batch: NetBatch | undefined;
}

/** The batch of a network with samples. */
export interface NetBatch {
  readonly size: number;
  readonly reduction: 'mean' | 'sum';
}

/** Draws a net. */
class Drawing {
  readonly data: Datum[] = [];
  readonly forward: NetLine[] = [];
  readonly backward: GradientLine[] = [];
  private readonly samples: number;
  private readonly signs = new Map<string, 1 | -1>();

  constructor(private readonly n: SeededNumbers) {
    this.samples = n.pick([0, 0, 0, 3]);
  }

  number(): number {
    return this.n.whole(-90, 90) / 100 || 0.15;
  }

  give(name: string, role: Datum['role'], shape: readonly number[], kind: Kind = 'real', classes = 0): void {
    const size = shape.reduce((a, b) => a * b, 1);
    const count = role === 'sample' ? this.samples : 1;
    const row = (): number[] => {
      if (kind === 'label') return Array.from({ length: size }, () => this.n.whole(1, classes));
      if (kind === 'onehot') {
        const hot = this.n.whole(1, size);
        return Array.from({ length: size }, (_, at) => (at + 1 === hot ? 1 : 0));
      }
      if (kind === 'distribution') {
        const parts = Array.from({ length: size }, () => this.n.whole(1, 9));
        const rest = parts.slice(1).map((one) => one / 16 / size);
        return [1 - rest.reduce((a, b) => a + b, 0), ...rest];
      }
      return Array.from({ length: size }, () => this.number());
    };
    this.data.push({ name, role, shape, kind, classes, rows: Array.from({ length: count }, row) });
  }

  /** The role of inputs and targets. */
  get input(): 'given' | 'sample' {
    return this.samples > 0 ? 'sample' : 'given';
  }

  net(): HandNet {
    const { n } = this;
    let width = n.whole(1, 3);
    this.give('x', this.input, [width]);
    let name = 'x';
    /** For each layer, what turns the derivative by its output into that by its input. */
    const back: (() => void)[] = [];
    const depth = n.whole(1, 4);
    for (let layer = 1; layer <= depth; layer++) {
      const kind =
        layer === 1 ? 'dense' : n.pick(['dense', 'function', 'function', 'residual', 'scale', 'gate']);
      const [read, given] = [name, `v${layer}`];
      if (kind === 'dense') {
        const next = n.whole(1, 3);
        back.push(this.dense(layer, read, width, given, next));
        width = next;
      } else back.push(this.elementwise(kind, layer, read, given, width));
      name = given;
    }
    const first = this.loss(name, width);
    first();
    for (const one of back.reverse()) one();
    const batch =
      this.samples > 0 ? { size: n.pick([1, 2, 3]), reduction: n.pick(['mean', 'sum'] as const) } : undefined;
    return { data: this.data, forward: this.forward, backward: this.backward, batch };
  }

  /** Writes the signed derivative by a computed quantity. */
  private sensitivity(name: string, width: number, term: (at: string) => HandTerm): void {
    const sign = this.n.pick([1, -1] as const);
    this.signs.set(name, sign);
    const at = this.n.pick(['j', 'k', 'u']);
    const whole = term(at);
    this.backward.push({
      target: `d${name}`,
      indices: [{ name: at, count: width }],
      term: sign > 0 ? whole : negative(whole),
      by: name,
      sign,
      isOfParameter: false,
    });
  }

  /** The derivative by a cell, read from the line that computes it. */
  private adjoint(name: string, place: TermIndex): HandTerm {
    const read = cell(`d${name}`, place);
    return this.signs.get(name) === 1 ? read : negative(read);
  }

  private gradient(parameter: string, indices: NetLine['indices'], term: HandTerm): void {
    this.backward.push({
      target: `g${parameter}`,
      indices,
      term,
      by: parameter,
      sign: 1,
      isOfParameter: true,
    });
  }

  private dense(layer: number, read: string, width: number, given: string, next: number): () => void {
    const [W, b] = [`W${layer}`, `b${layer}`];
    this.give(W, 'param', [next, width]);
    const hasBias = this.n.pick([true, false]);
    if (hasBias) this.give(b, 'param', [next]);
    const total = sum('i', width, multiplyTerms(cell(W, 'j', 'i'), cell(read, 'i')));
    this.forward.push({
      target: given,
      indices: [{ name: 'j', count: next }],
      term: hasBias ? add(total, cell(b, 'j')) : total,
    });
    return () => {
      const indices = [
        { name: 'j', count: next },
        { name: 'i', count: width },
      ];
      this.gradient(W, indices, multiplyTerms(this.adjoint(given, 'j'), cell(read, 'i')));
      if (hasBias) this.gradient(b, [{ name: 'j', count: next }], this.adjoint(given, 'j'));
      if (read !== 'x')
        this.sensitivity(read, width, (at) =>
          sum('q', next, multiplyTerms(cell(W, 'q', at), this.adjoint(given, 'q'))),
        );
    };
  }

  private elementwise(kind: string, layer: number, read: string, given: string, width: number): () => void {
    const u = (at: string) => cell(read, at);
    const v = (at: string) => cell(given, at);
    const one = literal(1);
    const name = this.n.pick(['sigmoid', 'tanh', 'relu', 'exp', 'sin', 'square'] as const);
    const forms: Record<string, readonly [(at: string) => HandTerm, (at: string) => HandTerm]> = {
      sigmoid: [(at) => call('sigmoid', u(at)), (at) => multiplyTerms(v(at), subtract(one, v(at)))],
      tanh: [(at) => call('tanh', u(at)), (at) => subtract(one, power(v(at), 2))],
      relu: [(at) => call('relu', u(at)), (at) => above(u(at), literal(0))],
      exp: [(at) => call('exp', u(at)), v],
      sin: [(at) => call('sin', u(at)), (at) => call('cos', u(at))],
      square: [(at) => multiplyTerms(u(at), u(at)), (at) => multiplyTerms(literal(2), u(at))],
    };
    let [value, slope] = forms[name];
    if (kind === 'residual') {
      const inner = (at: string) => call('tanh', u(at));
      [value, slope] = [(at) => add(u(at), inner(at)), (at) => add(one, subtract(one, power(inner(at), 2)))];
    }
    if (kind === 'scale') {
      const c = `c${layer}`;
      this.give(c, this.n.pick(['given', 'param'] as const), [width]);
      [value, slope] = [(at) => multiplyTerms(u(at), cell(c, at)), (at) => cell(c, at)];
    }
    if (kind === 'gate') {
      const open = (at: string) => equal(indexValue(at), literal(1));
      [value, slope] = [
        (at) => add(multiplyTerms(open(at), u(at)), call('sin', u(at))),
        (at) => add(open(at), call('cos', u(at))),
      ];
    }
    this.forward.push({ target: given, indices: [{ name: 'j', count: width }], term: value('j') });
    return () => {
      const c = this.data.find((datum) => datum.name === `c${layer}`);
      if (kind === 'scale' && c?.role === 'param')
        this.gradient(c.name, [{ name: 'j', count: width }], multiplyTerms(this.adjoint(given, 'j'), u('j')));
      this.sensitivity(read, width, (at) => multiplyTerms(slope(at), this.adjoint(given, at)));
    };
  }

  private loss(name: string, width: number): () => void {
    // With a single class the loss is constant.
    const classes = width > 1 ? ['label', 'onehot', 'distribution'] : [];
    const kind = this.n.pick(['half', 'squared', ...classes]);
    const y = (at: TermIndex) => cell(name, at);
    const write = (term: HandTerm) => this.forward.push({ target: 'L', indices: [], term });
    if (kind === 'half' || kind === 'squared') {
      this.give('t', this.input, [width]);
      const total = sum('k', width, power(subtract(cell('t', 'k'), y('k')), 2));
      write(kind === 'half' ? divide(total, literal(2)) : total);
      return () =>
        this.sensitivity(name, width, (at) => {
          const difference = subtract(y(at), cell('t', at));
          return kind === 'half' ? difference : multiplyTerms(literal(2), difference);
        });
    }
    this.forward.push({
      target: 'e',
      indices: [{ name: 'k', count: width }],
      term: call('exp', y('k')),
    });
    this.forward.push({
      target: 'p',
      indices: [{ name: 'k', count: width }],
      term: divide(cell('e', 'k'), sum('m', width, cell('e', 'm'))),
    });
    if (kind === 'label') {
      this.give('c', this.input, [], 'label', width);
      const chosen = sum('k', width, multiplyTerms(equal(indexValue('k'), cell('c')), cell('p', 'k')));
      write(negative(call('log', chosen)));
      return () =>
        this.sensitivity(name, width, (at) => subtract(cell('p', at), equal(indexValue(at), cell('c'))));
    }
    this.give('t', this.input, [width], kind as Kind);
    write(negative(sum('k', width, multiplyTerms(cell('t', 'k'), call('log', cell('p', 'k'))))));
    return () => this.sensitivity(name, width, (at) => subtract(cell('p', at), cell('t', at)));
  }
}

/** Draws a network. */
export const drawNet = (numbers: SeededNumbers): HandNet => new Drawing(numbers).net();

/** The numbers of given quantities, by name, for one sample. */
export type NetPoint = ReadonlyMap<string, readonly number[]>;

/** The position (from 0) of a cell (indices from 1) in an array of some shape. */
const positionOf = (places: readonly number[], shape: readonly number[]): number =>
  places.reduce((all, place, d) => all * shape[d] + place - 1, 0);

/** Everything that the forward pass computes at a point, and its derivatives by one cell. */
class Pass {
  private readonly values = new Map<string, readonly Dual[]>();

  constructor(
    private readonly net: HandNet,
    point: NetPoint,
    seed?: { readonly name: string; readonly at: number },
  ) {
    const seeded = (name: string, all: readonly Dual[]) =>
      all.map((one, at) => (seed?.name === name && seed.at === at ? { ...one, slope: one.slope + 1 } : one));
    for (const { name } of net.data)
      this.values.set(
        name,
        seeded(
          name,
          (point.get(name) as readonly number[]).map((value) => ({ value, slope: 0 })),
        ),
      );
    for (const line of net.forward) this.values.set(line.target, seeded(line.target, this.all(line)));
  }

  shapeOf(name: string): readonly number[] {
    const datum = this.net.data.find((one) => one.name === name);
    if (datum !== undefined) return datum.shape;
    const line = [...this.net.forward, ...this.net.backward].find(({ target }) => target === name);
    return (line as NetLine).indices.map(({ count }) => count);
  }

  cell(name: string, places: readonly number[]): Dual {
    const found = this.values.get(name)?.[positionOf(places, this.shapeOf(name))];
    if (found === undefined) throw new RangeError(`${name} has no cell ${places.join()}`);
    return found;
  }

  /** All cells of a line. */
  all({ indices, term }: NetLine, lookup = this.cell.bind(this)): Dual[] {
    let places: number[][] = [[]];
    for (const { count } of indices)
      places = places.flatMap((one) => Array.from({ length: count }, (_, n) => [...one, n + 1]));
    return places.map((own) => {
      const at = new Map(indices.map(({ name }, d) => [name, own[d]]));
      return evaluate(term, at, lookup);
    });
  }
}

/** What backward lines should give at a point, by target: those of the given targets. */
export function trueDerivatives(
  net: HandNet,
  point: NetPoint,
  targets: ReadonlySet<string>,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  for (const { target, by, sign, indices } of net.backward) {
    if (!targets.has(target)) continue;
    const size = indices.reduce((all, { count }) => all * count, 1);
    const slopes = Array.from(
      { length: size },
      (_, at) => sign * new Pass(net, point, { name: by, at }).cell('L', []).slope,
    );
    found.set(target, slopes);
  }
  return found;
}

/**
 * What a term in place of a backward line gives at a point, if all other lines give what they should; `right` has at least the
 * lines that the term reads.
 */
export function termValues(
  net: HandNet,
  point: NetPoint,
  right: ReadonlyMap<string, readonly number[]>,
  line: NetLine,
): number[] {
  const pass = new Pass(net, point);
  return pass
    .all(line, (name, places) => {
      const comparisons = right.get(name);
      if (comparisons === undefined) return pass.cell(name, places);
      const value = comparisons[positionOf(places, pass.shapeOf(name))];
      if (value === undefined) throw new RangeError(`${name} has no cell ${places.join()}`);
      return { value, slope: 0 };
    })
    .map(({ value }) => value);
}
