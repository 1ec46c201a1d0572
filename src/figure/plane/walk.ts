import { cellName } from '../../formula/model.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Moment } from '../../machine/moment.ts';
import { evenlySpaced, type FigureMark } from '../base/picture.ts';
import type { GivenNumbers } from './given.ts';
import type { Plot } from './plot.ts';

/** Iterations of a walk that are shown at most, and up to how many each has a dot. */
const [mostWalk, mostDots] = [200, 40];

/** Where two numbers are when an iteration begins. */
export interface WalkPlace {
  /** From 1. */
  readonly frame: number;
  readonly place: readonly [number, number];
}

/** How two given numbers move from iteration to iteration. */
export class Walk {
  constructor(private readonly numbers: readonly GivenNumbers[]) {}

  /** Whether they move at all: both are renewed by updates. */
  private moves({ layout }: Machine): boolean {
    return this.numbers.every(({ quantity }) => layout.has(quantity.name, 'new'));
  }

  /** Where an iteration begins. */
  private begin(machine: Machine, frame: number): readonly [number, number] {
    const [x, y] = this.numbers.map((one) => machine.value(frame, one.quantity.name, 'old', one.cells(1)[0]));
    return [x, y];
  }

  /** Up to the beginning of iteration `last`, at most `mostWalk` places of it, evenly spread. */
  of(machine: Machine, last: number): WalkPlace[] {
    if (!this.moves(machine)) return [];
    return evenlySpaced(last, mostWalk).map((frame) => ({ frame, place: this.begin(machine, frame) }));
  }

  /** Where they are at a moment, updated or not; the numbers of a sample (from 1). */
  here(moment: Moment, sample: number): readonly [number, number] | undefined {
    const [x, y] = this.numbers.map((one) => moment.newest(one.quantity.name, one.cells(sample)[0]).value);
    return x === undefined || y === undefined ? undefined : [x, y];
  }

  /** The cells of a sample (from 1), as they are called. */
  names(sample: number): string[] {
    return this.numbers.map((one) => cellName(one.quantity.name, one.cells(sample)[0]));
  }
}

/** A walk in a plane: its line, and dots where there are few. */
export function walkMarks(plot: Plot, walk: readonly WalkPlace[], name: string): FigureMark[] {
  if (walk.length < 2) return [];
  return [
    plot.line(
      walk.map(({ place }) => place),
      `walk ${name}`,
    ),
    ...plot.point(...walk[0].place, `start ${name}`, undefined, 3.5),
    ...(walk.length > mostDots
      ? []
      : walk.flatMap(({ place: [x, y] }) => plot.point(x, y, `dot ${name}`, undefined, 2))),
  ];
}
