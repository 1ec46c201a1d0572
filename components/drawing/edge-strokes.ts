import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import type { Edge } from '../../src/explain/drawing.ts';
import type { Version } from '../../src/formula/expression.ts';
import type { Phase } from '../../src/formula/statement.ts';

/** The least and the greatest width of an edge with a weight, in drawing units. */
const [least, greatest] = [0.75, 3];

/** How an edge is drawn. */
export interface EdgeStroke {
  /** In drawing units. */
  readonly width: number;
  /** Whether the number is below 0; not for −0 and NaN. */
  readonly isNegative: boolean;
}

/** What the width of the edges of a drawing stands for. */
export type EdgeMeasure = 'weight' | 'derivative';

/**
 * The strokes of the edges of one drawing at one step. The width grows in proportion to the size of the weight, or of the derivative
 * by it: from backward on, once the first of them is there. The largest finite number that is shown has the greatest width; an
 * infinite one is as wide, and one that is not there or NaN has the least.
 */
export class EdgeStrokes {
  /** What the widths stand for. */
  readonly measure: EdgeMeasure;
  private readonly largest: number;

  constructor(
    edges: readonly { readonly edge: Edge }[],
    phase: Phase | undefined,
    /** The value of a cell by now; undefined while it has none. */
    private readonly value: (cell: UnversionedCell, version: Version) => number | undefined,
  ) {
    const numbers = (measure: EdgeMeasure) => edges.flatMap(({ edge }) => this.number(edge, measure) ?? []);
    const derivatives = phase === undefined || phase === 'forward' ? [] : numbers('derivative');
    this.measure = derivatives.length > 0 ? 'derivative' : 'weight';
    const shown = this.measure === 'derivative' ? derivatives : numbers('weight');
    this.largest = shown.reduce(
      (most, one) => (Number.isFinite(one) ? Math.max(most, Math.abs(one)) : most),
      0,
    );
  }

  /** The stroke of an edge, one of those that these strokes were made for. */
  of(edge: Edge): EdgeStroke {
    const number = this.number(edge, this.measure) ?? 0;
    // Divided before anything else: a difference or a product of two large numbers may overflow.
    const share = this.largest === 0 ? 0 : Math.min(1, Math.abs(number) / this.largest);
    const size = Number.isNaN(number) ? 0 : Math.abs(number) === Number.POSITIVE_INFINITY ? 1 : share;
    return { width: Math.round(100 * (least + (greatest - least) * size)) / 100, isNegative: number < 0 };
  }

  private number({ weight }: Edge, measure: EdgeMeasure): number | undefined {
    if (weight === undefined) return undefined;
    if (measure === 'weight') return this.value(weight, 'new') ?? this.value(weight, 'old');
    const [gradient] = weight.gradients;
    return gradient && this.value(gradient, 'old');
  }
}
