import type { Version } from '../formula/expression.ts';
import { apply, type Expression, number } from '../formula/expression.ts';
import { texName } from '../formula/notation.ts';
import { asTree, print } from '../formula/print/printer.ts';
import { tex, texFormula } from '../formula/print/tex.ts';
import type { FunctionStatement, Phase } from '../formula/statement.ts';
import type { Moment } from '../machine/moment.ts';
import type { CellNode, CellOperations, OperationRecord } from '../machine/step/cell-operations.ts';
import { formatTex } from '../number/format.ts';
import { Figures } from './figures.ts';
import { type CodeSegment, codeSegments } from './pseudocode.ts';
import { sentence } from './sentence.ts';
import { type FormulaReading, texCell, texUnrolled } from './unrolled-tex.ts';

/** A cell in a version: `W1[1,2]` as it enters the frame (`old`), or after the frame's update (`new`). Indices from 1. */
export interface CellReference {
  readonly name: string;
  readonly version: Version;
  readonly cell: readonly number[];
}

/** A function call that is being stepped through. The strings are TeX, except the name. */
export interface OpenedCall {
  readonly name: string;
  /** `\sigma(z) = …` */
  readonly definition: string;
  /** The same with the numbers in place of the symbols. */
  readonly numbers: string;
  /** Its body with the finished parts replaced by their values. */
  readonly reduced: string;
}

/** A moment in every reading at once, all from one formula. Strings are TeX unless stated otherwise. */
export interface Explanation {
  readonly phase: Phase;
  /** The formula for any index. */
  readonly general: string;
  /** The formula at this cell, its sums unrolled: `x^{1}_{1} = …`. */
  readonly symbols: string;
  /** Its right side with numbers in place of the symbols. */
  readonly numbers: string;
  /** The same with the finished parts replaced by their values; at the end, the value itself. */
  readonly reduced: string;
  /** The current operation alone, `0.1 \cdot 0.35 = 0.035`. */
  readonly operation: string;
  /** Once the cell is finished: the computed value, and the stored one, rounded by the storing rule. */
  readonly result?: {
    readonly computed: string;
    readonly stored: string;
    /** Plain text, "2 decimal places"; absent where no rule applies. */
    readonly rule?: string;
    /** Whether the reader's number is stored instead of the computed one. */
    readonly isOverridden?: boolean;
  };
  /** The function calls that the operation lies in, outermost first. */
  readonly calls: readonly OpenedCall[];
  /** The cell that is being computed. */
  readonly target: CellReference;
  /** The cells that the current operation reads. */
  readonly operands: readonly CellReference[];
  /** The cells that the current operation and up to three before it (of the same cell) read, the newest operation first. */
  readonly recent: readonly CellReference[];
  /** The formula's line of pseudo-code, in plain text. */
  readonly code: readonly CodeSegment[];
  /** Plain text, for screen readers. */
  readonly sentence: string;
}

/** How many operations `recent` covers: while products are added up, their factors stay marked. */
const remembered = 4;

/**
 * The explanation of a moment's last step; undefined before the first step. `figures` decides how many digits are shown: by
 * default the lesson's rules as far as the machine's precision has them, else 6 significant digits.
 */
export function explain(
  moment: Moment,
  figures = new Figures(moment.machine.program.model, moment.machine.precision),
): Explanation | undefined {
  const { location, operation: record, cellOperations: operations } = moment;
  if (location === undefined || record === undefined || operations === undefined) return undefined;
  const { model } = figures;
  const { formula, cell, operation: done } = location;
  const { root } = operations;
  const read = (instance: CellNode, reading: FormulaReading) =>
    texUnrolled(instance, { figures, reading, done });
  const sign = formula.version === 'new' ? '\\leftarrow' : '=';
  const rule = figures.storingRule(formula.target, cell);
  const current = find(root, done);
  const isOverridden = moment.overridden !== undefined;
  return {
    phase: formula.phase,
    general: texFormula(model, formula),
    symbols: `${texCell(model, formula.target, cell)} ${sign} ${read(root, 'symbols')}`,
    numbers: read(root, 'numbers'),
    reduced: read(root, 'reduced'),
    operation: texOperation(record, figures),
    ...(moment.finishesCell && {
      result: {
        computed: figures.tex(operations.value),
        stored: isOverridden
          ? formatTex(operations.stored)
          : figures.tex(operations.stored, formula.target, cell),
        ...(rule !== undefined && { rule }),
        ...(isOverridden && { isOverridden }),
      },
    }),
    calls: current.calls.map((call) => open(call, figures, read)),
    target: { name: formula.target, version: formula.version, cell },
    operands: cellsRead(record),
    recent: latest(operations, done, remembered).reverse().flatMap(cellsRead),
    code: codeSegments(formula, current.expression),
    sentence: sentence(moment, figures),
  };
}

const cellsRead = ({ operands }: OperationRecord): CellReference[] =>
  operands.flatMap((operand) =>
    operand.kind === 'cell'
      ? [{ name: operand.reference.name, version: operand.reference.version, cell: operand.cell }]
      : [],
  );

function texOperation({ name, operands, value }: OperationRecord, figures: Figures): string {
  const medium = { ...tex(figures.model), number: (literal: number) => figures.tex(literal) };
  const shown = operands.map((operand) => {
    const precise =
      operand.kind === 'cell' ? new Figures(figures.model, figures.runPrecision, figures.digits) : figures;
    return operand.kind === 'cell'
      ? Number(precise.text(operand.value, operand.reference.name, operand.cell).replace('−', '-'))
      : operand.value;
  });
  const result = figures.tex(value);
  if (name === 'copy') return result;
  if (name === 'argmax')
    return `\\operatorname{arg\\,max}(${shown.map((one) => figures.tex(one)).join(',\\, ')}) = ${result}`;
  const e = apply(name, ...shown.map(number));
  return `${print(asTree(e), medium).text} = ${result}`;
}

/** The last `most` operations of a cell up to operation `last`, in order. */
const latest = (cell: CellOperations, last: number, most: number): OperationRecord[] =>
  Array.from({ length: Math.min(most, last) }, (_, n) => cell.operation(last - Math.min(most, last) + 1 + n));

/** The parts of a node in one of which operation n may lie. */
function partsAround({ parts, terms, first, last }: CellNode, n: number): readonly CellNode[] {
  if (terms === undefined) return parts;
  return n < first || n > last ? [] : [terms.at(terms.containing(n))];
}

/** The expression of the formula's own line that the n-th operation belongs to, and the calls it lies in, outermost first. */
function find(root: CellNode, n: number): { expression: Expression | undefined; calls: CellNode[] } {
  const calls: CellNode[] = [];
  let node: CellNode | undefined = root;
  let expression: Expression | undefined = root.expression;
  while (node !== undefined && !node.owns(n)) {
    const { body }: CellNode = node;
    const inside: CellNode | undefined = partsAround(node, n).find(
      ({ first, last }) => first <= n && n <= last,
    );
    if (inside === undefined && body !== undefined && body.first <= n && n <= body.last) {
      calls.push(node);
      node = body;
    } else node = inside;
    if (calls.length === 0 && node !== undefined) expression = node.expression;
    if (calls.length === 1 && node === body) expression = calls[0].expression;
  }
  return { expression, calls };
}

function open(
  call: CellNode,
  figures: Figures,
  read: (instance: CellNode, reading: FormulaReading) => string,
): OpenedCall {
  const { model } = figures;
  if (call.expression.kind !== 'call' || call.body === undefined) throw new TypeError('not a call');
  const { name } = call.expression;
  const { parameters } = model.functions.get(name) as FunctionStatement;
  const heads = (texts: readonly string[]) => `${texName(model, name, [])}(${texts.join(',\\, ')})`;
  return {
    name,
    definition: `${heads(parameters)} = ${read(call.body, 'symbols')}`,
    numbers: `${heads(call.parts.map((part) => figures.tex(part.value)))} = ${read(call.body, 'numbers')}`,
    reduced: read(call.body, 'reduced'),
  };
}
