import type { Program } from '../program/program.ts';
import { Cells } from './cells.ts';
import type { Fault } from './fault.ts';
import { type Beginning, Frames } from './frames.ts';
import type { FirstFault, LayerNotes, State } from './history.ts';
import type { Edits, Mode } from './inputs.ts';
import { Inputs } from './inputs.ts';
import type { Layout, Slot } from './layout.ts';
import { Pull } from './pull.ts';
import type { Retention } from './retention.ts';
import type { Source } from './stepper.ts';
import type { Store } from './store.ts';

/**
 * Some frames of a run in a row: from one that a reader has changed to the next. Frames count on from the layers before,
 * for what enters a frame is a function of its number.
 */
export interface Layer {
  /** Its first frame. */
  readonly first: number;
  /** What enters its frames. */
  readonly inputs: Inputs;
  /** What a cell stores, by the rules and the reader's pokes. */
  readonly store: Store;
  /** The numbers that are poked, by address, where there are any. */
  readonly pokes?: ReadonlyMap<number, number>;
  /** How formulas read the open frame. */
  readonly source: Source;
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
  stateAfter(frame: number): State;
  /** The state after its furthest frame, and nothing else that was noted. */
  tip(): LayerNotes;
  drain(): LayerNotes;
  adopt(notes: LayerNotes): void;
}

/** What all layers of a machine have in common. */
export interface Surroundings {
  readonly program: Program;
  readonly layout: Layout;
  readonly retention: Retention;
  readonly rules: Store;
  /** Whether the lesson's storing rules hold. */
  readonly rounded: boolean;
  readonly mode: Mode;
  readonly passesOn: boolean;
  readonly webAssembly: boolean;
}

/** Where a layer begins, and how. */
export interface LayerStart extends Beginning {
  /** All edits up to there. */
  readonly edits: Edits;
  /** Where the layer only shows another in another mode: that one. */
  readonly trained?: Pick<Layer, 'stateAfter'>;
}

interface Parts {
  readonly inputs: Inputs;
  readonly frames: Frames;
  readonly cells: Cells;
}

/** Frames that are run, noted and brought back. Nothing is made for them before one is asked for. */
export class FramesLayer implements Layer {
  readonly first: number;
  readonly store: Store;
  private made: Parts | undefined;

  constructor(
    private readonly around: Surroundings,
    private readonly start: LayerStart,
    /** Bytes. */
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
    const { program, layout, retention, rules, rounded, mode, passesOn, webAssembly } = this.around;
    const { edits, trained, frame } = this.start;
    const inputs = new Inputs(program.model, layout, edits);
    const kept = { budget: this.budget, passesOn, webAssembly };
    const beginning = frame === 1 ? undefined : this.start;
    const frames = new Frames(program, layout, retention, inputs, rounded, mode, kept, trained, beginning);
    const pull = new Pull(program, layout, retention, rules, inputs.start);
    return { inputs, frames, cells: new Cells(program, layout, retention, frames, pull, rules) };
  }

  get inputs(): Inputs {
    return this.parts.inputs;
  }

  get source(): Source {
    return this.parts.cells.source;
  }

  get furthest(): number {
    return this.made?.frames.history.furthest ?? this.first - 1;
  }

  isFinite(last: number): boolean {
    if (this.made === undefined) return true;
    const { first, suspect } = this.made.frames.history;
    if (first === undefined && suspect === undefined) return true;
    // Whoever runs its frames without end has not to know at once where it was.
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

  stateAfter(frame: number): State {
    return this.parts.frames.stateAfter(frame);
  }

  tip(): LayerNotes {
    return this.parts.frames.tip();
  }

  drain(): LayerNotes {
    return this.parts.frames.drain();
  }

  adopt(notes: LayerNotes): void {
    this.parts.frames.history.adopt(notes);
  }
}
