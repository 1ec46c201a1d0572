import { ownShape, type Quantity, sizeOf } from '../../formula/model.ts';
import { Program } from '../../program/counted-program.ts';
import { prune } from '../../program/tree.ts';
import { fastBackend } from '../history/fast-backend.ts';
import { writeState } from '../history/training-state.ts';
import { frameKernel, needsFastBackend } from '../kernel/kernel-choice.ts';
import type { Machine } from '../machine.ts';
import { storeByRules, storeExactly } from '../memory/store.ts';
import type { FrameKernel } from '../plan/frame-kernel.ts';
import type { SlicedWork } from '../step/sliced-work.ts';
import { steppingKernel } from '../step/stepping-kernel.ts';
import { forwardFormulas } from './forward-response.ts';

/** What a network makes of some samples, one after the other in each array. */
export interface Examined {
  /** The frame after which it was asked, from 0, before any training. */
  readonly frame: number;
  /** The rows of the sample data, from 1. */
  readonly rows: readonly number[];
  /** What it answers, and the targets: as many numbers for each row as there are in one. */
  readonly answers: Float64Array;
  readonly targets: Float64Array;
  /** The loss of each row; absent where the model has none of a single sample. */
  readonly losses?: Float64Array;
}

/**
 * Asks a network of a run for its answers to any samples, with what training has made of its parameters: forwards only, in batches of the
 * model's size, with dropout off and normalisation by running statistics. The run is read and never changed.
 */
export class Examiner {
  /** Operations that one sample takes. */
  readonly cost: number;
  private readonly kernel: FrameKernel;
  private readonly size: number;
  private readonly answer: Quantity;
  private readonly target: Quantity;
  private readonly loss: Quantity | undefined;

  /**
   * Of a run of a model that has an examination. `loss`, the name of a quantity, is examined, too, where it is of a single sample. Throws a
   * RangeError for another model.
   */
  constructor(
    private readonly machine: Machine,
    loss: string | undefined,
  ) {
    const { model, tree } = machine.program;
    const { examination, samples, quantities, batch } = model;
    const [answer, target] = [examination?.answer, examination?.target].map((name = '') =>
      quantities.get(name),
    );
    if (answer === undefined || target === undefined || samples === undefined)
      throw new RangeError('no samples are held back');
    const found = loss === undefined ? undefined : quantities.get(loss);
    const isOfSample =
      found !== undefined && ownSize(found) === 1 && (batch === undefined || found.perSample === true);
    [this.answer, this.target, this.loss, this.size] = [
      answer,
      target,
      isOfSample ? found : undefined,
      samples.size,
    ];
    const names = [answer, target, ...(this.loss ? [this.loss] : [])].map(({ name }) => name);
    const part = prune(tree, forwardFormulas(model, names));
    // What is examined is computed by a forward line: there is a part of the tree that does it.
    const program = new Program(model, part as NonNullable<typeof part>);
    this.cost = program.size / this.size;
    const rounded = machine.precision === 'lesson';
    const { webAssembly = true } = machine.limits;
    this.kernel = needsFastBackend(program)
      ? frameKernel(
          program,
          machine.layout,
          { rounded, webAssembly, isKept: () => true },
          fastBackend()?.kernels,
        )
      : steppingKernel(program, machine.layout, rounded ? storeByRules(model) : storeExactly);
  }

  /** Examines rows of the sample data (from 1) with the parameters as a frame (from 1; 0 before training) leaves them; yields the progress. */
  *examine(frame: number, rows: readonly number[]): SlicedWork<Examined> {
    const { machine, kernel, size, answer, target, loss } = this;
    const { layout } = machine;
    const { memory } = kernel;
    const state = machine.stateAfter(frame);
    const next = frame + 1;
    const inputs = machine.inputsOf(next);
    const samples = [...machine.program.model.quantities.values()].filter(({ role }) => role === 'sample');
    const examined = [answer, target, ...(loss ? [loss] : [])].map((quantity) => {
      const own = ownSize(quantity);
      const { offset } = layout.slot(quantity.name, 'old');
      // What is the same for all samples is read where it is.
      const isOfEach = quantity.perSample === true || quantity.role === 'sample';
      return { numbers: new Float64Array(rows.length * own), own, offset, isOfEach };
    });
    memory.set(inputs.start);
    writeState(layout, state, memory);
    for (let first = 0; first < rows.length; first += size) {
      const some = Array.from({ length: size }, (_, n) => rows[Math.min(first + n, rows.length - 1)]);
      inputs.write(memory, next, 'evaluate');
      for (const quantity of samples) {
        const { offset, size: whole } = layout.slot(quantity.name, 'old');
        const each = whole / size;
        for (const [n, row] of some.entries()) memory.set(inputs.sample(quantity, row), offset + n * each);
      }
      kernel.run();
      for (const { numbers, own, offset, isOfEach } of examined)
        for (let n = 0; n < size && first + n < rows.length; n++) {
          const from = offset + (isOfEach ? n * own : 0);
          numbers.set(memory.subarray(from, from + own), (first + n) * own);
        }
      yield Math.min(1, (first + size) / rows.length);
    }
    const [{ numbers: answers }, { numbers: targets }, losses] = examined;
    return { frame, rows, answers, targets, ...(losses && { losses: losses.numbers }) };
  }
}

/** How many numbers a quantity has for one sample. */
const ownSize = (quantity: Quantity): number => sizeOf(ownShape(quantity));
