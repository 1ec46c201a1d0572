import { plainIndex } from '../formula/affine.ts';
import { references, type Version } from '../formula/expression.ts';
import { cellAt, derivativeOf, type Formula, flatIndex, type Model, sizeOf } from '../formula/model.ts';
import { fastBackend } from '../machine/history/fast-backend.ts';
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

/** A derivative that a model computes, by a parameter or by what is claimed: its formula, and how it is to be read. */
export interface Derivative {
  readonly formula: Formula;
  readonly of: string;
  readonly by: string;
  /** The version that it is the derivative by. */
  readonly version: Version;
  readonly sign: 1 | -1;
  /** Cells of `by`. */
  readonly size: number;
}

/** One cell of a derivative, beside how the loss does change. */
export interface CheckedCell extends Omit<SlopeResult, 'verdict'> {
  /** `held`: the loss reads the number also as a constant, by `stop`, which differences know nothing of. */
  readonly verdict: SlopeResult['verdict'] | 'held';
  readonly derivative: Derivative;
  /** The cell of what it is the derivative by, and the cell of the formula that says it. */
  readonly cell: readonly number[];
  readonly target: readonly number[];
  /** What the model computes, with the sign of a derivative. */
  readonly gradient: number;
}

/** A quotient of differences, and the step with which it was taken. */
export interface Quotient {
  readonly step: number;
  readonly quotient: number;
  /** How far off the model's gradient is, beside the larger of the two. */
  readonly error: number;
}

/** How the loss depends on one number: its rise over a step, exactly as far as numbers go. */
interface Loss {
  /** The loss with the number moved. */
  readonly at: (shift: number) => number;
  /** The number as it is. */
  readonly value: number;
}

/**
 * The derivatives of a model beside central differences of its loss, at the numbers with which a frame began and without
 * storing rules. Differences know of forward formulas only: what a backward or an update pass has computed counts as
 * given, as it does where derivatives are derived.
 */
export class GradientCheck {
  readonly derivatives: readonly Derivative[];
  private readonly program: Program;
  private readonly layout: Layout;
  /** The frame at full precision. */
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
    // Of what is computed on the way, what the author speaks of; and cells of it are moved only where stepping is fast.
    const isComputed = by.role === 'computed';
    if (isComputed && (claim === undefined || this.isLarge)) return undefined;
    if (!isComputed && claim === undefined && by.role !== 'param') return undefined;
    if (claim?.indices.some((index) => plainIndex(index) === undefined)) return undefined;
    const version = newest(model, found.of, by.name);
    return { formula, ...found, version, sign: claim?.sign ?? 1, size: sizeOf(by.shape) };
  }

  /** Where the forward formulas of a loss stand on a kink; undefined where there is too much to look at. */
  get kinks(): readonly Kink[] | undefined {
    const { model } = this.program;
    const losses = new Set(this.derivatives.map(({ of }) => of));
    const formulas = new Set([...losses].flatMap((loss) => [...forwardOf(model, loss)]));
    return kinksOf(model, this.layout, this.base, formulas);
  }

  /** One cell of a derivative, checked. */
  check(derivative: Derivative, flat: number): CheckedCell {
    const { shape } = this.layout.slot(derivative.by, derivative.version);
    const cell = cellAt(shape, flat);
    const { target, gradient } = this.gradientAt(derivative, cell);
    const { at, value } = this.lossAt(derivative, flat);
    const judgement = compareSlope(at, gradient, value);
    const isStopGradient = judgement.verdict !== 'agrees' && this.isHeld(derivative);
    return { derivative, cell, target, gradient, ...judgement, ...(isStopGradient && { verdict: 'held' }) };
  }

  private isHeld({ of, by, version }: Derivative): boolean {
    const { model } = this.program;
    return stopGradientNames(model, forwardOf(model, of)).has(`${version} ${by}`);
  }

  /** The quotients that steps of some sizes give for a cell. */
  quotients({ derivative, cell, gradient }: CheckedCell, steps: readonly number[]): Quotient[] {
    const { shape } = this.layout.slot(derivative.by, derivative.version);
    const { at, value } = this.lossAt(derivative, flatIndex(shape, cell));
    return steps.map((size) => {
      const step = size * Math.max(1, Math.abs(value));
      // The step that is taken is the one between the numbers that there are.
      const quotient = (at(step) - at(-step)) / (value + step - (value - step));
      const larger = Math.max(Math.abs(quotient), Math.abs(gradient));
      const error = larger === 0 ? 0 : Math.abs(quotient - gradient) / larger;
      return { step, quotient, error };
    });
  }

  /** What the model gives for a cell; what it gives sample by sample is taken together as the batch does. */
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

  /** Runs what a loss needs of the forward passes; the rest is there. */
  private forwardOf(loss: string): { memory: Float64Array; run: () => void } {
    let found = this.losses.get(loss);
    if (found === undefined) {
      const { model, tree } = this.program;
      const pruned = prune(tree, forwardOf(model, loss));
      const kernel = pruned && this.kernelOf(new Program(model, pruned));
      const memory = kernel?.memory ?? this.base.slice();
      memory.set(this.base);
      found = { memory, run: () => kernel?.run() };
      this.losses.set(loss, found);
    }
    return found;
  }
}

/** The forward formulas that a quantity needs, those that renew something there among them. */
function forwardOf({ formulas }: Model, name: string): ReadonlySet<Formula> {
  const found = new Set<Formula>();
  const visit = (quantity: string, wanted: Version): void => {
    const writer = formulas.find(
      ({ target, version, phase }) => target === quantity && version === wanted && phase === 'forward',
    );
    if (writer === undefined || found.has(writer)) return;
    found.add(writer);
    for (const read of references(writer.expression)) visit(read.name, read.version);
  };
  visit(name, 'old');
  return found;
}

/** Which version a derivative is by: the one that an update has renewed, where the loss reads nothing but that. */
function newest(model: Model, loss: string, by: string): Version {
  const forward = [...forwardOf(model, loss)];
  if (forward.some(({ target, version }) => target === by && version === 'new')) return 'old';
  const reads = forward.flatMap(({ expression }) => [...references(expression)]);
  const versions = new Set(reads.filter(({ name }) => name === by).map(({ version }) => version));
  return versions.size === 1 && versions.has('new') ? 'new' : 'old';
}
