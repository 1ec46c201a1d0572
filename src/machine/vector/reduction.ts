import { type Condition, coefficient, conditionsByLoop } from '../../formula/affine.ts';
import type { Axis, Fold } from '../plan/plan.ts';
import type { Operand, Strips } from './strips.ts';
import { dependsOn, type Lane } from './vector-axis.ts';
import { addTerms, argmaxTerms, maxTerms } from './vector-loops.ts';

type Step = () => void;

/** A reduction in every lane of a strip. */
export function folding(strips: Strips, fold: Fold, lane: Lane, steps: Step[]): Operand {
  if (lane.axis === undefined) return foldAlong(strips, fold, steps);
  const inner: Step[] = [];
  const body = strips.operand(fold.body, lane, inner);
  const uniform = fold.where.filter((condition) => !dependsOn(condition, lane));
  const clipped = fold.where.filter((condition) => dependsOn(condition, lane));
  const differs = body.stride !== 0 || clipped.length > 0;
  const strip = strips.strip(lane, differs);
  const seen = strips.strip(lane, differs);
  const best = strips.strip(lane, differs);
  const clip = clipped.length === 0 ? undefined : strips.clip(clipped, lane);
  const position = strips.registers.affine(fold.position);
  const { stride, at } = strip;
  let terms = 0;
  const term = () => {
    const { from, to } = strips;
    clip?.();
    const first = strips.from;
    const n = stride === 0 ? 1 : strips.to - first;
    if (n > 0) {
      for (const step of inner) step();
      const read = body.start() + first * body.stride;
      const lanes = first * stride;
      if (fold.reducer === 'sum') {
        addTerms(strips.memory, n, at + lanes, read, body.stride);
        if (clip !== undefined) strips.memory.fill(1, seen.at + lanes, seen.at + lanes + n);
      } else if (fold.reducer === 'max')
        maxTerms(strips.memory, n, at + lanes, read, body.stride, seen.at + lanes);
      else
        argmaxTerms(
          strips.memory,
          n,
          at + lanes,
          read,
          body.stride,
          seen.at + lanes,
          best.at + lanes,
          position(),
        );
    }
    strips.from = from;
    strips.to = to;
  };
  const all = visit(strips, fold.axes, uniform, () => {
    terms += 1;
    term();
  });
  steps.push(() => {
    const first = strips.from * stride;
    const n = stride === 0 ? 1 : strips.to - strips.from;
    const { memory } = strips;
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
  return fold.reducer === 'argmax' ? best : strip;
}

/** Loops over axes, the last one innermost, within conditions. */
function visit(strips: Strips, axes: readonly Axis[], where: readonly Condition[], body: Step): Step {
  const conditions = conditionsByLoop(
    axes.map(({ name }) => name),
    where,
  );
  return axes.reduceRight<Step>((inner, axis, depth) => {
    const set = strips.registers.setter(axis.name);
    const bounds = strips.registers.bounds(axis, conditions[depth]);
    return () => {
      const { low, high } = bounds();
      for (let value = low; value <= high; value++) {
        set(value);
        inner();
      }
    };
  }, body);
}

/** A reduction for one cell: its terms along the last axis are computed side by side, then taken in order. */
function foldAlong(strips: Strips, { reducer, axes, where, body, position }: Fold, steps: Step[]): Operand {
  const lane = { axis: axes[axes.length - 1] };
  const inner: Step[] = [];
  const operand = strips.operand(body, lane, inner);
  const result = strips.strip({}, false);
  const conditions = conditionsByLoop(
    axes.map(({ name }) => name),
    where,
  );
  const bounds = strips.registers.bounds(lane.axis, conditions[axes.length - 1]);
  const set = strips.registers.setter(lane.axis.name);
  const first = strips.registers.affine(position);
  const step = coefficient(position, lane.axis.name);
  let total = 0;
  let best = 0;
  let started = false;
  const take = (n: number) => {
    const { memory } = strips;
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
    for (let start = low; start <= high; start += strips.widest) {
      set(start);
      strips.from = 0;
      strips.to = Math.min(strips.widest, high - start + 1);
      const n = strips.to;
      for (const each of inner) each();
      take(n);
    }
  };
  const all = visit(
    strips,
    axes.slice(0, -1),
    where.filter((condition) => !dependsOn(condition, lane)),
    row,
  );
  steps.push(() => {
    const { from, to } = strips;
    const before = [total, best, started] as const;
    started = false;
    total = 0;
    best = 0;
    all();
    strips.memory[result.at] = reducer === 'argmax' ? best : total;
    [total, best, started] = before;
    strips.from = from;
    strips.to = to;
  });
  return result;
}
