import { type Fault, faultOf } from '../memory/fault.ts';
import { areFinite } from '../memory/finite.ts';
import { Inputs } from '../memory/inputs.ts';
import type { Slot } from '../memory/layout.ts';
import type { Store } from '../memory/store.ts';
import type { FrameKernel } from '../plan/frame-kernel.ts';
import type { SlotMemory, SlotReader } from '../step/evaluator.ts';
import { steppingKernel } from '../step/stepping-kernel.ts';
import { fastBackend } from './fast-backend.ts';
import type { FrameRange, RangeContext, RangeStart } from './frame-range.ts';
import type { FirstFault, RangeRecords } from './history.ts';
import { stateOf, type TrainingState, writeState } from './training-state.ts';

/** How many whole frames and how many states between frames are kept; beyond `mostStates`, every other state is dropped. */
const mostFrames = 4;
const mostStates = 1024;

/**
 * Frames of a small model, each stepped through from the state before it. Training promotes it to a range of the fast backend,
 * and from then on it delegates to that one.
 */
export class SteppedRange implements FrameRange {
  readonly first: number;
  readonly store: Store;
  readonly inputs: Inputs;
  private readonly kernel: FrameKernel;
  private readonly frames = new Map<number, Float64Array<ArrayBuffer>>();
  private readonly states = new Map<number, TrainingState>();
  /** Frames between kept states. */
  private spacing = 1;
  private last: number;
  private found: FirstFault | undefined;
  /** The open frame. */
  private memory: Float64Array = new Float64Array(0);
  private promoted: FrameRange | undefined;

  constructor(
    private readonly around: RangeContext,
    private readonly start: RangeStart,
    private readonly budget: number,
  ) {
    const { program, layout, rules, mode } = around;
    this.first = start.frame;
    this.store = rules;
    this.inputs = new Inputs(program.model, layout, start.edits, rules, mode);
    this.kernel = steppingKernel(program, layout, rules);
    this.kernel.memory.set(this.inputs.start);
    this.last = this.first - 1;
  }

  whole(frame: number): Float64Array {
    if (this.promoted !== undefined) return this.promoted.whole(frame);
    const { frames, around, start } = this;
    let memory = frames.get(frame);
    if (memory === undefined) {
      memory = this.run(frame, this.foundBy(frame), around.mode).slice(0, around.layout.size);
      for (const oldest of frames.keys()) if (frames.size >= mostFrames) frames.delete(oldest);
      frames.set(frame, memory);
      if (around.mode === 'train' && start.trained === undefined) this.record(frame, memory);
    }
    return memory;
  }

  private run(frame: number, found: TrainingState, mode: RangeContext['mode']): Float64Array<ArrayBuffer> {
    const { memory } = this.kernel;
    writeState(this.around.layout, found, memory);
    this.inputs.write(memory, frame, mode);
    this.kernel.run();
    return memory;
  }

  /** The state that a frame finds; frames before it are run from the nearest kept state. */
  private foundBy(frame: number): TrainingState {
    const { states, start, first } = this;
    if (start.trained !== undefined) return start.trained.stateAfter(frame - 1);
    let near = first - 1;
    for (const known of states.keys()) if (known > near && known < frame) near = known;
    let state = states.get(near);
    state ??= first === 1 ? stateOf(this.around.layout, this.inputs.start, 'old') : start.state();
    for (let n = near + 1; n < frame; n++) state = this.record(n, this.run(n, state, 'train'));
    return state;
  }

  /** Keeps the state after a training frame, and checks a frame that is run for the first time. */
  private record(frame: number, memory: Float64Array): TrainingState {
    const { states, around } = this;
    const state = stateOf(this.around.layout, memory, 'new');
    if (frame > this.last) {
      this.last = frame;
      const fault =
        this.found === undefined && !areFinite(memory, 0, around.layout.size)
          ? faultOf(around.program, around.layout, memory)
          : undefined;
      if (fault !== undefined) this.found = { frame, ...fault };
    }
    if (frame % this.spacing === 0) states.set(frame, state);
    if (states.size > mostStates) {
      this.spacing *= 2;
      for (const known of states.keys()) if (known % this.spacing !== 0) states.delete(known);
    }
    return state;
  }

  /** Promotes the range to the fast backend, if that is loaded, and runs the frames that were run here there, too. */
  private promote(): FrameRange | undefined {
    if (this.promoted === undefined) {
      const promoted = fastBackend()?.frameRange(this.around, this.start, this.budget);
      while (promoted !== undefined && promoted.furthest < this.last) promoted.extend();
      this.promoted = promoted;
      this.frames.clear();
      this.states.clear();
    }
    return this.promoted;
  }

  get furthest(): number {
    return this.promoted?.furthest ?? this.last;
  }

  isFinite(last: number): boolean {
    if (this.promoted !== undefined) return this.promoted.isFinite(last);
    return this.found === undefined || this.found.frame > last;
  }

  get firstFault(): FirstFault | undefined {
    return this.promoted === undefined ? this.found : this.promoted.firstFault;
  }

  get bytes(): number {
    const own = this.frames.size * this.around.layout.size + this.states.size * this.around.layout.stateSize;
    return this.promoted?.bytes ?? 8 * own;
  }

  fault(frame: number): Fault | undefined {
    const { program, layout } = this.around;
    return this.promoted === undefined
      ? faultOf(program, layout, this.whole(frame))
      : this.promoted.fault(frame);
  }

  value(frame: number, slot: Slot, address: number): number {
    return this.promoted?.value(frame, slot, address) ?? this.whole(frame)[address];
  }

  array(frame: number, slot: Slot): Float64Array {
    const { offset, size } = slot;
    if (this.promoted !== undefined) return this.promoted.array(frame, slot);
    return this.whole(frame).subarray(offset, offset + size);
  }

  open(frame: number): void {
    this.memory = this.whole(frame);
  }

  readonly source: SlotReader = (_slot, address) => () => this.memory[address()];

  readonly bulk: SlotMemory = () => this.memory;

  extend(): void {
    const promoted = this.promote();
    if (promoted === undefined) this.whole(this.last + 1);
    else promoted.extend();
  }

  stateAfter(frame: number): TrainingState {
    return this.promoted?.stateAfter(frame) ?? this.foundBy(frame + 1).slice();
  }

  headState(): RangeRecords {
    const furthest = this.last;
    return (
      this.promoted?.headState() ?? {
        furthest,
        state: this.stateAfter(furthest),
        segments: [],
        keyframes: [],
      }
    );
  }

  takeRecords(): RangeRecords {
    return this.promote()?.takeRecords() ?? this.headState();
  }

  /** Throws an Error if the fast backend is not loaded. */
  merge(records: RangeRecords): void {
    const promoted = this.promote();
    if (promoted === undefined) throw new Error('trained frames are not loaded');
    promoted.merge(records);
  }
}
