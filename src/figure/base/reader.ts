import type { Model } from '../../formula/model.ts';
import { createProbe, type Probe } from '../../machine/inspect/probe.ts';
import type { Moment } from '../../machine/moment.ts';
import type { Program } from '../../program/program.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { figureIndices } from './figure-values.ts';
import { type FigureOption, mostWork } from './kinds.ts';
import { OptionFault } from './options.ts';
import type { FigurePicture } from './picture.ts';

/** A figure as its author writes it: its lines, by their keys. */
export type FigureText = Partial<Readonly<Record<FigureOption, string>>>;

/** What a figure shows at a moment; of a batch, of this sample (from 1). */
export type Drawer = (moment: Moment, sample?: number) => FigurePicture;

/** One kind of figures. */
export interface KindReader {
  /** The lines that it may have besides its own. */
  readonly options: readonly FigureOption[];
  /** Reads its lines for a program’s model. Throws an `OptionFault` for the author. */
  read(program: Program, text: FigureText): Drawer;
}

/**
 * An expression of the model's numbers with its free indices' sizes, without that of the samples; it may be as many numbers as `most`,
 * each of them so many `times`. Throws an `OptionFault` where it is none, or takes too much.
 */
export function readNumbers(
  model: Model,
  option: FigureOption,
  text = '',
  { most = Number.POSITIVE_INFINITY, times = 1 }: { readonly most?: number; readonly times?: number } = {},
): { readonly probe: Probe; readonly sizes: readonly number[] } {
  const probe = createProbe(model, text);
  if ('error' in probe) throw new OptionFault(option, probe.error.message);
  if (probe.isCondition) throw new OptionFault(option, words.condition);
  const sizes = figureIndices(probe).map(({ range }) => range.high - range.low + 1);
  const count = sizes.reduce((product, size) => product * size, 1);
  if (count > most) throw new OptionFault(option, words.tooMany(count, most));
  if (probe.cost * count * times > mostWork) throw new OptionFault(option, words.tooMuch);
  return { probe, sizes };
}

/** The names of the indices that a figure of an expression runs over, for its author. */
export const runningOver = (probe: Probe): string =>
  words.indices(
    figureIndices(probe)
      .map(({ name }) => name)
      .join(', '),
  );
