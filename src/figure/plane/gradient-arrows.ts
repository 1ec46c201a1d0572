import type { Model } from '../../formula/model.ts';
import type { Probe } from '../../machine/inspect/probe.ts';
import { placesOf } from '../../machine/inspect/probe.ts';
import type { Moment } from '../../machine/moment.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { Arrow } from '../base/arrow.ts';
import { figureText } from '../base/figure-values.ts';
import { OptionFault, separated } from '../base/options.ts';
import type { FigureMark } from '../base/picture.ts';
import { readNumbers } from '../base/reader.ts';
import type { Plot } from './plot.ts';

type Vector = readonly [x: number, y: number];

/** The length of the longest arrow in the picture's units, and how many there are at most. */
const [longest, most] = [64, 64];

/** Two numbers of each sample, as arrows from the place where a run is, and their mean. */
export class GradientArrows {
  constructor(private readonly probes: readonly Probe[]) {}

  /** Those that are computed at a moment, sample by sample; of one alone there is no mean. */
  at({ machine, frame, inFrame }: Moment): {
    readonly all: readonly Vector[];
    readonly mean: Vector | undefined;
  } {
    const [across, up] = this.probes.map((probe) => {
      probe.open(machine, frame);
      return [...placesOf(probe.free)].map((place) => probe.value(inFrame, place));
    });
    const all = across.flatMap((x, n): Vector[] => {
      const y = up[n];
      return x === undefined || y === undefined || !Number.isFinite(x + y) ? [] : [[x, y]];
    });
    // A mean of some of them would be that of another batch.
    const isWhole = all.length === across.length && all.length > 1;
    const mean = (d: 0 | 1): number => all.reduce((sum, one) => sum + one[d], 0) / all.length;
    return { all, mean: isWhole ? [mean(0), mean(1)] : undefined };
  }

  /** Their marks and what is said of them. */
  drawn(
    moment: Moment,
    plot: Plot,
    [x, y]: Vector,
  ): { readonly marks: readonly FigureMark[]; readonly text: string } {
    const { all, mean } = this.at(moment);
    const picture = ([dx, dy]: Vector): Vector => [plot.x(x + dx) - plot.x(x), plot.y(y + dy) - plot.y(y)];
    const lengths = all.map((one) => Math.hypot(...picture(one)));
    const factor = longest / Math.max(...lengths, Number.MIN_VALUE);
    const from: Vector = [plot.x(x), plot.y(y)];
    const arrow = (one: Vector, kind: string): FigureMark[] => {
      const [dx, dy] = picture(one);
      // A head alone would point nowhere.
      if (Math.hypot(dx, dy) * factor < 3) return [];
      return new Arrow([from, [from[0] + dx * factor, from[1] + dy * factor]], false).marks(kind);
    };
    return {
      marks: [
        ...all.flatMap((one) => arrow(one, 'sample')),
        ...(mean === undefined ? [] : arrow(mean, 'mean')),
      ],
      text:
        mean === undefined
          ? words.arrows(all.length)
          : words.arrowsMean(all.length, ...(mean.map(figureText) as [string, string])),
    };
  }
}

/** `a[n], b[n]`: two numbers, of each sample. Throws an `OptionFault` for anything else. */
export function readArrows(model: Model, text: string | undefined): GradientArrows | undefined {
  if (text === undefined) return undefined;
  const told = separated(text);
  if (told.length !== 2) throw new OptionFault('arrows', words.twoArrows);
  const probes = told.map((one) => readNumbers(model, 'arrows', one, { most }).probe);
  const [across, up] = probes.map(({ free }) =>
    free.map(({ name, range }) => `${name} ${range.low} ${range.high}`).join(),
  );
  if (across !== up || probes[0].free.length > 1) throw new OptionFault('arrows', words.twoArrows);
  return new GradientArrows(probes);
}
