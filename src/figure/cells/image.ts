import type { Program } from '../../program/program.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { alternative } from '../base/alternative.ts';
import { FigureValues, figureIndices, valueNames } from '../base/figure-values.ts';
import { OptionFault, readRange, readSeveral, readShape } from '../base/options.ts';
import { type FigureMark, type FigurePicture, type FigureValue, isDrawn } from '../base/picture.ts';
import { type KindReader, readNumbers, runningOver } from '../base/reader.ts';
import { beside, roomBeside } from './beside.ts';
import { squareOf, strongestOf } from './square.ts';

/** As many squares as one can still point at. */
const mostSquares = 1024;
/** Squares that the step reads and that have an edge each. */
const mostEdges = 16;
/** Images beside each other at most. */
const mostBeside = 4;

/**
 * In the picture's units: the length of the longer side of an image alone, that of one of many, the width of a row at most, which a
 * telephone shows with letters that can be read, and a square's side at most.
 */
const [alone, small, widest, largest] = [176, 64, 348, 24];

/** Names of rows and columns, or of single entries where those of one index stand in a shape; numbers where there are none. */
interface ImageNames {
  readonly heads: readonly (readonly string[])[];
  readonly hasEntries: boolean;
}

interface ImageOptions {
  /** Rows and columns. */
  readonly shape: readonly [number, number];
  readonly range: readonly [number, number] | undefined;
  readonly names: ImageNames;
  /** The length of the longer side, in the picture's units. */
  readonly extent: number;
}

const headOf = ({ heads }: ImageNames, way: 0 | 1, n: number): string => heads[way]?.[n] ?? String(n + 1);

/** Numbers with the names of their places in an image of so many columns. */
const placed = (values: readonly FigureValue[], columns: number, names: ImageNames): FigureValue[] =>
  values.map((one, n) => ({
    ...one,
    label: names.hasEntries
      ? one.label
      : words.place(headOf(names, 0, Math.floor(n / columns)), headOf(names, 1, n % columns)),
  }));

/**
 * Numbers with the names of their places as an image, a square each: the farther from 0 the stronger, and in one colour if they are
 * positive, in another one with a mark if negative. Those that are not computed are empty.
 */
function imagePicture(
  values: readonly FigureValue[],
  of: string,
  { shape: [rows, columns], range, names, extent }: ImageOptions,
): FigurePicture {
  const side = Math.min(largest, extent / Math.max(rows, columns));
  const strongest = strongestOf(values, range);
  // Where most squares would have an edge, the image has one.
  const isReadWhole = values.filter((one) => one.isRead).length > mostEdges;
  const ground = { x: 0, y: 0, width: columns * side, height: rows * side };
  const marks: FigureMark[] = [{ tag: 'rect', attributes: { class: 'ground', ...ground } }];
  values.forEach((value, n) => {
    const one = isReadWhole ? { ...value, isRead: false } : value;
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
  if (isReadWhole) marks.push({ tag: 'rect', attributes: { class: 'read whole', ...ground } });
  return {
    width: columns * side,
    height: rows * side,
    marks,
    text: alternative('image', of, values),
    table: [
      ['', ...Array.from({ length: columns }, (_, n) => headOf(names, 1, n))],
      ...Array.from({ length: rows }, (_, row) => [
        headOf(names, 0, row),
        ...values.slice(row * columns, (row + 1) * columns).map(({ text }) => text),
      ]),
    ],
  };
}

export const image: KindReader = {
  options: ['range', 'shape'],
  read(program, text) {
    const range = readRange(text.range);
    const several = readSeveral('image', text.image, mostBeside);
    const all = several.map((one) => readImages(program, one, text.shape));
    if (several.length > 1 && all.some(({ images }) => images !== undefined))
      throw new OptionFault('image', words.galleryAlone);
    const extent = Math.min(alone, roomBeside(all.length, widest));
    return (moment, sample = 1) =>
      beside(
        all.map(({ of, values, images, ...one }) =>
          images === undefined
            ? imagePicture(placed(values.at(moment, sample), one.shape[1], one.names), of, {
                ...one,
                ...{ range, extent },
              })
            : gallery(values.at(moment, sample), of, images, { ...one, range, extent: small }),
        ),
        all.map(({ of }) => of),
      );
  },
};

/** One image after the other, each with its name, on one scale, so that they can be compared. */
function gallery(
  values: readonly FigureValue[],
  of: string,
  images: readonly string[],
  options: ImageOptions,
): FigurePicture {
  const { shape, names, range = [0, strongestOf(values, undefined)] } = options;
  const size = shape[0] * shape[1];
  const each = images.map((_, n) => placed(values.slice(n * size, (n + 1) * size), shape[1], names));
  const all = beside(
    each.map((one) => imagePicture(one, of, { ...options, range })),
    images,
    widest,
  );
  const named = each.flatMap((one, n) =>
    one.map((value) => ({ ...value, label: words.oneOf(images[n], value.label) })),
  );
  return { ...all, text: alternative('image', of, named) };
}

/** Numbers over two indices, or over one with a shape, as an image; over one more, the first, as one for each of its values. */
function readImages({ model }: Program, text: string, shapeText: string | undefined) {
  const { probe, sizes } = readNumbers(model, 'image', text, { most: mostSquares });
  const own = shapeText === undefined ? 2 : 1;
  const outer = sizes.length - own;
  if (outer !== 0 && outer !== 1)
    throw new OptionFault('image', words.free(words.twoIndices, runningOver(probe)));
  const indices = figureIndices(probe).map(({ name }) => ({ name, labels: valueNames(probe, name) }));
  const labels = indices.slice(outer).map((one) => one.labels);
  const [first] = indices;
  const nameOf = (n: number): string => first.labels[n] ?? `${first.name} = ${n + 1}`;
  return {
    of: probe.text,
    values: new FigureValues(probe),
    shape:
      shapeText === undefined
        ? ([sizes[outer], sizes[outer + 1]] as const)
        : readShape(shapeText, sizes[outer]),
    names:
      shapeText === undefined
        ? { heads: labels, hasEntries: false }
        : { heads: [], hasEntries: labels[0].length > 0 },
    images: outer === 0 ? undefined : Array.from({ length: sizes[0] }, (_, n) => nameOf(n)),
  };
}
