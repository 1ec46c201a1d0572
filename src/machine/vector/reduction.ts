import { type Condition, coefficient, conditionsByLoop } from '../../formula/affine.ts';
import type { Axis, Fold } from '../plan/plan.ts';
import { dependsOn, type VectorAxis } from './vector-axis.ts';
import { addTerms, argmaxTerms, maxTerms } from './vector-loops.ts';
import type { VectorMemory, VectorOperand } from './vector-memory.ts';

type Step = () => void;

/**
 * A reduction for every cell of a vector; without an axis, for one cell with its terms vectorised. Appends to `steps`, which the
 * caller runs, and returns where the result can be read after them.
 */
export function vectorReduction(
  kernel: VectorMemory,
  fold: Fold,
  axis: VectorAxis,
  steps: Step[],
): VectorOperand {
  if (axis.axis === undefined) return foldAlong(kernel, fold, steps);
  const inner: Step[] = [];
  const body = kernel.operand(fold.body, axis, inner);
  const uniform = fold.where.filter((condition) => !dependsOn(condition, axis));
  const clipped = fold.where.filter((condition) => dependsOn(condition, axis));
  const differs = body.stride !== 0 || clipped.length > 0;
  const result = kernel.vector(axis, differs);
  const seen = kernel.vector(axis, differs);
  const best = kernel.vector(axis, differs);
  const clip = clipped.length === 0 ? undefined : kernel.clip(clipped, axis);
  const position = kernel.registers.affine(fold.position);
  const { stride, at } = result;
  let terms = 0;
  const term = () => {
    const { from, to } = kernel;
    clip?.();
    const first = kernel.from;
    const n = stride === 0 ? 1 : kernel.to - first;
    if (n > 0) {
      for (const step of inner) step();
      const read = body.start() + first * body.stride;
      const lanes = first * stride;
      if (fold.reducer === 'sum') {
        addTerms(kernel.memory, n, at + lanes, read, body.stride);
        if (clip !== undefined) kernel.memory.fill(1, seen.at + lanes, seen.at + lanes + n);
      } else if (fold.reducer === 'max')
        maxTerms(kernel.memory, n, at + lanes, read, body.stride, seen.at + lanes);
      else
        argmaxTerms(
          kernel.memory,
          n,
          at + lanes,
          read,
          body.stride,
          seen.at + lanes,
          best.at + lanes,
          position(),
        );
    }
    kernel.from = from;
    kernel.to = to;
  };
  const all = visit(kernel, fold.axes, uniform, () => {
    terms += 1;
    term();
  });
  steps.push(() => {
    const first = kernel.from * stride;
    const n = stride === 0 ? 1 : kernel.to - kernel.from;
    const { memory } = kernel;
    memory.fill(fold.reducer === 'sum' ? -0 : 0, at + first, at + first + n);
    memory.fill(0, seen.at + first, seen.at + first + n);
    memory.fill(0, best.at + first, best.at + first + n);
    terms = 0;
    all();
    if (fold.reducer === 'sum') {
      if (terms === 0) memory.fill(0, at + first, at + first + n);
      else if (clip !== undefined)
        for (let k = first; k < first + n; k++) if (memory[seen.at + k] === 0) memory[at + k] = 0;
    }
  });
  return fold.reducer === 'argmax' ? best : result;
}

/** Loops over axes, the last one innermost, within conditions. */
function visit(kernel: VectorMemory, axes: readonly Axis[], where: readonly Condition[], body: Step): Step {
  const conditions = conditionsByLoop(
    axes.map(({ name }) => name),
    where,
  );
  return axes.reduceRight<Step>((inner, axis, depth) => {
    const set = kernel.registers.setter(axis.name);
    const bounds = kernel.registers.bounds(axis, conditions[depth]);
    return () => {
      const { low, high } = bounds();
      for (let value = low; value <= high; value++) {
        set(value);
        inner();
      }
    };
  }, body);
}

/** A reduction for one cell: its terms along the last axis are computed together, then combined in order. */
function foldAlong(
  kernel: VectorMemory,
  { reducer, axes, where, body, position }: Fold,
  steps: Step[],
): VectorOperand {
  const axis = { axis: axes[axes.length - 1] };
  const inner: Step[] = [];
  const operand = kernel.operand(body, axis, inner);
  const result = kernel.vector({}, false);
  const conditions = conditionsByLoop(
    axes.map(({ name }) => name),
    where,
  );
  const bounds = kernel.registers.bounds(axis.axis, conditions[axes.length - 1]);
  const set = kernel.registers.setter(axis.axis.name);
  const first = kernel.registers.affine(position);
  const step = coefficient(position, axis.axis.name);
  let total = 0;
  let best = 0;
  let started = false;
  const take = (n: number) => {
    const { memory } = kernel;
    const { stride } = operand;
    let at = operand.start();
    let k = 0;
    if (!started && n > 0) {
      started = true;
      total = memory[at];
      best = first();
      at += stride;
      k = 1;
    }
    if (reducer === 'sum') for (; k < n; k++, at += stride) total += memory[at];
    else
      for (; k < n; k++, at += stride) {
        if (memory[at] > total) {
          total = memory[at];
          best = first() + step * k;
        }
      }
  };
  const row = () => {
    const { low, high } = bounds();
    for (let start = low; start <= high; start += kernel.vectorLength) {
      set(start);
      kernel.from = 0;
      kernel.to = Math.min(kernel.vectorLength, high - start + 1);
      const n = kernel.to;
      for (const each of inner) each();
      take(n);
    }
  };
  const all = visit(
    kernel,
    axes.slice(0, -1),
    where.filter((condition) => !dependsOn(condition, axis)),
    row,
  );
  steps.push(() => {
    const { from, to } = kernel;
    const before = [total, best, started] as const;
    started = false;
    total = 0;
    best = 0;
    all();
    kernel.memory[result.at] = reducer === 'argmax' ? best : total;
    [total, best, started] = before;
    kernel.from = from;
    kernel.to = to;
  });
  return result;
}
