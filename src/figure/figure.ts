import type { Program } from '../program/program.ts';
import { figureWords as words } from '../words/figure/figure.ts';
import { type FigureKind, type FigureOption, figureKinds } from './base/kinds.ts';
import { OptionFault, readIterations } from './base/options.ts';
import type { Drawer, FigureText, KindReader } from './base/reader.ts';
import { bars } from './cells/bars.ts';
import { image } from './cells/image.ts';
import { matrix } from './cells/matrix.ts';
import { chain } from './graph/chain.ts';
import { time } from './graph/time.ts';
import { curve } from './plane/curve.ts';
import { fieldKind } from './plane/field.ts';
import { fit } from './plane/fit.ts';
import { functionKind } from './plane/function-picture.ts';
import { histogram } from './plane/histogram.ts';
import { regions } from './plane/regions.ts';
import { series } from './plane/series.ts';

/** What is wrong with a figure, and in which of its lines; without one, with the figure as a whole. */
export interface FigureFault {
  readonly option?: FigureOption | undefined;
  readonly message: string;
}

/** A figure of a model: a further reading of its numbers. It can be drawn at any moment of a run. */
export interface Figure {
  readonly kind: FigureKind;
  /** How many iterations a page without scripts shows. */
  readonly iterations: number;
  readonly at: Drawer;
}

const kindReaders: Readonly<Record<FigureKind, KindReader>> = {
  bars,
  chain,
  curve,
  field: fieldKind,
  fit,
  function: functionKind,
  histogram,
  image,
  matrix,
  regions,
  series,
  time,
};

/** Reads a figure of a program’s model; what is wrong with it comes back instead. */
export function readFigure(program: Program, text: FigureText): Figure | FigureFault {
  const kinds = figureKinds.filter((kind) => text[kind] !== undefined);
  if (kinds.length !== 1) return { option: kinds[1], message: words.oneKind(figureKinds.join(', ')) };
  const [kind] = kinds;
  const { options, read } = kindReaders[kind];
  const unfit = (Object.keys(text) as FigureOption[]).find((key) => key !== kind && !options.includes(key));
  if (unfit !== undefined) return { option: unfit, message: words.unfit(unfit) };
  try {
    return { kind, iterations: readIterations(text.iterations), at: read(program, text) };
  } catch (fault) {
    if (fault instanceof OptionFault) return fault;
    throw fault;
  }
}
