import { type Quantity, sizeOf } from '../../formula/model.ts';
import type { Machine } from '../../machine/machine.ts';
import { field } from './network-picture.ts';
import { element, picture } from './svg.ts';

/** How many arrays are shown, and up to which number of rows or columns. */
const [mostArrays, mostCells] = [4, 16];
const [side, gap, margin] = [13, 22, 4];

/** A model without units: its first tables of numbers, in the order of computing; undefined where it has none. */
export function arraysPicture(machine: Machine): string | undefined {
  const { formulas, quantities } = machine.program.model;
  const forward = new Set(formulas.filter(({ phase }) => phase === 'forward').map(({ target }) => target));
  const isShown = ({ name, role, shape }: Quantity) =>
    shape.length === 2 && shape.every((n) => n <= mostCells) && (role !== 'computed' || forward.has(name));
  const arrays = [...quantities.values()].filter(isShown).slice(0, mostArrays);
  if (arrays.length === 0) return undefined;
  const height = Math.max(...arrays.map(({ shape }) => shape[0])) * side + 2 * margin;
  let x = margin;
  const parts = arrays.map(({ name, shape }, at) => {
    const [rows, columns] = shape;
    const left = x;
    x += columns * side + gap;
    const values = [...machine.array(1, name, 'old')].slice(0, sizeOf(shape));
    const lead =
      at === 0
        ? ''
        : element('path', {
            class: 'arrow',
            d: `M${left - gap + 5} ${height / 2}h${gap - 10}m-4 -3l4 3l-4 3`,
          });
    return lead + field(values, columns, left, (height - rows * side) / 2, side);
  });
  return picture(x - gap + margin, height, ...parts);
}
