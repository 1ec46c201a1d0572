import {
  type Affine,
  type Condition,
  coefficient,
  constant,
  minus,
  plus,
  scale,
} from '../../formula/affine.ts';
import type { Library } from './array-code.ts';
import type { ArrayAxis, LoopScope } from './loop-scope.ts';

/** A shape as a Python argument: `3` or `(2, 3)`; `()` for a single number. */
export const pythonShape = (shape: readonly number[]): string =>
  shape.length === 1 ? String(shape[0]) : `(${shape.join(', ')})`;

/**
 * `[t - 1, :, 2]`, without colons at the end, empty where nothing else is left; the first `keys` subscripts, keys of a
 * dictionary, have brackets of their own: `[t, 1][:, 2]`.
 */
export function brackets(subscripts: readonly string[], keys = 0): string {
  const some = (texts: readonly string[]) => {
    let end = texts.length;
    while (end > 0 && texts[end - 1] === ':') end--;
    return end === 0 ? '' : `[${texts.slice(0, end).join(', ')}]`;
  };
  return keys === 0 ? some(subscripts) : some(subscripts.slice(0, keys)) + some(subscripts.slice(keys));
}

/**
 * The text of an array with its dimensions transposed into `order`, which must have the same names; the same text where that is
 * their order. A suffix is appended to `text` as it is, so it must be an atom (see `closed`).
 */
export function transposedText(
  { text, dims }: { text: string; dims: readonly string[] },
  order: readonly string[],
  library: Library,
): string {
  if (dims.join() === order.join()) return text;
  if (dims.length === 2) return `${text}.T`;
  return `${text}.${library === 'np' ? 'transpose' : 'permute'}(${order.map((name) => dims.indexOf(name)).join(', ')})`;
}

/**
 * `1:n`, `::2`, `::-1`: the slice of a dimension of length `size` that a subscript (from 1) runs through along `axis`, a
 * dimension of `scope`; undefined where it is no slice, or PyTorch has none. The subscript must be within 1 … `size`: see
 * `guardsOf`.
 */
export function slice(
  affine: Affine,
  axis: string,
  size: number,
  scope: LoopScope,
  library: Library,
): string | undefined {
  const step = coefficient(affine, axis);
  const { low, high } = scope.axes.get(axis) as ArrayAxis;
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

/**
 * The Python conditions, to be joined by `and`, under which a subscript (from 1) is within 1 … `size`; empty where it always
 * is, undefined where they differ from entry to entry. `axis` is the dimension of `scope` in the subscript, undefined if it has
 * none.
 */
export function guardsOf(
  affine: Affine,
  axis: string | undefined,
  size: number,
  scope: LoopScope,
): string[] | undefined {
  const inside = (one: Affine): [Condition, Condition] => [
    minus(one, constant(1)),
    minus(constant(size), one),
  ];
  const { low, high } =
    axis === undefined ? { low: constant(0), high: constant(0) } : (scope.axes.get(axis) as ArrayAxis);
  const step = axis === undefined ? 0 : coefficient(affine, axis);
  const rest = axis === undefined ? affine : minus(affine, { constant: 0, terms: [[axis, step]] });
  const conditions = [low, high].flatMap((end) => inside(plus(rest, scale(end, step))));
  const open = conditions.filter((condition) => scope.extent(condition).low < 0);
  if (open.length === 0) return [];
  return axis === undefined
    ? [...new Set(open.map((condition) => scope.conditions([condition])))]
    : undefined;
}
