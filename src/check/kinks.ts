import { type Expression, walk } from '../formula/expression.ts';
import type { Formula, Model } from '../formula/model.ts';
import { cellAt } from '../formula/model.ts';
import type { OperationName } from '../formula/operation.ts';
import type { Layout } from '../machine/memory/layout.ts';
import { Stepper } from '../machine/step/stepper.ts';
import { Transcript } from '../machine/step/transcript.ts';
import { OperationCount } from '../program/operation-count.ts';

/** A cell (indices from 1) computed exactly at a kink: numbers that it compares are equal, or the argument of its `abs` is 0. */
export interface Kink {
  readonly formula: Formula;
  /** Indices from 1. */
  readonly cell: readonly number[];
}

/** Operations with a kink or jump where their operands are equal; `abs` at 0. */
const bent: ReadonlySet<string> = new Set<OperationName>(['abs', 'max', 'min', 'lt', 'le', 'gt', 'ge']);

/** The most cells and operations that are searched. */
const mostCells = 20_000;
const mostOperations = 2e6;

/**
 * The cells of some of a model's formulas that lie on a kink, given its layout and the memory of a finished frame; undefined if
 * there are too many cells (over 20,000) or operations to search.
 */
export function kinksOf(
  model: Model,
  layout: Layout,
  memory: Float64Array,
  formulas: Iterable<Formula>,
): readonly Kink[] | undefined {
  const able = [...formulas].filter(({ expression }) => canBend(model, expression));
  const sizes = able.map(({ target, version }) => layout.slot(target, version).size);
  if (sizes.reduce((sum, size) => sum + size, 0) > mostCells) return undefined;
  const counts = new OperationCount(model.functions);
  const highest = ({ indices }: Formula) => new Map(indices.map(({ name, range }) => [name, range.high]));
  const operations = able.map((formula, n) => sizes[n] * counts.ofCell(formula.expression, highest(formula)));
  if (operations.reduce((sum, one) => sum + one, 0) > mostOperations) return undefined;
  const transcript = new Transcript();
  const stepper = new Stepper(
    model.functions,
    layout,
    transcript,
    (_slot, address) => () => memory[address()],
  );
  const found: Kink[] = [];
  for (const formula of able) {
    const { shape, size } = layout.slot(formula.target, formula.version);
    const { indices } = formula;
    for (let flat = 0; flat < size; flat++) {
      const cell = cellAt(shape, flat);
      if (indices.some(({ range }, d) => cell[d] < range.low || cell[d] > range.high)) continue;
      transcript.clear();
      stepper.of(formula).at(cell);
      if (standsOnKink(transcript)) found.push({ formula, cell });
    }
  }
  return found;
}

function standsOnKink(transcript: Transcript): boolean {
  for (let n = 1; n <= transcript.length; n++) {
    if (!bent.has(transcript.nameOf(n))) continue;
    const [a, b = 0] = transcript.operandsOf(n).map((entry) => transcript.values[entry]);
    if (a === b) return true;
  }
  return false;
}

/** Whether an operation with a kink occurs in an expression, or in a function that it calls. */
function canBend(model: Model, e: Expression, seen = new Set<string>()): boolean {
  for (const node of walk(e)) {
    if (node.kind === 'operation' && bent.has(node.operation)) return true;
    if (node.kind === 'reduction' && node.reducer === 'max') return true;
    if (node.kind !== 'call' || seen.has(node.name)) continue;
    seen.add(node.name);
    const body = model.functions.get(node.name)?.body;
    if (body !== undefined && canBend(model, body, seen)) return true;
  }
  return false;
}
