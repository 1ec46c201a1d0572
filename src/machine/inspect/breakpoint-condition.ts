import { costOf } from '../../formula/compile/evaluation.ts';
import { sizeOf } from '../../formula/model.ts';
import type { Program } from '../../program/counted-program.ts';
import type { Machine } from '../machine.ts';
import { comparesExactly, type Probe, type ReadCell } from './probe.ts';

/** A condition with more checks than this per frame is too slow to search for. */
export const mostChecks = 2e6;
/** The same for scalar operations in all checks of a frame: a sum over a large array is computed again for each of its cells. */
export const mostOperations = 2e7;
/** Larger arrays, in cells, are not recorded in every frame. */
const smallSize = 1024;

/**
 * A condition about a run's numbers, checked in every frame whenever a number that it reads is stored. It is hit at a step after
 * which it holds for some values of its free indices. It is not hit while something that it reads is not stored yet in the frame.
 */
export class BreakpointCondition {
  /**
   * How often it is checked in a frame. At most about `mostChecks`: counting stops beyond that, and the condition should be
   * refused.
   */
  readonly checks: number;
  /** Roughly how many scalar operations these checks take. */
  readonly operations: number;
  private readonly places: readonly (readonly number[])[];
  /** The steps of a frame that store what it reads, in order, and for each of them the place at which it is checked. */
  private readonly steps: Float64Array;
  private readonly which: Uint32Array;
  /** Whether it reads large arrays, which require the complete frame. */
  private readonly needsWhole: boolean;

  constructor(
    program: Program,
    readonly probe: Probe,
  ) {
    const checks: { step: number; place: number }[] = [];
    const places: (readonly number[])[] = [];
    for (const place of probe.places) {
      if (checks.length > mostChecks) break;
      for (const { name, cell } of probe.cells(place)) {
        const version = program.writer(name, 'new') === undefined ? 'old' : 'new';
        const step = program.writing(name, version, cell)?.last;
        if (step !== undefined) checks.push({ step, place: places.length });
      }
      places.push(place);
    }
    checks.sort((a, b) => a.step - b.step || a.place - b.place);
    this.places = places;
    this.checks = checks.length;
    this.operations = this.checks * costOf(probe.expression, probe.model.functions);
    this.steps = Float64Array.from(checks, ({ step }) => step);
    this.which = Uint32Array.from(checks, ({ place }) => place);
    const { quantities } = probe.model;
    this.needsWhole = probe.names.some((name) => sizeOf(quantities.get(name)?.shape ?? []) > smallSize);
  }

  /** The steps of a frame (from 1, ascending) at which it is hit. Runs the frame if needed. */
  hits(machine: Machine, frame: number): readonly number[] {
    const { probe, steps, which, places } = this;
    if (this.needsWhole) machine.frame(frame);
    // A new frame is run the way training does: everything read here is recorded.
    else if (machine.mode === 'train' && frame === machine.furthest + 1) machine.extend();
    probe.open(machine, frame);
    const found: number[] = [];
    for (let at = 0; at < steps.length; at++) {
      const step = steps[at];
      if (found[found.length - 1] === step) continue;
      if (holds(probe, step, places[which[at]])) found.push(step);
    }
    return found;
  }

  /** The first values of the free indices for which it holds after a step of a frame (both from 1) that is a hit. */
  indicesAt(machine: Machine, frame: number, step: number): readonly number[] {
    this.probe.open(machine, frame);
    const own = [...this.steps.keys()].filter((at) => this.steps[at] === step);
    const hit = own.find((at) => holds(this.probe, step, this.places[this.which[at]])) ?? 0;
    return this.places[this.which[hit]];
  }

  /**
   * The cells and values that it reads after a step of a frame with the free indices at `place`; empty in a rounded run, whose
   * comparisons do not depend on every bit.
   */
  readingsAt(machine: Machine, frame: number, step: number, place: readonly number[]): readonly ReadCell[] {
    if (!comparesExactly(machine)) return [];
    this.probe.open(machine, frame);
    return this.probe.readings(step, place);
  }
}

function holds(probe: Probe, step: number, place: readonly number[]): boolean {
  const value = probe.value(step, place);
  return value !== undefined && value !== 0;
}
