import { minus } from '../../formula/affine.ts';
import type { Call, Expression, Operation, Reference, When } from '../../formula/expression.ts';
import { calledOperations, operation, precedence } from '../../formula/operation.ts';
import { atomic, type Printed, print } from '../../formula/print/printer.ts';
import {
  type ArrayTree,
  aligned,
  asNumber,
  closed,
  isLiteral,
  leaf,
  mergedDims,
  python,
  pythonFloat,
} from './array-code.ts';
import type { ArrayAxis, LoopScope } from './loop-scope.ts';
import type { Names } from './name-scope.ts';
import { isComparison } from './order-sensitive.ts';
import type { PartPlanner } from './part-planner.ts';
import { arrayReduction, comprehension } from './reduction.ts';
import { brackets, guardsOf, pythonShape, slice, transposedText } from './subscripts.ts';

const conditional = precedence.sum - 1;

/**
 * Finds the array code of expressions: whole arrays where every subscript is an index or a slice, `@` and einsum for sums of
 * products, a comprehension where neither will do. `plan` and `number` give undefined where an index that is a dimension of the
 * scope has to be a loop.
 */
export class Planner implements PartPlanner {
  constructor(readonly names: Names) {}

  /** The code of an expression; a comparison is a truth value. */
  plan(e: Expression, scope: LoopScope): ArrayTree | undefined {
    switch (e.kind) {
      case 'number':
        return { expression: e, parts: [], dims: [] };
      case 'index':
        return this.indexValue(e, scope);
      case 'parameter':
        return leaf(e, atomic(this.names.parameter(e.name)));
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
        if (body === undefined || this.names.library === 'np' || this.isBare(e.body)) return body;
        return {
          expression: e,
          parts: [body],
          dims: body.dims,
          write: (print) => atomic(`${closed(print(body))}.detach()`),
        };
      }
      case 'when':
        return this.when(e, scope);
      case 'reduction':
        return arrayReduction(this, e, scope) ?? comprehension(this, e, scope);
    }
  }

  /** The code of an expression that is used as a number: a comparison is 1 or 0. */
  number(e: Expression, scope: LoopScope): ArrayTree | undefined {
    const found = this.plan(e, scope);
    return found && asNumber(found);
  }

  private indexValue(e: Expression & { kind: 'index' }, scope: LoopScope): ArrayTree | undefined {
    const [axis, ...more] = scope.axesIn(e.index);
    if (axis === undefined) {
      const text = scope.value(e.index);
      return leaf(e, { text, binding: /^\w+$/u.test(text) ? precedence.atom : precedence.sum });
    }
    const { low, high } = scope.axes.get(axis) as ArrayAxis;
    const rest = minus(e.index, { constant: 0, terms: [[axis, 1]] });
    if (more.length > 0 || [low, high, rest].some(({ terms }) => terms.length > 0)) return undefined;
    const [from, to] = [low.constant + rest.constant, high.constant + rest.constant + 1];
    return leaf(e, atomic(`${this.names.library}.arange(${from}.0, ${to}.0)`), [axis]);
  }

  private reference(e: Reference, scope: LoopScope): ArrayTree | undefined {
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
    if (guards.length === 0)
      return leaf(e, atomic(transposedText(raw, order, this.names.library)), order, raw);
    const zeros = this.zeros(dims, scope);
    if (zeros === undefined) return undefined;
    const guarded = { text: `(${raw.text} if ${guards.join(' and ')} else ${zeros})`, dims };
    return leaf(e, atomic(transposedText(guarded, order, this.names.library)), order, guarded);
  }

  /** The value of a read out of range: zeros over the dimensions; undefined where their lengths depend on loops. */
  private zeros(dims: readonly string[], { axes }: LoopScope): string | undefined {
    const lengths: number[] = [];
    for (const name of dims) {
      const { low, high } = axes.get(name) as ArrayAxis;
      const length = minus(high, low);
      if (length.terms.length > 0) return undefined;
      lengths.push(length.constant + 1);
    }
    if (lengths.length === 0) return this.names.library === 'np' ? '0.0' : 'torch.tensor(0.0)';
    return `${this.names.library}.zeros(${pythonShape(lengths)})`;
  }

  private operation(e: Operation, scope: LoopScope): ArrayTree | undefined {
    const { library } = this.names;
    const found = e.operands.map((operand) => this.plan(operand, scope));
    if (!found.every((part) => part !== undefined)) return undefined;
    const dims = mergedDims(found, scope.axes.keys());
    const { arity, python: words } = operation(e.operation);
    if (e.operation === 'mul') {
      const outer = this.outer(e, found, dims);
      if (outer !== undefined) return outer;
      // A truth value times a number is a number; elsewhere it must be converted.
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
    if (isComparison(e)) {
      return {
        ...{ expression: e, parts, dims, truth: true },
        write: (print) => {
          const [a, b] = parts.map((part) => unconditional(print(part)));
          return atomic(words(a, b, library));
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
        write: (print) => atomic(`${helper}(${parts.map((part) => print(part).text).join(', ')})`),
      };
    }
    return { expression: e, parts, dims };
  }

  /** The outer product of two vectors over different indices; undefined for other factors. */
  private outer(e: Expression, [a, b]: readonly ArrayTree[], dims: readonly string[]): ArrayTree | undefined {
    const areVectors = a.dims.length === 1 && b.dims.length === 1 && a.dims[0] !== b.dims[0];
    if (!areVectors || a.truth || b.truth) return undefined;
    const parts = a.dims[0] === dims[0] ? [a, b] : [b, a];
    return {
      ...{ expression: e, parts, dims },
      write: (print) =>
        atomic(`${this.names.library}.outer(${parts.map((part) => print(part).text).join(', ')})`),
    };
  }

  /**
   * A tree that is one of Python's own numbers, converted to the library's: there dividing by 0 gives infinity, and PyTorch's
   * functions accept nothing else. Other trees, and with `divides` literals other than 0, stay as they are.
   */
  computed(tree: ArrayTree, divides = false): ArrayTree {
    const { expression: e } = tree;
    const { library } = this.names;
    if (!this.isBare(e) || tree.dims.length > 0 || (divides && e.kind === 'number' && e.value !== 0))
      return tree;
    const wrapped = (text: string) =>
      library === 'np'
        ? `np.float64(${text})`
        : `torch.tensor(${e.kind === 'number' ? pythonFloat(e.value) : `float(${text})`})`;
    return { expression: e, parts: [tree], dims: [], write: (print) => atomic(wrapped(print(tree).text)) };
  }

  /** Whether Python computes an expression with its own numbers only. */
  isBare(e: Expression): boolean {
    if (e.kind === 'reference') return this.names.isBare(e.name);
    if (e.kind === 'number' || e.kind === 'index') return true;
    if (e.kind === 'operation')
      return !calledOperations.has(e.operation) && e.operands.every((part) => this.isBare(part));
    if (e.kind === 'power') return this.isBare(e.base);
    if (e.kind === 'when' || e.kind === 'stop') return this.isBare(e.body);
    return e.kind === 'reduction' && e.reducer !== 'argmax' && this.isBare(e.body);
  }

  private call(e: Call, scope: LoopScope): ArrayTree | undefined {
    const found = e.operands.map((operand) => this.number(operand, scope));
    if (!found.every((part) => part !== undefined)) return undefined;
    const read = this.names.operandsRead(e.name);
    const dims = mergedDims(
      found.filter((_, at) => read[at]),
      scope.axes.keys(),
    );
    const parts = found.map((part, at) => (read[at] ? aligned(this.computed(part), dims) : part));
    const name = this.names.function(e.name);
    return {
      expression: e,
      parts,
      dims,
      write: (print) => atomic(`${name}(${parts.map((part) => print(part).text).join(', ')})`),
    };
  }

  private when(e: When, scope: LoopScope): ArrayTree | undefined {
    if (e.where.some((condition) => scope.axesIn(condition).length > 0)) return undefined;
    const body = this.number(e.body, scope);
    if (body === undefined) return undefined;
    const zeros = this.isBare(e.body) ? '0.0' : this.zeros(body.dims, scope);
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

  /** The code under whichever of the scopes it is shortest; undefined where none allows any. */
  shortest(e: Expression, scopes: readonly LoopScope[]): ArrayTree | undefined {
    const plans = scopes.map((scope) => this.number(e, scope)).filter((one) => one !== undefined);
    const length = (tree: ArrayTree) => print(tree, python(this.names.library)).text.length;
    return plans.length === 0
      ? undefined
      : plans.reduce((best, one) => (length(one) < length(best) ? one : best));
  }
}

const isPositive = (e: Expression, scope: LoopScope): boolean =>
  e.kind === 'index' && scope.axesIn(e.index).length === 0 && scope.extent(e.index).low > 0;
const unconditional = ({ text, binding }: Printed): string => (binding === conditional ? `(${text})` : text);
