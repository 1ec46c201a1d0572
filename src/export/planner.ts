import {
  type Affine,
  type Condition,
  coefficient,
  conditionsByLoop,
  constant,
  minus,
  plus,
  type Range,
  scale,
} from '../formula/affine.ts';
import { ordinal } from '../formula/differential.ts';
import type {
  Call,
  Expression,
  Operation,
  Reduction,
  Reference,
  Version,
  When,
} from '../formula/expression.ts';
import { calledOperations, operation, precedence } from '../formula/operation.ts';
import { atom, type Printed, print } from '../formula/printer.ts';
import {
  type ArrayTree,
  aligned,
  asNumber,
  isLiteral,
  type Library,
  leaf,
  mergedDims,
  python,
  pythonFloat,
} from './arrays.ts';
import { contraction } from './contraction.ts';
import { type Axis, loopIndex, type Scope } from './scope.ts';

/** What the planner has to know about the names around an expression. */
export interface Names {
  readonly library: Library;
  /** A version of a quantity, at this place of the file. */
  value(name: string, version: Version): string;
  shape(name: string): readonly number[];
  /** A function, an index, a parameter of the function being printed. */
  function(name: string): string;
  index(name: string): string;
  parameter(name: string): string;
  /** Whether it is one of Python's own numbers, not an array of the library. */
  isBare(name: string): boolean;
  /** While its cells are gathered one by one: how many of its dimensions are keys. */
  keys(name: string, version: Version): number | undefined;
  /** Notes that the file needs one of the helper functions, and gives its name. */
  helper(name: string): string;
  /** Parameters may be arrays of any shape, so whatever is done must work entry by entry. */
  readonly entrywise: boolean;
  /** Sums are to be added in the order of the formula: something is decided by the last bit. */
  readonly inOrder: boolean;
}

const conditional = precedence.sum - 1;

/**
 * Finds for an expression the array code that its index maps allow: whole arrays where every subscript is an index or
 * a slice, `@` and einsum for sums of products, a comprehension where neither will do. Undefined where the indices
 * that are dimensions have to be loops.
 */
export class Planner {
  constructor(readonly names: Names) {}

  plan(e: Expression, scope: Scope): ArrayTree | undefined {
    switch (e.kind) {
      case 'number':
        return { expression: e, parts: [], dims: [] };
      case 'index':
        return this.indexValue(e, scope);
      case 'parameter':
        return leaf(e, atom(this.names.parameter(e.name)));
      case 'reference':
        return this.reference(e, scope);
      case 'operation':
        return this.operation(e, scope);
      case 'power': {
        const base = this.number(e.base, scope);
        return (
          base && {
            expression: e,
            parts: [base.expression.kind === 'number' ? base : this.computed(base)],
            dims: base.dims,
          }
        );
      }
      case 'call':
        return this.call(e, scope);
      case 'stop': {
        const body = this.number(e.body, scope);
        if (body === undefined || this.names.library === 'np' || isLiteral(e.body)) return body;
        return {
          expression: e,
          parts: [body],
          dims: body.dims,
          write: (print) => atom(`${group(print(body))}.detach()`),
        };
      }
      case 'when':
        return this.when(e, scope);
      case 'reduction':
        return this.arrayReduction(e, scope) ?? this.comprehension(e, scope);
    }
  }

  /** The plan of something that is used as a number. */
  number(e: Expression, scope: Scope): ArrayTree | undefined {
    const found = this.plan(e, scope);
    return found && asNumber(found);
  }

  private indexValue(e: Expression & { kind: 'index' }, scope: Scope): ArrayTree | undefined {
    const [axis, ...more] = scope.axesIn(e.index);
    if (axis === undefined) {
      const text = scope.value(e.index);
      return leaf(e, { text, binding: /^\w+$/u.test(text) ? precedence.atom : precedence.sum });
    }
    const { low, high } = scope.axes.get(axis) as Axis;
    const rest = minus(e.index, { constant: 0, terms: [[axis, 1]] });
    if (more.length > 0 || [low, high, rest].some(({ terms }) => terms.length > 0)) return undefined;
    const [from, to] = [low.constant + rest.constant, high.constant + rest.constant + 1];
    return leaf(e, atom(`${this.names.library}.arange(${from}.0, ${to}.0)`), [axis]);
  }

  private reference(e: Reference, scope: Scope): ArrayTree | undefined {
    const shape = this.names.shape(e.name);
    const keys = this.names.keys(e.name, e.version);
    const dims: string[] = [];
    const guards: string[] = [];
    const subscripts: string[] = [];
    for (const [d, affine] of e.indices.entries()) {
      const [axis, ...more] = scope.axesIn(affine);
      if (more.length > 0 || dims.includes(axis) || (axis !== undefined && d < (keys ?? 0))) return undefined;
      const found =
        axis === undefined
          ? scope.position(affine)
          : slice(affine, axis, shape[d], scope, this.names.library);
      if (found === undefined) return undefined;
      subscripts.push(found);
      if (axis !== undefined) dims.push(axis);
      if (!e.guarded) continue;
      const outside = guardsOf(affine, axis, shape[d], scope);
      if (outside === undefined) return undefined;
      guards.push(...outside);
    }
    const name = this.names.value(e.name, e.version);
    const raw = { text: name + brackets(subscripts, keys ?? 0), dims };
    const order = mergedDims([{ expression: e, parts: [], dims }], scope.axes.keys());
    if (guards.length === 0) return leaf(e, atom(transposed(raw, order, this.names.library)), order, raw);
    const zeros = this.zeros(dims, scope);
    if (zeros === undefined) return undefined;
    const guarded = { text: `(${raw.text} if ${guards.join(' and ')} else ${zeros})`, dims };
    return leaf(e, atom(transposed(guarded, order, this.names.library)), order, guarded);
  }

  /** What stands where nothing is read. */
  private zeros(dims: readonly string[], { axes }: Scope): string | undefined {
    const lengths: number[] = [];
    for (const name of dims) {
      const { low, high } = axes.get(name) as Axis;
      const length = minus(high, low);
      if (length.terms.length > 0) return undefined;
      lengths.push(length.constant + 1);
    }
    if (lengths.length === 0) return this.names.library === 'np' ? '0.0' : 'torch.tensor(0.0)';
    return `${this.names.library}.zeros(${shapeText(lengths)})`;
  }

  private operation(e: Operation, scope: Scope): ArrayTree | undefined {
    const { library } = this.names;
    const found = e.operands.map((operand) => this.plan(operand, scope));
    if (!found.every((part) => part !== undefined)) return undefined;
    const dims = mergedDims(found, scope.axes.keys());
    const { precedence: own, arity, python: words } = operation(e.operation);
    const isComparison = own === precedence.atom && arity === 2 && !calledOperations.has(e.operation);
    if (e.operation === 'mul') {
      const outer = this.outer(e, found, dims);
      if (outer !== undefined) return outer;
      // A truth value times a number is a number; anything else must be told that true is 1.
      const isFloat = (part: ArrayTree) => !part.truth && !isLiteral(part.expression);
      if (isFloat(found[0]) || isFloat(found[1]))
        return { expression: e, parts: found.map((part) => aligned(part, dims)), dims };
    }
    let parts = found.map(asNumber);
    if (e.operation === 'div' && !isPositive(e.operands[1], scope))
      parts = [parts[0], this.computed(parts[1], true)];
    if (library === 'torch' && calledOperations.has(e.operation) && arity === 1)
      parts = parts.map((part) => this.computed(part));
    parts = parts.map((part) => aligned(part, dims));
    if (isComparison) {
      return {
        ...{ expression: e, parts, dims, truth: true },
        write: (print) => {
          const [a, b] = parts.map((part) => unconditional(print(part)));
          return atom(words(a, b, library));
        },
      };
    }
    // The first wins a tie, for gradients too.
    if (library === 'torch' && (e.operation === 'max' || e.operation === 'min')) {
      const helper = this.names.helper(`${e.operation}imum`);
      return {
        expression: e,
        parts,
        dims,
        write: (print) => atom(`${helper}(${parts.map((part) => print(part).text).join(', ')})`),
      };
    }
    return { expression: e, parts, dims };
  }

  /** Every product of a vector's entries with another's. */
  private outer(e: Expression, [a, b]: readonly ArrayTree[], dims: readonly string[]): ArrayTree | undefined {
    const areVectors = a.dims.length === 1 && b.dims.length === 1 && a.dims[0] !== b.dims[0];
    if (!areVectors || a.truth || b.truth) return undefined;
    const parts = a.dims[0] === dims[0] ? [a, b] : [b, a];
    return {
      ...{ expression: e, parts, dims },
      write: (print) =>
        atom(`${this.names.library}.outer(${parts.map((part) => print(part).text).join(', ')})`),
    };
  }

  /**
   * One of Python's own numbers made one of the library's: there dividing by 0 gives infinity, and PyTorch's functions
   * take nothing else.
   */
  private computed(tree: ArrayTree, divides = false): ArrayTree {
    const { expression: e } = tree;
    const { library } = this.names;
    if (!this.isBare(e) || tree.dims.length > 0 || (divides && e.kind === 'number' && e.value !== 0))
      return tree;
    const wrapped = (text: string) =>
      library === 'np'
        ? `np.float64(${text})`
        : `torch.tensor(${e.kind === 'number' ? pythonFloat(e.value) : `float(${text})`})`;
    return { expression: e, parts: [tree], dims: [], write: (print) => atom(wrapped(print(tree).text)) };
  }

  private isBare(e: Expression): boolean {
    if (e.kind === 'reference') return this.names.isBare(e.name);
    if (e.kind === 'number' || e.kind === 'index') return true;
    if (e.kind === 'operation')
      return !calledOperations.has(e.operation) && e.operands.every((part) => this.isBare(part));
    if (e.kind === 'power') return this.isBare(e.base);
    return false;
  }

  private call(e: Call, scope: Scope): ArrayTree | undefined {
    const found = e.operands.map((operand) => this.number(operand, scope));
    if (!found.every((part) => part !== undefined)) return undefined;
    const dims = mergedDims(found, scope.axes.keys());
    const parts = found.map((part) => aligned(this.computed(part), dims));
    const name = this.names.function(e.name);
    return {
      expression: e,
      parts,
      dims,
      write: (print) => atom(`${name}(${parts.map((part) => print(part).text).join(', ')})`),
    };
  }

  private when(e: When, scope: Scope): ArrayTree | undefined {
    if (e.where.some((condition) => scope.axesIn(condition).length > 0)) return undefined;
    const body = this.number(e.body, scope);
    if (body === undefined) return undefined;
    const zeros = this.zeros(body.dims, scope);
    if (zeros === undefined) return undefined;
    const conditions = scope.conditions(e.where);
    return {
      ...{ expression: e, parts: [body], dims: body.dims },
      write: (print) => ({
        text: `${unconditional(print(body))} if ${conditions} else ${zeros}`,
        binding: conditional,
      }),
    };
  }

  /** A reduction over whole dimensions or slices of them. */
  private arrayReduction(e: Reduction, scope: Scope): ArrayTree | undefined {
    if (this.names.entrywise || (this.names.inOrder && e.reducer === 'sum')) return undefined;
    const bound = boundAxes(e, scope);
    if (bound === undefined) return undefined;
    const inner = scope.along(bound);
    const names = bound.map(([name]) => name);
    if (e.reducer === 'sum') {
      const product = contraction(this, e, inner, names);
      if (product !== undefined) return product;
    } else if (names.length > 1 || bound.some(([, { low, high }]) => scope.extent(minus(high, low)).low < 0))
      return undefined;
    const body = this.shortest(e.body, [inner, scope.across(bound)]);
    if (body === undefined || !names.every((name) => body.dims.includes(name))) return undefined;
    const dims = body.dims.filter((name) => !names.includes(name));
    const places = names.map((name) => body.dims.indexOf(name));
    return {
      expression: e,
      parts: [body],
      dims,
      write: (print) => this.reduced(e, print(body).text, places, dims),
    };
  }

  /** The plan under whichever order of dimensions it is written most briefly. */
  shortest(e: Expression, scopes: readonly Scope[]): ArrayTree | undefined {
    const plans = scopes.map((scope) => this.number(e, scope)).filter((one) => one !== undefined);
    const length = (tree: ArrayTree) => print(tree, python(this.names.library)).text.length;
    return plans.length === 0
      ? undefined
      : plans.reduce((best, one) => (length(one) < length(best) ? one : best));
  }

  private reduced(e: Reduction, body: string, places: readonly number[], dims: readonly string[]): Printed {
    const { library } = this.names;
    const isTorch = library === 'torch';
    const along = places.length === 1 ? String(places[0]) : `(${places.join(', ')})`;
    const all = dims.length === 0 && !(isTorch && e.reducer === 'max');
    const text = `${library}.${e.reducer}(${body}${all ? '' : `, ${isTorch ? 'dim' : 'axis'}=${along}`})`;
    if (e.reducer === 'argmax') return { text: `1.0 + ${text}`, binding: precedence.sum };
    return atom(isTorch && e.reducer === 'max' ? `${text}.values` : text);
  }

  /** A reduction as one of Python's own loops; what is around may still be arrays. */
  private comprehension(e: Reduction, outer: Scope): ArrayTree | undefined {
    const { names } = this;
    const loops = e.indices.map(
      ({ name, range }) => [name, loopIndex(names.index(name), range as Range)] as const,
    );
    const scope = outer.looping(loops);
    if (e.where.some((condition) => scope.axesIn(condition).length > 0)) return undefined;
    const body = this.number(e.body, scope);
    if (body === undefined) return undefined;
    const conditions = conditionsByLoop(
      e.indices.map(({ name }) => name),
      e.where,
    );
    let maybeEmpty = e.where.length > 0;
    const clauses = loops.map(([name, loop], depth) => {
      const { lows, highs, rest } = bounds(name, loop.range, ownConditions(conditions, depth), scope);
      const isFull = lows.length === 1 && highs.length === 1 && rest.length === 0;
      if (isFull && scope.extent(minus(highs[0], lows[0])).low >= 0 && e.indices.length === 1)
        maybeEmpty = false;
      const tests = rest.length === 0 ? '' : ` if ${scope.conditions(rest)}`;
      return ` for ${loop.variable} in ${scope.range(lows, highs, loop.shift)}${tests}`;
    });
    const terms = clauses.join('');
    const entrywise = names.entrywise || body.dims.length > 0;
    const write = (text: string): string => {
      if (e.reducer === 'argmax')
        return `${names.helper('winner')}((${text}, ${scope.value(ordinal(e))})${terms})`;
      if (e.reducer === 'sum')
        return names.library === 'torch' && maybeEmpty
          ? `sum((${text}${terms}), torch.tensor(0.0))`
          : `sum(${text}${terms})`;
      if (entrywise || (maybeEmpty && names.library === 'torch'))
        return `${names.helper('largest')}(${text}${terms})`;
      return maybeEmpty ? `max((${text}${terms}), default=0.0)` : `max(${text}${terms})`;
    };
    return { expression: e, parts: [body], dims: body.dims, write: (print) => atom(write(print(body).text)) };
  }
}

const isPositive = (e: Expression, scope: Scope): boolean =>
  e.kind === 'index' && scope.axesIn(e.index).length === 0 && scope.extent(e.index).low > 0;
const unconditional = ({ text, binding }: Printed): string => (binding === conditional ? `(${text})` : text);
const group = ({ text, binding }: Printed): string => (binding >= precedence.atom ? text : `(${text})`);

export const shapeText = (shape: readonly number[]): string =>
  shape.length === 1 ? String(shape[0]) : `(${shape.join(', ')})`;

/** `[t - 1, :, 2]`, without the colons at the end; the first ones are keys where cells are gathered one by one. */
export function brackets(subscripts: readonly string[], keys = 0): string {
  const some = (texts: readonly string[]) => {
    let end = texts.length;
    while (end > 0 && texts[end - 1] === ':') end--;
    return end === 0 ? '' : `[${texts.slice(0, end).join(', ')}]`;
  };
  return keys === 0 ? some(subscripts) : some(subscripts.slice(0, keys)) + some(subscripts.slice(keys));
}

/** An array with its dimensions in another order. */
export function transposed(
  { text, dims }: { text: string; dims: readonly string[] },
  order: readonly string[],
  library: Library,
): string {
  if (dims.join() === order.join()) return text;
  if (dims.length === 2) return `${text}.T`;
  return `${text}.${library === 'np' ? 'transpose' : 'permute'}(${order.map((name) => dims.indexOf(name)).join(', ')})`;
}

/** `1:n`, `::2`, `::-1`: the part of a dimension that a subscript runs through; undefined where that is no slice. */
function slice(
  affine: Affine,
  axis: string,
  size: number,
  scope: Scope,
  library: Library,
): string | undefined {
  const step = coefficient(affine, axis);
  const { low, high } = scope.axes.get(axis) as Axis;
  const rest = minus(affine, { constant: 1, terms: [[axis, step]] });
  const [first, last] = [plus(rest, low, step), plus(rest, high, step)];
  const stop = plus(last, constant(Math.sign(step)));
  const isFixed = first.terms.length === 0 && last.terms.length === 0;
  // PyTorch knows no slices that run backwards.
  if (step < 0 && (!isFixed || library === 'torch')) return undefined;
  if (scope.extent(first).low < 0 || scope.extent(last).low < (step < 0 ? 0 : -1)) return undefined;
  const isNumber = (one: Affine, value: number) => one.terms.length === 0 && one.constant === value;
  const from = isNumber(first, step > 0 ? 0 : size - 1) ? '' : scope.value(first);
  const to = isNumber(stop, step > 0 ? size : -1) ? '' : scope.value(stop);
  return `${from}:${to}${step === 1 ? '' : `:${step}`}`;
}

/** The conditions under which a subscript is inside; undefined where they differ from entry to entry. */
function guardsOf(
  affine: Affine,
  axis: string | undefined,
  size: number,
  scope: Scope,
): string[] | undefined {
  const inside = (one: Affine): [Condition, Condition] => [
    minus(one, constant(1)),
    minus(constant(size), one),
  ];
  const { low, high } =
    axis === undefined ? { low: constant(0), high: constant(0) } : (scope.axes.get(axis) as Axis);
  const step = axis === undefined ? 0 : coefficient(affine, axis);
  const rest = axis === undefined ? affine : minus(affine, { constant: 0, terms: [[axis, step]] });
  const conditions = [low, high].flatMap((end) => inside(plus(rest, scale(end, step))));
  const open = conditions.filter((condition) => scope.extent(condition).low < 0);
  if (open.length === 0) return [];
  return axis === undefined
    ? [...new Set(open.map((condition) => scope.conditions([condition])))]
    : undefined;
}

/** The conditions that speak of the loop at a depth and of none further in. */
const ownConditions = (byLoop: readonly (readonly Condition[])[], depth: number): readonly Condition[] =>
  byLoop[depth].filter((condition) => depth === 0 || !byLoop[depth - 1].includes(condition));

/** How far a loop runs under its conditions; `rest` are those that are no bound of it. */
function bounds(name: string, range: Range, conditions: readonly Condition[], scope: Scope) {
  const lows: Affine[] = [constant(range.low)];
  const highs: Affine[] = [constant(range.high)];
  const rest: Condition[] = [];
  for (const condition of conditions) {
    const factor = coefficient(condition, name);
    const others = minus(condition, { constant: 0, terms: [[name, factor]] });
    if (factor === 1) lows.push(scale(others, -1));
    else if (factor === -1) highs.push(others);
    else rest.push(condition);
  }
  return { lows: scope.tightest(lows, 'low'), highs: scope.tightest(highs, 'high'), rest };
}

/** The bound indices of a reduction as dimensions; undefined where a bound depends on another dimension. */
function boundAxes(e: Reduction, scope: Scope): [string, Axis][] | undefined {
  const names = e.indices.map(({ name }) => name);
  if (names.some((name) => scope.axes.has(name) || scope.loops.has(name))) return undefined;
  // The position of the winner counts from the first of all terms.
  if (e.reducer === 'argmax' && e.where.length > 0) return undefined;
  const found: [string, Axis][] = [];
  for (const { name, range } of e.indices) {
    const conditions = e.where.filter((condition) => coefficient(condition, name) !== 0);
    const others = conditions.flatMap(({ terms }) => terms.map(([one]) => one)).filter((one) => one !== name);
    if (others.some((one) => !scope.loops.has(one))) return undefined;
    const { lows, highs, rest } = bounds(name, range as Range, conditions, scope);
    if (lows.length > 1 || highs.length > 1 || rest.length > 0) return undefined;
    found.push([name, { low: lows[0], high: highs[0] }]);
  }
  const spoken = e.where.every(({ terms }) => terms.some(([name]) => names.includes(name)));
  return spoken ? found : undefined;
}
