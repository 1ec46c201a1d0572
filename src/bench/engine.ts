import { allRows } from '../formula/rows.ts';
import '../machine/fast-machine.ts';
import { fastKernel } from '../machine/kernel/fast-kernels.ts';
import { Machine } from '../machine/machine.ts';
import { Inputs } from '../machine/memory/inputs.ts';
import { Layout } from '../machine/memory/layout.ts';
import type { FrameKernel } from '../machine/plan/frame-kernel.ts';
import { compileProgram, type Program } from '../program/program.ts';
import type { Contestant, Data } from './workloads/contestant.ts';

/** A workload's text as a program. Throws an error with the first diagnostic: the text is our own. */
export function workloadProgram(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(`the workload does not compile: ${diagnostics[0].message}`);
  return program;
}

/** The numbers that the text declares; of sample data, all samples. */
export const dataOf =
  (program: Program): Data =>
  (name) => {
    const { numbers, rows } = program.model.quantities.get(name) ?? {};
    if (numbers !== undefined) return numbers;
    if (rows === undefined) throw new RangeError(`the workload declares no numbers ${name}`);
    return allRows(rows);
  };

export const trainingName = 'Backstep, training';
export const evaluationName = 'Backstep, evaluation only';

/** Training as a page does it: frame after frame, every step of every frame open to inspection afterwards. */
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

/** The formulas alone, over one memory; what training adds to this is the price of recording. */
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

  /** What the frames run on, as those of training do. */
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

  /** What a parameter or a loss is after the last frame, in place. */
  array(name: string): Float64Array {
    const { offset, size } = this.layout.slot(name, 'old');
    return this.kernel.memory.subarray(offset, offset + size);
  }
}
