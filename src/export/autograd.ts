import { plainIndex } from '../formula/affine.ts';
import type { Expression, Reference, Version } from '../formula/expression.ts';
import { derivativeOf, type Formula, type Model } from '../formula/model.ts';
import { operation } from '../formula/operation.ts';
import type { FunctionStatement } from '../formula/statement.ts';
import { slopeFault } from '../machine/slope.ts';
import { isComparison, reaches } from './decision.ts';

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

/** The derivative that a formula is; undefined where it is none, or one of a few cells only. */
export function gradientOf(formula: Formula, { quantities, batch }: Model): Gradient | undefined {
  const derivative = derivativeOf(formula);
  if (derivative === undefined) return undefined;
  const { claim, indices } = formula;
  const { of, by } = derivative;
  const isRenewed = by.endsWith(renewed);
  const name = isRenewed ? by.slice(0, -renewed.length) : by;
  const isPerSample = (quantity: string) => quantities.get(quantity)?.perSample === true;
  const isSummed = isPerSample(formula.target) && !isPerSample(name);
  const own = isSummed ? indices.slice(1) : indices;
  const order = claim ? claim.indices.map(plainIndex) : own.map((index) => index.name);
  if (!order.every((index) => index !== undefined) || order.length !== own.length) return undefined;
  const isMean = batch?.reduction === 'mean' && isPerSample(of) && !isPerSample(formula.target);
  const version = isRenewed ? 'new' : 'old';
  const share = isMean ? batch.size : 1;
  return { formula, sign: claim?.sign ?? 1, of, by: name, version, order, isSummed, share };
}

const key = (name: string, version: Version): string => `${version} ${name}`;

/** What PyTorch's automatic differentiation does with a model. */
export class Autograd {
  private readonly reached = new Map<string, ReadonlySet<string>>();
  private readonly sloped = new Map<string, boolean>();

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

  /** Whether a way leads from the loss to a quantity through which PyTorch passes a gradient. */
  depends(loss: string, by: string, version: Version): boolean {
    let found = this.reached.get(loss);
    if (found === undefined) {
      found = this.reach(loss);
      this.reached.set(loss, found);
    }
    return found.has(key(by, version));
  }

  private reach(loss: string): Set<string> {
    const found = new Set<string>();
    const visit = (name: string, version: Version): void => {
      if (found.has(key(name, version))) return;
      found.add(key(name, version));
      for (const formula of this.model.formulas) {
        if (formula.phase !== 'forward' || formula.target !== name || formula.version !== version) continue;
        for (const read of this.through(formula.expression)) visit(read.name, read.version);
      }
    };
    visit(loss, 'old');
    return found;
  }

  /** The references through which a gradient passes. */
  private *through(e: Expression): Generator<Reference> {
    if (e.kind === 'reference') yield e;
    else if (e.kind === 'operation') {
      if (!isComparison(e)) for (const part of e.operands) yield* this.through(part);
    } else if (e.kind === 'power') yield* this.through(e.base);
    else if (e.kind === 'call') {
      const definition = this.model.functions.get(e.name) as FunctionStatement;
      if (this.passes(definition)) for (const part of e.operands) yield* this.through(part);
    } else if (e.kind === 'when' || (e.kind === 'reduction' && e.reducer !== 'argmax'))
      yield* this.through(e.body);
  }

  private passes(definition: FunctionStatement): boolean {
    if (this.needsSlope(definition)) return !hasNoSlope(definition);
    const inside = (e: Expression): boolean => {
      if (e.kind === 'parameter') return true;
      if (e.kind === 'operation') return !isComparison(e) && e.operands.some(inside);
      if (e.kind === 'power') return inside(e.base);
      if (e.kind === 'when' || (e.kind === 'reduction' && e.reducer !== 'argmax')) return inside(e.body);
      if (e.kind === 'call')
        return this.passes(this.model.functions.get(e.name) as FunctionStatement) && e.operands.some(inside);
      return false;
    };
    return inside(definition.body);
  }
}

/** Whether all slopes are said to be 0. */
export const hasNoSlope = ({ slopes }: FunctionStatement): boolean =>
  slopes.every((slope) => slope.kind === 'number' && slope.value === 0);
