import { type Expression, walk } from '../../formula/expression.ts';
import { atomic, type Medium, type Printed, type Tree } from '../../formula/print/printer.ts';
import { formatExact } from '../../number/format.ts';

/** The Python library that does the arithmetic, by the name under which it is imported. */
export type Library = 'np' | 'torch';

type Print = (part: ArrayTree) => Printed;

/**
 * An expression as array code: the indices that it is an array over, and how it is written where the medium alone cannot print
 * it.
 */
export interface ArrayTree extends Tree {
  readonly parts: readonly ArrayTree[];
  /** The indices along which it is an array, outermost first; empty for a single number. */
  readonly dims: readonly string[];
  /** Prints the tree; `print` prints its parts. */
  readonly write?: (print: Print) => Printed;
  /** For a plain array: its text and its dimensions before any transposition. */
  readonly raw?: { readonly text: string; readonly dims: readonly string[] };
  /** Whether its value is Python's `True` or `False`: a comparison. */
  readonly truth?: boolean;
}

/**
 * The printer's medium for Python; everything that depends on shapes is written by the tree itself (`ArrayTree.write`): where
 * such a node has no `write`, printing throws a TypeError.
 */
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

/**
 * A literal that Python reads back to the same 64 bits; whole numbers without a decimal point. A negative one begins with its
 * sign, without parentheses.
 */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return "float('nan')";
  if (!Number.isFinite(value)) return value > 0 ? "float('inf')" : "-float('inf')";
  return formatExact(value);
}

/** The same as `pythonNumber`, but always a float in Python: `2.0`. */
export function pythonFloat(value: number): string {
  const text = pythonNumber(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/**
 * A tree without parts whose text is known. `dims` are the indices along which it is an array, outermost first (default: a
 * single number); `raw` is for plain arrays, see `ArrayTree`.
 */
export const leaf = (
  expression: Expression,
  printed: Printed,
  dims: readonly string[] = [],
  raw?: ArrayTree['raw'],
): ArrayTree => ({ expression, parts: [], dims, write: () => printed, ...(raw && { raw }) });

/** The text in parentheses unless it is an atom: a suffix such as `[:, None]` or `.T` can be appended. */
export const closed = ({ text, binding }: Printed): string =>
  binding >= atomic('').binding ? text : `(${text})`;

/**
 * The tree with new dimensions of length 1 for those of `dims` that it lacks, so that it broadcasts. Its own dimensions must be
 * among `dims`, in the same order; missing ones in front need none, so the result's `dims` begin with the tree's first. The
 * tree itself where nothing is missing behind that, or it is a single number.
 */
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

/** A comparison as a float, 1 or 0 (written as `1.0 * …`); any other tree as it is. */
export function asNumber(tree: ArrayTree): ArrayTree {
  if (!tree.truth) return tree;
  const one: Expression = { kind: 'number', value: 1 };
  return {
    expression: { kind: 'operation', operation: 'mul', operands: [one, tree.expression] },
    parts: [leaf(one, atomic('1.0')), tree],
    dims: tree.dims,
  };
}

/** The union of some trees' dimensions, in the order of `order`; what that does not contain is left out. */
export function mergedDims(trees: readonly ArrayTree[], order: Iterable<string>): string[] {
  const found = new Set(trees.flatMap(({ dims }) => dims));
  return [...order].filter((name) => found.has(name));
}

/**
 * Whether an expression consists of literals and indices only (operations on them, too): then Python computes it with its own
 * numbers, not the library's.
 */
export const isLiteral = (e: Expression): boolean =>
  [...walk(e)].every(({ kind }) => kind !== 'reference' && kind !== 'parameter' && kind !== 'call');
