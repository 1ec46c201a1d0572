import type { Model } from '../formula/model.ts';
import { cellName } from '../formula/model.ts';
import { createProbe, type Probe } from '../machine/inspect/probe.ts';
import type { Moment } from '../machine/moment.ts';
import { format } from '../number/format.ts';
import { figureWords as words } from '../words/figure/figure.ts';
import { barsPicture, mostBars } from './bars.ts';
import { imagePicture, mostSquares } from './image.ts';
import { type FigureKind, type FigureOption, figureKinds } from './kinds.ts';
import { type OptionFault, readLabels, readRange, readShape } from './options.ts';
import type { FigurePicture, FigureValue } from './picture.ts';

/** A figure as its author writes it: its lines, by their keys. */
export type FigureText = Partial<Readonly<Record<FigureOption, string>>>;

/** What is wrong with a figure, and in which of its lines; without one, with the figure as a whole. */
export interface FigureFault {
  readonly option?: FigureOption | undefined;
  readonly message: string;
}

/** Significant digits of a figure's numbers. */
const digits = 4;

/** A figure of a model: a further reading of its numbers. It can be drawn at any moment of a run. */
export class Figure {
  private readonly isOfSample: boolean;
  private readonly cells = new Map<string, string | undefined>();

  constructor(
    readonly kind: FigureKind,
    private readonly probe: Probe,
    private readonly labels: readonly string[],
    /** The least and the greatest number that has room; undefined where the numbers decide. */
    private readonly range: readonly [number, number] | undefined,
    /** Rows and columns of an image. */
    private readonly shape: readonly [number, number],
  ) {
    const { batch } = probe.model;
    this.isOfSample = batch !== undefined && probe.free[0]?.name === batch.index;
  }

  /** The quantities that it reads, each once. */
  get names(): readonly string[] {
    return this.probe.names;
  }

  /** What it shows at a moment; of a batch, of this sample (from 1). */
  at(moment: Moment, sample = 1): FigurePicture {
    const values = this.values(moment, sample);
    const of = this.probe.text;
    return this.kind === 'bars'
      ? barsPicture(values, of, this.range)
      : imagePicture(values, of, this.shape, this.range);
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

  /** The numbers, in the order of the indices, the last one fastest. */
  private values(moment: Moment, sample: number): FigureValue[] {
    const { probe, isOfSample, labels } = this;
    const { location, finishesCell } = moment;
    const now = location && finishesCell ? cellName(location.formula.target, location.cell) : undefined;
    probe.open(moment.machine, moment.frame);
    const found: FigureValue[] = [];
    for (const place of probe.places) {
      if (isOfSample && place[0] !== sample) continue;
      const value = probe.value(moment.inFrame, place);
      const cell = this.cellAt(place);
      const own = isOfSample ? place.slice(1) : place;
      found.push({
        label: labels[found.length] ?? own.join(', '),
        value,
        text:
          value === undefined ? words.notYet : format(value, { precision: { kind: 'significant', digits } }),
        cell,
        isNow: cell !== undefined && cell === now,
      });
    }
    return found;
  }
}

/** Reads a figure of a model; what is wrong with it comes back instead. */
export function readFigure(model: Model, text: FigureText): Figure | FigureFault {
  const kinds = figureKinds.filter((kind) => text[kind] !== undefined);
  if (kinds.length !== 1) return { option: kinds[1], message: words.oneKind(figureKinds.join(', ')) };
  const [kind] = kinds;
  const unfit = (['labels', 'shape'] as const).find(
    (option) => text[option] !== undefined && option !== (kind === 'bars' ? 'labels' : 'shape'),
  );
  if (unfit !== undefined) return { option: unfit, message: words.unfit(unfit) };
  const probe = createProbe(model, text[kind] ?? '');
  if ('error' in probe) return { option: kind, message: probe.error.message };
  if (probe.isCondition) return { option: kind, message: words.condition };
  const { batch } = model;
  const indices = probe.free.filter(({ name }) => name !== batch?.index);
  const sizes = indices.map(({ range }) => range.high - range.low + 1);
  const count = sizes.reduce((product, size) => product * size, 1);
  const wants = kind === 'bars' ? words.oneIndex : words.twoIndices;
  const isFlat = kind === 'bars' || text.shape !== undefined;
  if (indices.length !== (isFlat ? 1 : 2)) {
    const has = words.indices(indices.map(({ name }) => name).join(', '));
    return { option: kind, message: words.free(wants, has) };
  }
  const most = kind === 'bars' ? mostBars : mostSquares;
  if (count > most) return { option: kind, message: words.tooMany(count, most) };
  try {
    const labels = readLabels(text.labels, count);
    const range = readRange(text.range);
    const shape =
      text.shape === undefined ? ([sizes[0], sizes[1] ?? 1] as const) : readShape(text.shape, count);
    return new Figure(kind, probe, labels, range, shape);
  } catch (fault) {
    return fault as OptionFault;
  }
}
