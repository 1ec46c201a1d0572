import { gaussian, streamOf, uniform } from '../../number/random.ts';
import type { Expression } from '../expression.ts';
import { sizeOf } from '../model.ts';
import { columnIndex } from '../parse/data-parser.ts';
import { type CellSource, provideRowReader } from '../rows.ts';
import { transposedPosition } from '../transposition.ts';
import { type Compute, Evaluation } from './evaluation.ts';

/** Computes the cells of a data line, row by row. Importing this file makes `readRow` of `rows.ts` work for computed samples. */
export class DataCells {
  /** The first seed so far that was not a whole number; undefined while all were. */
  faultySeed: number | undefined;
  /** Cells in a row. */
  readonly size: number;
  private readonly evaluation: Evaluation;
  private readonly scope = new Map<string, number>();
  private readonly column: number;
  /** For each dimension: its register, the distance between neighbours, its length. */
  private readonly dimensions: readonly (readonly [register: number, stride: number, count: number])[];
  private readonly value: Compute;
  /** Where a row has the cell that is computed at a position. */
  private readonly position: (flat: number) => number;
  private row = 0;
  private flat = 0;

  /** Prepares the expression of a data line; nothing is computed yet. */
  constructor({ name, expression, functions, selections, shape, dimensions, transposed }: CellSource) {
    this.position = transposed ? transposedPosition(transposed) : (flat) => flat;
    const stream = streamOf(name);
    this.size = sizeOf(shape);
    this.evaluation = new Evaluation({
      functions,
      reference: ({ indices }) => {
        const { values, stride, first, width } = selections[indices[0].constant - 1];
        const start = first - 1;
        return width === 1
          ? () => values[this.row * stride + start]
          : () => values[this.row * stride + start + this.flat];
      },
      draw: (distribution, seed) => {
        if (!Number.isSafeInteger(seed)) this.faultySeed ??= seed;
        return (distribution === 'normal' ? gaussian : uniform)(
          seed,
          stream,
          this.row * this.size + this.flat,
        );
      },
    });
    this.column = this.index(columnIndex);
    this.dimensions = dimensions.map((dimension, d) => [
      this.index(dimension.name),
      sizeOf(shape.slice(d + 1)),
      shape[d],
    ]);
    this.value = this.ready(expression);
  }

  private index(name: string): number {
    const register = this.evaluation.register();
    this.scope.set(name, register);
    return register;
  }

  /** Another expression of the same line, to be called after `enter`. */
  ready(e: Expression): Compute {
    return this.evaluation.ready(e, this.scope);
  }

  /** Moves to a cell; both the row and its row-by-row position in it count from 0. */
  enter(row: number, flat: number): void {
    this.row = row;
    this.flat = flat;
    this.evaluation.set(this.column, flat + 1);
    for (const [register, stride, count] of this.dimensions)
      this.evaluation.set(register, (Math.floor(flat / stride) % count) + 1);
  }

  /** Computes a row, counted from 0, into `memory` from `offset` on. */
  read(row: number, memory: Float64Array, offset: number): void {
    for (let flat = 0; flat < this.size; flat++) {
      this.enter(row, flat);
      memory[offset + this.position(flat)] = this.value();
    }
  }
}

provideRowReader((source) => new DataCells(source));
