import { type Affine, constant, index, type Range } from '../formula/affine.ts';
import { freshen, type Path, paths } from '../formula/derive/derivative-paths.ts';
import { countPaths } from '../formula/derive/path-count.ts';
import { addUp, productExpression } from '../formula/derive/product.ts';
import { type Expression, number, reference, references } from '../formula/expression.ts';
import { mostPaths } from '../formula/limits.ts';
import type { Formula } from '../formula/model.ts';
import { substituteIndices } from '../formula/substitution.ts';
import type { Layout, Slot } from '../machine/memory/layout.ts';
import type { CellNode } from '../machine/step/cell-operations.ts';
import { type CellEvaluation, Evaluator, type SlotReader } from '../machine/step/evaluator.ts';
import { LazyCell } from '../machine/step/lazy-cell.ts';
import type { Program } from '../program/program.ts';
import type { CellReference } from './explanation.ts';
import type { FrameValues } from './frame-values.ts';
import { IndexMap } from './index-map.ts';

/** One path by which the cells of a formula depend on those of a quantity, with the inverse of its index arithmetic. */
interface PartialPath {
  readonly formula: Formula;
  readonly path: Path;
  readonly map: IndexMap;
  /** The local derivative, in the formula's own indices and those of the reductions around. */
  readonly slope: Expression;
  readonly names: readonly string[];
  /** Where the formula's cells lie. */
  readonly target: Slot;
  evaluation?: CellEvaluation;
}

/**
 * Local derivatives: of a forward formula's cell by one cell that it reads, all else fixed. Found by symbolic differentiation of
 * the formula, and evaluated at the numbers that a frame has stored, as a lecture does.
 */
export class Partials {
  private readonly paths = new Map<Slot, readonly PartialPath[]>();
  private readonly evaluator: Evaluator;
  private values: FrameValues | undefined;

  constructor(
    private readonly program: Program,
    private readonly layout: Layout,
  ) {
    const source: SlotReader = (slot, address) => () => (this.values as FrameValues).at(slot, address());
    this.evaluator = new Evaluator(program.model.functions, layout, source);
  }

  /**
   * Calls `found` for every path from a cell (indices from 1) of a slot to a formula's cell: with its slot, its address, and the
   * local derivative. A cell that is reached by several paths comes several times; their sum is its derivative. `most` bounds the
   * calls for each path of each formula; `isWanted` leaves out formulas by their target.
   */
  from(
    slot: Slot,
    cell: readonly number[],
    isWanted: (target: Slot) => boolean,
    values: FrameValues,
    found: (target: Slot, address: number, partial: number) => void,
    most = Number.POSITIVE_INFINITY,
  ): void {
    this.values = values;
    for (const path of this.pathsFrom(slot)) {
      const { target, map } = path;
      if (!isWanted(target)) continue;
      path.evaluation ??= this.evaluator.evaluation(path.slope, path.names);
      const { evaluation } = path;
      const lead = (setting: readonly number[]): void => {
        let address = target.offset;
        for (let d = 0; d < target.strides.length; d++) address += (setting[d] - 1) * target.strides[d];
        found(target, address, evaluation.at(setting));
      };
      map.each(cell, lead, most);
    }
  }

  /** The derivative of one cell by another as an expression without free indices, for readers; 0 where there is no path. */
  expression(of: CellReference, by: CellReference): Expression {
    const products = this.pathsFrom(this.layout.slot(by.name, by.version)).flatMap((way) => {
      const { formula, path, map, names } = way;
      if (formula.target !== of.name || formula.version !== of.version) return [];
      const found: Expression[] = [];
      map.each(by.cell, (setting) => {
        if (of.cell.some((n, d) => n !== setting[d])) return;
        const fixed = new Map<string, Affine>(names.map((name, n) => [name, constant(setting[n])]));
        found.push(substituteIndices(productExpression(path.slope), fixed));
      });
      return found;
    });
    return products.length === 0 ? number(0) : addUp(products.map((e) => ({ outer: factor(e), when: [] })));
  }

  /** The derivative of one cell by another with its operations, evaluated at a frame's numbers. */
  operations(of: CellReference, by: CellReference, values: FrameValues): CellNode {
    const source: SlotReader = (slot, address) => () => values.at(slot, address());
    const { model, counts } = this.program;
    const evaluator = new Evaluator(model.functions, this.layout, source, undefined, counts);
    return new LazyCell(evaluator, evaluator.evaluation(this.expression(of, by), []), []).root;
  }

  private pathsFrom(slot: Slot): readonly PartialPath[] {
    let found = this.paths.get(slot);
    if (found === undefined) {
      found = this.program.model.formulas
        .filter(({ phase }) => phase === 'forward')
        .flatMap((formula) => [...this.pathsIn(formula, slot)]);
      this.paths.set(slot, found);
    }
    return found;
  }

  private *pathsIn(formula: Formula, slot: Slot): Generator<PartialPath> {
    const { functions } = this.program.model;
    const isOf = (one: { name: string; version: string }) =>
      one.name === slot.name && one.version === slot.version;
    if (![...references(formula.expression)].some(isOf)) return;
    if (countPaths(formula.expression, functions) > mostPaths) return;
    const left = formula.indices.map(({ name }) => index(name));
    const own = reference(formula.target, left, { version: formula.version });
    const context = {
      functions,
      wanted: isOf,
      winner: ({ reduction }: { reduction: Expression & { kind: 'reduction' } }): Expression => ({
        ...reduction,
        reducer: 'argmax' as const,
      }),
    };
    for (const path of paths(freshen(formula.expression), context, own)) {
      const around = path.indices.map(({ name, range }) => ({ name, range: range as Range }));
      const map = new IndexMap(formula.indices, around, path.occurrence.indices, path.where, slot.shape);
      const names = [...formula.indices, ...around].map(({ name }) => name);
      const target = this.layout.slot(formula.target, formula.version);
      yield { formula, path, map, slope: productExpression(path.slope), names, target };
    }
  }
}

const factor = (e: Expression) => ({ top: 1, bottom: 1, over: [e], under: [] });
