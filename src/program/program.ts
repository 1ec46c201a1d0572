import { type Compilation, type CompileOptions, compileModel } from '../formula/compile.ts';
import { type Diagnostic, Diagnostics } from '../formula/diagnostic.ts';
import type { Version } from '../formula/expression.ts';
import type { Formula, Model } from '../formula/model.ts';
import { type Phase, phases } from '../formula/statement.ts';
import { OperationCount } from './count.ts';
import { type Location, Locator, type Steps } from './locator.ts';
import { schedulePass } from './schedule.ts';
import type { Node } from './tree.ts';

export type { Location, Steps } from './locator.ts';

export interface PassSteps extends Steps {
  readonly phase: Phase;
}

/** The steps of one frame, as a counted tree: any step is located, any cell's steps are found, by arithmetic. */
export class Program {
  /** Scalar operations of one frame. */
  readonly size: number;
  /** The passes that have steps, in order. */
  readonly passes: readonly PassSteps[];
  readonly counts: OperationCount;
  readonly tree: Node;
  private readonly locator: Locator;
  private readonly writers = new Map<string, Formula>();

  constructor(
    readonly model: Model,
    /** The passes as trees, in order. */
    readonly phaseTrees: readonly { readonly phase: Phase; readonly tree: Node }[],
  ) {
    this.counts = new OperationCount(model.functions);
    this.tree = { kind: 'block', children: phaseTrees.map(({ tree }) => tree) };
    this.locator = new Locator(this.tree, this.counts);
    this.size = this.locator.size;
    let before = 0;
    this.passes = phaseTrees.map(({ phase, tree }) => {
      const first = before + 1;
      before += this.locator.sizeOf(tree);
      return { phase, first, last: before };
    });
    for (const formula of model.formulas) this.writers.set(`${formula.version} ${formula.target}`, formula);
  }

  /** Where step 1 … size of a frame is. */
  locate(step: number): Location {
    return this.locator.locate(step);
  }

  /** The steps that compute a cell: the inverse of `locate`. */
  stepsOf(formula: Formula, cell: readonly number[]): Steps {
    return this.locator.stepsOf(formula, cell);
  }

  /** The steps of this frame that write a cell; undefined for data, which nothing writes. */
  writing(name: string, version: Version, cell: readonly number[]): Steps | undefined {
    const formula = this.writer(name, version);
    return formula && this.stepsOf(formula, cell);
  }

  /** The formula that writes a version of a quantity. */
  writer(name: string, version: Version): Formula | undefined {
    return this.writers.get(`${version} ${name}`);
  }

  /** The longest run of steps around `step` that belongs to one formula without a break. */
  stepsOfFormula(step: number): Steps {
    const { formula, cell } = this.locate(step);
    const route = this.locator.routeOf(formula);
    // Innermost loops that contain only this formula run as one piece.
    const ends: number[][] = [[...cell], [...cell]];
    for (let depth = route.length - 2; depth >= 0; depth--) {
      const part = route[depth];
      if (part.kind !== 'loop') break;
      const d = formula.indices.findIndex(({ name }) => name === part.index);
      ends[0][d] = part.valueAt(0);
      ends[1][d] = part.valueAt(part.count - 1);
    }
    return { first: this.stepsOf(formula, ends[0]).first, last: this.stepsOf(formula, ends[1]).last };
  }

  passOf(step: number): PassSteps {
    return this.passes.find(({ first, last }) => step >= first && step <= last) as PassSteps;
  }
}

export interface ProgramCompilation {
  readonly program?: Program;
  readonly diagnostics: readonly Diagnostic[];
}

/** A model's text as a program, or what is wrong with it. */
export function compileProgram(text: string, options: CompileOptions = {}): ProgramCompilation {
  const { model, diagnostics }: Compilation = compileModel(text, options);
  if (model === undefined) return { diagnostics };
  const found = new Diagnostics();
  const passes = phases
    .map((phase) => ({ phase, formulas: model.formulas.filter((formula) => formula.phase === phase) }))
    .filter(({ formulas }) => formulas.length > 0)
    .map(({ phase, formulas }) => ({ phase, tree: schedulePass(formulas, found) }));
  const all = [...diagnostics, ...found.all];
  return found.failed ? { diagnostics: all } : { program: new Program(model, passes), diagnostics: all };
}
