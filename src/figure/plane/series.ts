import type { Probe } from '../../machine/inspect/probe.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Moment } from '../../machine/moment.ts';
import { formatCount } from '../../number/format.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { alternative } from '../base/alternative.ts';
import { valueAt } from '../base/figure-values.ts';
import { OptionFault, readIterations, readRange } from '../base/options.ts';
import { type FigurePicture, isDrawn } from '../base/picture.ts';
import { type KindReader, readNumbers } from '../base/reader.ts';
import { Plot } from './plot.ts';

/** Iterations in a picture at most. */
const mostIterations = 160;
/** Operations that are run at most for a picture, and how many iterations it shows in any case. */
const [budget, fewest] = [4e6, 16];

/** A number at the end of each iteration that has been run. */
class Series {
  private machine: Machine | undefined;
  private readonly known = new Map<number, number | undefined>();

  constructor(private readonly probe: Probe) {}

  /** With the iterations up to the furthest that has been run, or as many of them, evenly spread, as can be computed at once; there is room for so many `iterations`. */
  at(moment: Moment, iterations: number, range: readonly [number, number] | undefined): FigurePicture {
    const { machine, frame } = moment;
    const last = Math.max(machine.furthest, frame);
    const count = Math.min(last, mostIterations, Math.max(fewest, Math.floor(budget / machine.program.size)));
    const frames = Array.from({ length: count }, (_, n) =>
      count === 1 ? last : 1 + Math.round((n * (last - 1)) / (count - 1)),
    );
    // The present iteration has what is computed by now.
    this.probe.open(machine, frame);
    const present = this.probe.value(moment.inFrame);
    const values = [...new Set([...frames, frame])]
      .sort((a, b) => a - b)
      .map((one) => ({
        frame: one,
        ...valueAt(String(one), one === frame ? present : this.value(machine, one)),
        isNow: one === frame,
      }));
    const plot = new Plot(
      [1, Math.max(2, last, iterations)],
      values.map(({ value }) => value ?? Number.NaN),
      range,
    );
    const now = values.filter(isDrawn).find(({ isNow }) => isNow);
    return {
      ...Plot.size,
      marks: [
        ...plot.axes,
        plot.line(values.map((one) => [one.frame, one.value ?? Number.NaN])),
        ...(now === undefined || !plot.holds(frame, now.value)
          ? []
          : [
              {
                tag: 'circle' as const,
                attributes: { class: 'point', cx: plot.x(frame), cy: plot.y(now.value), r: 4.5 },
              },
            ]),
      ],
      text: alternative(
        'series',
        this.probe.text,
        values.map((one) => ({ ...one, label: words.iteration(formatCount(one.frame)) })),
      ),
      table: [[words.iterations, this.probe.text], ...values.map(({ label, text }) => [label, text])],
    };
  }

  /** At the end of an iteration. */
  private value(machine: Machine, frame: number): number | undefined {
    if (this.machine !== machine) {
      this.machine = machine;
      this.known.clear();
    }
    if (!this.known.has(frame)) {
      this.probe.open(machine, frame);
      this.known.set(frame, this.probe.value(machine.program.size));
    }
    return this.known.get(frame);
  }
}

export const series: KindReader = {
  options: ['iterations', 'range'],
  read(model, text) {
    const { probe } = readNumbers(model, 'series', text.series, { times: mostIterations });
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
};
