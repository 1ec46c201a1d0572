import { wrongRank } from '../../formula/compile/draft.ts';
import type { QueryFault } from '../../formula/compile/query.ts';
import { closest } from '../../formula/diagnostic.ts';
import type { Formula } from '../../formula/model.ts';
import { phases } from '../../formula/statement.ts';
import {
  BreakpointCondition,
  mostChecks,
  mostOperations,
} from '../../machine/inspect/breakpoint-condition.ts';
import { createProbe } from '../../machine/inspect/probe.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Program } from '../../program/counted-program.ts';
import { Occurrences, type PatternPart } from '../../program/occurrences.ts';
import type { BreakpointKind } from './breakpoint.ts';

/** What a breakpoint's text means for a model. */
export type ResolvedBreakpoint =
  | { readonly kind: Exclude<BreakpointKind, 'condition'>; readonly steps: FrameSteps }
  | { readonly kind: 'condition'; readonly condition: BreakpointCondition };

/** Some steps that are the same in every frame, ascending, counted within the frame from 1. */
export interface FrameSteps {
  /** How many there are in one frame. */
  readonly count: number;
  /** The n-th step; n from 1 to `count`. */
  at(n: number): number;
  /** How many there are up to and including a step of the frame. */
  upTo(step: number): number;
}

const name = String.raw`[\p{L}_][\p{L}\p{N}_]*(?:\/d[\p{L}\p{N}_]+)?`;
const part = String.raw`(?:\*|\d+|[\p{L}_][\p{L}\p{N}_]*)`;
const cells = new RegExp(String.raw`^\s*(${name})\s*(?:\[\s*(${part}(?:\s*,\s*${part})*)\s*\])?\s*$`, 'u');

/**
 * What a breakpoint's text means for a program: a phase (its passes' first steps), a formula, cells such as `W1[1,*]` (the
 * steps that store them), or a condition. A fault where it means nothing, would never be hit, or takes too many operations to
 * check. Nothing is thrown.
 */
export function resolveBreakpoint(
  program: Program,
  text: string,
): ResolvedBreakpoint | { readonly error: QueryFault } {
  const phase = phases.find((one) => one === text.trim());
  if (phase !== undefined && !program.model.quantities.has(phase)) {
    const starts = program.passes.filter((pass) => pass.phase === phase).map(({ first }) => first);
    if (starts.length === 0) return fault(text, `this model has no pass ${phase}`);
    return { kind: 'phase', steps: frameSteps(starts) };
  }
  const found = cells.exec(text);
  return found === null ? resolveCondition(program, text) : resolveCells(program, text, found[1], found[2]);
}

const fault = (text: string, message: string, column = 1 + text.search(/\S|$/)): { error: QueryFault } => ({
  error: { message, column, length: Math.max(1, text.trim().length - column + 1) },
});

function resolveCells(
  program: Program,
  text: string,
  target: string,
  inside: string | undefined,
): ResolvedBreakpoint | { readonly error: QueryFault } {
  const { model } = program;
  const formula = writerOf(program, target);
  if (formula === undefined) {
    if (model.quantities.has(target))
      return fault(text, `no step computes ${target}; a breakpoint on it would never be hit`);
    const near = closest(target, [...model.formulas.map((one) => one.target), ...phases]);
    return fault(text, `this model computes no ${target}${near ? `; do you mean ${near}?` : ''}`);
  }
  if (inside === undefined)
    return { kind: 'formula', steps: stepsOfCells(new Occurrences(program, formula)) };
  const written = inside.split(',').map((one) => one.trim());
  const hidden = formula.indices.length - written.length;
  const isPerSample = model.quantities.get(formula.target)?.perSample === true;
  if (hidden !== 0 && !(hidden === 1 && isPerSample)) {
    const rank = formula.indices.length - (isPerSample ? 1 : 0);
    return fault(text, wrongRank(target, rank, written.length));
  }
  const pattern: PatternPart[] = [
    ...Array.from({ length: hidden }, () => '*'),
    ...written.map((one) => (/^\d+$/.test(one) ? Number(one) : one)),
  ];
  const occurrences = new Occurrences(program, formula, pattern);
  if (occurrences.count > 0) return { kind: 'cells', steps: stepsOfCells(occurrences) };
  const shape = formula.indices.map(({ range }) => range.high).slice(hidden);
  return fault(text, `${target} has the shape ${shape.join(' × ')}; no cell of it is ${target}[${inside}]`);
}

/** The formula that writes a quantity, or the one that claims to be the derivative `dL/dW`. */
function writerOf(program: Program, target: string): Formula | undefined {
  const own = program.writer(target, 'new') ?? program.writer(target, 'old');
  if (own !== undefined || !target.includes('/')) return own;
  const [of, by] = target.split('/').map((one) => one.slice(1));
  return program.model.formulas.find(({ claim }) => claim?.of === of && claim.by === by);
}

function resolveCondition(
  program: Program,
  text: string,
): ResolvedBreakpoint | { readonly error: QueryFault } {
  const found = createProbe(program.model, text);
  if ('error' in found) return found;
  if (!found.isCondition) {
    const hint = 'compare it with something, as in … < 0.01';
    return fault(text, `this is a number and no condition; ${hint}`, text.trimEnd().length + 1);
  }
  const condition = new BreakpointCondition(program, found);
  if (condition.checks === 0)
    return fault(text, 'no step stores anything that this reads, so it would never be checked');
  if (condition.checks > mostChecks)
    return fault(text, 'this would be checked more than two million times in an iteration; name fewer cells');
  if (condition.operations > mostOperations)
    return fault(
      text,
      'this takes too many operations to be checked in each iteration; sum over fewer cells',
    );
  return { kind: 'condition', condition };
}

const stepsOfCells = (occurrences: Occurrences): FrameSteps => ({
  count: occurrences.count,
  at: (n) => occurrences.steps(n).last,
  upTo: (step) => occurrences.finished(step),
});

function frameSteps(steps: readonly number[]): FrameSteps {
  return {
    count: steps.length,
    at: (n) => steps[n - 1],
    upTo(step) {
      const after = steps.findIndex((one) => one > step);
      return after < 0 ? steps.length : after;
    },
  };
}

/** The hits of a breakpoint in a run, numbered from 1. Steps count across frames, from 1. */
export interface Hits {
  /** The last frame, from 1, up to which hits have been counted; 0 before any. */
  readonly scanned: number;
  /** How many hits there are up to and including a step; all frames before its own must have been counted. */
  upTo(step: number): number;
  /** The step of a hit; undefined where it lies in no counted frame. */
  stepOf(hit: number): number | undefined;
}

/** Hits at the same steps of every frame: found by arithmetic, with nothing to count. */
export class FixedHits implements Hits {
  readonly scanned = Number.POSITIVE_INFINITY;

  constructor(
    /** Steps of one frame. */
    private readonly size: number,
    private readonly steps: FrameSteps,
  ) {}

  upTo(step: number): number {
    if (step <= 0) return 0;
    const before = Math.ceil(step / this.size) - 1;
    return before * this.steps.count + this.steps.upTo(step - before * this.size);
  }

  stepOf(hit: number): number {
    const { count } = this.steps;
    const before = Math.ceil(hit / count) - 1;
    return before * this.size + this.steps.at(hit - before * count);
  }
}

/**
 * Hits of a condition: counted once for each frame, in order; the step of a single one is found by evaluating its frame again.
 */
export class ConditionHits implements Hits {
  /** `counts[n]`: how many hits there are up to the end of frame n; `counts[0]` is 0. */
  private readonly counts: number[] = [0];

  constructor(
    private readonly machine: Machine,
    /** Of the machine's program. */
    readonly condition: BreakpointCondition,
  ) {}

  get scanned(): number {
    return this.counts.length - 1;
  }

  /** Counts the hits of frame `scanned + 1`. */
  scan(): void {
    this.record([this.condition.hits(this.machine, this.scanned + 1).length]);
  }

  /** Records how many hits each of the next frames has, as counted elsewhere. */
  record(hits: ArrayLike<number>): void {
    for (let n = 0; n < hits.length; n++) this.counts.push(this.counts[this.counts.length - 1] + hits[n]);
  }

  upTo(step: number): number {
    if (step <= 0) return 0;
    const { size } = this.machine.program;
    const frame = Math.ceil(step / size);
    const inFrame = step - (frame - 1) * size;
    if (inFrame === size && frame <= this.scanned) return this.counts[frame];
    const own = this.condition.hits(this.machine, frame);
    const after = own.findIndex((one) => one > inFrame);
    return this.counts[frame - 1] + (after < 0 ? own.length : after);
  }

  stepOf(hit: number): number | undefined {
    const { counts } = this;
    if (hit > counts[counts.length - 1]) return undefined;
    let [low, high] = [1, counts.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (counts[middle] >= hit) high = middle;
      else low = middle + 1;
    }
    const own = this.condition.hits(this.machine, low);
    return (low - 1) * this.machine.program.size + own[hit - counts[low - 1] - 1];
  }
}
