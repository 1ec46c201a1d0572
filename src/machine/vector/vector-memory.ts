import { type Affine, type Condition, coefficient } from '../../formula/affine.ts';
import { areFinite } from '../memory/finite.ts';
import type { Slot } from '../memory/layout.ts';
import { AxisRegisters } from '../plan/axis-registers.ts';
import type { Axis, PlanValue } from '../plan/plan.ts';
import type { VectorAxis } from './vector-axis.ts';

/** How many cells a strip has at most: its intermediate results stay in the fastest cache. */
export const vectorLength = 1024;

type Step = () => void;

/** Where the numbers of a strip's lanes lie: `stride` apart from `start` on; 0 where all lanes share one number. */
export interface VectorOperand {
  readonly start: () => number;
  readonly stride: number;
}

/**
 * Cells that are computed side by side, strip after strip: the memory that they lie in, the lanes that are being computed,
 * and what is known about the numbers. How a value is computed is for the kernel that extends it.
 */
export abstract class VectorMemory {
  readonly registers = new AxisRegisters();
  readonly vectorLength = vectorLength;
  /** Which of the faster ways were found, for tests. */
  readonly optimizations = new Set<string>();
  /** The frame's memory, and room for intermediate results behind it. */
  memory = new Float64Array(0);
  /** Changes with every formula that is computed. */
  generation = 0;
  /** How many lanes the formula that is being planned should have at a time. */
  chunk = vectorLength;
  /** The lanes of the strip that are being computed. */
  from = 0;
  to = 1;
  /** What memory begins with, by address. */
  protected readonly constants: [at: number, value: number][] = [];
  /** Whether all numbers of a quantity are finite, where that was found out in this frame. */
  protected readonly known = new Map<Slot, boolean>();
  /** Parameters of which it is known that all numbers are finite and none is −0. */
  readonly sound = new Map<Slot, boolean>();
  /** What is read while it is being computed. */
  protected readonly growing = new Set<Slot>();

  constructor(
    /** Numbers in memory: those of a frame, and the intermediate results behind them. */
    private size: number,
  ) {}

  /** Plans a value: where it can be read after `steps` have run. */
  abstract operand(value: PlanValue, axis: VectorAxis, steps: Step[]): VectorOperand;

  /** What puts a value at an address for all values of some axes, the last of which lies densest. */
  abstract along(axes: readonly Axis[], value: PlanValue, address: Affine): Step;

  /** What is known about the numbers in memory no longer holds. */
  forget(): void {
    this.known.clear();
    this.sound.clear();
  }

  /** What is known about the numbers of one quantity no longer holds. */
  forgetSlot(slot: Slot): void {
    this.known.delete(slot);
    this.sound.delete(slot);
  }

  /** Makes the memory that the plans run on. */
  allocate(): Float64Array<ArrayBuffer> {
    this.memory = new Float64Array(this.size);
    for (const [at, value] of this.constants) this.memory[at] = value;
    return this.memory;
  }

  /** Adds room for intermediate results; its first address. Only before the memory is made. */
  reserve(numbers: number): number {
    this.size += numbers;
    return this.size - numbers;
  }

  /**
   * Whether all numbers of a quantity are finite. Found out at most once in a frame, and only where the quantity is
   * complete before anything reads it; else the answer is no.
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

  /** A strip of its own for intermediate results; a single number where the lanes do not differ. */
  vector(axis: VectorAxis, differs: boolean): VectorOperand & { at: number } {
    const wide = differs && axis.axis !== undefined;
    const at = this.reserve(wide ? Math.min(vectorLength, axis.axis.high - axis.axis.low + 1) : 1);
    return { start: () => at, stride: wide ? 1 : 0, at };
  }

  /** What leaves, of the lanes from `from` to `to`, those in which conditions hold. */
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
