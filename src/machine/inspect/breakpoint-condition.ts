import { costOf } from '../../formula/compile/evaluation.ts';
import { sizeOf } from '../../formula/model.ts';
import type { Program } from '../../program/counted-program.ts';
import type { Machine } from '../machine.ts';
import { comparesExactly, type Probe, type ReadCell } from './probe.ts';

/** More checks than this in one iteration nobody would wait for. */
export const mostChecks = 2e6;
/** Nor for more operations in all of them: a sum over a large array is taken anew with each of its cells. */
export const mostOperations = 2e7;
/** Arrays of more cells are not remembered of every frame. */
const smallSize = 1024;

/**
 * A condition about a run's numbers, checked in every frame whenever a number that it reads is stored. It is hit at a step where it
 * then holds, at whichever values of its free indices; what it reads that is not stored yet in the frame keeps it from that.
 */
export class BreakpointCondition {
  /** How often it is checked in a frame. */
  readonly checks: number;
  /** How many operations that takes, about. */
  readonly operations: number;
  private readonly places: readonly (readonly number[])[];
  /** The steps of a frame that store what it reads, in their order, and at which of the places it is checked there. */
  private readonly steps: Float64Array;
  private readonly which: Uint32Array;
  /** Whether it reads what is only there while a frame is there as a whole. */
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

  /** The steps of a frame at which it is hit, in order. */
  hits(machine: Machine, frame: number): readonly number[] {
    const { probe, steps, which, places } = this;
    if (this.needsWhole) machine.frame(frame);
    // The frame after those that were run is run as training runs it: what is read is remembered of it.
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

  /** The first values of the free indices at which it holds at a step of a frame that hits it. */
  indicesAt(machine: Machine, frame: number, step: number): readonly number[] {
    this.probe.open(machine, frame);
    const own = [...this.steps.keys()].filter((at) => this.steps[at] === step);
    const hit = own.find((at) => holds(this.probe, step, this.places[this.which[at]])) ?? 0;
    return this.places[this.which[hit]];
  }

  /** What it reads there, where every bit of it decides. */
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
