import type { Slot } from '../memory/layout.ts';
import type { CompiledNode } from './compiled-node.ts';

/** The most terms evaluated together. */
export const longestTermVector = 1024;
/** The fewest terms for which evaluating them together pays. */
export const shortestTermVector = 8;

/** Adjacent terms of the innermost loop: either all have one value, or each has its own. */
export type TermVector =
  | { readonly isSteady: true; readonly value: () => number }
  | {
      readonly isSteady: false;
      /**
       * The values of `count` terms (at most `longestTermVector`) from the current register values on; the array may be shared.
       */
      readonly values: (count: number) => Float64Array;
    };

/** What is known where a term vector is made. */
export interface TermVectorContext {
  /** The innermost index and its register. */
  readonly name: string;
  readonly register: number;
  /** The current values of all registers. */
  readonly registers: number[];
  /** The memory of a slot, if all its cells are there. */
  readonly memory: (slot: Slot) => Float64Array | undefined;
}

/** Makes the vector of a term (`part`, the body of a reduction); undefined where its terms cannot be evaluated together. */
type BuildTermVector = (part: CompiledNode, place: TermVectorContext) => TermVector | undefined;

let provided: BuildTermVector | undefined;

/** Sets the builder of term vectors; `fast-machine.ts` calls it when it is loaded. */
export function provideTermVectors(make: BuildTermVector): void {
  provided = make;
}

/**
 * The vector of a term (the body of a reduction) along its innermost index; undefined until a builder is provided, and where
 * terms cannot be evaluated together: see `buildTermVector`.
 */
export const termVector: BuildTermVector = (part, place) => provided?.(part, place);
