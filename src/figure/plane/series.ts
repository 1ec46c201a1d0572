import { cellName } from '../../formula/model.ts';
import type { Probe } from '../../machine/inspect/probe.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Moment } from '../../machine/moment.ts';
import { formatCount } from '../../number/format.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { alternative } from '../base/alternative.ts';
import { figureText, valueAt } from '../base/figure-values.ts';
import { OptionFault, readIterations, readRange, readScale, readSeveral } from '../base/options.ts';
import { evenlySpaced, type FigurePicture } from '../base/picture.ts';
import { type KindReader, readNumbers } from '../base/reader.ts';
import { courseLines, lineOf } from './courses.ts';
import { keyBelow, Plot } from './plot.ts';
import { readRuns, type SideRun } from './runs.ts';

/** Iterations in a picture, and numbers in one, at most. */
const [mostIterations, mostLines] = [160, 4];
/** Operations that are run at most for a picture, and how many iterations it shows in any case. */
const [budget, fewest] = [4e6, 16];

/** A number at the end of each iteration of a run; undefined where it is not computed. */
type Course = readonly { readonly frame: number; readonly value: number | undefined }[];

/** A number at the ends of iterations. */
class Series {
  private machine: Machine | undefined;
  private readonly known = new Map<number, number | undefined>();

  constructor(readonly probe: Probe) {}

  /** The cell that it is, as `L`; undefined where the expression reads several. */
  get cell(): string | undefined {
    const [one, ...others] = this.probe.cells();
    return one && others.length === 0 ? cellName(one.name, one.cell) : undefined;
  }

  /** Up to an iteration, or as many of these, evenly spread, as can be computed at once, and at the present one as of a moment. */
  of(machine: Machine, last: number, moment?: Moment): Course {
    const count = Math.min(last, mostIterations, Math.max(fewest, Math.floor(budget / machine.program.size)));
    const frames = new Set(evenlySpaced(last, Math.max(2, count)));
    if (moment !== undefined) frames.add(moment.frame);
    return [...frames]
      .sort((a, b) => a - b)
      .map((frame) => ({
        frame,
        value: frame === moment?.frame ? this.present(moment) : this.value(machine, frame),
      }));
  }

  private present({ machine, frame, inFrame }: Moment): number | undefined {
    this.probe.open(machine, frame);
    return this.probe.value(inFrame);
  }

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

/** A line of the picture. */
interface Line {
  readonly text: string;
  readonly course: Course;
}

export const series: KindReader = {
  options: ['iterations', 'range', 'runs', 'scale'],
  read({ model }, text) {
    const all = readSeveral('series', text.series, mostLines).map((one) => {
      const { probe } = readNumbers(model, 'series', one, { times: mostIterations });
      if (probe.free.length > 0)
        throw new OptionFault(
          'series',
          words.free(words.noIndex, words.indices(probe.free.map(({ name }) => name).join(', '))),
        );
      return { own: new Series(probe), others: [] as Series[] };
    });
    const range = readRange(text.range);
    const iterations = readIterations(text.iterations);
    const runs = readRuns(model, text.runs, iterations);
    if (text.runs !== undefined && all.length > 1) throw new OptionFault('runs', words.runsOfOne);
    const isLog = readScale(text.scale);
    const [{ own, others }] = all;
    return (moment) => {
      const { machine, frame } = moment;
      const beside = runs.beside(machine);
      const last = Math.max(machine.furthest, frame);
      const lines: Line[] = [
        ...all.map((one) => ({
          text: beside.length > 0 ? words.thisRun : one.own.probe.text,
          course: one.own.of(machine, last, moment),
        })),
        ...beside.map((run, n) => {
          others[n] ??= new Series(own.probe);
          return {
            text: run.text,
            course: others[n].of(run.machine, run.iterations),
          };
        }),
      ];
      return seriesPicture(lines, own.probe.text, moment, {
        iterations,
        range,
        isLog,
        runs: beside,
        cell: own.cell,
      });
    };
  },
};

interface SeriesOptions {
  /** There is room for so many. */
  readonly iterations: number;
  readonly range: readonly [number, number] | undefined;
  readonly isLog: boolean;
  readonly runs: readonly SideRun[];
  /** The cell that it is, as `L`; undefined where an expression reads several. */
  readonly cell: string | undefined;
}

function seriesPicture(
  lines: readonly Line[],
  of: string,
  { frame, machine }: Moment,
  { iterations, range, isLog, runs, cell }: SeriesOptions,
): FigurePicture {
  const plot = new Plot({
    across: [1, Math.max(2, machine.furthest, frame, iterations)],
    values: lines.flatMap(({ course }) => course.map(({ value }) => value ?? Number.NaN)),
    range,
    isLog,
  });
  const [{ course: own }] = lines;
  const now = own.find((one) => one.frame === frame)?.value;
  const key = keyBelow(
    plot.size.height,
    lines.length === 1 ? [] : lines.map(({ text }, n) => ({ name: lineOf(n), text })),
  );
  const values = own.map((one) => ({
    ...valueAt(words.iteration(formatCount(one.frame)), one.value),
    frame: one.frame,
  }));
  const others = lines.slice(1).map(({ course }) => new Map(course.map((one) => [one.frame, one.value])));
  const frames =
    lines.length === 1
      ? values.map((one) => one.frame)
      : [...new Set(lines.flatMap(({ course }) => course.map((one) => one.frame)))].sort((a, b) => a - b);
  const first = new Map(values.map((one) => [one.frame, one.text]));
  return {
    width: plot.size.width,
    height: key.height,
    marks: [
      ...courseLines(
        plot,
        lines.map(({ course }) => course.map((one) => [one.frame, one.value ?? Number.NaN])),
      ),
      ...(now === undefined ? [] : plot.point(frame, now, 'point', cell)),
      ...key.marks,
    ],
    text: [
      alternative('series', of, values),
      ...(runs.length === 0
        ? []
        : lines.slice(1).map(({ text, course }) => {
            const end = course.filter(({ value }) => value !== undefined).at(-1);
            return words.runEnds(
              text,
              end === undefined ? words.notYet : figureText(end.value as number),
              formatCount(end?.frame ?? 0),
            );
          })),
    ].join(' '),
    table: [
      [words.iterations, ...(lines.length === 1 ? [of] : lines.map(({ text }) => text))],
      ...frames.map((one) => [
        formatCount(one),
        first.get(one) ?? words.notYet,
        ...others.map((known) => {
          const value = known.get(one);
          return value === undefined ? words.notYet : figureText(value);
        }),
      ]),
    ],
  };
}
