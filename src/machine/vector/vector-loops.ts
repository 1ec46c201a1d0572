import { type OperationName, operation } from '../../formula/operation.ts';

/** Does an operation n times: m[d + k·ds] = m[a + k·as] ∘ m[b + k·bs]. Unary operations ignore `b`. */
export type VectorLoop = (
  m: Float64Array,
  n: number,
  d: number,
  ds: number,
  a: number,
  as: number,
  b: number,
  bs: number,
) => void;

function add(
  m: Float64Array,
  n: number,
  d: number,
  ds: number,
  a: number,
  as: number,
  b: number,
  bs: number,
) {
  for (let k = 0; k < n; k++, d += ds, a += as, b += bs) m[d] = m[a] + m[b];
}

function sub(
  m: Float64Array,
  n: number,
  d: number,
  ds: number,
  a: number,
  as: number,
  b: number,
  bs: number,
) {
  for (let k = 0; k < n; k++, d += ds, a += as, b += bs) m[d] = m[a] - m[b];
}

function mul(
  m: Float64Array,
  n: number,
  d: number,
  ds: number,
  a: number,
  as: number,
  b: number,
  bs: number,
) {
  if (bs === 0) {
    const factor = m[b];
    for (let k = 0; k < n; k++, d += ds, a += as) m[d] = m[a] * factor;
  } else for (let k = 0; k < n; k++, d += ds, a += as, b += bs) m[d] = m[a] * m[b];
}

function div(
  m: Float64Array,
  n: number,
  d: number,
  ds: number,
  a: number,
  as: number,
  b: number,
  bs: number,
) {
  for (let k = 0; k < n; k++, d += ds, a += as, b += bs) m[d] = m[a] / m[b];
}

function neg(m: Float64Array, n: number, d: number, ds: number, a: number, as: number) {
  for (let k = 0; k < n; k++, d += ds, a += as) m[d] = -m[a];
}

function max(
  m: Float64Array,
  n: number,
  d: number,
  ds: number,
  a: number,
  as: number,
  b: number,
  bs: number,
) {
  for (let k = 0; k < n; k++, d += ds, a += as, b += bs) m[d] = m[b] > m[a] ? m[b] : m[a];
}

function eq(m: Float64Array, n: number, d: number, ds: number, a: number, as: number, b: number, bs: number) {
  for (let k = 0; k < n; k++, d += ds, a += as, b += bs) m[d] = m[a] === m[b] ? 1 : 0;
}

function gt(m: Float64Array, n: number, d: number, ds: number, a: number, as: number, b: number, bs: number) {
  for (let k = 0; k < n; k++, d += ds, a += as, b += bs) m[d] = m[a] > m[b] ? 1 : 0;
}

const written: Partial<Record<OperationName, VectorLoop>> = { add, sub, mul, div, neg, max, eq, gt };
const made = new Map<OperationName, VectorLoop>();

/** The loop of an operation, with the same bits as `evaluate` in the table of operations. Made once for each name. */
export function vectorLoopOf(name: OperationName): VectorLoop {
  const found = written[name] ?? made.get(name);
  if (found !== undefined) return found;
  const { arity, evaluate } = operation(name);
  const loop: VectorLoop =
    arity === 1
      ? (m, n, d, ds, a, as) => {
          for (let k = 0; k < n; k++, d += ds, a += as) m[d] = evaluate(m[a], 0);
        }
      : (m, n, d, ds, a, as, b, bs) => {
          for (let k = 0; k < n; k++, d += ds, a += as, b += bs) m[d] = evaluate(m[a], m[b]);
        };
  made.set(name, loop);
  return loop;
}

/** Copies n numbers within m: m[d + k·ds] = m[a + k·as] for k from 0. The two ranges must not overlap. */
export function copy(m: Float64Array, n: number, d: number, ds: number, a: number, as: number): void {
  if (ds === 1 && as === 1 && n > 32) m.copyWithin(d, a, a + n);
  else for (let k = 0; k < n; k++, d += ds, a += as) m[d] = m[a];
}

/**
 * Does m[d] = m[a] − m[b] · m[c] n times, the product rounded before the difference; after each, every address advances by its
 * own stride (ds, as, bs, cs).
 */
export function subtractProduct(
  m: Float64Array,
  n: number,
  d: number,
  ds: number,
  a: number,
  as: number,
  b: number,
  bs: number,
  c: number,
  cs: number,
): void {
  for (let k = 0; k < n; k++, d += ds, a += as, b += bs, c += cs) m[d] = m[a] - m[b] * m[c];
}

/**
 * Adds one more term to the sums of n adjacent cells: m[d + k] += m[a + k·as]. A sum starts as −0, to which any number can be
 * added without a change.
 */
export const addTerms = (m: Float64Array, n: number, d: number, a: number, as: number): void =>
  add(m, n, d, 1, d, 1, a, as);

/**
 * Takes one more term, m[a + k·as], into the maxima m[d + k] of n adjacent cells; from address `seen` on lie flags, 0 until a
 * cell has had a term, which this sets to 1.
 */
export function maxTerms(m: Float64Array, n: number, d: number, a: number, as: number, seen: number): void {
  for (let k = 0; k < n; k++, d++, a += as, seen++) {
    if (m[seen] === 0) {
      m[seen] = 1;
      m[d] = m[a];
    } else if (m[a] > m[d]) m[d] = m[a];
  }
}

/**
 * Takes one more term, m[a + k·as], into the arg-max of n adjacent cells. From these addresses on lie: `d` the greatest terms,
 * `best` their positions, `seen` flags, 0 until a cell has had a term; all are renewed. `position` is that of this term. The
 * first of equal terms wins.
 */
export function argmaxTerms(
  m: Float64Array,
  n: number,
  d: number,
  a: number,
  as: number,
  seen: number,
  best: number,
  position: number,
): void {
  for (let k = 0; k < n; k++, d++, a += as, seen++, best++) {
    if (m[seen] === 0 || m[a] > m[d]) {
      m[seen] = 1;
      m[d] = m[a];
      m[best] = position;
    }
  }
}
