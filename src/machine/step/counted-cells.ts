import type { Location, Program } from '../../program/program.ts';
import { Layout } from '../memory/layout.ts';
import { Evaluator } from './evaluator.ts';
import { LazyCell, type LazyNode } from './lazy-cell.ts';

/** Cells opened to see which operations they have, whatever their numbers are. */
export class CountedCells {
  private readonly evaluator: Evaluator;
  private opened: { readonly first: number; readonly root: LazyNode } | undefined;

  constructor({ model, counts }: Program) {
    const anyNumber = () => () => 0;
    this.evaluator = new Evaluator(model.functions, new Layout(model), anyNumber, undefined, counts);
  }

  /** The whole of a cell; `first` is the step of its first operation. */
  root({ formula, cell, first }: Pick<Location, 'formula' | 'cell' | 'first'>): LazyNode {
    if (this.opened?.first !== first) {
      const { root } = new LazyCell(this.evaluator, this.evaluator.of(formula), cell);
      this.opened = { first, root };
    }
    return this.opened.root;
  }
}
