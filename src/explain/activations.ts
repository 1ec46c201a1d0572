import { plainIndex } from '../formula/affine.ts';
import { references, walk } from '../formula/expression.ts';
import type { Formula, Model } from '../formula/model.ts';
import type { Layout } from '../machine/memory/layout.ts';
import { Evaluator } from '../machine/step/evaluator.ts';

/** How many points a curve has. */
const samples = 41;
/** Where the slope is less than this part of the largest one, a function is saturated. */
const saturated = 0.05;
/** The least half width of a curve: beyond it the usual functions are straight. */
const usualHalf = 5;

/** A function sampled at equal distances from −half to half. */
export interface ActivationCurve {
  /** Half the width. */
  readonly half: number;
  /** The least and the greatest of the finite values; 0 and 1 where there is none. */
  readonly low: number;
  readonly high: number;
  /** The values, from left to right; some may be infinite or NaN. */
  readonly values: readonly number[];
}

/** A quantity as a function of one other: an activation of its net input. */
export class UnitFunction {
  private readonly curves = new Map<number, ActivationCurve>();

  constructor(
    /** The quantity that it is a function of, at the same indices. */
    readonly net: string,
    /** Its value at a net input. */
    readonly at: (net: number) => number,
  ) {}

  /** The curve on which a net input lies: from −5 to 5, or twice, four times … as wide. Sampled once for each width. */
  curve(net = 0): ActivationCurve {
    let half = usualHalf;
    while (Math.abs(net) > half && Number.isFinite(net)) half *= 2;
    const known = this.curves.get(half);
    if (known !== undefined) return known;
    const values = Array.from({ length: samples }, (_, n) =>
      this.at((half * (2 * n - samples + 1)) / (samples - 1)),
    );
    const finite = values.filter(Number.isFinite);
    const [low, high] = finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)];
    const curve = { half, low, high, values };
    this.curves.set(half, curve);
    return curve;
  }

  /** Its slope at a net input, by small differences; undefined in a corner, at a jump, and where it has no finite value. */
  slope(net: number): number | undefined {
    const h = 1e-5 * Math.max(1, Math.abs(net));
    const [before, here, after] = [net - h, net, net + h].map(this.at);
    const [left, right] = [(here - before) / h, (after - here) / h];
    const isSmooth = Math.abs(right - left) <= 1e-3 + 0.05 * Math.max(Math.abs(left), Math.abs(right));
    return isSmooth ? (left + right) / 2 : undefined;
  }

  /**
   * Whether it hardly changes at a net input: its slope there is less than a twentieth of the largest one of the curve, both in
   * size. False where it has no slope.
   */
  isSaturated(net: number): boolean {
    const slope = this.slope(net);
    return slope !== undefined && Math.abs(slope) < saturated * this.steepest(net);
  }

  /** The largest slope between two of the samples of the curve on which a net input lies, in size. */
  private steepest(net: number): number {
    const { half, values } = this.curve(net);
    const distance = (2 * half) / (samples - 1);
    const rises = values.slice(1).map((value, n) => Math.abs(value - values[n]) / distance);
    return Math.max(0, ...rises.filter(Number.isFinite));
  }
}

/** The activations among a model's forward formulas: those that read one cell only, which has their own indices. */
export class Activations {
  private readonly evaluator: Evaluator;
  private readonly found = new Map<string, UnitFunction | undefined>();
  /** What every cell that is read holds. */
  private net = 0;

  constructor(
    private readonly model: Model,
    layout: Layout,
  ) {
    this.evaluator = new Evaluator(model.functions, layout, () => () => this.net);
  }

  /** The activation that computes a quantity; undefined where that depends on more, or on less, than one cell of the same unit. */
  of(name: string): UnitFunction | undefined {
    if (!this.found.has(name)) this.found.set(name, this.read(name));
    return this.found.get(name);
  }

  private read(name: string): UnitFunction | undefined {
    const formula = this.model.formulas.find(({ target, phase }) => target === name && phase === 'forward');
    const net = formula && netOf(formula);
    if (formula === undefined || net === undefined) return undefined;
    const evaluation = this.evaluator.of(formula);
    const cell = formula.indices.map(({ range }) => range.low);
    return new UnitFunction(net, (value) => {
      this.net = value;
      return evaluation.at(cell);
    });
  }
}

/** The one quantity that a formula reads, at its own indices; undefined where it reads more, or its indices count. */
function netOf({ expression, indices }: Formula): string | undefined {
  const read = [...references(expression)];
  const own = indices.map(({ name }) => name).join();
  const [first] = read;
  const isAlone = read.every(
    (one) =>
      one.name === first.name &&
      one.version === 'old' &&
      one.indices.map((affine) => plainIndex(affine)).join() === own,
  );
  const countsIndices = [...walk(expression)].some(({ kind }) => kind === 'index' || kind === 'when');
  return isAlone && !countsIndices ? first?.name : undefined;
}
