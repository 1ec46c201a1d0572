import { type Expression, references, type Version } from '../../formula/expression.ts';
import type { Formula, Model } from '../../formula/model.ts';
import { Program } from '../../program/counted-program.ts';
import { type Node, prune } from '../../program/tree.ts';
import { fastBackend } from '../history/fast-backend.ts';
import { frameKernel, needsFastBackend } from '../kernel/kernel-choice.ts';
import type { Machine } from '../machine.ts';
import { addressOf, Layout } from '../memory/layout.ts';
import { storeByRules, storeExactly } from '../memory/store.ts';
import type { FrameKernel } from '../plan/frame-kernel.ts';
import { type CellEvaluation, Evaluator, type SlotReader } from '../step/evaluator.ts';
import { steppingKernel } from '../step/stepping-kernel.ts';

/** The forward formulas that some quantities need, including forward ones that renew something. */
export function forwardFormulas({ formulas }: Model, names: Iterable<string>): ReadonlySet<Formula> {
  const found = new Set<Formula>();
  const visit = (quantity: string, wanted: Version): void => {
    const writer = formulas.find(
      ({ target, version, phase }) => target === quantity && version === wanted && phase === 'forward',
    );
    if (writer === undefined || found.has(writer)) return;
    found.add(writer);
    for (const read of references(writer.expression)) visit(read.name, read.version);
  };
  for (const name of names) visit(name, 'old');
  return found;
}

/**
 * Whether forward formulas compute an output of a sample from that sample alone: where they read a mean over the batch, it would change
 * with the others.
 */
export function answersAlone({ formulas, quantities }: Model, output: string): boolean {
  const isPerSample = (name: string) => quantities.get(name)?.perSample === true;
  const found = new Set<Formula>();
  const waiting = [output];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const formula = formulas.find(({ target, version }) => target === name && version === 'old');
    if (formula === undefined || found.has(formula)) continue;
    if (formula.phase !== 'forward') return false;
    found.add(formula);
    for (const read of references(formula.expression)) {
      if (read.version === 'new' || (isPerSample(read.name) && !isPerSample(name))) return false;
      waiting.push(read.name);
    }
  }
  return found.size > 0;
}

/** The tree with loops over the batch restricted to the first sample. */
function firstSample(node: Node, batch: string | undefined): Node {
  if (node.kind === 'cell') return node;
  if (node.kind === 'block')
    return { ...node, children: node.children.map((child) => firstSample(child, batch)) };
  const body = firstSample(node.body, batch);
  return node.index === batch ? { ...node, range: { low: 1, high: 1 }, body } : { ...node, body };
}

/** What is asked of a `ForwardResponse`. */
export interface ResponseQuestion {
  /** The quantities that are read. */
  readonly names: readonly string[];
  /** The given numbers that are set, with indices from 1; of samples those of the first. */
  readonly varied: readonly { readonly name: string; readonly cell: readonly number[] }[];
  /** Whether only the first sample of a batch counts, as for what a network answers; then dropout and the like are off. */
  readonly isOfOneSample: boolean;
  /** Whether numbers are rounded where the lesson's `store` lines say so; they are exact otherwise. */
  readonly isRounded?: boolean;
}

/** What the forward formulas make of other given numbers: some are set, all others are those that an iteration begins with. */
export class ForwardResponse {
  /** Operations that one `at` takes. */
  readonly cost: number;
  private readonly layout: Layout;
  private readonly kernel: FrameKernel | undefined;
  private readonly memory: Float64Array;
  private readonly evaluator: Evaluator;
  /** Where the numbers lie that are set. */
  private readonly varied: readonly number[];
  private readonly modes: readonly number[];
  /** What the formulas find, from where to where, and what it was. */
  private readonly found: readonly (readonly [from: number, to: number])[];
  private before: Float64Array | undefined;

  constructor(program: Program, { names, varied, isOfOneSample, isRounded = false }: ResponseQuestion) {
    const { model, tree } = program;
    const layout = new Layout(model);
    this.layout = layout;
    const formulas = forwardFormulas(model, names);
    const pruned = prune(tree, formulas);
    const part = pruned && (isOfOneSample ? firstSample(pruned, model.batch?.index) : pruned);
    const needed = part && new Program(model, part);
    this.cost = needed?.size ?? 0;
    this.kernel =
      needed &&
      (needsFastBackend(needed)
        ? frameKernel(needed, layout, { rounded: isRounded, isKept: () => true }, fastBackend()?.kernels)
        : steppingKernel(needed, layout, isRounded ? storeByRules(model) : storeExactly));
    this.memory = this.kernel?.memory ?? new Float64Array(layout.size);
    const { memory } = this;
    const source: SlotReader = (_slot, address) => () => memory[address()];
    this.evaluator = new Evaluator(model.functions, layout, source, () => memory);
    this.varied = varied.map(({ name, cell }) => addressOf(layout.slot(name, 'old'), cell) as number);
    this.modes = isOfOneSample
      ? [...model.quantities.values()].flatMap(({ name, role }) =>
          role === 'mode' ? [layout.slot(name, 'old').offset] : [],
        )
      : [];
    const written = new Set([...formulas].map(({ version, target }) => `${version} ${target}`));
    const read = [...formulas].flatMap(({ expression }) => [...references(expression)]);
    this.found = [...read, ...names.map((name) => ({ name, version: 'old' as const }))]
      .filter(({ name, version }) => !written.has(`${version} ${name}`))
      .map(({ name, version }) => {
        const { offset, size } = layout.slot(name, version);
        return [offset, offset + size];
      });
  }

  /** Takes over the numbers of a frame (from 1) of a run; whether any that counts is another than before. Call it before `at`. */
  open(machine: Machine, frame: number): boolean {
    const { memory, before } = this;
    memory.set(machine.frame(frame).memory.subarray(0, this.layout.size));
    for (const mode of this.modes) memory[mode] = 0;
    for (const address of this.varied) memory[address] = 0;
    const isOther =
      before === undefined ||
      this.found.some(([from, to]) => {
        for (let at = from; at < to; at++) if (!Object.is(memory[at], before[at])) return true;
        return false;
      });
    if (isOther) this.before = memory.slice();
    return isOther;
  }

  /** Computes the forward formulas with these in place of the given numbers, in their order. */
  at(values: readonly number[]): void {
    for (const [n, address] of this.varied.entries()) this.memory[address] = values[n];
    this.kernel?.run();
  }

  /** An expression of what `at` has computed, by the values of these indices (from 1). */
  reader(expression: Expression, indices: readonly string[]): CellEvaluation {
    return this.evaluator.evaluation(expression, indices);
  }
}
