import { format } from '../../number/format.ts';
import { round } from '../../number/rounding.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { alternative } from '../base/alternative.ts';
import { FigureValues, figureIndices, valueNames } from '../base/figure-values.ts';
import { OptionFault, readLabels, readRange, readSeveral } from '../base/options.ts';
import { type FigureMark, type FigurePicture, type FigureValue, isDrawn } from '../base/picture.ts';
import { type KindReader, readNumbers, runningOver } from '../base/reader.ts';
import { beside } from './beside.ts';
import { squareOf, strongestOf } from './square.ts';

/** Rows and columns at most, so that every number can be read. */
const mostSide = 10;
/** Matrices beside each other at most. */
const mostBeside = 4;
/** In the picture's units: the room for a letter, and beside the longest text of a square, and above and at the left where there are no names. */
const [letter, around, least] = [6.5, 9, 18];
/** Decimals in a square, and letters that there is room for in any case. */
const [decimals, fewestLetters] = [2, 2];

export const matrix: KindReader = {
  options: ['columns', 'range', 'rows'],
  read({ model }, text) {
    const range = readRange(text.range);
    const all = readSeveral('matrix', text.matrix, mostBeside).map((one) => {
      const { probe, sizes } = readNumbers(model, 'matrix', one, { most: mostSide ** 2 });
      if (sizes.length !== 2)
        throw new OptionFault('matrix', words.free(words.twoOfMatrix, runningOver(probe)));
      const longest = Math.max(...sizes);
      if (longest > mostSide) throw new OptionFault('matrix', words.tooMany(longest, mostSide));
      const sides = figureIndices(probe).map(({ name }) => valueNames(probe, name));
      const rows = text.rows === undefined ? sides[0] : readLabels(text.rows, sizes[0], 'rows');
      const columns = text.columns === undefined ? sides[1] : readLabels(text.columns, sizes[1], 'columns');
      const options = {
        rows: rows.length > 0 ? rows : numbered(sizes[0]),
        columns: columns.length > 0 ? columns : numbered(sizes[1]),
        range,
      };
      return {
        of: probe.text,
        values: new FigureValues(probe),
        options,
        letters: Math.max(fewestLetters, ...options.columns.map((name) => name.length)),
      };
    });
    return (moment, sample = 1) =>
      beside(
        all.map((one) => {
          const values = one.values.at(moment, sample);
          // Squares that have grown stay so: the picture shall not shake from step to step.
          const longest = values.map((value) => (isDrawn(value) ? insideText(value.value).length : 1));
          one.letters = Math.max(one.letters, ...longest);
          return matrixPicture(values, one.of, one.options, one.letters * letter + around);
        }),
        all.map(({ of }) => of),
      );
  },
};

const insideText = (value: number): string => format(round(value, { kind: 'decimals', digits: decimals }));

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
  side: number,
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
      text: isDrawn(one) ? insideText(one.value) : words.notYet,
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
