import { references } from '../../formula/expression.ts';
import { type Formula, flatIndex, type Model } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import { type Node, prune } from '../../program/tree.ts';
import type { Machine } from '../machine.ts';
import { Layout } from '../memory/layout.ts';
import { storeByRules, storeExactly } from '../memory/store.ts';
import { Evaluator, type SlotReader } from '../step/evaluator.ts';
import { runnerOf } from '../step/stepping-kernel.ts';
import { firstSample } from './forward-response.ts';

/** The formulas that an output needs; undefined where it is not computed from a single sample by forward formulas. */
function formulasBetween(model: Model, output: string): ReadonlySet<Formula> | undefined {
  const found = new Set<Formula>();
  const isPerSample = (name: string) => model.quantities.get(name)?.perSample === true;
  const waiting = [output];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const formula = model.formulas.find(({ target, version }) => target === name && version === 'old');
    if (formula === undefined || found.has(formula)) continue;
    if (formula.phase !== 'forward') return undefined;
    found.add(formula);
    for (const reference of references(formula.expression)) {
      // A mean over the batch would change with the sample.
      if (reference.version === 'new' || (isPerSample(reference.name) && !isPerSample(name)))
        return undefined;
      waiting.push(reference.name);
    }
  }
  return found;
}

/** A model's output for any input: its forward formulas evaluated for one sample with the numbers of a frame. */
export class InputResponse {
  private readonly layout: Layout;
  private readonly memory: Float64Array;
  private readonly run: () => void;
  private readonly places: { readonly input: number; readonly output: number; readonly size: number };

  private constructor(program: Program, tree: Node, { input, output, precision }: ResponseRequest) {
    const { model } = program;
    const layout = new Layout(model);
    this.layout = layout;
    this.memory = new Float64Array(layout.size);
    const { memory } = this;
    const store = precision === 'full' ? storeExactly : storeByRules(model);
    const source: SlotReader = (_slot, address) => () => memory[address()];
    const evaluator = new Evaluator(model.functions, layout, source, () => memory);
    this.run = runnerOf(firstSample(tree, model.batch?.index), new Map(), ({ formula }, places) => {
      const { offset, shape } = layout.slot(formula.target, formula.version);
      const evaluation = evaluator.of(formula);
      const own = formula.indices.map(({ name }) => places.get(name) as { at: number });
      return () => {
        const cell = own.map(({ at }) => at);
        const flat = flatIndex(shape, cell);
        memory[offset + flat] = store(formula, flat, evaluation.at(cell));
      };
    });
    const slot = layout.slot(output, 'old');
    const size = slot.size / (model.quantities.get(output)?.perSample ? slot.shape[0] : 1);
    this.places = { input: layout.slot(input, 'old').offset, output: slot.offset, size };
  }

  /**
   * The response of output `asked.output` to input `asked.input`; undefined where the output is not a function of one sample (it
   * reads updated versions, a whole batch, or backward formulas).
   */
  static of(program: Program, asked: ResponseRequest): InputResponse | undefined {
    const formulas = formulasBetween(program.model, asked.output);
    const tree = formulas && prune(program.tree, formulas);
    return tree && new InputResponse(program, tree, asked);
  }

  /** Takes over the numbers with which a frame (from 1) of a run begins, with the `mode` quantity at 0. Call it before `at`. */
  use(machine: Machine, frame: number): void {
    for (const { name, role } of this.layout.model.quantities.values()) {
      const { offset } = this.layout.slot(name, 'old');
      if (role === 'mode') this.memory[offset] = 0;
      else if (role !== 'computed') this.memory.set(machine.array(frame, name, 'old'), offset);
    }
  }

  /** The output for an input, both row by row. The same array is returned and overwritten at every call. */
  at(input: readonly number[]): Float64Array {
    const { memory, places } = this;
    memory.set(input, places.input);
    this.run();
    return memory.subarray(places.output, places.output + places.size);
  }
}

interface ResponseRequest {
  readonly input: string;
  readonly output: string;
  readonly precision: Machine['precision'];
}
