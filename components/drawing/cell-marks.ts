import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import type { CellReads } from '../../src/explain/cell-reads.ts';
import { cellName } from '../../src/formula/model.ts';
import type { Phase } from '../../src/formula/statement.ts';
import type { Session } from '../../src/session/session.ts';

/**
 * How the present operation uses a cell: it writes the `target`, reads `now`, and earlier operations of the same cell have
 * `read`.
 */
export type Mark = 'target' | 'now' | 'read';

/** The first of these that there is among some marks. */
export const strongest = (marks: readonly (Mark | undefined)[]): Mark | undefined =>
  (['target', 'now', 'read'] as const).find((mark) => marks.includes(mark));

/** The cells that the present operation of a session reads and writes; made anew for each step. */
export class CellMarks {
  /** The pass of the present operation; undefined before the first step. */
  readonly phase: Phase | undefined;
  /** The cell being computed; undefined before the first step. */
  readonly target: UnversionedCell | undefined;
  /** Whether the target's cell is unfinished. */
  private readonly isUnfinished: boolean;
  private readonly now: ReadonlySet<string>;

  constructor(
    protected readonly session: Session,
    /** Which cells each cell reads, and when; without it only what is read now is marked. */
    private readonly reads?: CellReads,
  ) {
    const { explanation, moment } = session;
    this.phase = explanation?.phase;
    this.target = explanation?.target;
    this.isUnfinished = explanation !== undefined && !moment.finishesCell;
    this.now = new Set(explanation?.operands.map(nameOf));
  }

  /** Whether the cell at work has read a cell by now. */
  private hasRead({ name, cell }: UnversionedCell): boolean {
    const { location, machine } = this.session.moment;
    const { reads } = this;
    if (location === undefined || reads === undefined) return false;
    const { formula, operation } = location;
    return (['old', 'new'] as const).some((version) => {
      if (!machine.layout.has(name, version)) return false;
      const first = reads.first(formula, location.cell, { name, version, cell });
      return first !== undefined && first <= operation;
    });
  }

  /** How the operation uses a cell; undefined where it does not. */
  of(cell: UnversionedCell): Mark | undefined {
    return this.atWork(cell) ?? (this.hasRead(cell) ? 'read' : undefined);
  }

  /** Whether the present operation itself writes or reads a cell, whatever earlier ones have read. */
  atWork(cell: UnversionedCell): 'target' | 'now' | undefined {
    const name = nameOf(cell);
    if (this.target !== undefined && nameOf(this.target) === name) return 'target';
    return this.now.has(name) ? 'now' : undefined;
  }

  /** Whether a cell is being computed but not finished. */
  isPending(cell: UnversionedCell): boolean {
    return this.isUnfinished && this.atWork(cell) === 'target';
  }
}

const nameOf = ({ name, cell }: UnversionedCell): string => cellName(name, cell);
