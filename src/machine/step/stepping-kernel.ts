import { flatIndex } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { Node } from '../../program/tree.ts';
import type { Layout } from '../memory/layout.ts';
import type { Store } from '../memory/store.ts';
import type { FrameKernel } from '../plan/frame-kernel.ts';
import { Evaluator, type SlotReader } from './evaluator.ts';

/**
 * A kernel, on a new memory, that computes every cell in the order of the program and stores what `store` returns for its value.
 * Small models need no faster one, and the evaluator it uses is loaded in any case.
 */
export function steppingKernel(program: Program, layout: Layout, store: Store): FrameKernel {
  const memory = new Float64Array(layout.size);
  const source: SlotReader = (_slot, address) => () => memory[address()];
  const evaluator = new Evaluator(program.model.functions, layout, source, () => memory);
  const run = runnerOf(program.tree, new Map(), ({ formula }, places) => {
    const { offset, shape } = layout.slot(formula.target, formula.version);
    const evaluation = evaluator.of(formula);
    const own = formula.indices.map(({ name }) => places.get(name) as LoopPosition);
    const cell = own.map(() => 0);
    return () => {
      for (let d = 0; d < own.length; d++) cell[d] = own[d].at;
      const flat = flatIndex(shape, cell);
      memory[offset + flat] = store(formula, flat, evaluation.at(cell));
    };
  });
  return {
    kind: 'stepping',
    memory,
    optimizations: new Set(),
    run: run,
    advance() {
      run();
      for (const { old, new: renewed } of layout.renewed)
        memory.copyWithin(old.offset, renewed.offset, renewed.offset + renewed.size);
    },
    forget: () => undefined,
  };
}

/** The current value of a loop's index; mutable. */
export interface LoopPosition {
  at: number;
}

/** Loops by index name. */
export type LoopPositions = ReadonlyMap<string, LoopPosition>;

/**
 * Compiles a part of the program tree to a function that runs its loops and calls what `cell` returned for each cell node.
 * `places` holds the loops around it by index name, empty for the whole tree; `cell` is called once per node when compiling, with
 * all loops around that node, whose values change as they run.
 */
export function runnerOf(
  node: Node,
  places: LoopPositions,
  cell: (node: Extract<Node, { kind: 'cell' }>, places: LoopPositions) => () => void,
): () => void {
  if (node.kind === 'cell') return cell(node, places);
  if (node.kind === 'block') {
    const parts = node.children.map((child) => runnerOf(child, places, cell));
    return () => {
      for (const part of parts) part();
    };
  }
  const { index, range, direction, body } = node;
  const place = { at: 0 };
  const inside = runnerOf(body, new Map(places).set(index, place), cell);
  return () => {
    for (let n = 0; n <= range.high - range.low; n++) {
      place.at = direction > 0 ? range.low + n : range.high - n;
      inside();
    }
  };
}
