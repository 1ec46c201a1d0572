import { format } from '../../number/format.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { alternative } from '../base/alternative.ts';
import { FigureValues } from '../base/figure-values.ts';
import { OptionFault, readLabels, readRange } from '../base/options.ts';
import { type FigureMark, type FigurePicture, type FigureValue, isDrawn } from '../base/picture.ts';
import { type KindReader, readNumbers, runningOver } from '../base/reader.ts';
import { squareOf, strongestOf } from './square.ts';

/** Rows and columns at most, so that every number can be read. */
const mostSide = 10;
/** In the picture's units: a square, the room for a letter of a name, and the room above and at the left where there are no names. */
const [side, letter, least] = [44, 6.5, 18];

export const matrix: KindReader = {
  options: ['columns', 'range', 'rows'],
  read(model, text) {
    const { probe, sizes } = readNumbers(model, 'matrix', text.matrix, { most: mostSide ** 2 });
    if (sizes.length !== 2)
      throw new OptionFault('matrix', words.free(words.twoOfMatrix, runningOver(probe)));
    if (Math.max(...sizes) > mostSide)
      throw new OptionFault('matrix', words.tooMany(Math.max(...sizes), mostSide));
    const rows = readLabels(text.rows, sizes[0], 'rows');
    const columns = readLabels(text.columns, sizes[1], 'columns');
    const values = new FigureValues(probe);
    const range = readRange(text.range);
    return (moment, sample = 1) =>
      matrixPicture(values.at(moment, sample), probe.text, {
        rows: rows.length > 0 ? rows : numbered(sizes[0]),
        columns: columns.length > 0 ? columns : numbered(sizes[1]),
        range,
      });
  },
};

const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => String(n + 1));

interface MatrixOptions {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly range: readonly [number, number] | undefined;
}

/** Numbers as squares with the numbers in them and names at their sides: the farther from 0 the stronger. */
function matrixPicture(
  values: readonly FigureValue[],
  of: string,
  { rows, columns, range }: MatrixOptions,
): FigurePicture {
  const longest = Math.max(...rows.map((one) => one.length));
  const [left, top] = [Math.max(least, longest * letter + 10), least];
  const strongest = strongestOf(values, range);
  const marks: FigureMark[] = [
    ...columns.map(
      (text, n): FigureMark => ({
        tag: 'text',
        attributes: { class: 'label', x: left + side * (n + 0.5), y: top - 6, 'text-anchor': 'middle' },
        text,
      }),
    ),
    ...rows.map(
      (text, n): FigureMark => ({
        tag: 'text',
        attributes: { class: 'label', x: left - 6, y: top + side * (n + 0.5) + 4, 'text-anchor': 'end' },
        text,
      }),
    ),
  ];
  const named = values.map((one, n) => ({
    ...one,
    label: words.inMatrix(rows[Math.floor(n / columns.length)], columns[n % columns.length]),
  }));
  named.forEach((one, n) => {
    const [x, y] = [left + (n % columns.length) * side, top + Math.floor(n / columns.length) * side];
    const { mark, strength } = squareOf(one, { x, y, side, strongest });
    marks.push(mark, {
      tag: 'text',
      attributes: {
        class: strength > 0.5 ? 'inside strong' : 'inside',
        x: x + side / 2,
        y: y + side / 2 + 4,
        'text-anchor': 'middle',
      },
      text: isDrawn(one) ? format(one.value, { precision: { kind: 'decimals', digits: 2 } }) : words.notYet,
      cell: one.cell,
    });
  });
  return {
    width: left + side * columns.length + 2,
    height: top + side * rows.length + 2,
    marks,
    text: alternative('matrix', of, named),
    table: [
      ['', ...columns],
      ...rows.map((name, row) => [
        name,
        ...named.slice(row * columns.length, (row + 1) * columns.length).map(({ text }) => text),
      ]),
    ],
  };
}
