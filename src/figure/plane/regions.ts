import { cellName } from '../../formula/model.ts';
import type { Probe } from '../../machine/inspect/probe.ts';
import type { Machine } from '../../machine/machine.ts';
import { format, formatCount } from '../../number/format.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { figureText } from '../base/figure-values.ts';
import { OptionFault } from '../base/options.ts';
import type { FigureMark, FigurePicture } from '../base/picture.ts';
import { type KindReader, readNumbers } from '../base/reader.ts';
import { GivenNumbers, readVaried, shownRows, type Varied } from './given.ts';
import { Grid } from './grid.ts';
import { Plot } from './plot.ts';
import { Sampled, Surface } from './surface.ts';

/** Squares of the grid along a side, rows of the table, and classes at most. */
const [fewestColumns, mostColumns, mostTableRows, mostClasses] = [16, 48, 40, 8];
/** The plot's height in the picture's units. */
const tall = 240;
/** Lines of units at most. */
const mostLines = 32;
/** How far within its region a place is, as parts of the farthest there. */
const shares = [0, 0.35, 0.7];

/** A shape for each class, so that colour is not needed to tell them apart: `d` around 0. */
const shapes: readonly string[] = [
  'm-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z',
  'm-3-3h6v6h-6z',
  'm0-4l3.8 6.8h-7.6z',
  'm0-4.6l3.8 4.6l-3.8 4.6l-3.8-4.6z',
  'm0 4l-3.8-6.8h7.6z',
  'm-4-1.5h2.5v-2.5h3v2.5h2.5v3h-2.5v2.5h-3v-2.5h-2.5z',
  'm-3.8-2.2l3.8-2.2l3.8 2.2v4.4l-3.8 2.2l-3.8-2.2z',
  'm-4.5 0l3.4-1.1l1.1-3.4l1.1 3.4l3.4 1.1l-3.4 1.1l-1.1 3.4l-1.1-3.4z',
];

/** Which class an answer is: the greatest of several numbers, or on which side of a level a single one lies. */
class Classes {
  constructor(
    readonly count: number,
    /** What a single number is compared with. */
    private readonly level: number,
    /** What its targets are, ascending, where it is a single number. */
    private readonly targets: readonly number[],
  ) {}

  /** Of an answer, from 0. */
  of(answer: readonly number[]): number | undefined {
    if (!answer.every(Number.isFinite)) return undefined;
    return answer.length === 1 ? Number(answer[0] > this.level) : answer.indexOf(Math.max(...answer));
  }

  /** Of a target, from 0. */
  ofTarget(target: readonly number[]): number {
    return target.length === 1 ? Number(target[0] > this.level) : target.indexOf(Math.max(...target));
  }

  /** How far an answer is inside a class, above 0 inside. */
  margin(answer: readonly number[], one: number): number {
    if (answer.length === 1) return one === 1 ? answer[0] - this.level : this.level - answer[0];
    return answer[one] - Math.max(...answer.filter((_, n) => n !== one));
  }

  name(one: number | undefined): string {
    if (one === undefined) return words.notYet;
    return this.targets.length === 2 ? format(this.targets[one]) : String(one + 1);
  }
}

/** A row of the data in the plane. */
interface Point {
  readonly row: number;
  readonly place: readonly number[];
  /** Its class, from 0; undefined where the data have none. */
  readonly target: number | undefined;
  /** Which of the iteration's samples it is, from 1; undefined where it is none. */
  readonly sample: number | undefined;
}

export const regions: KindReader = {
  options: ['data', 'lines', 'over'],
  read({ model }, text) {
    const varied = readVaried(model, text.over, 2);
    const { probe } = readNumbers(model, 'regions', text.regions);
    const own = probe.free.filter(({ name }) => name !== varied.sample);
    if (own.length > 1) throw new OptionFault('regions', words.regionsOf);
    const size = own.reduce((count, { range }) => count * (range.high - range.low + 1), 1);
    if (size > mostClasses) throw new OptionFault('regions', words.tooMany(size, mostClasses));
    const lines =
      text.lines === undefined
        ? undefined
        : readNumbers(model, 'lines', text.lines, { most: mostLines }).probe;
    const data =
      text.data === undefined ? undefined : new GivenNumbers(model, 'data', text.data, varied.sample);
    if (data !== undefined && data.cells(1).length !== size)
      throw new OptionFault('data', words.dataLike(size));
    const shown = new Regions(
      varied,
      new Surface(model, lines === undefined ? [probe] : [probe, lines], varied),
      data,
      size,
    );
    return ({ machine, frame }, sample = 1) => shown.at(machine, frame, sample, probe);
  },
};

/** A plane of two inputs, with the data in it and what the network answers everywhere. */
class Regions {
  private readonly ground;

  constructor(
    private readonly varied: Varied,
    private readonly surface: Surface,
    private readonly data: GivenNumbers | undefined,
    private readonly size: number,
  ) {
    this.ground = new Sampled(surface, () => {
      const columns = Math.floor(Math.sqrt(surface.affordable(fewestColumns ** 2, mostColumns ** 2)));
      const grid = new Grid(columns, varied.ranges[0], varied.ranges[1]);
      return { grid, answers: grid.places.map((place) => surface.at(place)) };
    });
  }

  at(machine: Machine, frame: number, sample: number, { text }: Probe): FigurePicture {
    const { varied, size } = this;
    const { grid, answers } = this.ground.at(machine, frame);
    const { numbers } = varied;
    const targets = [...new Set(this.targets(machine, frame))].sort((a, b) => a - b);
    const level = targets.length === 0 ? 0.5 : (targets[0] + (targets.at(-1) as number)) / 2;
    const classes = new Classes(Math.max(2, size), level, size === 1 ? targets : []);
    const own = shownRows(numbers[0].rows).map((row) => {
      const place = numbers.map((one) => one.values(machine, frame, row)[0]);
      return {
        row,
        place,
        sample: numbers[0].sampleOf(machine, frame, row),
        target: this.data && classes.ofTarget(this.data.values(machine, frame, row)),
        answer: this.surface.at(place)[0],
      };
    });
    const [across, up] = varied.ranges;
    const plot = new Plot({ across, values: [], range: up, height: tall, hasGrid: false });
    const names = varied.numbers.map((one) => one.text);
    const right = own.filter(({ target, answer }) => classes.of(answer) === target).length;
    return {
      ...plot.size,
      marks: [
        ...this.areas(
          plot,
          grid,
          answers.map(([answer]) => answer),
          classes,
        ),
        ...this.lines(plot, grid, answers),
        plot.edge,
        ...plot.axes,
        ...plot.names(names[0], names[1]),
        ...own.flatMap((point) => this.mark(plot, point, sample)),
      ],
      text: [
        words.regionsText(
          text,
          names[0],
          words.fromTo(format(across[0]), format(across[1])),
          names[1],
          words.fromTo(format(up[0]), format(up[1])),
        ),
        ...(this.data === undefined ? [] : [words.inTheirs(formatCount(right), formatCount(own.length))]),
      ].join(' '),
      table: [
        [words.sample, ...names, ...(this.data === undefined ? [] : [words.target]), text, words.region],
        ...own
          .slice(0, mostTableRows)
          .map(({ row, place, target, answer }) => [
            formatCount(row),
            ...place.map(figureText),
            ...(this.data === undefined ? [] : [classes.name(target)]),
            answer.map(figureText).join('; '),
            classes.name(classes.of(answer)),
          ]),
      ],
    };
  }

  private targets(machine: Machine, frame: number): number[] {
    const { data, size } = this;
    if (data === undefined || size > 1) return [];
    return shownRows(data.rows).map((row) => data.values(machine, frame, row)[0]);
  }

  private areas(
    plot: Plot,
    grid: Grid,
    answers: readonly (readonly number[])[],
    classes: Classes,
  ): FigureMark[] {
    return Array.from({ length: classes.count }, (_, one) => one).flatMap((one) => {
      const margins = answers.map((answer) => classes.margin(answer, one));
      const most = Math.max(0, ...margins.filter(Number.isFinite));
      if (most === 0) return [];
      return grid.shapes(
        plot,
        margins,
        shares.map((share) => share * most),
        `region c${one}`,
      );
    });
  }

  /** Where the numbers of units are 0. */
  private lines(plot: Plot, grid: Grid, answers: readonly (readonly (readonly number[])[])[]): FigureMark[] {
    const count = answers[0]?.[1]?.length ?? 0;
    return Array.from({ length: count }, (_, n) => n).flatMap((n) =>
      grid.zeros(
        plot,
        answers.map((answer) => answer[1][n]),
        'border',
      ),
    );
  }

  private mark(plot: Plot, { place: [x, y], sample: own, target }: Point, sample: number): FigureMark[] {
    if (!plot.holds(x, y)) return [];
    const [input] = this.varied.numbers;
    const { quantity } = input;
    const isNow = quantity.perSample === true && own === sample;
    return [
      {
        tag: 'path',
        attributes: {
          class: `datum c${target ?? 'x'}${isNow ? ' now' : ''}`,
          d: `M${Math.round(plot.x(x) * 10) / 10} ${Math.round(plot.y(y) * 10) / 10}${shapes[(target ?? 0) % shapes.length]}`,
        },
        cell: own === undefined ? undefined : cellName(quantity.name, input.cells(own)[0]),
      },
    ];
  }
}
