import type { Program } from '../../program/program.ts';
import type { Fault } from '../memory/fault.ts';
import type { Edits, Inputs, Mode } from '../memory/inputs.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import type { Rules, Store } from '../memory/store.ts';
import type { SlotMemory, SlotReader } from '../step/evaluator.ts';
import type { FirstFault, RangeRecords } from './history.ts';
import type { TrainingState } from './training-state.ts';

/**
 * Some frames of a run in a row: from one that a reader has changed to the next. Frames count on from the layers before,
 * for what enters a frame is a function of its number.
 */
export interface FrameRange {
  /** Its first frame. */
  readonly first: number;
  /** What enters its frames. */
  readonly inputs: Inputs;
  /** What a cell stores, by the rules and the reader's pokes. */
  readonly store: Store;
  /** The numbers that are poked, by address, where there are any. */
  readonly overrides?: ReadonlyMap<number, number>;
  /** How formulas read the open frame. */
  readonly source: SlotReader;
  /** The open frame's memory, where all cells of a slot lie in it. */
  readonly bulk: SlotMemory;
  /** Its frames up to this one have been run; the one before the first where none has. */
  readonly furthest: number;
  /** Whether no number that is not finite was seen in frames up to one. */
  isFinite(last: number): boolean;
  readonly firstFault: FirstFault | undefined;
  readonly bytes: number;
  /** All the numbers of a frame: valid until another is asked for. */
  whole(frame: number): Float64Array;
  fault(frame: number): Fault | undefined;
  value(frame: number, slot: Slot, address: number): number;
  array(frame: number, slot: Slot): Float64Array;
  /** Chooses the frame that `source` reads. */
  open(frame: number): void;
  /** Runs the frame after the furthest one. */
  extend(): void;
  /** A copy of what survives a frame as the next one finds it; after the one before its first, as that finds it. */
  stateAfter(frame: number): TrainingState;
  /** The state after its furthest frame, and nothing else that was noted. */
  headState(): RangeRecords;
  takeRecords(): RangeRecords;
  merge(records: RangeRecords): void;
}

/** What all layers of a machine have in common. */
export interface RangeContext {
  readonly program: Program;
  readonly layout: Layout;
  /** Cells up to which an array counts as small. */
  readonly small: number | undefined;
  readonly rules: Rules;
  /** Whether the lesson's storing rules hold. */
  readonly rounded: boolean;
  readonly mode: Mode;
  readonly transfersRecords: boolean;
  readonly webAssembly: boolean;
}

/** The first of some frames, and what survives the one before it as they find it. */
export interface RangeOrigin {
  readonly frame: number;
  readonly state: () => TrainingState;
}

/** Where a layer begins, and how. */
export interface RangeStart extends RangeOrigin {
  /** All edits up to there. */
  readonly edits: Edits;
  /** Where the layer only shows another in another mode: that one. */
  readonly trained?: Pick<FrameRange, 'stateAfter'>;
}
