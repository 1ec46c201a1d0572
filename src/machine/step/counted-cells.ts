import type { Location, Program } from '../../program/program.ts';
import { Layout } from '../memory/layout.ts';
import { Evaluator } from './evaluator.ts';
import { LazyCell, type LazyNode } from './lazy-cell.ts';

/** Gives cells as trees of operations without their values, so that no frame is needed. All numbers read as 0. */
export class CountedCells {
  private readonly evaluator: Evaluator;
  private opened: { readonly first: number; readonly root: LazyNode } | undefined;

  constructor({ model, counts }: Program) {
    const anyNumber = () => () => 0;
    this.evaluator = new Evaluator(model.functions, new Layout(model), anyNumber, undefined, counts);
  }

  /** The whole of a cell; `first` is the step of its first operation within the frame. The latest cell is cached. */
  root({ formula, cell, first }: Pick<Location, 'formula' | 'cell' | 'first'>): LazyNode {
    if (this.opened?.first !== first) {
      const { root } = new LazyCell(this.evaluator, this.evaluator.of(formula), cell);
      this.opened = { first, root };
    }
    return this.opened.root;
  }
}
