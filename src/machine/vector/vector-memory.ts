import { type Affine, type Condition, coefficient } from '../../formula/affine.ts';
import { areFinite } from '../memory/finite.ts';
import type { Slot } from '../memory/layout.ts';
import { AxisRegisters } from '../plan/axis-registers.ts';
import type { Axis, PlanValue } from '../plan/plan.ts';
import type { VectorAxis } from './vector-axis.ts';

/** The most cells in a vector: its intermediate results stay in the fastest cache. */
export const vectorLength = 1024;

type Step = () => void;

/** Where the numbers of a vector lie: `stride` apart from address `start()` on; stride 0 where all cells share one number. */
export interface VectorOperand {
  readonly start: () => number;
  readonly stride: number;
}

/**
 * The memory on which cells are computed vector by vector, the cells currently computed, and what is known about the numbers. The
 * extending kernel defines how values are computed.
 */
export abstract class VectorMemory {
  /** The current values of axes. */
  readonly registers = new AxisRegisters();
  /** The most cells in a vector. */
  readonly vectorLength = vectorLength;
  /** The names of the optimizations that apply, for tests. */
  readonly optimizations = new Set<string>();
  /** The frame's memory, followed by intermediate results; empty until `allocate`. */
  memory = new Float64Array(0);
  /** Changes with every formula that is computed. */
  generation = 0;
  /** How many cells the formula that is being compiled should compute at a time. */
  chunk = vectorLength;
  /** The cells of the vector currently computed: from `from` up to but excluding `to`. */
  from = 0;
  /** Exclusive. */
  to = 1;
  /** Initial contents of memory, by address. */
  protected readonly constants: [at: number, value: number][] = [];
  /** Whether all numbers of a quantity are finite, where that was found out in this frame. */
  protected readonly known = new Map<Slot, boolean>();
  /** Parameters known to have only finite numbers, none of them −0. */
  readonly sound = new Map<Slot, boolean>();
  /** Slots that are read while they are being computed. */
  protected readonly growing = new Set<Slot>();

  constructor(
    /** Numbers in memory: those of a frame, and the intermediate results after them. */
    private size: number,
  ) {}

  /** Compiles a value: appends the steps that compute it and returns where it can be read after they have run. */
  abstract operand(value: PlanValue, axis: VectorAxis, steps: Step[]): VectorOperand;

  /** Compiles a step that writes a value at an address for all values of some axes, the last one innermost. */
  abstract along(axes: readonly Axis[], value: PlanValue, address: Affine): Step;

  /** Drops all cached knowledge about the numbers in memory. */
  forget(): void {
    this.known.clear();
    this.sound.clear();
  }

  /** Drops cached knowledge about the numbers of one slot. */
  forgetSlot(slot: Slot): void {
    this.known.delete(slot);
    this.sound.delete(slot);
  }

  /** Allocates the memory that the compiled plans run on, with its constants. */
  allocate(): Float64Array<ArrayBuffer> {
    this.memory = new Float64Array(this.size);
    for (const [at, value] of this.constants) this.memory[at] = value;
    return this.memory;
  }

  /** Reserves room for intermediate results and returns its first address. Only before `allocate`. */
  reserve(numbers: number): number {
    this.size += numbers;
    return this.size - numbers;
  }

  /**
   * A function that tells whether all numbers of a slot are finite. It checks at most once in a frame, and returns false for
   * slots that are read while they are being computed.
   */
  finiteness(slot: Slot): () => boolean {
    if (this.growing.has(slot)) return () => false;
    const { known } = this;
    return () => {
      let finite = known.get(slot);
      if (finite === undefined) {
        finite = areFinite(this.memory, slot.offset, slot.offset + slot.size);
        known.set(slot, finite);
      }
      return finite;
    };
  }

  /** Reserves a vector for intermediate results; a single number (stride 0) where the cells do not differ. */
  vector(axis: VectorAxis, differs: boolean): VectorOperand & { at: number } {
    const wide = differs && axis.axis !== undefined;
    const at = this.reserve(wide ? Math.min(vectorLength, axis.axis.high - axis.axis.low + 1) : 1);
    return { start: () => at, stride: wide ? 1 : 0, at };
  }

  /** A step that restricts `from` and `to` to the cells for which conditions hold. */
  clip(conditions: readonly Condition[], axis: VectorAxis): Step {
    const tests = conditions.map((condition) => {
      const factor = axis.axis === undefined ? 0 : coefficient(condition, axis.axis.name);
      return { factor, first: this.registers.affine(condition) };
    });
    return () => {
      for (const { factor, first } of tests) {
        const value = first();
        if (factor > 0) this.from = Math.max(this.from, Math.ceil(-value / factor));
        else if (factor < 0) this.to = Math.min(this.to, Math.floor(value / -factor) + 1);
        else if (value < 0) this.to = this.from;
      }
    };
  }
}
