import type { FigureMark, FigurePicture } from '../base/picture.ts';

/** In the picture's units: between two pictures, and for the name below each. */
const [gap, below] = [28, 20];

/** What each of so many pictures beside each other may be wide, if they shall have room in a width. */
export const roomBeside = (count: number, width: number): number => (width + gap) / count - gap;

/** Attributes that say where a shape is across, and down. */
const [across, down] = [
  ['x', 'x1', 'x2', 'cx'],
  ['y', 'y1', 'y2', 'cy'],
];

const shifted = ({ attributes, ...mark }: FigureMark, right: number, lower: number): FigureMark => ({
  ...mark,
  attributes: Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (typeof value !== 'number') return [name, value];
      return [name, value + (across.includes(name) ? right : down.includes(name) ? lower : 0)];
    }),
  ),
});

/**
 * Several pictures as one, from left to right, each with its name below; a single one as it is. Those that would go beyond a width, in the
 * picture's units, begin another row; pictures of several rows are of one size. Their tables stand one below the other.
 */
export function beside(
  pictures: readonly FigurePicture[],
  names: readonly string[],
  widest = Number.POSITIVE_INFINITY,
): FigurePicture {
  if (pictures.length === 1) return pictures[0];
  const height = Math.max(...pictures.map((one) => one.height));
  const marks: FigureMark[] = [];
  let [left, top, width] = [0, 0, 0];
  pictures.forEach((picture, n) => {
    if (left > 0 && left + picture.width > widest) [left, top] = [0, top + height + below];
    marks.push(...picture.marks.map((mark) => shifted(mark, left, top)), {
      tag: 'text',
      attributes: {
        class: 'name',
        x: left + picture.width / 2,
        y: top + height + below - 6,
        'text-anchor': 'middle',
      },
      text: names[n],
    });
    width = Math.max(width, left + picture.width);
    left += picture.width + gap;
  });
  const columns = Math.max(...pictures.map(({ table }) => table[0].length));
  return {
    width,
    height: top + height + below,
    marks,
    text: pictures.map(({ text }) => text).join(' '),
    table: pictures.flatMap(({ table }, n) =>
      table.map(([head, ...rest], row) => [
        row === 0 ? names[n] : head,
        ...rest,
        ...Array.from({ length: columns - table[0].length }, () => ''),
      ]),
    ),
  };
}
