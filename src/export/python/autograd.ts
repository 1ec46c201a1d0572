import { slopeFault } from '../../check/function-slopes.ts';
import { plainIndex } from '../../formula/affine.ts';
import { type Expression, freeIndices, type Version } from '../../formula/expression.ts';
import { derivativeOf, type Formula, type Model } from '../../formula/model.ts';
import { operation } from '../../formula/operation.ts';
import type { FunctionStatement } from '../../formula/statement.ts';
import { isComparison, reaches } from './order-sensitive.ts';

/** A formula of the backward pass, and what it is the derivative of and by. */
export interface Gradient {
  readonly formula: Formula;
  readonly sign: 1 | -1;
  readonly of: string;
  readonly by: string;
  readonly version: Version;
  /** The formula's indices in the order in which `by` has them. */
  readonly order: readonly string[];
  /** It is written for one sample, of what all samples share: its sum over the batch is the derivative. */
  readonly isSummed: boolean;
  /** By how much PyTorch's derivative of the sum of all samples' losses is too great: the size of a batch whose mean counts. */
  readonly share: number;
}

/** What has been renewed in forward is, to the derivation, a quantity of its own. */
const renewed = '⁺';

const key = (name: string, version: Version): string => `${version} ${name}`;

/** Whether PyTorch passes a gradient through each of a function's parameters. */
type Passing = readonly boolean[];

/**
 * Ways through a model on which PyTorch follows what depends on what. A way that is possible may be closed: by a
 * condition that never holds, or a read that is always out of range.
 */
type PathKind = 'possible' | 'certain';

/** What PyTorch's automatic differentiation does with a model. */
export class Autograd {
  private readonly reached = new Map<string, ReadonlySet<string>>();
  private readonly sloped = new Map<string, boolean>();
  private readonly passing = new Map<string, Passing>();

  constructor(private readonly model: Model) {}

  /** Whether a function is given its declared slope: PyTorch would find another, at least where the function has a kink. */
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

  /** The derivative that a formula is; undefined where it is none, or one of a few cells only. */
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

  /** By which version a derivative is that names a quantity only: the renewed one where the loss reads nothing but that. */
  private meant(loss: string, by: string): Version {
    const isRenewedForward = this.model.formulas.some(
      ({ phase, target, version }) => phase === 'forward' && target === by && version === 'new',
    );
    const isNew = !isRenewedForward && !this.depends(loss, by, 'old') && this.depends(loss, by, 'new');
    return isNew ? 'new' : 'old';
  }

  /** Whether a way leads from the loss to a quantity through which PyTorch passes a gradient. */
  depends(loss: string, by: string, version: Version): boolean {
    return this.reach(loss, 'old', 'possible').has(key(by, version));
  }

  /** Whether that way is open whatever the numbers and ranges are. */
  surelyDepends(loss: string, by: string, version: Version): boolean {
    return this.reach(loss, 'old', 'certain').has(key(by, version));
  }

  /** Whether PyTorch is sure to follow a quantity, since it is computed from one that it is told to follow. */
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

  /** Whether Python gives the very tensor that the expression reads, under which PyTorch would gather both gradients. */
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

/** Whether all slopes are said to be 0. */
export const hasNoSlope = ({ slopes }: FunctionStatement): boolean =>
  slopes.every((slope) => slope.kind === 'number' && slope.value === 0);
