import type { Program } from '../../program/program.ts';
import type { Fault } from '../memory/fault.ts';
import { Inputs } from '../memory/inputs.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import type { Store } from '../memory/store.ts';
import type { SlotMemory, SlotReader } from '../step/evaluator.ts';
import { CellLookup } from './cell-lookup.ts';
import { CellReplay } from './cell-replay.ts';
import type { FrameRange, RangeContext, RangeStart } from './frame-range.ts';
import { Frames } from './frames.ts';
import type { FirstFault, RangeRecords } from './history.ts';
import { Retention } from './retention.ts';
import type { TrainingState } from './training-state.ts';

/** All ranges of a program with the same threshold for small arrays share one retention. */
const retentions = new WeakMap<Program, Map<number | undefined, Retention>>();

function retentionOf(program: Program, layout: Layout, small: number | undefined): Retention {
  const known = retentions.get(program) ?? new Map<number | undefined, Retention>();
  retentions.set(program, known);
  let found = known.get(small);
  if (found === undefined) {
    found = new Retention(program, layout, small);
    known.set(small, found);
  }
  return found;
}

interface Parts {
  readonly inputs: Inputs;
  readonly frames: Frames;
  readonly cells: CellLookup;
}

/** Frames that are run by a fast kernel, recorded and restored. Nothing is allocated before a frame is asked for. */
export class RecordedRange implements FrameRange {
  readonly first: number;
  readonly store: Store;
  private made: Parts | undefined;

  constructor(
    private readonly around: RangeContext,
    private readonly start: RangeStart,
    /** In bytes. */
    private readonly budget: number,
  ) {
    this.first = start.frame;
    this.store = around.rules;
  }

  private get parts(): Parts {
    this.made ??= this.make();
    return this.made;
  }

  private make(): Parts {
    const { program, layout, small, rules, rounded, mode, transfersRecords, webAssembly } = this.around;
    const retention = retentionOf(program, layout, small);
    const { edits, trained, frame } = this.start;
    const inputs = new Inputs(program.model, layout, edits, rules, mode);
    const kept = { budget: this.budget, passesOn: transfersRecords, webAssembly };
    const beginning = frame === 1 ? undefined : this.start;
    const frames = new Frames(program, layout, retention, inputs, rounded, mode, kept, trained, beginning);
    const replay = new CellReplay(program, layout, retention, rules, inputs.start);
    return { inputs, frames, cells: new CellLookup(program, layout, retention, frames, replay, rules) };
  }

  get inputs(): Inputs {
    return this.parts.inputs;
  }

  get source(): SlotReader {
    return this.parts.cells.source;
  }

  get bulk(): SlotMemory {
    return this.parts.cells.bulk;
  }

  get furthest(): number {
    return this.made?.frames.history.furthest ?? this.first - 1;
  }

  isFinite(last: number): boolean {
    if (this.made === undefined) return true;
    const { first, nonFiniteFrame } = this.made.frames.history;
    if (first === undefined && nonFiniteFrame === undefined) return true;
    // An unbounded range need not search for the exact frame at once.
    if (last === Number.POSITIVE_INFINITY) return false;
    const { firstFault } = this;
    return firstFault === undefined || firstFault.frame > last;
  }

  get firstFault(): FirstFault | undefined {
    return this.made?.frames.firstFault;
  }

  get bytes(): number {
    return this.made?.frames.bytes ?? 0;
  }

  whole(frame: number): Float64Array {
    return this.parts.frames.whole(frame).memory;
  }

  fault(frame: number): Fault | undefined {
    return this.parts.frames.fault(frame);
  }

  value(frame: number, slot: Slot, address: number): number {
    return this.parts.cells.value(frame, slot, address);
  }

  array(frame: number, slot: Slot): Float64Array {
    return this.parts.cells.array(frame, slot);
  }

  open(frame: number): void {
    this.parts.cells.open(frame);
  }

  extend(): void {
    this.parts.frames.extend();
  }

  stateAfter(frame: number): TrainingState {
    return this.parts.frames.stateAfter(frame);
  }

  headState(): RangeRecords {
    return this.parts.frames.headState();
  }

  takeRecords(): RangeRecords {
    return this.parts.frames.takeRecords();
  }

  merge(records: RangeRecords): void {
    this.parts.frames.history.merge(records);
  }
}
