import type { FigureMark, FigurePicture } from '../base/picture.ts';

/** In the picture's units: between two pictures, and for the name below each. */
const [gap, below] = [28, 20];

/** Attributes that say where a shape is across. */
const across = ['x', 'x1', 'x2', 'cx'];

const shifted = ({ attributes, ...mark }: FigureMark, by: number): FigureMark => ({
  ...mark,
  attributes: Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      across.includes(name) && typeof value === 'number' ? value + by : value,
    ]),
  ),
});

/** Several pictures as one, from left to right, each with its name below; a single one as it is. Their tables stand one below the other. */
export function beside(pictures: readonly FigurePicture[], names: readonly string[]): FigurePicture {
  if (pictures.length === 1) return pictures[0];
  const height = Math.max(...pictures.map((one) => one.height));
  const marks: FigureMark[] = [];
  let left = 0;
  pictures.forEach((picture, n) => {
    marks.push(...picture.marks.map((mark) => shifted(mark, left)), {
      tag: 'text',
      attributes: {
        class: 'name',
        x: left + picture.width / 2,
        y: height + below - 6,
        'text-anchor': 'middle',
      },
      text: names[n],
    });
    left += picture.width + gap;
  });
  const columns = Math.max(...pictures.map(({ table }) => table[0].length));
  return {
    width: left - gap,
    height: height + below,
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
