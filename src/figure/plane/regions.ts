import { cellName } from '../../formula/model.ts';
import type { Machine } from '../../machine/machine.ts';
import { format, formatCount } from '../../number/format.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { figureText } from '../base/figure-values.ts';
import { OptionFault } from '../base/options.ts';
import type { FigureMark, FigurePicture } from '../base/picture.ts';
import { type KindReader, readNumbers } from '../base/reader.ts';
import { Classes, datumOf, mostClasses } from './classes.ts';
import { type GivenNumbers, readData, readVaried, refuseBatches, shownRows, type Varied } from './given.ts';
import { type Grid, gridOf } from './grid.ts';
import { Plot } from './plot.ts';
import { Sampled, Surface } from './surface.ts';

/** Squares of the grid along a side, and rows of the table, at most. */
const [fewestColumns, mostColumns, mostTableRows] = [16, 48, 40];
/** The plot's height in the picture's units. */
const tall = 240;
/** Lines of units at most. */
const mostLines = 32;
/** How far within its region a place is, as parts of the farthest there. */
const shares = [0, 0.35, 0.7];

export const regions: KindReader = {
  options: ['data', 'lines', 'over'],
  read({ model }, text) {
    const varied = readVaried(model, text.over, 2);
    const { probe } = readNumbers(model, 'regions', text.regions);
    refuseBatches(model, 'regions', probe, varied);
    const own = probe.free.filter(({ name }) => name !== varied.sample);
    if (own.length > 1) throw new OptionFault('regions', words.regionsOf);
    const size = own.reduce((count, { range }) => count * (range.high - range.low + 1), 1);
    if (size > mostClasses) throw new OptionFault('regions', words.tooMany(size, mostClasses));
    const lines =
      text.lines === undefined
        ? undefined
        : readNumbers(model, 'lines', text.lines, { most: mostLines }).probe;
    const data = readData(model, text.data, varied, size);
    const surface = new Surface(model, lines === undefined ? [probe] : [probe, lines], varied);
    const shown = new Regions(probe.text, varied, surface, data, size);
    return ({ machine, frame }, sample = 1) => {
      shown.find(machine, frame);
      return shown.picture(sample);
    };
  },
};

/** A row of the data in the plane, and what the network answers there. */
interface Point {
  /** From 1. */
  readonly row: number;
  readonly place: readonly [x: number, y: number];
  /** Its class, from 0; undefined where the data have none. */
  readonly target: number | undefined;
  /** Which of the iteration's samples it is, from 1; undefined where it is none. */
  readonly sample: number | undefined;
  readonly answer: readonly number[];
}

/** What a network answers at the points of a grid, found one after another. */
class Ground {
  private readonly answers: (readonly (readonly number[])[])[] = [];
  private readonly places;
  private drawn: { readonly plot: Plot; readonly level: number; readonly marks: FigureMark[] } | undefined;

  constructor(
    private readonly grid: Grid,
    private readonly surface: Surface,
  ) {
    this.places = grid.places;
  }

  /** Finds answers until it is over; whether all are there. */
  find(isOver: () => boolean): boolean {
    const { answers, places, surface } = this;
    while (answers.length < places.length && !isOver()) answers.push(surface.at(places[answers.length]));
    return answers.length === places.length;
  }

  /** The classes' areas, the lines between them, and the lines on which units' numbers are 0. */
  marks(plot: Plot, classes: Classes): FigureMark[] {
    if (this.drawn?.plot !== plot || this.drawn.level !== classes.level)
      this.drawn = {
        plot,
        level: classes.level,
        marks: [...this.areas(plot, classes), ...this.lines(plot), ...this.between(plot, classes)],
      };
    return this.drawn.marks;
  }

  private margins(classes: Classes, one: number): number[] {
    return this.answers.map(([answer]) => classes.margin(answer, one));
  }

  private areas(plot: Plot, classes: Classes): FigureMark[] {
    return upTo(classes.count).flatMap((one) => {
      const margins = this.margins(classes, one);
      const most = Math.max(0, ...margins.filter(Number.isFinite));
      if (most === 0) return [];
      const levels = shares.map((share) => share * most);
      return this.grid.shapes(plot, margins, levels, `region c${one % mostClasses}`);
    });
  }

  private between(plot: Plot, classes: Classes): FigureMark[] {
    // Of two classes, the one ends where the other begins.
    const own = upTo(classes.count).slice(classes.count === 2 ? 1 : 0);
    return own.flatMap((one) => this.grid.zeros(plot, this.margins(classes, one), 'divide'));
  }

  private lines(plot: Plot): FigureMark[] {
    return upTo(this.answers[0]?.[1]?.length ?? 0).flatMap((n) =>
      this.grid.zeros(
        plot,
        this.answers.map((answer) => answer[1][n]),
        'border',
      ),
    );
  }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

/** A plane of two inputs, with the data in it and what the network answers everywhere. */
export class Regions {
  private readonly sampled: Sampled<Ground>;
  /** The last one of which all is found. */
  private ground: Ground | undefined;
  private opened: { readonly machine: Machine; readonly frame: number } | undefined;
  private known: { readonly classes: Classes; readonly points: readonly Point[] } | undefined;
  private plotted: { readonly width: number | undefined; readonly plot: Plot };

  constructor(
    /** What is answered, as it is written. */
    readonly of: string,
    readonly varied: Varied,
    private readonly surface: Surface,
    private readonly data: GivenNumbers | undefined,
    /** How many numbers an answer is. */
    private readonly size: number,
  ) {
    this.plotted = { width: undefined, plot: this.plotOf(undefined) };
    this.sampled = new Sampled(surface, () => {
      return new Ground(gridOf(surface, varied, [fewestColumns, mostColumns]), surface);
    });
  }

  /**
   * Takes over the numbers of a frame (from 1) of a run and finds its answers, until it is over; whether all are found. A picture has
   * the areas that were found last.
   */
  find(machine: Machine, frame: number, isOver: () => boolean = () => false): boolean {
    if (this.opened?.machine !== machine || this.opened.frame !== frame) {
      this.opened = { machine, frame };
      this.known = undefined;
    }
    const ground = this.sampled.at(machine, frame);
    if (!ground.find(isOver)) return false;
    this.ground = ground;
    return true;
  }

  /** What is answered at a point of the plane. */
  answer(x: number, y: number): readonly number[] {
    return this.surface.at([x, y])[0];
  }

  get classes(): Classes {
    return this.now.classes;
  }

  /** The data, or as many as have room, evenly spread. */
  get points(): readonly Point[] {
    return this.now.points;
  }

  /** Those of the data that lie in the region of their class. */
  get right(): readonly Point[] {
    return this.points.filter((one) => this.classes.of(one.answer) === one.target);
  }

  private get now(): { readonly classes: Classes; readonly points: readonly Point[] } {
    this.known ??= this.read();
    return this.known;
  }

  private read(): { readonly classes: Classes; readonly points: readonly Point[] } {
    const { varied, data, size, opened } = this;
    if (opened === undefined) return { classes: new Classes(size, []), points: [] };
    const { machine, frame } = opened;
    const [across, up] = varied.numbers;
    const targets =
      data === undefined ? [] : shownRows(data.rows).map((row) => data.values(machine, frame, row));
    const single = targets.filter((one) => one.length === 1).flat();
    const classes = new Classes(
      size,
      [...new Set(single)].sort((a, b) => a - b),
    );
    const points = shownRows(across.rows).map((row): Point => {
      const [x, y] = [across, up].map((one) => one.values(machine, frame, row)[0]);
      return {
        row,
        place: [x, y],
        sample: across.sampleOf(machine, frame, row),
        target: data && classes.ofTarget(data.values(machine, frame, row)),
        answer: this.answer(x, y),
      };
    });
    return { classes, points };
  }

  /** The plane's place in a picture of this width, or of the usual one. */
  plot(width?: number): Plot {
    if (this.plotted.width !== width) this.plotted = { width, plot: this.plotOf(width) };
    return this.plotted.plot;
  }

  private plotOf(width: number | undefined): Plot {
    const [across, up] = this.varied.ranges;
    return new Plot({ across, values: [], range: up, height: tall, hasGrid: false, width });
  }

  /** With the mark of a sample (from 1) that is at work. */
  picture(sample: number, width?: number): FigurePicture {
    const { of, varied, data, classes, points } = this;
    const [across, up] = varied.ranges;
    const plot = this.plot(width);
    const names = varied.numbers.map((one) => one.text);
    return {
      ...plot.size,
      marks: [
        ...(this.ground?.marks(plot, classes) ?? []),
        plot.edge,
        ...plot.axes,
        ...plot.names(names[0], names[1]),
        ...this.marks(plot, sample),
      ],
      text: [
        words.regionsText(
          of,
          names[0],
          words.fromTo(format(across[0]), format(across[1])),
          names[1],
          words.fromTo(format(up[0]), format(up[1])),
        ),
        ...(data === undefined
          ? []
          : [words.inTheirs(formatCount(this.right.length), formatCount(points.length))]),
      ].join(' '),
      table: [
        [words.sample, ...names, ...(data === undefined ? [] : [words.target]), of, words.region],
        ...points
          .slice(0, mostTableRows)
          .map(({ row, place, target, answer }) => [
            formatCount(row),
            ...place.map(figureText),
            ...(data === undefined ? [] : [classes.name(target)]),
            answer.map(figureText).join('; '),
            classes.name(classes.of(answer)),
          ]),
      ],
    };
  }

  /** Of many samples, those of the iteration stand out, and of these the one at work. */
  private marks(plot: Plot, sample: number): FigureMark[] {
    const [input] = this.varied.numbers;
    const { name, rows, perSample } = input.quantity;
    const isInPart = this.points.some((one) => one.sample === undefined);
    return this.points
      .filter(({ place }) => plot.holds(...place))
      .map(({ place: [x, y], sample: own, target, answer }) => {
        // Without a class of its own a sample has that of its region.
        const datum = datumOf(target ?? this.classes.of(answer), [plot.x(x), plot.y(y)]);
        const isHere = isInPart && own !== undefined;
        const isNow = (rows !== undefined || perSample === true) && own === sample;
        return {
          tag: 'path',
          attributes: { class: `${datum.class}${isHere ? ' here' : ''}${isNow ? ' now' : ''}`, d: datum.d },
          cell: own === undefined ? undefined : cellName(name, input.cells(own)[0]),
        };
      });
  }
}
