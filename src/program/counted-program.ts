import type { Version } from '../formula/expression.ts';
import type { Formula, Model } from '../formula/model.ts';
import type { Phase } from '../formula/statement.ts';
import { type Location, Locator, type PassPart, type Steps } from './locator.ts';
import { OperationCount } from './operation-count.ts';
import type { Node } from './tree.ts';

export type { Location, Steps } from './locator.ts';

/** The steps of a pass in a frame; where samples are processed one after the other, one sample's part of it. */
export interface PassSteps extends Steps {
  readonly phase: Phase;
  /** Position among the model's passes, from 0. */
  readonly pass: number;
  /** Which sample of the batch, from 1; absent where the steps are not those of one sample. */
  readonly sample?: number;
}

/**
 * A model in the order in which a frame computes it, as a counted tree. Steps count from 1 to `size`; any step is located, and
 * any cell's steps are found, by arithmetic. Immutable.
 */
export class Program {
  /** Scalar operations of one frame. */
  readonly size: number;
  /** Operation counts of the model's expressions. */
  readonly counts: OperationCount;
  private readonly locator: Locator;
  private readonly writers = new Map<string, Formula>();
  private listed: readonly PassSteps[] | undefined;

  /** `tree` is the whole frame, with one block for each pass; see `schedulePasses`. */
  constructor(
    readonly model: Model,
    /** The whole frame; a block that is a pass, or part of one, has its position. */
    readonly tree: Node,
  ) {
    this.counts = new OperationCount(model.functions);
    this.locator = new Locator(tree, this.counts);
    this.size = this.locator.size;
    for (const formula of model.formulas) this.writers.set(`${formula.version} ${formula.target}`, formula);
  }

  /** The cell and operation at a step, 1 … `size`; other steps are not checked. */
  locate(step: number): Location {
    return this.locator.locate(step);
  }

  /** The steps that compute a cell (indices from 1), the inverse of `locate`. The formula must be one of the model's. */
  stepsOf(formula: Formula, cell: readonly number[]): Steps {
    return this.locator.stepsOf(formula, cell);
  }

  /**
   * The steps of a frame that write a cell in one of its versions; undefined where no formula writes that version, as for data.
   */
  writing(name: string, version: Version, cell: readonly number[]): Steps | undefined {
    const formula = this.writer(name, version);
    return formula && this.stepsOf(formula, cell);
  }

  /** The formula that writes a version of a quantity; undefined where none does. */
  writer(name: string, version: Version): Formula | undefined {
    return this.writers.get(`${version} ${name}`);
  }

  /**
   * The longest run of steps around `step` that belongs to one formula without a break; with `fixed`, also to one value of that
   * index.
   */
  stepsOfFormula(step: number, fixed?: string): Steps {
    const { formula, cell } = this.locate(step);
    const route = this.locator.routeOf(formula);
    // Innermost loops that contain only this formula run as one piece.
    const ends: number[][] = [[...cell], [...cell]];
    for (let depth = route.length - 2; depth >= 0; depth--) {
      const part = route[depth];
      if (part.kind !== 'loop' || part.index === fixed) break;
      const d = formula.indices.findIndex(({ name }) => name === part.index);
      ends[0][d] = part.valueAt(0);
      ends[1][d] = part.valueAt(part.count - 1);
    }
    return { first: this.stepsOf(formula, ends[0]).first, last: this.stepsOf(formula, ends[1]).last };
  }

  /** The pass that a step belongs to; where samples are processed one after the other, only the part of the step's sample. */
  passOf(step: number): PassSteps {
    return this.named(this.locator.passOf(step));
  }

  /** All passes in order; where samples are processed one after the other, each sample's part. The same array every time. */
  get passes(): readonly PassSteps[] {
    this.listed ??= this.locator.passes().map((part) => this.named(part));
    return this.listed;
  }

  private named({ pass, round, first, last }: PassPart): PassSteps {
    return { phase: this.model.passes[pass].phase, pass, ...(round && { sample: round }), first, last };
  }

  /** Which sample of the batch a cell belongs to, from 1; undefined where it belongs to all of them, or there is no batch. */
  sampleOf({ formula, cell }: Pick<Location, 'formula' | 'cell'>): number | undefined {
    return this.model.quantities.get(formula.target)?.perSample ? cell[0] : undefined;
  }
}
