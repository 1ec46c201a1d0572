import { cellAt, flatIndex } from '../../formula/model.ts';
import { uniform } from '../../number/random.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import type { Node } from '../../program/tree.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import type { Store } from '../memory/store.ts';
import { Stepper } from '../step/stepper.ts';
import { Transcript } from '../step/transcript.ts';

/** Compiles a text; throws an Error if it does not compile. */
export function programOf(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program !== undefined) return program;
  throw new Error(`${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
}

/** The memory of a frame before it is run, with unusual numbers in some places. */
export function given(program: Program, layout: Layout, seed = 0): Float64Array {
  const memory = new Float64Array(layout.size);
  for (const { name, numbers } of program.model.quantities.values())
    if (numbers !== undefined) memory.set(numbers, layout.slot(name, 'old').offset);
  if (seed === 0) return memory;
  const unusual = [0, -0, NaN, Infinity, -Infinity, 1e300, -1e-300, 5e-324];
  // Few of them, or everything would be NaN; in most runs only signed zeros.
  const kinds = seed % 4 === 0 ? unusual.length : 2;
  for (let at = 0; at < memory.length; at++) {
    if (uniform(seed, 1, at) < 0.12) memory[at] = unusual[Math.floor(uniform(seed, 2, at) * kinds)];
  }
  return memory;
}

/** Runs a frame by stepping through every cell in the order of the program: the reference for all faster kernels. */
export function stepFrame(program: Program, layout: Layout, memory: Float64Array, store: Store): void {
  const transcript = new Transcript();
  const source = (_slot: unknown, address: () => number) => () => memory[address()];
  const stepper = new Stepper(program.model.functions, layout, transcript, source);
  const visit = (node: Node, environment: ReadonlyMap<string, number>): void => {
    if (node.kind === 'block') for (const child of node.children) visit(child, environment);
    else if (node.kind === 'loop') {
      const { low, high } = node.range;
      for (let n = 0; n <= high - low; n++)
        visit(node.body, new Map(environment).set(node.index, node.direction > 0 ? low + n : high - n));
    } else {
      const { formula } = node;
      const cell = formula.indices.map(({ name }) => environment.get(name) as number);
      const value = stepper.of(formula).at(cell);
      transcript.clear();
      const slot = layout.slot(formula.target, formula.version);
      const flat = flatIndex(slot.shape, cell);
      memory[slot.offset + flat] = store(formula, flat, value);
    }
  };
  visit(program.tree, new Map());
}

/** A number as text, with the sign of a zero. */
export const shownNumber = (value: number | undefined): string =>
  Object.is(value, -0) ? '-0' : String(value);

/** The first cell in which two memories of a frame differ by a bit (all NaN are alike). */
export function difference(
  slots: readonly Slot[],
  expected: Float64Array,
  found: Float64Array,
): string | undefined {
  for (const { name, version, shape, offset, size } of slots) {
    for (let flat = 0; flat < size; flat++) {
      const [a, b] = [expected[offset + flat], found[offset + flat]];
      if (!Object.is(a, b))
        return `${version} ${name}[${cellAt(shape, flat)}] is ${shownNumber(b)}, not ${shownNumber(a)}`;
    }
  }
  return undefined;
}

/** The first position (from 0) where two rows of numbers differ by a bit, or one of them ends; all NaN are equal. */
export function firstDifferent(a: ArrayLike<number>, b: ArrayLike<number>): number | undefined {
  for (let at = 0; at < a.length; at++) if (!Object.is(a[at], b[at])) return at;
  return a.length === b.length ? undefined : a.length;
}
