import { ticks } from 'd3-array';
import type { Moment } from '../../machine/moment.ts';
import { format, formatCount } from '../../number/format.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { figureText } from '../base/figure-values.ts';
import { OptionFault, readIterations, readRange } from '../base/options.ts';
import { type FigureMark, type FigurePicture, spread } from '../base/picture.ts';
import { type KindReader, readNumbers } from '../base/reader.ts';
import { readVaried, refuseBatches, type Varied } from './given.ts';
import { type GradientArrows, readArrows } from './gradient-arrows.ts';
import { type Grid, gridOf } from './grid.ts';
import { keyBelow, Plot } from './plot.ts';
import { readRuns, type SideRun } from './runs.ts';
import { Sampled, Surface } from './surface.ts';
import { Walk, type WalkPlace, walkMarks } from './walk.ts';

/** Squares of the grid along a side. */
const [fewestColumns, mostColumns] = [14, 32];
/** Level lines, about; the plot's height in the picture's units; and rows of its table at most. */
const [levelCount, tall, mostTableRows] = [10, 220, 40];

type Place = readonly [x: number, y: number];

export const fieldKind: KindReader = {
  options: ['arrows', 'iterations', 'over', 'range', 'runs'],
  read({ model }, text) {
    const varied = readVaried(model, text.over, 2);
    const { probe } = readNumbers(model, 'field', text.field);
    refuseBatches(model, 'field', probe, varied);
    const { batch } = model;
    const own = probe.free.filter(({ name }) => name !== varied.sample);
    // A loss of each sample counts in the whole as the batch has it.
    const isWhole = own.length === 1 && own[0].name === batch?.index;
    if (own.length > 0 && !isWhole) throw new OptionFault('field', words.oneNumber(probe.text));
    const isMean = isWhole && batch?.reduction === 'mean';
    const combine = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / (isMean ? values.length : 1);
    const surface = new Surface(model, [probe], varied);
    const at = (place: Place): number => combine(surface.at(place)[0]);
    const range = readRange(text.range);
    const ground = new Sampled(surface, () => {
      return groundOf(gridOf(surface, varied, [fewestColumns, mostColumns]), at, varied, range);
    });
    const walk = new Walk(varied.numbers);
    const iterations = readIterations(text.iterations);
    const runs = readRuns(model, text.runs, iterations);
    const arrows = readArrows(model, text.arrows);
    return (moment, sample = 1) => {
      const { machine, frame } = moment;
      const others = runs.beside(machine);
      const walks = others.map((one) => walk.of(one.machine, one.iterations));
      const here = walk.here(moment, sample);
      const own = walk.of(machine, Math.max(machine.furthest, frame));
      return fieldPicture({
        of: probe.text,
        at,
        ground: ground.at(machine, frame),
        varied,
        moment,
        walk: own,
        others,
        walks,
        here,
        arrows,
        cells: walk.names(sample),
      });
    };
  },
};

/** A field without the runs in it. */
interface Ground {
  readonly plot: Plot;
  readonly marks: readonly FigureMark[];
  /** The least and the greatest number; none where none is finite. */
  readonly ends: Place | undefined;
}

function groundOf(
  grid: Grid,
  at: (place: Place) => number,
  varied: Varied,
  range: Place | undefined,
): Ground {
  const heights = grid.places.map(at);
  const finite = heights.filter(Number.isFinite);
  const ends = finite.length === 0 ? undefined : ([Math.min(...finite), Math.max(...finite)] as const);
  const [low, high] = range ?? ends ?? [0, 0];
  const levels = high > low ? ticks(low, high, levelCount) : [];
  const [across, up] = varied.ranges;
  const plot = new Plot({ across, values: [], range: up, height: tall, hasGrid: false });
  return {
    plot,
    ends,
    marks: [
      ...grid.shapes(plot, heights, levels, 'level'),
      ...grid.heights(plot, heights, levels, 'height'),
      plot.edge,
      ...plot.axes,
    ],
  };
}

interface FieldParts {
  readonly of: string;
  readonly at: (place: Place) => number;
  readonly ground: Ground;
  readonly varied: Varied;
  readonly moment: Moment;
  readonly walk: readonly WalkPlace[];
  readonly others: readonly SideRun[];
  readonly walks: readonly (readonly WalkPlace[])[];
  readonly here: Place | undefined;
  readonly arrows: GradientArrows | undefined;
  readonly cells: readonly string[];
}

function fieldPicture(parts: FieldParts): FigurePicture {
  const { of, at, varied, moment, walk, others, walks, here, arrows, cells } = parts;
  const { plot, marks: still, ends } = parts.ground;
  const [across, up] = varied.ranges;
  const names = varied.numbers.map(({ text }) => text);
  const keyed = others.length === 0 ? [] : [words.thisRun, ...others.map((one) => one.text)];
  const key = keyBelow(
    plot.size.height,
    keyed.map((said, n) => ({ name: `walk r${n}`, text: said })),
  );
  const pointed = here && arrows?.drawn(moment, plot, here);
  const marks: FigureMark[] = [
    ...still,
    ...plot.names(names[0], names[1], cells),
    // The first one lies on top: of those that begin alike it is mostly the shortest.
    ...walks
      .map((one, n) => walkMarks(plot, one, `r${n + 1}`))
      .reverse()
      .flat(),
    ...walkMarks(plot, walk, 'r0'),
    ...(here === undefined ? [] : plot.point(...here, 'point', cells[0])),
    ...(pointed?.marks ?? []),
    ...key.marks,
  ];
  const span = ([from, to]: Place): string => words.fromTo(format(from), format(to));
  const row = (one: number, place: Place): string[] => [
    formatCount(one),
    ...[...place, at(place)].map(figureText),
  ];
  const told = walk.length > 1 ? spread(walk, mostTableRows) : [];
  return {
    width: plot.size.width,
    height: key.height,
    marks,
    text: [
      words.levelLines(of, names[0], span(across), names[1], span(up)),
      ends === undefined ? words.noneFinite : words.lowHigh(figureText(ends[0]), figureText(ends[1])),
      ...(here === undefined
        ? [words.none]
        : [
            words.isAt(
              names[0],
              figureText(here[0]),
              names[1],
              figureText(here[1]),
              of,
              figureText(at(here)),
            ),
          ]),
      ...(pointed === undefined ? [] : [pointed.text]),
    ].join(' '),
    table: [
      [words.iterations, ...names, of],
      ...(told.length > 0
        ? told.map((one) => row(one.frame, one.place))
        : here === undefined
          ? []
          : [row(moment.frame, here)]),
    ],
  };
}
