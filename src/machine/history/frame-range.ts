import type { Program } from '../../program/program.ts';
import type { Fault } from '../memory/fault.ts';
import type { Edits, Inputs, Mode } from '../memory/inputs.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import type { Rules, Store } from '../memory/store.ts';
import type { SlotMemory, SlotReader } from '../step/evaluator.ts';
import type { FirstFault, RangeRecords } from './history.ts';
import type { TrainingState } from './training-state.ts';

/**
 * Consecutive frames of a run, from one that a reader has changed (or the first) to the next changed one. Frames keep their
 * numbers in the run, since what enters a frame is a function of its number.
 */
export interface FrameRange {
  /** The number of its first frame, from 1. */
  readonly first: number;
  /** What enters its frames. */
  readonly inputs: Inputs;
  /** Maps a computed value to what its cell stores, by the storing rules and the reader's overrides. */
  readonly store: Store;
  /** The overriding numbers by address in the frame's memory; absent if there are none. */
  readonly overrides?: ReadonlyMap<number, number>;
  /** Gives formulas access to the cells of the open frame. */
  readonly source: SlotReader;
  /** The open frame's memory for a slot whose cells are all in it; else undefined. */
  readonly bulk: SlotMemory;
  /** The last frame such that all of its frames up to it have been run; `first - 1` if none has. */
  readonly furthest: number;
  /** Whether no non-finite number has been seen in its frames up to and including `last`; frames not run yet count as finite. */
  isFinite(last: number): boolean;
  /** The first stored non-finite number in the frames run so far; undefined if there is none. */
  readonly firstFault: FirstFault | undefined;
  /** Bytes in use for records and frames at hand. */
  readonly bytes: number;
  /** The complete memory of a frame, running it if needed. Shared: valid until another frame is asked for. */
  whole(frame: number): Float64Array;
  /** The first stored non-finite number of a frame; undefined if all are finite. */
  fault(frame: number): Fault | undefined;
  /** The number at an address (from 0, within `slot`) of a finished frame's memory. */
  value(frame: number, slot: Slot, address: number): number;
  /** All cells of a slot in a finished frame, row by row. Shared: valid until another frame is asked for. */
  array(frame: number, slot: Slot): Float64Array;
  /** Chooses the frame that `source` and `bulk` read. */
  open(frame: number): void;
  /** Runs the frame after `furthest` and records it. */
  extend(): void;
  /** A copy of the training state as the frame after `frame` finds it; `frame` is at least `first - 1`. */
  stateAfter(frame: number): TrainingState;
  /** The state after its furthest frame, without other records. */
  headState(): RangeRecords;
  /** The records made since the last call, and the head state; ownership passes to the caller. */
  takeRecords(): RangeRecords;
  /** Merges records of the same range from another thread and takes ownership of them. */
  merge(records: RangeRecords): void;
}

/** What all frame ranges of a machine have in common. */
export interface RangeContext {
  readonly program: Program;
  readonly layout: Layout;
  /** An array of at most this many cells counts as small; undefined for the default. */
  readonly small: number | undefined;
  /** How values are stored when they are not overridden. */
  readonly rules: Rules;
  /** Whether `rules` are the lesson's storing rules. */
  readonly rounded: boolean;
  readonly mode: Mode;
  /** Whether records are collected for `takeRecords` instead of being kept. */
  readonly transfersRecords: boolean;
  /** Whether frames may run as WebAssembly. */
  readonly webAssembly: boolean;
}

/** Where a range begins: its first frame, and the state that this frame finds (a new copy at each call). */
export interface RangeOrigin {
  /** From 1. */
  readonly frame: number;
  readonly state: () => TrainingState;
}

/** The origin of a range with what changes its frames. */
export interface RangeStart extends RangeOrigin {
  /** All edits that apply in the range, including those of earlier frames. */
  readonly edits: Edits;
  /** For a range that evaluates: the range that trains the same frames. */
  readonly trained?: Pick<FrameRange, 'stateAfter'>;
}
