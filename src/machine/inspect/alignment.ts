import type { Expression } from '../../formula/expression.ts';
import { walk } from '../../formula/expression.ts';
import type { Formula, Model } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { OperationRecord } from '../step/cell-operations.ts';

/** The formula of the other run that computes the same quantity. */
export interface Partner {
  readonly formula: Formula;
  /** Whether both have the same indices, expression and functions, so that they compute it in exactly the same way. */
  readonly isAlike: boolean;
}

/**
 * Pairs the formulas of two programs: those that write the same version of the same quantity. Between a program and itself every
 * formula is its own partner.
 */
export class Alignment {
  private readonly partners = new Map<Formula, Partner>();
  /** The formulas without a partner: those only the first program has, and those only the second has. */
  readonly alone: { readonly here: readonly Formula[]; readonly there: readonly Formula[] };

  constructor(here: Program, there: Program) {
    const isSame = here === there;
    const [mine, others] = [here.model, there.model];
    for (const formula of mine.formulas) {
      const partner = there.writer(formula.target, formula.version);
      if (partner === undefined) continue;
      const isAlike = isSame || areAlike(mine, formula, others, partner);
      this.partners.set(formula, { formula: partner, isAlike });
    }
    this.alone = {
      here: mine.formulas.filter((formula) => !this.partners.has(formula)),
      there: others.formulas.filter(({ target, version }) => here.writer(target, version) === undefined),
    };
  }

  /** The partner of a formula of the first program; undefined if it has none. */
  of(formula: Formula): Partner | undefined {
    return this.partners.get(formula);
  }

  /** The formulas of the first program whose partner computes the quantity in another way. */
  get rewritten(): readonly Formula[] {
    return [...this.partners].filter(([, { isAlike }]) => !isAlike).map(([formula]) => formula);
  }
}

function areAlike(mine: Model, a: Formula, others: Model, b: Formula): boolean {
  if (!isEqual(a.indices, b.indices) || !isEqual(a.expression, b.expression)) return false;
  return [...functionsIn(mine, a.expression)].every((name) =>
    isEqual(mine.functions.get(name)?.body, others.functions.get(name)?.body),
  );
}

/** The functions that an expression calls, directly or through others. */
function functionsIn(model: Model, e: Expression, found = new Set<string>()): ReadonlySet<string> {
  for (const node of walk(e)) {
    if (node.kind !== 'call' || found.has(node.name)) continue;
    found.add(node.name);
    const body = model.functions.get(node.name)?.body;
    if (body !== undefined) functionsIn(model, body, found);
  }
  return found;
}

/** Whether two parts of a formula are equal, apart from their positions in the text. */
function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a, b] as Record<string, unknown>[];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => key === 'span' || isEqual(left[key], right[key]));
}

/** Cells with more pairs of operations than this, after equal beginnings and ends are removed, are not aligned inside. */
const mostPairs = 1 << 20;

/**
 * Aligns the operations of two computations of one cell. Entry n − 1 is the number, from 1, of the operation of `there` that is
 * the partner of operation n of `here`; 0 if it has none. The partners are a longest common subsequence of the operations'
 * `words`; with too many pairs, only equal beginnings and ends are partners.
 */
export function alignOperations(
  here: readonly OperationRecord[],
  there: readonly OperationRecord[],
): readonly number[] {
  const [a, b] = [here.map(words), there.map(words)];
  const partners = new Array<number>(a.length).fill(0);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) partners[start] = ++start;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) partners[--endA] = endB--;
  const [rows, columns] = [endA - start, endB - start];
  if (rows * columns > mostPairs) return partners;
  // The length of the longest common subsequence from here to the end.
  const width = columns + 1;
  const longest = new Uint32Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--) {
      const at = row * width + column;
      longest[at] =
        a[start + row] === b[start + column]
          ? longest[at + width + 1] + 1
          : Math.max(longest[at + width], longest[at + 1]);
    }
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    const at = row * width + column;
    if (a[start + row] === b[start + column]) partners[start + row++] = start + ++column;
    else if (longest[at + width] >= longest[at + 1]) row++;
    else column++;
  }
  return partners;
}

/**
 * What an operation does and reads, without its numbers and versions, as text to be compared: operations with equal texts may be
 * partners.
 */
export const words = ({ name, operands }: OperationRecord): string =>
  [
    name,
    ...operands.map((operand) => {
      if (operand.kind === 'step') return '#';
      if (operand.kind === 'literal') return String(operand.value);
      return `${operand.reference.name}[${operand.cell}]`;
    }),
  ].join(' ');
