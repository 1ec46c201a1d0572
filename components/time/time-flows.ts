import { Adjoints, type UnversionedCell } from '../../src/explain/adjoints.ts';
import type { OneSample } from '../../src/explain/one-sample.ts';
import { type TimedLink, type TimedQuantity, timedCells } from '../../src/explain/recurrence.ts';
import type { Model } from '../../src/formula/model.ts';
import { type CellMarks, type Mark, strongest } from '../drawing/cell-marks.ts';

/** How the present operation uses an arrow of the unrolled picture. */
export interface TimedFlow {
  readonly mark: Mark;
  /** Whether the number at work flows to the arrow's end, back to its start, or is the arrow's weight. */
  readonly aim: 'to' | 'from' | undefined;
  /** The mark of the arrow's weight. */
  readonly weight: Mark | undefined;
}

/** The arrows of the unrolled picture along which the present operation reads or writes. */
export class TimedFlows {
  constructor(
    private readonly model: Model,
    private readonly one: OneSample,
    private readonly quantities: readonly TimedQuantity[],
    private readonly marks: CellMarks,
    /** The names of what the operation reads. */
    private readonly readNow: ReadonlySet<string>,
    private readonly adjoints = new Adjoints(model, one),
  ) {}

  /** The flow along a link that ends at a time step; undefined where there is none. */
  of(link: TimedLink, moment: number): TimedFlow | undefined {
    const { target } = this.marks;
    if (target === undefined) return undefined;
    const primal = this.adjoints.primal(target);
    const { weight } = link;
    if (weight === target.name) return { mark: 'target', aim: undefined, weight: 'target' };
    const [source, end] = [this.cells(link.from, moment - link.by), this.cells(link.to, moment)];
    /** What is known at the arrow's end when the pass goes back. */
    const known = [...end, ...end.flatMap((cell) => this.adjoints.of(cell))];
    if (weight !== undefined && weight === primal?.name) {
      // A derivative by what all moments share is a sum over them: only those are marked that it has come to.
      const mark = this.read(known) && this.read([...source, ...known]);
      return mark && { mark, aim: undefined, weight: 'target' };
    }
    const [aim, read] = end.some((cell) => this.marks.atWork(cell) === 'target')
      ? (['to', source] as const)
      : source.some((cell) => isSame(cell, primal))
        ? (['from', known] as const)
        : [];
    const found = read && this.read(read);
    if (aim === undefined || found === undefined) return undefined;
    const isWeighed = weight !== undefined && this.readNow.has(weight);
    return { mark: isWeighed ? 'now' : found, aim, weight: isWeighed ? 'now' : undefined };
  }

  private cells(name: string, moment: number): UnversionedCell[] {
    const timed = this.quantities.find((one) => one.name === name);
    return timed === undefined ? [] : timedCells(this.model, this.one, timed, moment);
  }

  private read(cells: readonly UnversionedCell[]): Mark | undefined {
    return strongest(cells.map((cell) => this.marks.of(cell)));
  }
}

const isSame = (a: UnversionedCell, b: UnversionedCell | undefined): boolean =>
  a.name === b?.name && a.cell.join() === b.cell.join();
