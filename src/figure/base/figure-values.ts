import { Reads } from '../../explain/reads.ts';
import { plainIndex } from '../../formula/affine.ts';
import { references } from '../../formula/expression.ts';
import type { LeftIndex } from '../../formula/model.ts';
import { cellName } from '../../formula/model.ts';
import { type Probe, placesOf } from '../../machine/inspect/probe.ts';
import type { Moment } from '../../machine/moment.ts';
import { format } from '../../number/format.ts';
import type { Program } from '../../program/program.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import type { FigureValue } from './picture.ts';

/** Significant digits of a figure's numbers. */
const digits = 4;

/** A number as a figure shows it. */
export const figureText = (value: number): string =>
  format(value, { precision: { kind: 'significant', digits } });

/** What has room in a box or beside an arrow. */
const brief = { letters: 8, digits: 2, plain: [-4, 6] as const };

/** A number as a figure shows it where there is little room: a long one with fewer digits, and a power of ten if need be. */
export function briefText(value: number): string {
  const text = figureText(value);
  if (text.length <= brief.letters) return text;
  return format(value, {
    precision: { kind: 'significant', digits: brief.digits },
    plain: brief.plain,
  });
}

/** A number with its label that is no cell's, or is given one. */
export const valueAt = (label: string, value: number | undefined): FigureValue => ({
  label,
  value,
  text: value === undefined ? words.notYet : figureText(value),
  cell: undefined,
  isNow: false,
  isRead: false,
});

/** The indices that a figure of an expression runs over: not that of the samples, of which it shows one. */
export const figureIndices = ({ free, model }: Probe): readonly LeftIndex[] =>
  free.filter(({ name }) => name !== model.batch?.index);

/** Which cells the formula of a step reads, of each program. */
const reads = new WeakMap<Program, Reads>();

/** The cells that the step of a moment reads for the cell that it computes, as they are called. */
export function readsAt({ location, machine: { program } }: Moment): ReadonlySet<string> {
  if (location === undefined) return new Set();
  const known = reads.get(program) ?? new Reads(program);
  reads.set(program, known);
  const { target: name, version } = location.formula;
  const found = known.operands({ name, version, cell: location.cell });
  return new Set(found.map((one) => cellName(one.name, one.cell)));
}

/**
 * What the model calls the values of a free index of an expression, from 1 on: by the first quantity read at that index whose entries
 * have names. Empty where there is none.
 */
export function valueNames({ expression, model }: Probe, index: string): readonly string[] {
  for (const { name, indices } of references(expression))
    for (const [d, affine] of indices.entries()) {
      const labels = plainIndex(affine) === index && model.dimensions.get(name)?.[d]?.labels;
      if (labels) return labels;
    }
  return [];
}

/** The numbers of an expression over its free indices; of a batch, those of one sample. */
export class FigureValues {
  private readonly indices: readonly LeftIndex[];
  /** For each index. */
  private readonly names: readonly (readonly string[])[];
  private readonly isOfSample: boolean;
  private readonly cells = new Map<string, string | undefined>();

  constructor(
    private readonly probe: Probe,
    /** Names of the entries; without one, an entry is called as the model calls its indices, or else by their numbers. */
    private readonly labels: readonly string[] = [],
  ) {
    this.indices = figureIndices(probe);
    this.names = this.indices.map(({ name }) => valueNames(probe, name));
    this.isOfSample = this.indices.length < probe.free.length;
  }

  /** At a moment, for this sample of a batch (from 1), in the order of the indices, the last one fastest. */
  at(moment: Moment, sample: number): FigureValue[] {
    const { probe, indices, isOfSample, labels, names } = this;
    const { location } = moment;
    const now = location && cellName(location.formula.target, location.cell);
    const read = readsAt(moment);
    probe.open(moment.machine, moment.frame);
    const found: FigureValue[] = [];
    for (const own of placesOf(indices)) {
      const place = isOfSample ? [sample, ...own] : own;
      const value = probe.value(moment.inFrame, place);
      const cell = this.cellAt(place);
      const label = labels[found.length] ?? own.map((n, d) => names[d][n - 1] ?? n).join(', ');
      found.push({
        ...valueAt(label, value),
        cell,
        isNow: cell !== undefined && cell === now,
        isRead: cell !== undefined && read.has(cell),
      });
    }
    return found;
  }

  /** The cell that it shows at a place, the same at every moment; undefined where an expression reads several. */
  private cellAt(place: readonly number[]): string | undefined {
    const key = place.join();
    if (!this.cells.has(key)) {
      const [cell, ...others] = this.probe.cells(place);
      this.cells.set(key, cell && others.length === 0 ? cellName(cell.name, cell.cell) : undefined);
    }
    return this.cells.get(key);
  }
}
