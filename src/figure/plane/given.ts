import { flatIndex, type LeftIndex, type Model, type Quantity } from '../../formula/model.ts';
import { answersAlone } from '../../machine/inspect/forward-response.ts';
import { type Probe, placesOf } from '../../machine/inspect/probe.ts';
import type { Machine } from '../../machine/machine.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import type { FigureOption } from '../base/kinds.ts';
import { endsOf, OptionFault, separated } from '../base/options.ts';
import { readNumbers } from '../base/reader.ts';

/** Rows of data that a figure shows at most: more would cover each other. */
const mostRows = 400;

/** Numbers that are given and not computed, once or for each sample. */
export class GivenNumbers {
  readonly text: string;
  readonly probe: Probe;
  readonly quantity: Quantity;
  /** The indices besides that of the samples. */
  readonly own: readonly LeftIndex[];

  /** `sample` is the index of the samples. Throws an `OptionFault` where the text names no given numbers. */
  constructor(
    model: Model,
    option: FigureOption,
    text: string,
    readonly sample: string | undefined,
  ) {
    this.text = text;
    this.probe = readNumbers(model, option, text).probe;
    const { expression, free } = this.probe;
    const quantity = expression.kind === 'reference' ? model.quantities.get(expression.name) : undefined;
    if (quantity === undefined || quantity.role === 'computed')
      throw new OptionFault(option, words.notGiven(text));
    this.quantity = quantity;
    this.own = free.filter(({ name }) => name !== sample);
  }

  /** How many samples the data have; 1 where they are no samples. */
  get rows(): number {
    const { rows, perSample } = this.quantity;
    if (rows !== undefined || perSample === true) return rows?.count ?? 1;
    const range = this.probe.free.find(({ name }) => name === this.sample)?.range;
    return range === undefined ? 1 : range.high - range.low + 1;
  }

  /** The cells of a sample (from 1 in the frame's memory), over `own`. */
  cells(sample: number): (readonly number[])[] {
    const { probe, own } = this;
    return [...placesOf(own)].map((place) => {
      const at = new Map(own.map(({ name }, n) => [name, place[n]]));
      return probe.cells(probe.free.map(({ name }) => at.get(name) ?? sample))[0].cell;
    });
  }

  /** Which of a frame's samples a row of the data is (both from 1); undefined where it is none of them. */
  sampleOf(machine: Machine, frame: number, row: number): number | undefined {
    if (this.quantity.rows === undefined) return row;
    const sample = machine.inputsOf(frame).rows(frame).indexOf(row) + 1;
    return sample === 0 ? undefined : sample;
  }

  /** The numbers of a row of the data (from 1) in a frame, over `own`. */
  values(machine: Machine, frame: number, row: number): number[] {
    const { quantity } = this;
    if (quantity.rows !== undefined) {
      const sample = machine.inputsOf(frame).sample(quantity, row);
      const hidden = quantity.perSample === true ? 1 : 0;
      return this.cells(1).map((cell) => sample[flatIndex(quantity.shape.slice(hidden), cell.slice(hidden))]);
    }
    return this.cells(row).map((cell) => machine.value(frame, quantity.name, 'old', cell));
  }
}

/** Given numbers that a figure varies, and how far each of them. */
export interface Varied {
  readonly numbers: readonly GivenNumbers[];
  readonly ranges: readonly (readonly [number, number])[];
  /** The index of the samples, where it is the input of each of them that varies. */
  readonly sample: string | undefined;
}

/**
 * `x[1] = -1..2, x[2] = -1..2`: so many given numbers and how far they run. An index that is left free is that of the samples.
 * Throws an `OptionFault` for anything else.
 */
export function readVaried(model: Model, text: string | undefined, count: number): Varied {
  const told = separated(text).map((one) => {
    const [, cell = '', ends = ''] = /^([^=]+)=(.*)$/.exec(one) ?? [];
    return { cell: cell.trim(), range: endsOf(ends) };
  });
  if (told.length !== count) throw new OptionFault('over', words.overCells(count));
  const ranges = told.map(({ range }) => {
    if (range === undefined) throw new OptionFault('over', words.overCells(count));
    return range;
  });
  const sample = sampleIndex(model, told[0].cell);
  const numbers = told.map(({ cell }) => {
    const one = new GivenNumbers(model, 'over', cell, sample);
    if (one.own.length > 0 || (sample !== undefined && sampleIndex(model, cell) !== sample))
      throw new OptionFault('over', words.overCells(count));
    return one;
  });
  return { numbers, ranges, sample };
}

/** The numbers that are wanted of each sample, so many of them; none where they are left out. Throws an `OptionFault`. */
export function readData(
  model: Model,
  text: string | undefined,
  { sample }: Varied,
  count: number,
): GivenNumbers | undefined {
  if (text === undefined) return undefined;
  const data = new GivenNumbers(model, 'data', text, sample);
  if (data.cells(1).length !== count) throw new OptionFault('data', words.dataLike(count));
  return data;
}

/**
 * Refuses an expression whose numbers of one sample depend on the other samples, where the input of a sample varies: they would be
 * those of another batch. Throws an `OptionFault`.
 */
export function refuseBatches(
  model: Model,
  option: FigureOption,
  { names, text }: Probe,
  { sample }: Varied,
): void {
  if (sample === undefined || sample !== model.batch?.index) return;
  const computed = names.filter((name) => model.quantities.get(name)?.role === 'computed');
  if (computed.some((name) => !answersAlone(model, name)))
    throw new OptionFault(option, words.notAlone(text));
}

/** The only index that is left free. */
function sampleIndex(model: Model, cell: string): string | undefined {
  const { free } = readNumbers(model, 'over', cell).probe;
  if (free.length > 1) throw new OptionFault('over', words.oneNumber(cell));
  return free[0]?.name;
}

/** Rows of the data, at most `mostRows`, evenly spread; from 1. */
export function shownRows(count: number): number[] {
  const shown = Math.min(count, mostRows);
  return Array.from({ length: shown }, (_, n) => 1 + Math.floor((n * count) / shown));
}
