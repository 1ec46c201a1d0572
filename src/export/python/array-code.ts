import { type Expression, walk } from '../../formula/expression.ts';
import { atomic, type Medium, type Printed, type Tree } from '../../formula/print/printer.ts';
import { formatExact } from '../../number/format.ts';

/** The module that does the arithmetic. */
export type Library = 'np' | 'torch';

type Print = (part: ArrayTree) => Printed;

/** An expression as array code: what it is an array over, and how it is written where Python has words of its own. */
export interface ArrayTree extends Tree {
  readonly parts: readonly ArrayTree[];
  /** The indices along which it is an array, outermost first; none for a single number. */
  readonly dims: readonly string[];
  readonly write?: (print: Print) => Printed;
  /** A bare array with its dimensions as they lie in memory. */
  readonly raw?: { readonly text: string; readonly dims: readonly string[] };
  /** A comparison, which Python gives as a truth value. */
  readonly truth?: boolean;
}

/** The words of Python; whatever depends on shapes is written by the tree itself. */
export const python = (library: Library): Medium<ArrayTree> => {
  const byTree = (): never => {
    throw new TypeError('written by the tree');
  };
  return {
    name: 'python',
    library,
    number: pythonNumber,
    affine: byTree,
    reference: byTree,
    call: byTree,
    reduction: byTree,
    when: byTree,
    power: (base, exponent) => `${base}**${exponent}`,
    group: (text) => `(${text})`,
    instead: (tree, print) => tree.write?.(print),
  };
};

/** A number as Python reads it back to the same 64 bits. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return "float('nan')";
  if (!Number.isFinite(value)) return value > 0 ? "float('inf')" : "-float('inf')";
  return formatExact(value);
}

/** The same, unmistakably a floating-point number. */
export function pythonFloat(value: number): string {
  const text = pythonNumber(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A leaf whose text is known. */
export const leaf = (
  expression: Expression,
  printed: Printed,
  dims: readonly string[] = [],
  raw?: ArrayTree['raw'],
): ArrayTree => ({ expression, parts: [], dims, write: () => printed, ...(raw && { raw }) });

/** A part that a suffix such as `[:, None]` or `.T` is put behind. */
export const closed = ({ text, binding }: Printed): string =>
  binding >= atomic('').binding ? text : `(${text})`;

/** The tree with new dimensions of length 1 wherever `dims` has one that it lacks, so that NumPy broadcasts it. */
export function aligned(tree: ArrayTree, dims: readonly string[]): ArrayTree {
  if (tree.dims.length === 0) return tree;
  const from = dims.indexOf(tree.dims[0]);
  const pattern = dims.slice(from).map((name) => (tree.dims.includes(name) ? ':' : 'None'));
  if (!pattern.includes('None')) return tree;
  return {
    expression: tree.expression,
    parts: [tree],
    dims: dims.slice(from),
    write: (print) => atomic(`${closed(print(tree))}[${pattern.join(', ')}]`),
  };
}

/** A comparison as a number, 1 or 0. */
export function asNumber(tree: ArrayTree): ArrayTree {
  if (!tree.truth) return tree;
  const one: Expression = { kind: 'number', value: 1 };
  return {
    expression: { kind: 'operation', operation: 'mul', operands: [one, tree.expression] },
    parts: [leaf(one, atomic('1.0')), tree],
    dims: tree.dims,
  };
}

/** All dimensions of some trees, in the order of `order`. */
export function mergedDims(trees: readonly ArrayTree[], order: Iterable<string>): string[] {
  const found = new Set(trees.flatMap(({ dims }) => dims));
  return [...order].filter((name) => found.has(name));
}

/** Whether an expression is made of literals and indices only: Python's own numbers, not the library's. */
export const isLiteral = (e: Expression): boolean =>
  [...walk(e)].every(({ kind }) => kind !== 'reference' && kind !== 'parameter' && kind !== 'call');
