import { constant } from '../../formula/affine.ts';
import type { Expression, Version } from '../../formula/expression.ts';
import { references, walk } from '../../formula/expression.ts';
import type { Formula, LeftIndex, Model } from '../../formula/model.ts';
import { print } from '../../formula/print/printer.ts';
import { codeAffine, codeFormula } from '../../formula/print/pseudocode.ts';
import type { Node } from '../../program/tree.ts';
import { type ArrayTree, aligned, closed, type Library, python, pythonFloat } from './array-code.ts';
import { Planner } from './array-planner.ts';
import type { ParameterUse } from './functions.ts';
import type { Identifiers } from './identifiers.ts';
import type { PythonLine } from './lines.ts';
import { type LoopIndex, LoopScope, loopIndex } from './loop-scope.ts';
import type { Names } from './name-scope.ts';
import { formulasIn, type PassTree, unitsOf } from './passes.ts';
import { isPlainNumber } from './script.ts';
import { brackets, pythonShape } from './subscripts.ts';

/** How a formula is written: the indices that are loops, and its right side as array code. */
interface Plan {
  readonly formula: Formula;
  readonly scope: LoopScope;
  /** The left indices that get loops of this formula's own, outermost first. */
  readonly loops: readonly LeftIndex[];
  readonly tree: ArrayTree;
}

const key = (name: string, version: Version): string => `${version} ${name}`;
const everywhere = new LoopScope(new Map(), new Map());

/** The differences between exported files, apart from the library. */
export interface FrameOptions {
  /** Wraps the text of a formula's value, as in a rounding; `at` are the subscripts of the cell. */
  readonly stored?: (formula: Formula, text: string, at: readonly string[]) => string;
  /** Names of quantities whose sums are added in the formula's order. */
  readonly inOrder?: ReadonlySet<string>;
  /** Names of data that PyTorch differentiates by. */
  readonly leaves?: ReadonlySet<string>;
  /** Whether a formula's result needs `requires_grad_()`. */
  readonly mustFollow?: (formula: Formula) => boolean;
  /** Whether a quantity's old version is read by more than the formulas, and so must be kept. */
  readonly isReadLater?: (name: string) => boolean;
  /** Whether an expression evaluates to the same tensor object that it reads, and so must be cloned. */
  readonly isSame?: (e: Expression) => boolean;
}

/**
 * Writes the passes of one frame as lines of Python, with each formula as a comment. Passes are to be written in their order;
 * `begin` starts another frame. Helpers that are used are added to `helpers`.
 */
export class FrameWriter implements Names {
  readonly entrywise = false;
  inOrder = false;
  private readonly medium;
  private readonly planner = new Planner(this);
  private lines: PythonLine[] = [];
  private readonly aliases = new Map<string, string>();
  /** Versions whose cells are being computed by a loop, with the number of subscripts that are keys. */
  private readonly open = new Map<string, number>();

  constructor(
    readonly model: Model,
    readonly library: Library,
    readonly identifiers: Identifiers,
    readonly helpers: Set<string>,
    private readonly use: ParameterUse,
    private readonly options: FrameOptions = {},
  ) {
    this.medium = python(library);
  }

  value(name: string, version: Version): string {
    if (version === 'new' && this.open.has(key(name, version))) return this.identifiers.of('new', name);
    return this.aliases.get(key(name, version)) ?? this.identifiers.of('quantity', name);
  }

  shape(name: string): readonly number[] {
    return this.model.quantities.get(name)?.shape ?? [];
  }

  function(name: string): string {
    return this.identifiers.of('function', name);
  }

  index(name: string): string {
    return this.identifiers.of('index', name);
  }

  parameter(name: string): string {
    throw new TypeError(`a formula has no parameter ${name}`);
  }

  isBare(name: string): boolean {
    const quantity = this.model.quantities.get(name);
    return quantity !== undefined && isPlainNumber(quantity) && !this.options.leaves?.has(name);
  }

  keys(name: string, version: Version): number | undefined {
    return this.library === 'torch' ? this.open.get(key(name, version)) : undefined;
  }

  operandsRead(name: string): readonly boolean[] {
    return this.use.of(name);
  }

  helper(name: string): string {
    this.helpers.add(name);
    return name;
  }

  /**
   * The lines of a pass, indented by `depth` levels; `later` are the frame's passes after it, which decide what is kept. Throws a
   * RangeError where a formula cannot be written.
   */
  pass({ phase, tree }: PassTree, depth: number, later: readonly PassTree[]): PythonLine[] {
    this.lines = [{ depth, code: `# ${phase}` }];
    const units = unitsOf(tree);
    units.forEach((unit, at) => {
      const after = [...units.slice(at + 1), ...later.map((pass) => pass.tree)].flatMap(formulasIn);
      this.keepOld(formulasIn(unit), after, depth);
      this.unit(unit, everywhere, depth);
    });
    return this.lines;
  }

  /** Starts another frame: new versions have become the old ones. */
  begin(): void {
    this.aliases.clear();
  }

  /** Keeps old versions that are renewed here but read again later under names of their own. */
  private keepOld(formulas: readonly Formula[], after: readonly Formula[], depth: number): void {
    for (const { target, version } of formulas) {
      if (version !== 'new') continue;
      const isRead =
        this.options.isReadLater?.(target) ||
        after.some(({ expression }) =>
          [...references(expression)].some((found) => found.name === target && found.version === 'old'),
        );
      if (!isRead) continue;
      const old = this.identifiers.of('old', target);
      this.add(
        depth,
        `${old} = ${this.value(target, 'old')}`,
        `${target} as it came into the iteration, which is read again below`,
      );
      this.aliases.set(key(target, 'old'), old);
    }
  }

  private add(depth: number, code: string, comment?: string): void {
    this.lines.push({ depth, code, ...(comment && { comment }) });
  }

  private unit(node: Node, scope: LoopScope, depth: number): void {
    if (node.kind === 'loop' && node.carries) this.recurrence(node, scope, depth);
    else if (node.kind === 'block') for (const child of node.children) this.unit(child, scope, depth);
    else this.formula(formulasIn(node)[0], scope, depth);
  }

  /** Formulas that need each other's earlier cells, in one loop. */
  private recurrence(node: Node & { kind: 'loop' }, scope: LoopScope, depth: number): void {
    const formulas = formulasIn(node);
    const isOutermost = scope.loops.size === 0;
    const loop = this.loop({ name: node.index, range: node.range });
    const inner = scope.looping([[node.index, loop]]);
    if (isOutermost) {
      this.settleKeys(node, scope);
      for (const { target, version } of formulas) this.allocate(target, version, depth);
    }
    const range = inner.range([constant(node.range.low)], [constant(node.range.high)], loop.shift);
    this.add(depth, `for ${loop.variable} in ${node.direction > 0 ? range : `reversed(${range})`}:`);
    this.unit(node.body, inner, depth + 1);
    if (isOutermost) for (const { target, version } of formulas) this.finish(target, version, depth);
  }

  /** Finds how many subscripts of each quantity are keys. They depend on each other: iterated to a fixed point. */
  private settleKeys(node: Node, scope: LoopScope): void {
    const plans: [Formula, LoopScope][] = [];
    const visit = (at: Node, around: LoopScope) => {
      if (at.kind === 'cell') plans.push([at.formula, around]);
      else if (at.kind === 'block') for (const child of at.children) visit(child, around);
      else
        visit(
          at.body,
          at.carries ? around.looping([[at.index, this.loop({ name: at.index, range: at.range })]]) : around,
        );
    };
    visit(node, scope);
    for (const [{ target, version }, around] of plans) this.open.set(key(target, version), around.loops.size);
    for (let settled = false; !settled; ) {
      settled = true;
      for (const [formula, around] of plans) {
        const { loops } = this.plan(formula, around);
        const count = loops.length + formula.indices.filter(({ name }) => around.loops.has(name)).length;
        if (this.open.get(key(formula.target, formula.version)) === count) continue;
        this.open.set(key(formula.target, formula.version), count);
        settled = false;
      }
    }
  }

  private loop({ name, range }: LeftIndex): LoopIndex {
    return loopIndex(this.index(name), range);
  }

  /** The plan with the fewest loops; loops are tried outermost first. */
  private plan(formula: Formula, around: LoopScope): Plan {
    this.inOrder = this.options.inOrder?.has(formula.target) ?? false;
    const free = formula.indices.filter(({ name }) => !around.loops.has(name));
    for (let count = 0; ; count++) {
      const loops = free.slice(0, count);
      const axes = free
        .slice(count)
        .map(({ name, range }) => [name, { low: constant(range.low), high: constant(range.high) }] as const);
      const scope = around.looping(loops.map((left) => [left.name, this.loop(left)] as const)).along(axes);
      const tree = this.isStorable(formula, scope)
        ? this.planner.number(formula.expression, scope)
        : undefined;
      if (tree !== undefined) return { formula, scope, loops, tree };
      if (count === free.length) throw new RangeError(`${formula.target} cannot be written in Python`);
    }
  }

  /** In PyTorch, cells that are computed one by one are stacked along their first dimensions: loops must be outermost. */
  private isStorable({ indices }: Formula, { loops }: LoopScope): boolean {
    if (this.library === 'np') return true;
    const fixed = indices.map(({ name }) => loops.has(name));
    return fixed.lastIndexOf(true) < fixed.filter(Boolean).length;
  }

  private formula(formula: Formula, around: LoopScope, depth: number): void {
    const { target, version, indices } = formula;
    const plan = this.plan(formula, around);
    const { scope, loops } = plan;
    const isOrdered = this.inOrder && [...walk(formula.expression)].some(({ kind }) => kind === 'reduction');
    const comment = `${commentOf(formula)}${isOrdered ? ' (added in this order: a step depends on it)' : ''}`;
    const isWhole = indices.every(({ name }) => scope.axes.has(name));
    const at = indices.map(({ name }) =>
      scope.axes.has(name) ? ':' : (scope.loops.get(name) as LoopIndex).variable,
    );
    const text = this.stored(plan, at, isWhole);
    if (isWhole) {
      this.add(depth, `${this.value(target, version)} = ${text}`, comment);
      this.follow(formula, depth);
      return;
    }
    const isAlone = !this.open.has(key(target, version));
    if (isAlone) {
      this.open.set(key(target, version), loops.length);
      this.allocate(target, version, depth, comment);
    }
    loops.forEach(({ range, name }, n) => {
      const loop = scope.loops.get(name) as LoopIndex;
      this.add(
        depth + n,
        `for ${loop.variable} in ${scope.range([constant(range.low)], [constant(range.high)], loop.shift)}:`,
      );
    });
    const inner = depth + loops.length;
    this.add(inner, `${this.value(target, version)}${brackets(at)} = ${text}`, isAlone ? undefined : comment);
    if (!isAlone) return;
    this.finish(target, version, depth);
    this.follow(formula, depth);
  }

  private follow(formula: Formula, depth: number): void {
    if (!this.options.mustFollow?.(formula)) return;
    this.add(depth, `${this.value(formula.target, formula.version)}.requires_grad_()`);
  }

  /** The right side, broadcast to the shape of its target, and wrapped by the storing rule. */
  private stored({ formula, scope, tree }: Plan, at: readonly string[], isWhole: boolean): string {
    const { target, indices, expression } = formula;
    const dims = indices.map(({ name }) => name).filter((name) => scope.axes.has(name));
    const printed = print(aligned(tree, dims), this.medium);
    const { text } = printed;
    const store = (value: string) => this.options.stored?.(formula, value, at) ?? value;
    if (indices.length === 0 && this.planner.isBare(expression) && !this.isBare(target)) {
      const value = expression.kind === 'number' ? pythonFloat(expression.value) : `float(${text})`;
      return store(this.library === 'np' ? `np.float64(${value})` : `torch.tensor(${value})`);
    }
    // The same tensor under another name: PyTorch would accumulate both gradients in it.
    const isComplete = dims.every((name) => tree.dims.includes(name));
    const isTurned = expression.kind === 'reference' && tree.raw?.text !== text;
    if (isComplete && isWhole && !isTurned && this.options.isSame?.(expression))
      return `${closed(printed)}.clone()`;
    if (isComplete || (this.library === 'np' && !isWhole)) return store(text);
    const shape = formula.indices.filter(({ name }) => dims.includes(name)).map(({ range }) => range.high);
    const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
    if (tree.dims.length > 0) return store(`${this.library}.broadcast_to(${text}, ${tuple})`);
    return store(
      this.library === 'np'
        ? `np.full(${pythonShape(shape)}, ${text}, dtype=float)`
        : this.planner.isBare(expression)
          ? `torch.full(${tuple}, ${expression.kind === 'number' ? pythonFloat(expression.value) : `float(${text})`})`
          : `${closed(printed)}.expand(${tuple})`,
    );
  }

  private allocate(target: string, version: Version, depth: number, comment?: string): void {
    if (!this.open.has(key(target, version))) this.open.set(key(target, version), 0);
    const empty = this.library === 'np' ? `np.zeros(${pythonShape(this.shape(target))})` : '{}';
    this.add(depth, `${this.value(target, version)} = ${empty}`, comment);
  }

  private finish(target: string, version: Version, depth: number): void {
    const during = this.value(target, version);
    this.open.delete(key(target, version));
    const after = this.value(target, version);
    const shape = this.shape(target);
    if (this.library === 'torch') {
      const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
      this.add(depth, `${after} = ${this.helper('stacked')}(${during}, ${tuple})`);
    } else if (during !== after) this.add(depth, `${after} = ${during}`);
  }
}

/** The formula in our language, with its claim. */
function commentOf(formula: Formula): string {
  const { mistake } = formula;
  const claim = formula.claim ?? mistake;
  if (claim === undefined) return codeFormula(formula);
  const at = claim.indices.length === 0 ? '' : `[${claim.indices.map(codeAffine).join(',')}]`;
  return `${codeFormula(formula)} : ${mistake ? 'not ' : ''}${claim.sign < 0 ? '-' : ''}d${claim.of}/d${claim.by}${at}`;
}
