import { type Compilation, type CompileOptions, compileModel } from '../formula/compile.ts';
import { type Diagnostic, Diagnostics } from '../formula/diagnostic.ts';
import type { Version } from '../formula/expression.ts';
import type { Formula, Model } from '../formula/model.ts';
import { type Phase, phases } from '../formula/statement.ts';
import { OperationCount } from './count.ts';
import { schedulePass } from './schedule.ts';
import { type Cell, iterationOf, type Node, TreeSizes, valueAt } from './tree.ts';

/** First and last step, both included; steps of a frame count from 1. */
export interface Steps {
  readonly first: number;
  readonly last: number;
}

/** Where a step is: the cell it works on, and which of the cell's operations it is. */
export interface Location {
  readonly formula: Formula;
  /** The values of the formula's left indices, in their order. */
  readonly cell: readonly number[];
  /** Counted from 1 to `operations`. */
  readonly operation: number;
  readonly operations: number;
  /** The step of the cell's first operation. */
  readonly first: number;
}

export interface PassSteps extends Steps {
  readonly phase: Phase;
}

const nowhere: ReadonlyMap<string, number> = new Map();

/** The steps of one frame, as a counted tree: any step is located, any cell's steps are found, by arithmetic. */
export class Program {
  /** Scalar operations of one frame. */
  readonly size: number;
  /** The passes that have steps, in order. */
  readonly passes: readonly PassSteps[];
  readonly counts: OperationCount;
  readonly tree: Node;
  private readonly sizes: TreeSizes;
  private readonly routes = new Map<Formula, readonly Node[]>();
  private readonly writers = new Map<string, Formula>();

  constructor(
    readonly model: Model,
    /** The passes as trees, in order. */
    readonly phaseTrees: readonly { readonly phase: Phase; readonly tree: Node }[],
  ) {
    this.counts = new OperationCount(model.functions);
    this.sizes = new TreeSizes(this.counts);
    this.tree = { kind: 'block', children: phaseTrees.map(({ tree }) => tree) };
    this.size = this.sizes.of(this.tree, nowhere);
    let before = 0;
    this.passes = phaseTrees.map(({ phase, tree }) => {
      const first = before + 1;
      before += this.sizes.of(tree, nowhere);
      return { phase, first, last: before };
    });
    this.route(this.tree, []);
    for (const formula of model.formulas) this.writers.set(`${formula.version} ${formula.target}`, formula);
  }

  private route(node: Node, above: readonly Node[]): void {
    const here = [...above, node];
    if (node.kind === 'cell') this.routes.set(node.formula, here);
    else if (node.kind === 'loop') this.route(node.body, here);
    else for (const child of node.children) this.route(child, here);
  }

  /** Where step 1 … size of a frame is. */
  locate(step: number): Location {
    const environment = new Map<string, number>();
    let node = this.tree;
    let rest = step - 1;
    while (node.kind !== 'cell') {
      if (node.kind === 'block') {
        let child = 0;
        for (let size = 0; ; child++) {
          size = this.sizes.of(node.children[child], environment);
          if (rest < size) break;
          rest -= size;
        }
        node = node.children[child];
      } else {
        const n = this.sizes.iterationAt(node, rest, environment);
        rest -= this.sizes.before(node, n, environment);
        environment.set(node.index, valueAt(node, n));
        node = node.body;
      }
    }
    const { formula } = node;
    return {
      formula,
      cell: formula.indices.map(({ name }) => environment.get(name) as number),
      operation: rest + 1,
      operations: this.sizes.of(node, environment),
      first: step - rest,
    };
  }

  /** The steps that compute a cell: the inverse of `locate`. */
  stepsOf(formula: Formula, cell: readonly number[]): Steps {
    const environment = new Map(formula.indices.map(({ name }, d) => [name, cell[d]]));
    const route = this.routes.get(formula) as readonly Node[];
    let before = 0;
    route.forEach((node, depth) => {
      if (node.kind === 'loop')
        before += this.sizes.before(
          node,
          iterationOf(node, environment.get(node.index) as number),
          environment,
        );
      if (node.kind === 'block') {
        for (const child of node.children) {
          if (child === route[depth + 1]) break;
          before += this.sizes.of(child, environment);
        }
      }
    });
    const leaf = route[route.length - 1] as Cell;
    return { first: before + 1, last: before + this.sizes.of(leaf, environment) };
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
    const route = this.routes.get(formula) as readonly Node[];
    // Innermost loops that contain only this formula run as one piece.
    const ends: number[][] = [[...cell], [...cell]];
    for (let depth = route.length - 2; depth >= 0; depth--) {
      const node = route[depth];
      if (node.kind !== 'loop') break;
      const d = formula.indices.findIndex(({ name }) => name === node.index);
      ends[0][d] = valueAt(node, 0);
      ends[1][d] = valueAt(node, node.range.high - node.range.low);
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
