import type { Version } from '../../formula/expression.ts';
import type { Layout } from '../memory/layout.ts';

/** What survives a frame: parameters and optimizer state, one after the other, as `Layout.renewed` lists them. */
export type TrainingState = Float64Array<ArrayBuffer>;

/** A copy of what survives, out of a frame's memory: as the frame has found it (`old`) or as it leaves it (`new`). */
export function stateOf(
  { renewed, stateSize }: Layout,
  memory: Float64Array,
  version: Version,
): TrainingState {
  const state = new Float64Array(stateSize);
  let at = 0;
  for (const pair of renewed) {
    const { offset, size } = pair[version];
    state.set(memory.subarray(offset, offset + size), at);
    at += size;
  }
  return state;
}

/** Writes a state into a frame's memory, as what the frame finds. */
export function writeState({ renewed }: Layout, state: TrainingState, memory: Float64Array): void {
  let at = 0;
  for (const { old } of renewed) {
    memory.set(state.subarray(at, at + old.size), old.offset);
    at += old.size;
  }
}

/** Writes what survives in one frame's memory into another's, as what that finds. */
export function copyState({ renewed }: Layout, from: Float64Array, version: Version, to: Float64Array): void {
  for (const pair of renewed) {
    const { offset, size } = pair[version];
    to.set(from.subarray(offset, offset + size), pair.old.offset);
  }
}
