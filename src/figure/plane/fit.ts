import { cellName } from '../../formula/model.ts';
import type { Machine } from '../../machine/machine.ts';
import { format, formatCount } from '../../number/format.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { figureText } from '../base/figure-values.ts';
import { OptionFault, readRange } from '../base/options.ts';
import type { FigureMark, FigurePicture } from '../base/picture.ts';
import { type KindReader, readNumbers } from '../base/reader.ts';
import { type GivenNumbers, readData, readVaried, refuseBatches, shownRows, type Varied } from './given.ts';
import { keyBelow, Plot } from './plot.ts';
import { Sampled, Surface } from './surface.ts';

/** Pieces of a curve, parts of it at most, and rows of the table. */
const [fewestPieces, mostPieces, mostParts, mostTableRows] = [24, 120, 16, 40];

export const fit: KindReader = {
  options: ['data', 'over', 'parts', 'range'],
  read({ model }, text) {
    const varied = readVaried(model, text.over, 1);
    const { probe } = readNumbers(model, 'fit', text.fit);
    refuseBatches(model, 'fit', probe, varied);
    if (probe.free.some(({ name }) => name !== varied.sample))
      throw new OptionFault('fit', words.oneNumber(probe.text));
    const parts =
      text.parts === undefined
        ? undefined
        : readNumbers(model, 'parts', text.parts, { most: mostParts }).probe;
    const data = readData(model, text.data, varied, 1);
    const surface = new Surface(model, parts === undefined ? [probe] : [probe, parts], varied);
    const shown = new Fit(varied, surface, data, readRange(text.range));
    return ({ machine, frame }) => shown.at(machine, frame, probe.text, parts?.text);
  },
};

/** What a network makes of one input, beside the data. */
class Fit {
  private readonly curve;

  constructor(
    private readonly varied: Varied,
    private readonly surface: Surface,
    private readonly data: GivenNumbers | undefined,
    private readonly range: readonly [number, number] | undefined,
  ) {
    this.curve = new Sampled(surface, () => {
      const [[from, to]] = varied.ranges;
      const pieces = surface.affordable(fewestPieces, mostPieces);
      return Array.from({ length: pieces + 1 }, (_, n) => {
        const x = from + ((to - from) * n) / pieces;
        const [[y], parts = []] = surface.at([x]);
        return { x, y, parts };
      });
    });
  }

  at(machine: Machine, frame: number, of: string, partsOf: string | undefined): FigurePicture {
    const { varied, surface, data, range } = this;
    const curve = this.curve.at(machine, frame);
    const [input] = varied.numbers;
    const [across] = varied.ranges;
    const rows =
      data === undefined
        ? []
        : shownRows(data.rows).map((row) => {
            const [x] = input.values(machine, frame, row);
            const sample = data.sampleOf(machine, frame, row);
            return {
              row,
              x,
              t: data.values(machine, frame, row)[0],
              y: surface.at([x])[0][0],
              cell: sample === undefined ? undefined : cellName(data.quantity.name, data.cells(sample)[0]),
            };
          });
    const values = [...curve.flatMap(({ y, parts }) => [y, ...parts]), ...rows.map(({ t }) => t)];
    const plot = new Plot({ across, values, range });
    const key = keyBelow(
      plot.size.height,
      partsOf === undefined
        ? []
        : [
            { name: 'curve', text: of },
            { name: 'part', text: words.parts(partsOf) },
          ],
    );
    const marks: FigureMark[] = [
      ...plot.axes,
      ...plot.names(input.text, ''),
      ...(curve[0]?.parts ?? []).map((_, n) =>
        plot.line(
          curve.map(({ x, parts }) => [x, parts[n]]),
          'part',
        ),
      ),
      ...rows.flatMap(({ x, t, cell }) => plot.point(x, t, 'datum', cell, 3)),
      plot.line(curve.map(({ x, y }) => [x, y])),
      ...key.marks,
    ];
    const errors = rows.map(({ t, y }) => (t - y) ** 2);
    const mean = errors.reduce((sum, one) => sum + one, 0) / errors.length;
    const told = rows.length > 0 ? rows.slice(0, mostTableRows) : curve.filter((_, n) => n % 10 === 0);
    return {
      width: plot.size.width,
      height: key.height,
      marks,
      text: [
        words.graph(of, input.text, format(across[0]), format(across[1])),
        ...(rows.length === 0 ? [] : [words.meanSquare(formatCount(rows.length), figureText(mean))]),
      ].join(' '),
      table: [
        ['', input.text, ...(data === undefined ? [] : [data.text]), of],
        ...told.map((one, n) => [
          formatCount(n + 1),
          figureText(one.x),
          ...('t' in one ? [figureText(one.t)] : []),
          figureText(one.y),
        ]),
      ],
    };
  }
}
