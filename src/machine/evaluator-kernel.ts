import type { Program } from '../program/program.ts';
import { Evaluator } from './evaluator.ts';
import type { Layout } from './layout.ts';
import type { Store } from './store.ts';

/** What runs the frames of one program in a memory of its own. */
export interface FrameKernel {
  readonly memory: Float64Array<ArrayBuffer>;
  run(): void;
  advance(): void;
  forget(): void;
}

export class EvaluatorKernel implements FrameKernel {
  readonly memory: Float64Array<ArrayBuffer>;
  private readonly evaluator: Evaluator;

  constructor(
    program: Program,
    private readonly layout: Layout,
    private readonly store: Store,
  ) {
    this.evaluator = new Evaluator(program, layout);
    this.memory = new Float64Array(layout.size);
  }

  run(): void {
    this.evaluator.run(this.memory, this.store);
  }

  advance(): void {
    this.run();
    for (const { old, new: renewed } of this.layout.renewed)
      this.memory.copyWithin(old.offset, renewed.offset, renewed.offset + renewed.size);
  }

  forget(): void {}
}
