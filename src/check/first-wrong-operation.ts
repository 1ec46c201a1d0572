import type { Expression } from '../formula/expression.ts';
import type { Formula } from '../formula/model.ts';
import type { Program } from '../program/program.ts';
import { Algebra, type Atom, isSame, type OperationValue } from './algebra.ts';
import type { Memories } from './claim-comparison.ts';
import {
  addPolynomials,
  atomsIn,
  constantPolynomial,
  leadsTo,
  multiplyPolynomials,
  type Polynomial,
} from './polynomial.ts';

/** The programs to compare, as in `ComparedPrograms`. */
export interface WrongOperationSearch {
  /** The hand-written one, and that with every claimed formula derived. */
  readonly hand: Program;
  readonly reference: Program;
  /** The memories of both after each trial. */
  readonly memories: Memories;
  /** Whether the whole is the derivative with the wrong sign. */
  readonly isTurned: boolean;
  /** For an update that contains the gradient: the update, and what it multiplies the gradient by. */
  readonly update?: { readonly formula: Formula; readonly scale: Expression } | undefined;
}

/**
 * The first wrong operation, from 1, of a wrong cell (indices from 1) of a claimed formula of `hand`, or of the update that
 * contains it if one is given: the first whose value no longer *belongs* to the derivative.
 *
 * A value belongs as long as the derivative can still be made from it. Both are multiplied out to polynomials in the cells that
 * they read, so brackets and the order of factors and terms make no difference. A value belongs if some product of cells times
 * the value gives some of the derivative's terms (a factor, a term, a part of a sum), or if it divides the derivative (a factor
 * in brackets); its sign may still change, but a constant factor cannot be removed again. The derivative may be expanded into
 * what it reads: where it reads δ, the hand may write out what δ is. Helper lines of the hand-written pass are replaced by their
 * right sides. A function call is compared where it ends, and operations unlike any in the derivative (a logarithm, a quotient)
 * are not compared. If all values belong, or the cell is too large to search, the result is the last operation; a value that is
 * not finite never belongs.
 *
 * Where only the sign is wrong, the result is the first operation that gives the negative of something that the derivative reads
 * or computes.
 */
export function firstWrongOperation(
  { hand, reference, memories, isTurned, update }: WrongOperationSearch,
  formula: Formula,
  cell: readonly number[],
): number {
  const algebra = new Algebra(hand, reference, memories);
  const right = reference.writer(formula.target, formula.version);
  const lengths = [
    operationsOf(hand, update?.formula ?? formula, cell),
    right ? operationsOf(reference, right, cell) : 0,
  ];
  if (Math.max(...lengths) > mostOperations) return lengths[0];
  const wanted = right === undefined ? [] : algebra.operations('reference', right, cell);
  const whole = wanted.at(-1)?.polynomial;
  const written = algebra.operations('hand', update?.formula ?? formula, cell);
  const last = written.length;
  const notFinite = written.findIndex(({ vector }) => !Number.isFinite(vector[0]));
  if (notFinite >= 0) return notFinite + 1;
  if (isTurned && right !== undefined)
    return turned(written, algebra.vectors('reference', right, cell)) ?? last;
  if (whole === undefined) return last;
  const isDerivative = (one: Atom) => one.cell?.program === 'reference' && one.cell.formula?.derived === true;
  const derivatives = [...algebra.opened(whole, isDerivative)];
  const wholes = derivatives.flatMap((one) => updated(algebra, one, update, cell) ?? []);
  const ours = new Set(wholes.flatMap((one) => [...atomsIn(one)]));
  const belongs = (value: Polynomial): boolean => {
    const foreign = [...atomsIn(value)].filter((n) => !ours.has(n));
    if (foreign.some((n) => algebra.isOpaque(n))) return true;
    for (const one of algebra.opened(value, (_, n) => !ours.has(n)))
      if (wholes.some((all) => leadsTo(one, all))) return true;
    return false;
  };
  const parted = written.findIndex(
    ({ polynomial, inside }) => !inside && polynomial !== undefined && !belongs(polynomial),
  );
  return parted < 0 ? last : parted + 1;
}

/** A cell with more operations is not analysed: its last operation counts as the wrong one. */
const mostOperations = 20_000;

function operationsOf(program: Program, formula: Formula, cell: readonly number[]): number {
  const { first, last } = program.stepsOf(formula, cell);
  return last - first + 1;
}

/** What the right update would give with a derivative; the derivative itself if it has a line of its own. */
function updated(
  algebra: Algebra,
  derivative: Polynomial,
  update: WrongOperationSearch['update'],
  cell: readonly number[],
): Polynomial | undefined {
  if (update === undefined) return derivative;
  const { formula, scale } = update;
  const factor =
    scale.kind === 'number'
      ? constantPolynomial(scale.value)
      : scale.kind === 'reference'
        ? algebra.cell(scale.name, scale.version, [])
        : undefined;
  const change = factor && multiplyPolynomials(factor, derivative);
  return change && addPolynomials(algebra.cell(formula.target, 'old', cell), change, -1);
}

function turned(
  written: readonly OperationValue[],
  wanted: readonly (readonly number[])[],
): number | undefined {
  const has = (vector: readonly number[], sign: number) => wanted.some((one) => isSame(vector, one, sign));
  const found = written.findIndex(({ vector, inside }) => !inside && has(vector, -1) && !has(vector, 1));
  return found < 0 ? undefined : found + 1;
}
