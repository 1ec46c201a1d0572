import { givenCell } from '../../formula/compile/given-cell.ts';
import type { Model, Quantity } from '../../formula/model.ts';
import { readRow } from '../../formula/rows.ts';
import { uncommon } from '../../number/uncommon.ts';
import type { Layout, Slot } from './layout.ts';
import { keepExactly, type Rules, roundedQuantities } from './store.ts';

/** The reader's numbers in place of the lesson's, by cell, such as `W1[1,2]`; for sample data, `x[3,1]` means the third row. */
export type Edits = ReadonlyMap<string, number>;

/**
 * How frames are run: `train` with the samples that training takes and the `mode` quantity at 1, `evaluate` with the same samples and
 * that at 0. A number is a row of the sample data, from 1: every frame takes that sample, as `evaluate`, in a batch followed by the next
 * ones, all of them held back, or none.
 */
export type Mode = 'train' | 'evaluate' | number;

/** How many shuffled epochs are kept. */
const epochsAtHand = 8;

/**
 * What the formulas of a frame find in its memory apart from the training state: the model's numbers with the reader's edits, the
 * next samples, random numbers and the mode, each rounded by the storing rules. A pure function of the frame's number.
 */
export class Inputs {
  /** A frame's memory with everything that is the same in every frame, and the initial training state. */
  readonly start: Float64Array<ArrayBuffer>;
  /** What may differ from frame to frame. */
  private readonly entering: readonly Quantity[];
  private readonly samples: readonly Quantity[];
  /** Edits of sample data: by quantity and row (from 0), the position within the sample (from 0) and the number. */
  private readonly editedRows = new Map<string, Map<number, [at: number, value: number][]>>();
  private readonly epochs = new Map<number, Uint32Array>();
  private readonly rounded: ReadonlySet<string>;

  /** Throws a RangeError if an edit names no cell of the given data. */
  constructor(
    private readonly model: Model,
    private readonly layout: Layout,
    edits: Edits = new Map(),
    private readonly rules: Rules = keepExactly,
    private readonly mode: Mode = 'train',
  ) {
    const quantities = [...model.quantities.values()];
    this.rounded = rules === keepExactly ? new Set() : roundedQuantities(model);
    this.start = new Float64Array(layout.size);
    for (const { name, numbers } of quantities) {
      if (numbers !== undefined) this.start.set(numbers, layout.slot(name, 'old').offset);
    }
    for (const [cell, value] of edits) this.edit(cell, value);
    for (const { name, numbers } of quantities) {
      if (numbers === undefined) continue;
      const { offset, size } = layout.slot(name, 'old');
      this.keep(name, this.start.subarray(offset, offset + size));
    }
    this.samples = quantities.filter(({ role }) => role === 'sample');
    const drawn = quantities.filter(({ role }) => role === 'random' || role === 'mode');
    // A batch of all samples in order is the same in every frame.
    const isSteady =
      typeof mode === 'string' &&
      model.samples?.order.kind !== 'shuffled' &&
      model.samples?.size === model.samples?.count;
    if (isSteady) for (const quantity of this.samples) this.writeSamples(this.start, quantity, this.rows(1));
    this.entering = isSteady ? drawn : [...this.samples, ...drawn];
  }

  private edit(cell: string, value: number): void {
    const place = givenCell(this.model, cell);
    if (place === undefined) throw new RangeError(`${cell} is no cell of the given data`);
    const { quantity, flat } = place;
    if (quantity.rows === undefined) {
      this.start[this.layout.slot(quantity.name, 'old').offset + flat] = value;
      return;
    }
    const size = sampleSize(quantity);
    const rows = this.editedRows.get(quantity.name) ?? new Map<number, [number, number][]>();
    const row = Math.floor(flat / size);
    rows.set(row, [...(rows.get(row) ?? []), [flat % size, value]]);
    this.editedRows.set(quantity.name, rows);
  }

  /** Rounds consecutive numbers of a quantity, from its first cell on, by its storing rules. */
  private keep(name: string, numbers: Float64Array): void {
    if (!this.rounded.has(name)) return;
    for (let at = 0; at < numbers.length; at++) numbers[at] = this.rules({ target: name }, at, numbers[at]);
  }

  /** Writes everything that enters a frame (from 1) and may differ from other frames into its memory. */
  write(memory: Float64Array, frame: number, mode: Mode = this.mode): void {
    let rows: readonly number[] | undefined;
    for (const quantity of this.entering) {
      const { offset, size } = this.layout.slot(quantity.name, 'old');
      if (quantity.role === 'mode') memory[offset] = mode === 'train' ? 1 : 0;
      else if (quantity.draws !== undefined) {
        const { gaussian, uniform, streamOf } = uncommon();
        const draw = quantity.draws.distribution === 'normal' ? gaussian : uniform;
        const stream = streamOf(quantity.name);
        const before = (frame - 1) * size;
        for (let at = 0; at < size; at++)
          memory[offset + at] = draw(quantity.draws.seed, stream, before + at);
        this.keep(quantity.name, memory.subarray(offset, offset + size));
      } else {
        rows ??= this.rows(frame);
        this.writeSamples(memory, quantity, rows);
      }
    }
  }

  /** Writes only the samples of the wanted slots that enter a frame (from 1). */
  writeSamplesOf(memory: Float64Array, frame: number, isWanted: (slot: Slot) => boolean): void {
    const rows = this.rows(frame);
    for (const quantity of this.samples)
      if (isWanted(this.layout.slot(quantity.name, 'old'))) this.writeSamples(memory, quantity, rows);
  }

  private writeSamples(memory: Float64Array, quantity: Quantity, rows: readonly number[]): void {
    const { rows: data } = quantity;
    if (data === undefined) return;
    const { size } = data;
    const { offset } = this.layout.slot(quantity.name, 'old');
    for (let n = 0; n < rows.length; n++) readRow(data, rows[n] - 1, memory, offset + n * size);
    const edited = this.editedRows.get(quantity.name);
    rows.forEach((row, n) => {
      for (const [at, value] of edited?.get(row - 1) ?? []) memory[offset + n * size + at] = value;
    });
    this.keep(quantity.name, memory.subarray(offset, offset + rows.length * size));
  }

  /**
   * A sample of a quantity's data by its row (from 1), with the reader's edits, rounded; a new array, empty if the quantity has
   * no rows.
   */
  sample({ name, rows }: Quantity, row: number): Float64Array {
    const found = new Float64Array(rows?.size ?? 0);
    if (rows !== undefined) readRow(rows, row - 1, found, 0);
    for (const [at, value] of this.editedRows.get(name)?.get(row - 1) ?? []) found[at] = value;
    this.keep(name, found);
    return found;
  }

  /** The rows of the sample data (from 1) that a frame (from 1) takes, in the order of its batch; empty without sample data. */
  rows(frame: number): number[] {
    const { samples } = this.model;
    if (samples === undefined || samples.count === 0) return [];
    const { count, size } = samples;
    const { mode } = this;
    if (typeof mode === 'number') return Array.from({ length: size }, (_, n) => this.rowAfter(mode, n));
    const rows = new Array<number>(size);
    for (let n = 0; n < size; n++) {
      const position = (frame - 1) * size + n;
      const epoch = Math.floor(position / count);
      rows[n] = 1 + this.rowAt(epoch, position - epoch * count);
    }
    return rows;
  }

  /** The row so many after another, both held back or neither. */
  private rowAfter(row: number, n: number): number {
    const { count = 0, held = 0 } = this.model.samples ?? {};
    const [before, all] = row > count ? [count, held] : [0, count];
    return before + 1 + ((row - before - 1 + n) % all);
  }

  private rowAt(epoch: number, position: number): number {
    const { samples } = this.model;
    if (samples?.order.kind !== 'shuffled') return position;
    let order = this.epochs.get(epoch);
    if (order === undefined) {
      order = uncommon().permutation(samples.order.seed, epoch, samples.count);
      this.epochs.set(epoch, order);
      for (const oldest of this.epochs.keys()) {
        if (this.epochs.size <= epochsAtHand) break;
        this.epochs.delete(oldest);
      }
    }
    return order[position];
  }
}

/** Numbers in one sample. */
const sampleSize = ({ rows }: Quantity): number => (rows === undefined ? 0 : rows.size);
