import { allRows } from '../formula/sample-rows.ts';
import '../machine/fast-machine.ts';
import { fastKernel } from '../machine/kernel/fast-kernels.ts';
import { Machine } from '../machine/machine.ts';
import { Inputs } from '../machine/memory/inputs.ts';
import { Layout } from '../machine/memory/layout.ts';
import type { FrameKernel } from '../machine/plan/frame-kernel.ts';
import { compileProgram, type Program } from '../program/program.ts';
import type { Contestant, Data } from './workloads/contestant.ts';

/** Compiles a workload's text. Throws an Error with the first diagnostic's message if it does not compile. */
export function workloadProgram(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(`the workload does not compile: ${diagnostics[0].message}`);
  return program;
}

/**
 * A function that gives the numbers that the program's text declares for a quantity, row by row; all samples of sample data, one
 * after the other. They may be the model's own: not to be changed. The function throws a RangeError if there are none.
 */
export const dataOf =
  (program: Program): Data =>
  (name) => {
    const { numbers, rows } = program.model.quantities.get(name) ?? {};
    if (numbers !== undefined) return numbers;
    if (rows === undefined) throw new RangeError(`the workload declares no numbers ${name}`);
    return allRows(rows);
  };

/** The name of the contestant that trains as a page does. */
export const trainingName = 'Backstep, training';
/** The name of the contestant that only evaluates. */
export const evaluationName = 'Backstep, evaluation only';

/** Training as a page does it: records every frame, so that every step of it can be inspected afterwards. */
export class EngineTraining implements Contestant {
  readonly name = trainingName;
  private machine: Machine;

  constructor(private readonly program: Program) {
    this.machine = new Machine(program, 'full');
  }

  start(): void {
    this.machine = new Machine(this.program, 'full');
  }

  train(frames: number): void {
    const { machine } = this;
    for (let n = 0; n < frames; n++) machine.extend();
  }

  loss(): number {
    this.machine.extend();
    return this.machine.mean('L');
  }
}

/** Runs the formulas alone on one memory; the difference to training is the price of recording. */
export class EngineEvaluation implements Contestant {
  readonly name = evaluationName;
  private readonly layout: Layout;
  private readonly inputs: Inputs;
  private readonly kernel: FrameKernel;
  private frame = 0;

  constructor(program: Program) {
    this.layout = new Layout(program.model);
    this.inputs = new Inputs(program.model, this.layout);
    this.kernel = fastKernel(program, this.layout);
    this.start();
  }

  /** The kind of kernel, the same as in training. */
  get kind(): FrameKernel['kind'] {
    return this.kernel.kind;
  }

  start(): void {
    this.frame = 0;
    this.kernel.memory.set(this.inputs.start);
    this.kernel.forget();
  }

  train(frames: number): void {
    const { kernel, inputs } = this;
    for (let n = 0; n < frames; n++) {
      inputs.write(kernel.memory, ++this.frame);
      kernel.advance();
    }
  }

  loss(): number {
    this.train(1);
    const losses = this.array('L');
    return losses.reduce((total, each) => total + each, 0) / losses.length;
  }

  /** A quantity's `old` version after the last frame, row by row: a view of the kernel's memory. */
  array(name: string): Float64Array {
    const { offset, size } = this.layout.slot(name, 'old');
    return this.kernel.memory.subarray(offset, offset + size);
  }
}
