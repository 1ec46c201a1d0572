import { cellAt, type Formula } from '../../formula/model.ts';
import type { Machine } from '../machine.ts';
import type { CellNode, OperationRecord } from './cell-operations.ts';
import { Stepper } from './stepper.ts';
import { TermFinder } from './term-finder.ts';
import { Transcript } from './transcript.ts';
import { noteEnds, recordOf, TreeBuilder, type WholeCellNode } from './whole-cell.testing.ts';

/** Fails with the location and both values unless they have the same bits. */
function same(actual: unknown, wanted: unknown, where: string): void {
  if (!Object.is(actual, wanted)) throw new Error(`${String(actual)} instead of ${String(wanted)}: ${where}`);
}

/** Evaluates cells as a whole, and compares every operation, node and term that is evaluated lazily with that. */
class WholeCellReference {
  readonly transcript = new Transcript();
  readonly tree: TreeBuilder;
  readonly stepper: Stepper;
  readonly finder: TermFinder;

  constructor(readonly machine: Machine) {
    const { program, layout } = machine;
    const { memory } = machine.frame(1);
    this.tree = new TreeBuilder(this.transcript, layout);
    const source = (_: unknown, address: () => number) => () => memory[address()];
    this.stepper = new Stepper(program.model.functions, layout, this.transcript, source, this.tree);
    this.finder = new TermFinder(program);
  }
}

function compareCell(
  reference: WholeCellReference,
  formula: Formula,
  cell: readonly number[],
  where: string,
): void {
  const { machine, transcript, tree, stepper, finder } = reference;
  const { program, layout } = machine;
  transcript.clear();
  const value = stepper.of(formula).at(cell);
  const lazy = machine.cellOperations(1, formula, cell);
  const { first } = program.stepsOf(formula, cell);
  same(lazy.length, transcript.length, `${where}: operations`);
  // In another order: no operation may need the one before.
  for (const start of [0, 1, 2])
    for (let n = transcript.length - start; n >= 1; n -= 3)
      sameRecord(lazy.operation(n), recordOf(transcript, n, layout), `${where}, operation ${n}`);
  same(lazy.value, value, `${where}: value`);
  sameTree(lazy.root, tree.root, where);
  const ends = new Set([transcript.length]);
  noteEnds(tree.root, ends);
  let before = 0;
  for (const end of [...ends].sort((a, b) => a - b)) {
    for (const n of [before + 1, end]) {
      const found = finder.around(first + n - 1);
      same(
        `${found.first - first + 1}–${found.last - first + 1}`,
        `${before + 1}–${end}`,
        `${where}: term at ${n}`,
      );
    }
    before = end;
  }
}

/** Compares all cells of a machine's program with cells evaluated as a whole; `name` is for messages. */
export function compareCells(machine: Machine, name: string): void {
  const { program, layout } = machine;
  const reference = new WholeCellReference(machine);
  for (const formula of program.model.formulas) {
    const { shape, size } = layout.slot(formula.target, formula.version);
    for (let flat = 0; flat < size; flat++) {
      const cell = cellAt(shape, flat);
      compareCell(reference, formula, cell, `${name}, ${formula.target}[${cell}]`);
    }
  }
}

function sameRecord(found: OperationRecord, wanted: OperationRecord, where: string): void {
  same(found.number, wanted.number, where);
  same(found.name, wanted.name, where);
  same(found.value, wanted.value, where);
  same(JSON.stringify(found.calls), JSON.stringify(wanted.calls), where);
  const words = ({ operands }: OperationRecord) =>
    operands.map((one) => {
      if (one.kind === 'cell') return `${one.reference.version} ${one.reference.name}[${one.cell}]`;
      return one.kind === 'step' ? `step ${one.operation}` : 'literal';
    });
  same(words(found).join(), words(wanted).join(), where);
  for (const [n, { value }] of wanted.operands.entries()) same(found.operands[n].value, value, where);
}

function sameTree(found: CellNode, wanted: WholeCellNode, where: string): void {
  const at = `${where}, ${wanted.expression.kind} at ${wanted.first}`;
  same(found.expression, wanted.expression, at);
  same(found.value, wanted.value, at);
  same(`${found.first}–${found.last}`, `${wanted.first}–${wanted.last}`, at);
  same(String(found.cell), String(wanted.cell), at);
  for (let n = wanted.first - 1; n <= wanted.last + 1; n++)
    if (wanted.last - wanted.first < 200 || wanted.own.length < 3)
      same(found.owns(n), wanted.own.includes(n), `${at}: owns ${n}`);
  const { terms, parts, body, argument } = found;
  same(terms?.length ?? parts.length, wanted.parts.length, `${at}: parts`);
  same(body === undefined, wanted.body === undefined, `${at}: body`);
  same(argument?.value, wanted.argument?.value, `${at}: argument`);
  wanted.parts.forEach((part, n) => {
    sameTree(terms?.at(n) ?? parts[n], part, at);
    if (terms === undefined) return;
    if (part.first <= part.last) same(terms.containing(part.first), n, `${at}: containing`);
    if (n > 0) same(terms.joining(n), wanted.own[n - 1], `${at}: joining`);
  });
  if (body !== undefined && wanted.body !== undefined) sameTree(body, wanted.body, at);
}
