import '../../number/uncommon-functions.ts';
import { references } from '../../formula/expression.ts';
import type { Formula, Model } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import { roundedQuantities, type Store, storeByRules } from '../memory/store.ts';
import type { FrameKernel, KernelOptions } from '../plan/frame-kernel.ts';
import { planOf } from '../plan/lowering.ts';
import type { Assign, PlanStatement } from '../plan/plan.ts';
import { type TrainingPlan, trainingPlan } from '../plan/training-plan.ts';
import type { Tape } from '../tape/instructions.ts';
import { runTape } from '../tape/tape-interpreter.ts';
import { tapeOf } from '../tape/tape-writer.ts';
import { VectorKernel } from '../vector/vector-kernel.ts';
import { type WasmCode, wasmCode, wasmKernel } from '../wasm/wasm-kernel.ts';

/** The most instructions of a tape, counted before equal ones are joined; beyond that, vector loops are as fast. */
const longestTape = 20_000;

/**
 * The fastest kernel for a program, on a new memory: WebAssembly where it is allowed and nothing is rounded, else a tape for a
 * small program and vector loops over typed arrays for a large one. The latter two work under any content policy.
 */
export function fastKernel(program: Program, layout: Layout, options: KernelOptions = {}): FrameKernel {
  const { isKept = keptByDefault(program.model), rounded = false, webAssembly = true } = options;
  const rules = rounded ? roundedQuantities(program.model) : new Set<string>();
  const byRules = storeByRules(program.model);
  const store = ({ formula }: Assign) => (rules.has(formula.target) ? byRules : undefined);
  const training = (whole: readonly PlanStatement[]) =>
    trainingPlan(whole, layout, (slot) => isKept(slot) || rules.has(slot.name));
  if (webAssembly && rules.size === 0) {
    const kept = layout.slots.map((slot) => (isKept(slot) ? '1' : '0')).join('');
    const code = madeOnce(generated, program, kept, () => {
      const whole = planOf(program, layout);
      return wasmCode(layout, program.size, whole, () => training(whole));
    });
    const kernel = code && wasmKernel(code);
    if (kernel !== undefined) return kernel;
  }
  if (program.size <= longestTape) {
    const tapes = madeOnce(written, program, String(rules.size > 0), () => {
      // In a small program, storing a gradient costs less than computing it in the middle of an update.
      const whole = planOf(program, layout);
      return tapesOf(
        layout,
        whole,
        trainingPlan(whole, layout, () => true),
        store,
      );
    });
    if (tapes !== undefined) return tapeKernel(tapes);
  }
  const whole = planOf(program, layout);
  return vectorKernel(layout, whole, training(whole), store);
}

/**
 * Code generated for a program, by the options it depends on: machines of one program run the same code, each on its own memory.
 */
type Made<T> = WeakMap<Program, Map<string, T | undefined>>;
const generated: Made<WasmCode> = new WeakMap();
const written: Made<Tapes> = new WeakMap();

function madeOnce<T>(made: Made<T>, program: Program, key: string, make: () => T | undefined): T | undefined {
  let ofProgram = made.get(program);
  if (ofProgram === undefined) {
    ofProgram = new Map();
    made.set(program, ofProgram);
  }
  if (!ofProgram.has(key)) ofProgram.set(key, make());
  return ofProgram.get(key);
}

/**
 * A kernel over typed arrays, on a new memory, that stores what `store` returns for every value of the formulas selected by
 * `isStored` (all by default). The cells of a formula come in any order. Call `run`: `advance` computes nothing.
 */
export function fastStoringKernel(
  program: Program,
  layout: Layout,
  store: Store,
  isStored: (formula: Formula) => boolean = () => true,
): FrameKernel {
  const statements = planOf(program, layout);
  const nothing = { statements: [], carried: [], eliminated: new Set<Slot>() };
  return vectorKernel(layout, statements, nothing, ({ formula }) => (isStored(formula) ? store : undefined));
}

/**
 * Selects everything but quantities read only by updates (gradients): these are soon computed again from what is kept. What
 * nothing reads is kept.
 */
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

/** The tapes of a program: `full` for `run`, which computes every cell, and `fast` for `advance`. */
export interface Tapes {
  readonly full: Tape;
  readonly fast: Tape;
}

/**
 * Writes the tapes of a whole plan and a training plan of one layout; values pass through what `store` returns for their
 * assignment, if anything. Undefined if one would have more than 20,000 instructions.
 */
export function tapesOf(
  { size }: Layout,
  whole: readonly PlanStatement[],
  training: TrainingPlan,
  store: Storing,
): Tapes | undefined {
  const full = tapeOf(whole, size, longestTape, store);
  const fast = full && tapeOf(training.statements, full.size, longestTape, store, training.carried);
  return fast && { full: full as Tape, fast };
}

/** A kernel that interprets tapes, on a new memory: `run` the full one, `advance` the fast one. */
export function tapeKernel({ full, fast }: Tapes): FrameKernel {
  const memory = new Float64Array(fast.size);
  for (const { constants } of [full, fast]) for (const [at, value] of constants) memory[at] = value;
  return {
    kind: 'tape',
    memory,
    optimizations: new Set(),
    run: () => runTape(full, memory),
    advance: () => runTape(fast, memory),
    forget: () => undefined,
  };
}

/**
 * A kernel of vector loops over typed arrays, on a new memory: `run` follows the whole plan, `advance` the training plan. Values
 * pass through what `store` returns for their assignment, if anything.
 */
export function vectorKernel(
  { size }: Layout,
  whole: readonly PlanStatement[],
  training: TrainingPlan,
  store: Storing,
): FrameKernel {
  const vectors = new VectorKernel(size, store);
  const run = vectors.plan(whole);
  const fast = vectors.plan(training.statements);
  const memory = vectors.allocate();
  return {
    kind: 'typed arrays',
    memory,
    optimizations: vectors.optimizations,
    run: run,
    advance: () => {
      fast();
      for (const pair of training.carried)
        memory.copyWithin(pair.old.offset, pair.new.offset, pair.new.offset + pair.new.size);
    },
    forget: () => vectors.forget(),
  };
}
