import { type Expression, walk } from '../formula/expression.ts';
import type { Formula, Model } from '../formula/model.ts';
import { cellAt } from '../formula/model.ts';
import type { OperationName } from '../formula/operation.ts';
import type { Layout } from '../machine/memory/layout.ts';
import { Stepper } from '../machine/step/stepper.ts';
import { Transcript } from '../machine/step/transcript.ts';
import { OperationCount } from '../program/operation-count.ts';

/** A cell that is computed right at a kink: what it compares is equal, or what it takes the size of is 0. */
export interface Kink {
  readonly formula: Formula;
  readonly cell: readonly number[];
}

/** What bends or jumps where its operands are equal; `abs` at 0. */
const bent: ReadonlySet<string> = new Set<OperationName>(['abs', 'max', 'min', 'lt', 'le', 'gt', 'ge']);

/** Cells that are looked at, and about how many operations they may have; of more, nothing is said. */
const mostCells = 20_000;
const mostOperations = 2e6;

/** Where some formulas stand on a kink, by the numbers of a finished frame; undefined where there is too much to look at. */
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

/** Whether a function with a kink occurs in an expression, or in what it calls. */
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
