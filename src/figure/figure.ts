import type { Model } from '../formula/model.ts';
import { createProbe, type Probe } from '../machine/inspect/probe.ts';
import type { Moment } from '../machine/moment.ts';
import { figureWords as words } from '../words/figure/figure.ts';
import { barsPicture, mostBars } from './bars.ts';
import { LossCurves } from './curve.ts';
import { FigureValues, figureIndices } from './figure-values.ts';
import { readFunction } from './function.ts';
import { functionPicture } from './function-picture.ts';
import { imagePicture, mostSquares } from './image.ts';
import { type FigureKind, type FigureOption, figureKinds, mostWork } from './kinds.ts';
import {
  OptionFault,
  readCellOver,
  readIterations,
  readLabels,
  readOver,
  readRange,
  readShape,
} from './options.ts';
import type { FigurePicture } from './picture.ts';
import { mostIterations, Series } from './series.ts';

/** A figure as its author writes it: its lines, by their keys. */
export type FigureText = Partial<Readonly<Record<FigureOption, string>>>;

/** What is wrong with a figure, and in which of its lines; without one, with the figure as a whole. */
export interface FigureFault {
  readonly option?: FigureOption | undefined;
  readonly message: string;
}

/** How many pieces a curve has. */
const [fewestPieces, mostPieces] = [24, 120];

/** A figure of a model: a further reading of its numbers. It can be drawn at any moment of a run. */
export interface Figure {
  readonly kind: FigureKind;
  /** How many iterations a page without scripts shows. */
  readonly iterations: number;
  /** What it shows at a moment; of a batch, of this sample (from 1). */
  at(moment: Moment, sample?: number): FigurePicture;
}

/** The lines that each kind may have besides its own. */
const optionsOf: Readonly<Record<FigureKind, readonly FigureOption[]>> = {
  bars: ['labels', 'range'],
  curve: ['over', 'range'],
  function: ['over', 'points', 'range'],
  image: ['range', 'shape'],
  series: ['iterations', 'range'],
};

/** Points of a function at most. */
const mostPoints = 16;

/** Reads a figure of a model; what is wrong with it comes back instead. */
export function readFigure(model: Model, text: FigureText): Figure | FigureFault {
  const kinds = figureKinds.filter((kind) => text[kind] !== undefined);
  if (kinds.length !== 1) return { option: kinds[1], message: words.oneKind(figureKinds.join(', ')) };
  const [kind] = kinds;
  const unfit = (Object.keys(text) as FigureOption[]).find(
    (key) => key !== kind && !optionsOf[kind].includes(key),
  );
  if (unfit !== undefined) return { option: unfit, message: words.unfit(unfit) };
  try {
    return { kind, iterations: readIterations(text.iterations), at: readers[kind](model, text) };
  } catch (fault) {
    if (fault instanceof OptionFault) return fault;
    throw fault;
  }
}

/** What makes the picture of a kind. Throws an `OptionFault` for the author. */
type FigureReader = (model: Model, text: FigureText) => Figure['at'];

const readers: Readonly<Record<FigureKind, FigureReader>> = {
  bars(model, text) {
    const { probe, sizes } = numbers(model, 'bars', text.bars);
    if (sizes.length !== 1) throw new OptionFault('bars', words.free(words.oneIndex, indicesOf(probe)));
    const values = new FigureValues(probe, readLabels(text.labels, sizes[0]));
    const range = readRange(text.range);
    return (moment, sample = 1) => barsPicture(values.at(moment, sample), probe.text, range);
  },

  curve(model, text) {
    const { cell, range: over } = readCellOver(text.over);
    const curves = new LossCurves(model, (text.curve ?? '').trim(), cell);
    const range = readRange(text.range);
    return (moment) => {
      const { of, points } = curves.at(moment);
      const affordable = Math.floor(mostWork / moment.machine.program.size);
      const pieces = Math.min(mostPieces, Math.max(fewestPieces, affordable));
      return functionPicture(of, over, range, points, pieces);
    };
  },

  image(model, text) {
    const { probe, sizes } = numbers(model, 'image', text.image);
    if (sizes.length !== (text.shape === undefined ? 2 : 1))
      throw new OptionFault('image', words.free(words.twoIndices, indicesOf(probe)));
    const shape =
      text.shape === undefined ? ([sizes[0], sizes[1]] as const) : readShape(text.shape, sizes[0]);
    const values = new FigureValues(probe);
    const range = readRange(text.range);
    return (moment, sample = 1) => imagePicture(values.at(moment, sample), probe.text, shape, range);
  },

  series(model, text) {
    const { probe } = numbers(model, 'series', text.series);
    if (probe.free.length > 0)
      throw new OptionFault(
        'series',
        words.free(words.noIndex, words.indices(probe.free.map(({ name }) => name).join(', '))),
      );
    const series = new Series(probe);
    const range = readRange(text.range);
    const iterations = readIterations(text.iterations);
    return (moment) => series.at(moment, iterations, range);
  },

  function(model, text) {
    const { variable, range: over } = readOver(text.over);
    const of = readFunction(model, text.function ?? '', variable);
    if ('message' in of) throw new OptionFault('function', of.message);
    const points = (text.points ?? '')
      .split(/,(?![^[(]*[\])])/)
      .filter((one) => one.trim() !== '')
      .map((one) => pointsOf(model, one.trim()));
    const range = readRange(text.range);
    return (moment, sample = 1) =>
      functionPicture(
        of,
        over,
        range,
        points.flatMap((one) =>
          one.at(moment, sample).map((value) => ({ ...value, label: value.cell ?? value.label })),
        ),
      );
  },
};

/** An expression of the model's numbers with its free indices' sizes, without that of the samples. */
function numbers(
  model: Model,
  option: 'bars' | 'image' | 'points' | 'series',
  text = '',
): { probe: Probe; sizes: number[] } {
  const probe = createProbe(model, text);
  if ('error' in probe) throw new OptionFault(option, probe.error.message);
  if (probe.isCondition) throw new OptionFault(option, words.condition);
  const sizes = figureIndices(probe).map(({ range }) => range.high - range.low + 1);
  const count = sizes.reduce((product, size) => product * size, 1);
  const most = { bars: mostBars, image: mostSquares, points: mostPoints, series: Number.POSITIVE_INFINITY }[
    option
  ];
  if (count > most) throw new OptionFault(option, words.tooMany(count, most));
  if (probe.cost * (option === 'series' ? mostIterations : count) > mostWork)
    throw new OptionFault(option, words.tooMuch);
  return { probe, sizes };
}

const indicesOf = (probe: Probe): string =>
  words.indices(
    figureIndices(probe)
      .map(({ name }) => name)
      .join(', '),
  );

const pointsOf = (model: Model, text: string): FigureValues =>
  new FigureValues(numbers(model, 'points', text).probe);
