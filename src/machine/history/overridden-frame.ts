import type { Formula } from '../../formula/model.ts';
import { storingKernel } from '../kernel/kernel-choice.ts';
import { type Fault, faultOf } from '../memory/fault.ts';
import { Inputs } from '../memory/inputs.ts';
import type { Slot } from '../memory/layout.ts';
import { roundedQuantities, type Store } from '../memory/store.ts';
import type { SlotMemory, SlotReader } from '../step/evaluator.ts';
import { fastBackend } from './fast-backend.ts';
import type { FrameRange, RangeContext, RangeStart } from './frame-range.ts';
import type { FirstFault, RangeRecords } from './history.ts';
import { stateOf, type TrainingState, writeState } from './training-state.ts';

/**
 * One frame in which a reader has overridden cells: such a cell stores the reader's number in place of the computed one. The
 * whole frame is kept, since nothing in it can be replayed. Its methods ignore the frame argument where only this frame can be
 * meant.
 */
export class OverriddenFrame implements FrameRange {
  readonly first: number;
  readonly store: Store;
  private readonly isStored: (formula: Formula) => boolean;
  private made: Inputs | undefined;
  private finished: Float64Array | undefined;
  /** What it finds, and what it leaves, where another thread has run it. */
  private found: TrainingState | undefined;
  private left: TrainingState | undefined;
  private looked: { readonly fault: Fault | undefined } | undefined;

  constructor(
    private readonly around: RangeContext,
    private readonly start: RangeStart,
    /** By address in the frame's memory. */
    readonly overrides: ReadonlyMap<number, number>,
  ) {
    const { layout, rules, program } = around;
    this.first = start.frame;
    const slots = new Map<Formula, Slot>();
    for (const formula of program.model.formulas) {
      const slot = layout.slot(formula.target, formula.version);
      if ([...overrides.keys()].some((address) => layout.slotAt(address) === slot)) slots.set(formula, slot);
    }
    this.store = (formula, flat, value) => {
      const slot = slots.get(formula);
      return (slot && overrides.get(slot.offset + flat)) ?? rules(formula, flat, value);
    };
    const rounded = around.rounded ? roundedQuantities(program.model) : new Set<string>();
    this.isStored = (formula) => slots.has(formula) || rounded.has(formula.target);
  }

  get inputs(): Inputs {
    const { program, layout, rules, mode } = this.around;
    this.made ??= new Inputs(program.model, layout, this.start.edits, rules, mode);
    return this.made;
  }

  private get memory(): Float64Array {
    this.finished ??= this.run();
    return this.finished;
  }

  private run(): Float64Array {
    const { program, layout, mode } = this.around;
    const { memory, run } = storingKernel(program, layout, this.store, this.isStored, fastBackend()?.kernels);
    memory.set(this.inputs.start);
    writeState(layout, this.stateAfter(this.first - 1), memory);
    this.inputs.write(memory, this.first, mode);
    // Random numbers are written by no formula.
    for (const [address, value] of this.overrides) memory[address] = value;
    run();
    return memory.subarray(0, layout.size);
  }

  readonly source: SlotReader = (_slot, address) => () => this.memory[address()];

  readonly bulk: SlotMemory = () => this.memory;

  get furthest(): number {
    return this.finished === undefined && this.left === undefined ? this.first - 1 : this.first;
  }

  /** A frame that another thread has run was checked there. */
  isFinite(): boolean {
    return this.finished === undefined || this.fault() === undefined;
  }

  get firstFault(): FirstFault | undefined {
    const fault = this.furthest < this.first ? undefined : this.fault();
    return fault && { frame: this.first, ...fault };
  }

  get bytes(): number {
    return 8 * ((this.finished?.length ?? 0) + (this.left?.length ?? 0));
  }

  whole(): Float64Array {
    return this.memory;
  }

  fault(): Fault | undefined {
    this.looked ??= { fault: faultOf(this.around.program, this.around.layout, this.memory) };
    return this.looked.fault;
  }

  value(_frame: number, _slot: Slot, address: number): number {
    return this.memory[address];
  }

  array(_frame: number, { offset, size }: Slot): Float64Array {
    return this.memory.subarray(offset, offset + size);
  }

  open(): void {}

  extend(): void {
    this.memory;
  }

  stateAfter(frame: number): TrainingState {
    if (frame >= this.first) return this.left?.slice() ?? stateOf(this.around.layout, this.memory, 'new');
    if (this.found !== undefined) return this.found.slice();
    return this.first === 1 ? stateOf(this.around.layout, this.inputs.start, 'old') : this.start.state();
  }

  headState(): RangeRecords {
    const { furthest } = this;
    return { furthest, state: this.stateAfter(furthest), segments: [], keyframes: [] };
  }

  takeRecords(): RangeRecords {
    return this.headState();
  }

  merge({ furthest, state }: RangeRecords): void {
    if (furthest < this.first) this.found = state;
    else this.left = state;
  }
}
