import { describe, expect, it } from 'vitest';
import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import type { Edge } from '../../src/explain/drawing.ts';
import type { Version } from '../../src/formula/expression.ts';
import type { Phase } from '../../src/formula/statement.ts';
import { EdgeStrokes } from './edge-strokes.ts';

const edgeOf = (at: number): Edge => ({
  id: `${at}`,
  from: 'x[1]',
  to: 'h[1]',
  weight: { name: 'W', cell: [at], gradients: [{ name: 'g', cell: [at] }] },
});

/** Strokes of one edge for each weight; with derivatives, as far as they are known. */
function strokesOf(
  weights: readonly number[],
  phase?: Phase,
  gradients: readonly (number | undefined)[] = [],
) {
  const edges = weights.map((_, at) => edgeOf(at + 1));
  const value = ({ name, cell: [at] }: UnversionedCell, version: Version) =>
    version === 'new' ? undefined : (name === 'W' ? weights : gradients)[at - 1];
  const strokes = new EdgeStrokes(
    edges.map((edge) => ({ edge })),
    phase,
    value,
  );
  return { measure: strokes.measure, strokes: edges.map((edge) => strokes.of(edge)) };
}

const widths = (of: ReturnType<typeof strokesOf>) => of.strokes.map(({ width }) => width);

describe('strokes of edges', () => {
  it('are as broad as the weight is large, whatever its sign', () => {
    const { strokes, measure } = strokesOf([0.5, -1, 0], 'forward', [1, 2, 3]);
    expect(measure).toBe('weight');
    expect(strokes).toEqual([
      { width: 1.88, isNegative: false },
      { width: 3, isNegative: true },
      { width: 0.75, isNegative: false },
    ]);
  });

  it('are those of the derivatives from backward on, once there is one', () => {
    expect(strokesOf([1, 2], 'backward').measure).toBe('weight');
    const known = strokesOf([1, 2], 'backward', [-0.001, undefined]);
    expect(known.measure).toBe('derivative');
    expect(known.strokes).toEqual([
      { width: 3, isNegative: true },
      { width: 0.75, isNegative: false },
    ]);
    expect(strokesOf([1, 2], 'update', [3, 6]).measure).toBe('derivative');
  });

  it('have a width for any number', () => {
    expect(widths(strokesOf([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2]))).toEqual([
      0.75, 3, 3, 3,
    ]);
    expect(widths(strokesOf([0, -0]))).toEqual([0.75, 0.75]);
    expect(widths(strokesOf([Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324]))).toEqual([3, 3, 0.75]);
    expect(widths(strokesOf([5e-324, 0]))).toEqual([3, 0.75]);
    expect(strokesOf([-0, Number.NaN]).strokes.map(({ isNegative }) => isNegative)).toEqual([false, false]);
  });
});
