import type { Version } from '../../formula/expression.ts';
import type { Layout } from '../memory/layout.ts';

/**
 * What survives a frame: parameters and optimizer state, one after the other in the order of `Layout.renewed`, `stateSize`
 * numbers.
 */
export type TrainingState = Float64Array<ArrayBuffer>;

/** Copies the state out of a frame's memory, into a new array: as the frame found it (`old`) or as it leaves it (`new`). */
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

/** Writes a state of the same layout into a frame's memory as its `old` versions; nothing else there changes. */
export function writeState({ renewed }: Layout, state: TrainingState, memory: Float64Array): void {
  let at = 0;
  for (const { old } of renewed) {
    memory.set(state.subarray(at, at + old.size), old.offset);
    at += old.size;
  }
}

/** Copies the `version` state of one frame's memory (`from`) into another's of the same layout (`to`) as its `old` versions. */
export function copyState({ renewed }: Layout, from: Float64Array, version: Version, to: Float64Array): void {
  for (const pair of renewed) {
    const { offset, size } = pair[version];
    to.set(from.subarray(offset, offset + size), pair.old.offset);
  }
}
