import { figureWords as words } from '../../words/figure/figure.ts';
import { alternative } from '../base/alternative.ts';
import { FigureValues, figureIndices, valueNames } from '../base/figure-values.ts';
import { OptionFault, readRange, readSeveral, readShape } from '../base/options.ts';
import { type FigureMark, type FigurePicture, type FigureValue, isDrawn } from '../base/picture.ts';
import { type KindReader, readNumbers, runningOver } from '../base/reader.ts';
import { beside } from './beside.ts';
import { squareOf, strongestOf } from './square.ts';

/** As many squares as one can still point at. */
const mostSquares = 1024;
/** Images beside each other at most. */
const mostBeside = 4;

/** The length of the longer side, and a square's side at most, in the picture's units. */
const [extent, largest] = [176, 24];

/**
 * Numbers as an image, a square each: the farther from 0 the stronger, and in one colour if they are positive, in another one with a mark
 * if negative. Those that are not computed are empty.
 */
function imagePicture(
  values: readonly FigureValue[],
  of: string,
  [rows, columns]: readonly [number, number],
  range: readonly [number, number] | undefined,
  /** Of rows and columns, or of single entries where those of one index stand in a shape; numbers where there are none. */
  names: { readonly heads: readonly (readonly string[])[]; readonly hasEntries: boolean },
): FigurePicture {
  const side = Math.min(largest, extent / Math.max(rows, columns));
  const strongest = strongestOf(values, range);
  const marks: FigureMark[] = [
    { tag: 'rect', attributes: { class: 'ground', x: 0, y: 0, width: columns * side, height: rows * side } },
  ];
  const head = (way: number, n: number): string => names.heads[way]?.[n] ?? String(n + 1);
  const named = values.map((one, n) => {
    const place = words.place(head(0, Math.floor(n / columns)), head(1, n % columns));
    return { ...one, label: names.hasEntries ? one.label : place };
  });
  named.forEach((one, n) => {
    const [x, y] = [(n % columns) * side, Math.floor(n / columns) * side];
    const { mark, strength } = squareOf(one, { x, y, side, strongest });
    marks.push(mark);
    // A sign that does not depend on seeing colours.
    if (isDrawn(one) && one.value < 0 && strength > 0.1)
      marks.push({
        tag: 'line',
        attributes: {
          class: strength > 0.5 ? 'sign strong' : 'sign',
          x1: x + side * 0.3,
          y1: y + side / 2,
          x2: x + side * 0.7,
          y2: y + side / 2,
        },
      });
  });
  return {
    width: columns * side,
    height: rows * side,
    marks,
    text: alternative('image', of, named),
    table: [
      ['', ...Array.from({ length: columns }, (_, n) => head(1, n))],
      ...Array.from({ length: rows }, (_, row) => [
        head(0, row),
        ...named.slice(row * columns, (row + 1) * columns).map(({ text }) => text),
      ]),
    ],
  };
}

export const image: KindReader = {
  options: ['range', 'shape'],
  read({ model }, text) {
    const range = readRange(text.range);
    const all = readSeveral('image', text.image, mostBeside).map((one) => {
      const { probe, sizes } = readNumbers(model, 'image', one, { most: mostSquares });
      if (sizes.length !== (text.shape === undefined ? 2 : 1))
        throw new OptionFault('image', words.free(words.twoIndices, runningOver(probe)));
      const shape =
        text.shape === undefined ? ([sizes[0], sizes[1]] as const) : readShape(text.shape, sizes[0]);
      const labels = figureIndices(probe).map(({ name }) => valueNames(probe, name));
      const names =
        text.shape === undefined
          ? { heads: labels, hasEntries: false }
          : { heads: [], hasEntries: labels[0].length > 0 };
      return { of: probe.text, values: new FigureValues(probe), shape, names };
    });
    return (moment, sample = 1) =>
      beside(
        all.map(({ of, values, shape, names }) =>
          imagePicture(values.at(moment, sample), of, shape, range, names),
        ),
        all.map(({ of }) => of),
      );
  },
};
