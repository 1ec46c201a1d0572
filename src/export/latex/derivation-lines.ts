import type { Figures } from '../../explain/figures.ts';
import { texUnrolled } from '../../explain/unrolled-tex.ts';
import { type Expression, walk } from '../../formula/expression.ts';
import { cellAt, type Formula, type Model } from '../../formula/model.ts';
import { texName } from '../../formula/notation.ts';
import { asTree, print } from '../../formula/print/printer.ts';
import { tex, texFormula } from '../../formula/print/tex.ts';
import type { FunctionStatement } from '../../formula/statement.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Steps } from '../../program/program.ts';
import { plainTex } from './portable-tex.ts';

/** Up to how many terms of a sum are written out: on paper there is more room than beside a drawing. */
const termsWritten = 24;

/** A cell as a lecture derives it. The strings are TeX that both KaTeX and LaTeX set. */
export interface DerivedCell {
  /** From 1. */
  readonly frame: number;
  readonly formula: Formula;
  /** Indices from 1. */
  readonly cell: readonly number[];
  /** `x^{1}_{1}` */
  readonly target: string;
  /** An arrow for an update. */
  readonly sign: '=' | '\\leftarrow';
  /** The right side, sums unrolled. */
  readonly symbols: string;
  /** The same in numbers. */
  readonly numbers: string;
  /** The computed value. */
  readonly computed: string;
  /** The stored value where there is a storing rule, and the rule as plain text. */
  readonly stored?: { readonly value: string; readonly rule: string };
}

/**
 * The cells that a range of steps (counted across frames, both ends inclusive) works on, in order, each as a whole, made
 * lazily; frames that have not been run are run. `figures` decides how many digits are shown.
 */
export function* derivedCells(
  machine: Machine,
  { first, last }: Steps,
  figures: Figures,
): Generator<DerivedCell> {
  const { program } = machine;
  const { model } = program;
  for (let step = Math.max(1, first); step <= last; ) {
    const frame = Math.ceil(step / program.size);
    const before = (frame - 1) * program.size;
    const location = program.locate(step - before);
    const { formula, cell } = location;
    const { root, length, value, stored } = machine.cellOperations(frame, formula, cell);
    // With `done` beyond the last operation, nothing is marked as the current one.
    const read = (reading: 'symbols' | 'numbers') =>
      plainTex(texUnrolled(root, { figures, reading, done: length + 1, terms: termsWritten }));
    const rule = figures.storingRule(formula.target, cell);
    yield {
      frame,
      formula,
      cell,
      target: plainTex(texName(model, formula.target, cell)),
      sign: formula.version === 'new' ? '\\leftarrow' : '=',
      symbols: read('symbols'),
      numbers: read('numbers'),
      computed: plainTex(figures.tex(value)),
      ...(rule !== undefined && {
        stored: { value: plainTex(figures.tex(stored, formula.target, cell)), rule },
      }),
    };
    step = before + location.first + location.operations;
  }
}

/** Arrays with more rows or columns are not listed. */
const [mostRows, mostColumns] = [12, 8];

/**
 * The numbers that a frame (from 1) begins with, one portable TeX equation `W^{1} = …` for each quantity that is not computed:
 * numbers, vectors (as rows) up to 8, and matrices up to 12 × 8; larger ones are left out. `figures` decides how many digits
 * are shown.
 */
export function startingNumbers(machine: Machine, frame: number, figures: Figures): string[] {
  const { model } = machine.program;
  return [...model.quantities.values()].flatMap(({ name, role, shape }) => {
    const [rows, columns] = shape.length === 1 ? [1, shape[0]] : [shape[0] ?? 1, shape[1] ?? 1];
    if (role === 'computed' || shape.length > 2 || rows > mostRows || columns > mostColumns) return [];
    const values = [...machine.array(frame, name, 'old')];
    const texts = values.map((value, flat) => figures.tex(value, name, cellAt(shape, flat)));
    const base = texName(model, name, []);
    if (shape.length === 0) return [plainTex(`${base} = ${texts[0]}`)];
    const lines = Array.from({ length: rows }, (_, at) =>
      texts.slice(at * columns, (at + 1) * columns).join(' & '),
    );
    return [plainTex(`${base} = \\begin{pmatrix} ${lines.join(' \\\\ ')} \\end{pmatrix}`)];
  });
}

/** A formula for any index, `left = right` or `left \leftarrow right`, as portable TeX without delimiters. */
export const derivedFormula = (model: Model, formula: Formula): string =>
  plainTex(texFormula(model, formula));

/**
 * The definitions, `\sigma(z) = …`, of all functions that some formulas of the model call, directly or not; each once, in the
 * order of calling, as portable TeX without delimiters.
 */
export function derivedFunctions(model: Model, formulas: Iterable<Formula>): string[] {
  const called = new Map<string, string>();
  const visit = (e: Expression): void => {
    for (const node of walk(e)) {
      const definition = node.kind === 'call' ? model.functions.get(node.name) : undefined;
      if (node.kind !== 'call' || definition === undefined || called.has(node.name)) continue;
      called.set(node.name, definitionOf(model, node.name, definition));
      visit(definition.body);
    }
  };
  for (const { expression } of formulas) visit(expression);
  return [...called.values()];
}

const definitionOf = (model: Model, name: string, { parameters, body }: FunctionStatement): string =>
  plainTex(
    `${texName(model, name, [])}(${parameters.join(',\\, ')}) = ${print(asTree(body), tex(model)).text}`,
  );

/**
 * The right sides of a cell's lines, without signs in front: symbols, numbers, result (with an arrow to the stored value where
 * a rule applies). A line equal to the one before it is left out.
 */
export function derivationLines({ symbols, numbers, computed, stored }: DerivedCell): string[] {
  const lines = [symbols, numbers, computed].filter((line, at, all) => at === 0 || line !== all[at - 1]);
  if (stored === undefined) return lines;
  const last = lines.pop() as string;
  return [...lines, `${last} \\xrightarrow{\\text{${stored.rule}}} ${stored.value}`];
}
