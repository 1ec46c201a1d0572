import type { Slot } from '../memory/layout.ts';
import type { CompiledNode } from './compiled-node.ts';

/** Terms that are evaluated side by side, at most; of fewer than these it would not pay. */
export const longestTermVector = 1024;
export const shortestTermVector = 8;

/** Terms next to each other along the innermost loop: either all have one value, or each has its own. */
export type TermVector =
  | { readonly isSteady: true; readonly value: () => number }
  | {
      readonly isSteady: false;
      /** The values of so many terms, from the one on at which the registers stand. */
      readonly values: (count: number) => Float64Array;
    };

/** What is known where a block is made. */
export interface TermVectorContext {
  /** The innermost index and its register. */
  readonly name: string;
  readonly register: number;
  readonly registers: number[];
  readonly memory: (slot: Slot) => Float64Array | undefined;
}

type BuildTermVector = (part: CompiledNode, place: TermVectorContext) => TermVector | undefined;

let provided: BuildTermVector | undefined;

/** From now on terms are evaluated side by side; `fast-machine.ts` says so when it is loaded. */
export function provideTermVectors(make: BuildTermVector): void {
  provided = make;
}

/** The block of a term, where there are blocks. */
export const termVector: BuildTermVector = (part, place) => provided?.(part, place);
