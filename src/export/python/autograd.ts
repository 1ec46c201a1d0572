import { slopeFault } from '../../check/function-slopes.ts';
import { plainIndex } from '../../formula/affine.ts';
import type { Expression, Version } from '../../formula/expression.ts';
import { derivativeOf, type Formula, type Model } from '../../formula/model.ts';
import { operation } from '../../formula/operation.ts';
import type { FunctionStatement } from '../../formula/statement.ts';
import { freeIndices } from '../../formula/substitution.ts';
import { isComparison, reaches } from './order-sensitive.ts';

/** A formula that computes a derivative, ±∂`of`/∂`by`. */
export interface Gradient {
  readonly formula: Formula;
  readonly sign: 1 | -1;
  /** The loss's name. */
  readonly of: string;
  /** The name of the quantity, without a mark of its version. */
  readonly by: string;
  /** Of `by`. */
  readonly version: Version;
  /** The formula's indices (without the sample's if `isSummed`) in the order of the dimensions of `by`. */
  readonly order: readonly string[];
  /** Whether it is written for one sample by a quantity that all samples share: its sum over the batch is the derivative. */
  readonly isSummed: boolean;
  /** The factor by which PyTorch's derivative of the sum of all samples' losses is larger: the batch size for a mean, else 1. */
  readonly share: number;
}

/** The suffix under which the derivation names the new version of a quantity that forward renews. */
const renewed = '⁺';

const key = (name: string, version: Version): string => `${version} ${name}`;

/** Whether PyTorch passes a gradient through each of a function's parameters. */
type Passing = readonly boolean[];

/**
 * The paths through a model on which PyTorch passes gradients. A possible path may be closed: by a condition that never
 * holds, or a read that is always out of range; a certain one is open whatever the numbers.
 */
type PathKind = 'possible' | 'certain';

/** Predicts what PyTorch's automatic differentiation does with a model. */
export class Autograd {
  private readonly reached = new Map<string, ReadonlySet<string>>();
  private readonly sloped = new Map<string, boolean>();
  private readonly passing = new Map<string, Passing>();

  constructor(private readonly model: Model) {}

  /**
   * Whether a function must be exported with its declared slopes: PyTorch would find others, at least where the function has a
   * kink.
   */
  needsSlope = (definition: FunctionStatement): boolean => {
    const { name, slopes, body } = definition;
    let found = this.sloped.get(name);
    if (found === undefined) {
      const isKink = (e: Expression) =>
        isComparison(e) ||
        (e.kind === 'reduction' && e.reducer !== 'sum') ||
        (e.kind === 'operation' && operation(e.operation).slopes.some((slope) => slope.includes('[')));
      found =
        slopes.length > 0 &&
        (reaches(body, this.model.functions, isKink) ||
          slopes.some((_, at) => slopeFault(this.model, definition, at) !== undefined));
      this.sloped.set(name, found);
    }
    return found;
  };

  /** The derivative that a formula computes; undefined where it computes none, or only some of its cells. */
  gradientOf(formula: Formula): Gradient | undefined {
    const { quantities, batch } = this.model;
    const derivative = derivativeOf(formula);
    if (derivative === undefined) return undefined;
    const { claim, indices } = formula;
    const { of, by } = derivative;
    const name = by.endsWith(renewed) ? by.slice(0, -renewed.length) : by;
    const isPerSample = (quantity: string) => quantities.get(quantity)?.perSample === true;
    const isSummed = isPerSample(formula.target) && !isPerSample(name);
    const own = isSummed ? indices.slice(1) : indices;
    const order = claim ? claim.indices.map(plainIndex) : own.map((index) => index.name);
    if (!order.every((index) => index !== undefined) || order.length !== own.length) return undefined;
    const isMean = batch?.reduction === 'mean' && isPerSample(of) && !isPerSample(formula.target);
    const version = by.endsWith(renewed) ? 'new' : this.meant(of, name);
    const share = isMean ? batch.size : 1;
    return { formula, sign: claim?.sign ?? 1, of, by: name, version, order, isSummed, share };
  }

  /** The version that a derivative by a plain name is by: the new one where the loss reads only that. */
  private meant(loss: string, by: string): Version {
    const isRenewedForward = this.model.formulas.some(
      ({ phase, target, version }) => phase === 'forward' && target === by && version === 'new',
    );
    const isNew = !isRenewedForward && !this.depends(loss, by, 'old') && this.depends(loss, by, 'new');
    return isNew ? 'new' : 'old';
  }

  /** Whether PyTorch may pass a gradient on some path from the loss to a quantity. */
  depends(loss: string, by: string, version: Version): boolean {
    return this.reach(loss, 'old', 'possible').has(key(by, version));
  }

  /** Whether such a path is open whatever the numbers and ranges are. */
  surelyDepends(loss: string, by: string, version: Version): boolean {
    return this.reach(loss, 'old', 'certain').has(key(by, version));
  }

  /** Whether PyTorch surely tracks a quantity, since it is computed from one of the leaves, whose names are given. */
  isFollowed(name: string, version: Version, leaves: Iterable<string>): boolean {
    const sure = this.reach(name, version, 'certain');
    return [...leaves].some((leaf) => sure.has(key(leaf, 'old')));
  }

  private reach(from: string, fromVersion: Version, ways: PathKind): ReadonlySet<string> {
    const start = `${ways} ${key(from, fromVersion)}`;
    const known = this.reached.get(start);
    if (known !== undefined) return known;
    const found = new Set<string>();
    this.reached.set(start, found);
    const visit = (name: string, version: Version): void => {
      if (found.has(key(name, version))) return;
      found.add(key(name, version));
      for (const formula of this.model.formulas) {
        if (formula.phase !== 'forward' || formula.target !== name || formula.version !== version) continue;
        for (const read of this.through(formula.expression, ways)) visit(read.name, read.version);
      }
    };
    visit(from, fromVersion);
    return found;
  }

  /** The references, or in a function its parameters, through which a gradient passes. */
  private *through(e: Expression, ways: PathKind): Generator<{ name: string; version: Version }> {
    const isCertain = ways === 'certain';
    if (e.kind === 'parameter') yield { name: e.name, version: 'old' };
    else if (e.kind === 'reference') {
      if (!(isCertain && e.guarded)) yield e;
    } else if (e.kind === 'operation') {
      if (!isComparison(e)) for (const part of e.operands) yield* this.through(part, ways);
    } else if (e.kind === 'power') yield* this.through(e.base, ways);
    else if (e.kind === 'call') {
      const passing = this.passes(this.model.functions.get(e.name) as FunctionStatement, ways);
      for (const [at, part] of e.operands.entries()) if (passing[at]) yield* this.through(part, ways);
    } else if (e.kind === 'when') {
      if (!isCertain) yield* this.through(e.body, ways);
    } else if (e.kind === 'reduction' && e.reducer !== 'argmax') {
      if (!(isCertain && e.where.length > 0)) yield* this.through(e.body, ways);
    }
  }

  private passes(definition: FunctionStatement, ways: PathKind): Passing {
    const { name, parameters, body } = definition;
    const known = this.passing.get(`${ways} ${name}`);
    if (known !== undefined) return known;
    const isSloped = this.needsSlope(definition);
    const read = isSloped ? new Set<string>() : new Set([...this.through(body, ways)].map((one) => one.name));
    const passing = parameters.map((one) => (isSloped ? !hasNoSlope(definition) : read.has(one)));
    this.passing.set(`${ways} ${name}`, passing);
    return passing;
  }

  /**
   * Whether an expression evaluates to the same tensor object that it reads: then PyTorch would accumulate both gradients in it.
   */
  isSameTensor(e: Expression): boolean {
    if (e.kind === 'reference' || e.kind === 'parameter') return true;
    if (e.kind === 'when') return this.isSameTensor(e.body);
    if (e.kind === 'reduction') {
      const free = freeIndices(e.body);
      return (
        e.reducer === 'max' && !e.indices.some(({ name }) => free.has(name)) && this.isSameTensor(e.body)
      );
    }
    if (e.kind !== 'call') return false;
    const definition = this.model.functions.get(e.name) as FunctionStatement;
    if (this.needsSlope(definition)) return false;
    return this.isSameTensor(definition.body);
  }
}

/** Whether all declared slopes of a function are the literal 0; true also where it declares none. */
export const hasNoSlope = ({ slopes }: FunctionStatement): boolean =>
  slopes.every((slope) => slope.kind === 'number' && slope.value === 0);
