import { Evaluator } from '../machine/evaluator.ts';
import { Layout } from '../machine/layout.ts';
import { Machine } from '../machine/machine.ts';
import { storeExactly } from '../machine/store.ts';
import { compileProgram, type Program } from '../program/program.ts';
import type { Contestant, Data } from './contestant.ts';

/** A workload's text as a program. Throws an error with the first diagnostic: the text is our own. */
export function programOf(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(`the workload does not compile: ${diagnostics[0].message}`);
  return program;
}

/** The numbers that the text declares. */
export const dataOf =
  (program: Program): Data =>
  (name) => {
    const numbers = program.model.quantities.get(name)?.numbers;
    if (numbers === undefined) throw new RangeError(`the workload declares no numbers ${name}`);
    return numbers;
  };

export const trainingName = 'Backstep, training';
export const evaluationName = 'Backstep, evaluation only';

/** Training as a page does it: frame after frame, every step of every frame open to inspection afterwards. */
export class EngineTraining implements Contestant {
  readonly name = trainingName;
  private machine: Machine;
  private frame = 0;

  constructor(private readonly program: Program) {
    this.machine = new Machine(program, 'full');
  }

  start(): void {
    this.machine = new Machine(this.program, 'full');
    this.frame = 0;
  }

  train(frames: number): void {
    const { machine } = this;
    for (let n = 0; n < frames; n++) machine.frame(++this.frame);
  }

  loss(): number {
    return this.machine.value(this.frame + 1, 'L', 'old', []);
  }
}

/** The formulas alone, over one memory; what training adds to this is the price of recording. */
export class EngineEvaluation implements Contestant {
  readonly name = evaluationName;
  private readonly layout: Layout;
  private readonly evaluator: Evaluator;
  private readonly memory: Float64Array<ArrayBuffer>;

  constructor(private readonly program: Program) {
    this.layout = new Layout(program.model);
    this.evaluator = new Evaluator(program, this.layout);
    this.memory = new Float64Array(this.layout.size);
    this.start();
  }

  start(): void {
    this.memory.fill(0);
    for (const { name, numbers } of this.program.model.quantities.values())
      if (numbers !== undefined) this.memory.set(numbers, this.layout.slot(name, 'old').offset);
  }

  train(frames: number): void {
    const { memory, evaluator } = this;
    for (let n = 0; n < frames; n++) {
      evaluator.run(memory, storeExactly);
      for (const { old, new: renewed } of this.layout.renewed)
        memory.copyWithin(old.offset, renewed.offset, renewed.offset + renewed.size);
    }
  }

  loss(): number {
    this.evaluator.run(this.memory, storeExactly);
    return this.memory[this.layout.slot('L', 'old').offset];
  }
}
