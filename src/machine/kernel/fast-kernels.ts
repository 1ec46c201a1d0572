import '../../number/uncommon-functions.ts';
import { references } from '../../formula/expression.ts';
import type { Formula, Model } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import { roundedQuantities, type Store, storeByRules } from '../memory/store.ts';
import type { FrameKernel, KernelOptions } from '../plan/frame-kernel.ts';
import { planOf } from '../plan/lowering.ts';
import type { Assign, Statement } from '../plan/plan.ts';
import { type LeanPlan, leanPlan } from '../plan/training-plan.ts';
import type { Tape } from '../tape/instructions.ts';
import { play } from '../tape/tape-interpreter.ts';
import { tapeOf } from '../tape/tape-writer.ts';
import { VectorKernel } from '../vector/vector-kernel.ts';
import { wasmKernel } from '../wasm/wasm-kernel.ts';

/** The most instructions a tape is made of, before those alike are joined; beyond that, strips are as fast. */
const longestTape = 20_000;

/**
 * The fastest kernel for a program: WebAssembly where it is allowed and nothing is rounded, else a tape where the program
 * is small and typed arrays where it is not. These two work under any content policy.
 */
export function fastKernel(program: Program, layout: Layout, options: KernelOptions = {}): FrameKernel {
  const { isKept = keptByDefault(program.model), rounded = false, webAssembly = true } = options;
  const rules = rounded ? roundedQuantities(program.model) : new Set<string>();
  const byRules = storeByRules(program.model);
  const store = ({ formula }: Assign) => (rules.has(formula.target) ? byRules : undefined);
  const whole = planOf(program, layout);
  const lean = leanPlan(whole, layout, (slot) => isKept(slot) || rules.has(slot.name));
  const isWhole = webAssembly && rules.size === 0;
  const generated = isWhole ? wasmKernel(layout, program.size, whole, lean) : undefined;
  if (generated !== undefined) return generated;
  if (program.size <= longestTape) {
    // Where all is small, writing a gradient costs less than computing it in the middle of an update.
    const everything = leanPlan(whole, layout, () => true);
    const tape = tapeKernel(layout, whole, everything, store);
    if (tape !== undefined) return tape;
  }
  return stripKernel(layout, whole, lean, store);
}

/**
 * A kernel in which every value goes through `store` as it is written, or those of some formulas; cells of a formula come in
 * any order.
 */
export function storingKernel(
  program: Program,
  layout: Layout,
  store: Store,
  isStored: (formula: Formula) => boolean = () => true,
): FrameKernel {
  const statements = planOf(program, layout);
  const nothing = { statements: [], carried: [], elided: new Set<Slot>() };
  return stripKernel(layout, statements, nothing, ({ formula }) => (isStored(formula) ? store : undefined));
}

/** Everything but gradients: they are soon computed again from what is kept. */
export function keptByDefault({ formulas }: Model): (slot: Slot) => boolean {
  const kept = new Set<string>();
  for (const { expression, version } of formulas)
    if (version === 'old') for (const { name } of references(expression)) kept.add(name);
  for (const { target } of formulas)
    if (!formulas.some(({ expression }) => [...references(expression)].some(({ name }) => name === target)))
      kept.add(target);
  return ({ name }) => kept.has(name);
}

type Storing = (assign: Assign) => Store | undefined;

export function tapeKernel(
  { size }: Layout,
  whole: readonly Statement[],
  lean: LeanPlan,
  store: Storing,
): FrameKernel | undefined {
  const full = tapeOf(whole, size, longestTape, store);
  const fast = full && tapeOf(lean.statements, full.size, longestTape, store, lean.carried);
  if (fast === undefined) return undefined;
  const memory = new Float64Array(fast.size);
  for (const { constants } of [full, fast] as Tape[]) for (const [at, value] of constants) memory[at] = value;
  return {
    kind: 'tape',
    memory,
    ways: new Set(),
    run: () => play(full as Tape, memory),
    advance: () => play(fast, memory),
    forget: () => undefined,
  };
}

export function stripKernel(
  { size }: Layout,
  whole: readonly Statement[],
  lean: LeanPlan,
  store: Storing,
): FrameKernel {
  const strips = new VectorKernel(size, store);
  const run = strips.plan(whole);
  const fast = strips.plan(lean.statements);
  const memory = strips.allocate();
  return {
    kind: 'typed arrays',
    memory,
    ways: strips.taken,
    run,
    advance: () => {
      fast();
      for (const pair of lean.carried)
        memory.copyWithin(pair.old.offset, pair.new.offset, pair.new.offset + pair.new.size);
    },
    forget: () => strips.forget(),
  };
}
