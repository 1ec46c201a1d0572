import { children, type Expression, walk } from '../../formula/expression.ts';
import type { Model } from '../../formula/model.ts';
import { asTree, print } from '../../formula/print/printer.ts';
import { codeMedium } from '../../formula/print/pseudocode.ts';
import type { FunctionStatement } from '../../formula/statement.ts';
import { type ArrayTree, type Library, python } from './array-code.ts';
import { Planner } from './array-planner.ts';
import { Identifiers } from './identifiers.ts';
import { layOut } from './lines.ts';
import { LoopScope } from './loop-scope.ts';
import type { Names } from './name-scope.ts';

/**
 * The functions that a model's formulas call, directly or not, each once and after those that it calls itself. `withSlopes`: of
 * which functions the declared slopes count, too (default: none).
 */
export function calledFunctions(
  model: Model,
  withSlopes: (definition: FunctionStatement) => boolean = () => false,
): FunctionStatement[] {
  const found = new Set<FunctionStatement>();
  const visit = (e: Expression): void => {
    for (const node of walk(e)) {
      if (node.kind !== 'call') continue;
      const definition = model.functions.get(node.name) as FunctionStatement;
      if (found.has(definition)) continue;
      visit(definition.body);
      if (withSlopes(definition)) definition.slopes.forEach(visit);
      found.add(definition);
    }
  };
  for (const { expression } of model.formulas) visit(expression);
  return [...found];
}

/** Finds from which of its parameters a function's value is computed in Python. */
export class ParameterUse {
  private readonly known = new Map<string, readonly boolean[]>();

  /** `withSlopes`: whether a function is exported with its slopes, and so uses every parameter. */
  constructor(
    private readonly functions: Model['functions'],
    private readonly withSlopes: (definition: FunctionStatement) => boolean = () => false,
  ) {}

  /** One entry for each parameter of the function, in order. Cached. */
  of(name: string): readonly boolean[] {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const definition = this.functions.get(name) as FunctionStatement;
    const read = new Set(this.parametersIn(definition.body));
    const found = definition.parameters.map((one) => this.withSlopes(definition) || read.has(one));
    this.known.set(name, found);
    return found;
  }

  private *parametersIn(e: Expression): Generator<string> {
    if (e.kind === 'parameter') yield e.name;
    const used = e.kind === 'call' ? this.of(e.name) : undefined;
    for (const [at, part] of children(e).entries()) if (used?.[at] !== false) yield* this.parametersIn(part);
  }
}

/** The definition in our language, `sigmoid(z) = 1 / (1 + exp(-z))`, without `#` and slopes. */
export function functionComment({ name, parameters, body }: FunctionStatement): string {
  return `${name}(${parameters.join(', ')}) = ${print(asTree(body), codeMedium).text}`;
}

/**
 * The Python definitions of functions, one text for each, ending with a line break; the writer is opened for each in turn.
 * `returned` gives the lines after the comment, without indentation, by default one that returns the body.
 */
export function functionTexts(
  writer: FunctionWriter,
  functions: readonly FunctionStatement[],
  returned: (definition: FunctionStatement) => string[] = ({ body }) => [`return ${writer.text(body)}`],
): string[] {
  return functions.map((definition) => {
    const parameters = writer.open(definition);
    return layOut([
      { depth: 0, code: `def ${writer.function(definition.name)}(${parameters.join(', ')}):` },
      { depth: 1, code: '', comment: functionComment(definition) },
      ...returned(definition).map((code) => ({ depth: 1, code })),
    ]);
  });
}

/** Writes functions in Python. They work entry by entry on arrays of any shape, as the formulas' functions on one number. */
export class FunctionWriter implements Names {
  readonly entrywise = true;
  readonly inOrder = false;
  private readonly medium;
  private readonly planner = new Planner(this);
  private local = new Identifiers();
  private own: FunctionStatement | undefined;

  constructor(
    readonly library: Library,
    private readonly identifiers: Identifiers,
    private readonly functions: readonly FunctionStatement[],
    private readonly helpers: Set<string>,
    private readonly use: ParameterUse,
  ) {
    this.medium = python(library);
  }

  /** Starts a function; returns the names of its parameters in Python. */
  open(definition: FunctionStatement): string[] {
    this.own = definition;
    this.local = new Identifiers(this.functions.map(({ name }) => this.function(name)));
    return definition.parameters.map((name) => this.parameter(name));
  }

  /** The Python text of an expression in the parameters of the function that `open` has started. */
  text(e: Expression): string {
    const tree = this.planner.computed(
      this.planner.number(e, new LoopScope(new Map(), new Map())) as ArrayTree,
    );
    return print(tree, this.medium).text;
  }

  parameter(name: string): string {
    // A slope reads the function's own value by the function's name.
    if (name === this.own?.name && !this.own.parameters.includes(name)) return 'value';
    return this.local.of('parameter', name);
  }

  index(name: string): string {
    return this.local.of('index', name);
  }

  function(name: string): string {
    return this.identifiers.of('function', name);
  }

  operandsRead(name: string): readonly boolean[] {
    return this.use.of(name);
  }

  helper(name: string): string {
    this.helpers.add(name);
    return name;
  }

  value(name: string): string {
    throw new TypeError(`a function reads its parameters only, not ${name}`);
  }

  shape(): readonly number[] {
    return [];
  }

  isBare(): boolean {
    return false;
  }

  keys(): undefined {
    return undefined;
  }
}
