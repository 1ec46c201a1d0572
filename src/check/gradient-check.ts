import { plainIndex } from '../formula/affine.ts';
import { references, type Version } from '../formula/expression.ts';
import { cellAt, derivativeOf, type Formula, flatIndex, type Model, sizeOf } from '../formula/model.ts';
import { fastBackend } from '../machine/history/fast-backend.ts';
import { forwardFormulas } from '../machine/inspect/forward-response.ts';
import { frameKernel, needsFastBackend } from '../machine/kernel/kernel-choice.ts';
import type { Machine } from '../machine/machine.ts';
import { addressOf, Layout } from '../machine/memory/layout.ts';
import { storeExactly } from '../machine/memory/store.ts';
import { steppingKernel } from '../machine/step/stepping-kernel.ts';
import { Program } from '../program/counted-program.ts';
import { prune } from '../program/tree.ts';
import { type Kink, kinksOf } from './kinks.ts';
import { compareSlope, type SlopeResult } from './slope-estimate.ts';
import { stopGradientNames } from './stop-gradients.ts';

/** A derivative that a model computes, by a parameter or as claimed. */
export interface Derivative {
  /** The formula that computes it. */
  readonly formula: Formula;
  /** The loss, and the quantity that it is the derivative by. */
  readonly of: string;
  readonly by: string;
  /** The version of `by` that it is the derivative by. */
  readonly version: Version;
  /** The claim's sign: −1 if the formula computes the negative derivative. */
  readonly sign: 1 | -1;
  /** The number of cells of `by`. */
  readonly size: number;
}

/** One cell of a derivative beside the slope of the loss by differences. */
export interface CheckedCell extends Omit<SlopeResult, 'verdict'> {
  /** `stop-gradient`: the loss also reads the number as a constant through a stop-gradient, which differences cannot know. */
  readonly verdict: SlopeResult['verdict'] | 'stop-gradient';
  readonly derivative: Derivative;
  /** The cell of `by`, and the cell of the formula that gives its derivative; indices from 1. */
  readonly cell: readonly number[];
  readonly target: readonly number[];
  /** What the model computes, turned to the sign of the derivative itself if the claim is negative. */
  readonly gradient: number;
}

/** A central difference quotient, and the step with which it was taken. */
export interface Quotient {
  /** The absolute step. */
  readonly step: number;
  readonly quotient: number;
  /** The distance to the model's gradient, relative to the larger of the two magnitudes. */
  readonly error: number;
}

/** How the loss depends on one number. */
interface Loss {
  /** The loss with the number shifted. */
  readonly at: (shift: number) => number;
  /** The number unshifted. */
  readonly value: number;
}

/**
 * Compares the derivatives of a model with central differences of its loss, at the numbers with which a frame (from 1) began and
 * without storing rules. Differences involve forward formulas only: results of backward and update passes count as constants, as
 * in derivation.
 */
export class GradientCheck {
  /** The derivatives that can be checked. */
  readonly derivatives: readonly Derivative[];
  private readonly program: Program;
  private readonly layout: Layout;
  /** The frame's memory at full precision. */
  private readonly base: Float64Array;
  private readonly losses = new Map<string, { memory: Float64Array; run: () => void }>();
  /** What is added to a computed cell as it is stored. */
  private moved: { readonly formula: Formula; readonly flat: number; readonly shift: number } | undefined;
  private readonly isLarge: boolean;

  constructor(machine: Machine, frame: number) {
    this.program = machine.program;
    const { model } = this.program;
    this.layout = new Layout(model);
    this.isLarge = needsFastBackend(this.program);
    const kernel = this.kernelOf(this.program);
    kernel.memory.set(machine.frame(frame).memory.subarray(0, this.layout.size));
    kernel.run();
    this.base = kernel.memory.slice(0, this.layout.size);
    this.derivatives = model.formulas.flatMap((formula) => this.derivativeOf(formula) ?? []);
  }

  private kernelOf(program: Program) {
    if (this.isLarge) {
      const options = { rounded: false, isKept: () => true };
      return frameKernel(program, this.layout, options, fastBackend()?.kernels);
    }
    return steppingKernel(program, this.layout, (formula, flat, value) => {
      const exact = storeExactly(formula, flat, value);
      const { moved } = this;
      return moved !== undefined && moved.formula === formula && moved.flat === flat
        ? exact + moved.shift
        : exact;
    });
  }

  private derivativeOf(formula: Formula): Derivative | undefined {
    const { model } = this.program;
    const found = derivativeOf(formula);
    const by = model.quantities.get(found?.by ?? '');
    if (found === undefined || by === undefined || !model.quantities.has(found.of)) return undefined;
    const { claim } = formula;
    // Derivatives by computed quantities only where claimed, and only if stepping, which can shift a cell, is fast enough.
    const isComputed = by.role === 'computed';
    if (isComputed && (claim === undefined || this.isLarge)) return undefined;
    if (!isComputed && claim === undefined && by.role !== 'param') return undefined;
    if (claim?.indices.some((index) => plainIndex(index) === undefined)) return undefined;
    const version = newest(model, found.of, by.name);
    return { formula, ...found, version, sign: claim?.sign ?? 1, size: sizeOf(by.shape) };
  }

  /** Cells of the losses' forward formulas that lie on a kink; undefined if there are too many cells to check. */
  get kinks(): readonly Kink[] | undefined {
    const { model } = this.program;
    const losses = new Set(this.derivatives.map(({ of }) => of));
    const formulas = new Set([...losses].flatMap((loss) => [...forwardFormulas(model, [loss])]));
    return kinksOf(model, this.layout, this.base, formulas);
  }

  /** Checks the cell at position `flat` (from 0) of the derivative's `by`. */
  check(derivative: Derivative, flat: number): CheckedCell {
    const { shape } = this.layout.slot(derivative.by, derivative.version);
    const cell = cellAt(shape, flat);
    const { target, gradient } = this.gradientAt(derivative, cell);
    const { at, value } = this.lossAt(derivative, flat);
    const judgement = compareSlope(at, gradient, value);
    const isStopGradient = judgement.verdict !== 'agrees' && this.isStopped(derivative);
    return {
      derivative,
      cell,
      target,
      gradient,
      ...judgement,
      ...(isStopGradient && { verdict: 'stop-gradient' }),
    };
  }

  /**
   * How the loss runs along the cell at position `flat` (from 0) of a derivative's `by`: its value with the cell shifted, the cell's own
   * number, and the derivative there as the model computes it.
   */
  along(derivative: Derivative, flat: number): Loss & { readonly gradient: number } {
    const { shape } = this.layout.slot(derivative.by, derivative.version);
    return {
      ...this.lossAt(derivative, flat),
      gradient: this.gradientAt(derivative, cellAt(shape, flat)).gradient,
    };
  }

  private isStopped({ of, by, version }: Derivative): boolean {
    const { model } = this.program;
    return stopGradientNames(model, forwardFormulas(model, [of])).has(`${version} ${by}`);
  }

  /** The difference quotients of a checked cell for some step sizes, each relative to max(1, |number|). */
  quotients({ derivative, cell, gradient }: CheckedCell, steps: readonly number[]): Quotient[] {
    const { shape } = this.layout.slot(derivative.by, derivative.version);
    const { at, value } = this.lossAt(derivative, flatIndex(shape, cell));
    return steps.map((size) => {
      const step = size * Math.max(1, Math.abs(value));
      // The actual step is the one between the rounded numbers.
      const quotient = (at(step) - at(-step)) / (value + step - (value - step));
      const larger = Math.max(Math.abs(quotient), Math.abs(gradient));
      const error = larger === 0 ? 0 : Math.abs(quotient - gradient) / larger;
      return { step, quotient, error };
    });
  }

  /** What the model computes for a cell; per-sample results are combined as the batch does. */
  private gradientAt(
    { formula, by, sign }: Derivative,
    cell: readonly number[],
  ): { target: readonly number[]; gradient: number } {
    const { batch, quantities } = this.program.model;
    const { claim, indices, target: name, version } = formula;
    const slot = this.layout.slot(name, version);
    const read = (at: readonly number[]) => this.base[addressOf(slot, at) as number];
    const isPerSample = (quantity: string) => quantities.get(quantity)?.perSample === true;
    const isReduced = isPerSample(name) && !isPerSample(by);
    let named =
      claim?.indices.map((index) => plainIndex(index) as string) ?? indices.map((index) => index.name);
    if (named.length < cell.length) named = [indices[0].name, ...named];
    const places = new Map(named.map((index, d) => [index, cell[d]]));
    const target = indices.map((index) => places.get(index.name) ?? 1);
    if (!isReduced || batch === undefined) return { target, gradient: sign * read(target) };
    let sum = 0;
    for (let n = 1; n <= batch.size; n++) sum += read([n, ...target.slice(1)]);
    return { target, gradient: (sign * sum) / (batch.reduction === 'mean' ? batch.size : 1) };
  }

  private lossAt({ of, by, version }: Derivative, flat: number): Loss {
    const { model } = this.program;
    const { memory, run } = this.forwardOf(of);
    const slot = this.layout.slot(by, version);
    const address = slot.offset + flat;
    const value = this.base[address];
    const writer =
      model.quantities.get(by)?.role === 'computed' ? this.program.writer(by, version) : undefined;
    const places = this.layout.slot(of, 'old');
    const isPerSample = (name: string) => model.quantities.get(name)?.perSample === true;
    const isMean = isPerSample(of) && !isPerSample(by) && model.batch?.reduction === 'mean';
    const at = (shift: number): number => {
      if (writer !== undefined) this.moved = { formula: writer, flat, shift };
      else memory[address] = value + shift;
      run();
      this.moved = undefined;
      if (writer === undefined) memory[address] = value;
      let sum = 0;
      for (let n = 0; n < places.size; n++) sum += memory[places.offset + n];
      return isMean ? sum / places.size : sum;
    };
    return { at, value };
  }

  /** Runs only the forward formulas that a loss needs; everything else is in memory. */
  private forwardOf(loss: string): { memory: Float64Array; run: () => void } {
    let found = this.losses.get(loss);
    if (found === undefined) {
      const { model, tree } = this.program;
      const pruned = prune(tree, forwardFormulas(model, [loss]));
      const kernel = pruned && this.kernelOf(new Program(model, pruned));
      const memory = kernel?.memory ?? this.base.slice();
      memory.set(this.base);
      found = { memory, run: () => kernel?.run() };
      this.losses.set(loss, found);
    }
    return found;
  }
}

/** Which version a derivative is by: the updated one if the loss reads only that. */
function newest(model: Model, loss: string, by: string): Version {
  const forward = [...forwardFormulas(model, [loss])];
  if (forward.some(({ target, version }) => target === by && version === 'new')) return 'old';
  const reads = forward.flatMap(({ expression }) => [...references(expression)]);
  const versions = new Set(reads.filter(({ name }) => name === by).map(({ version }) => version));
  return versions.size === 1 && versions.has('new') ? 'new' : 'old';
}
