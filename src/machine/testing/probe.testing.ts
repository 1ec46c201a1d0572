import type { Model, Quantity } from '../../formula/model.ts';
import type { SeededNumbers } from './models.testing.ts';
import { arrayCells, type Cells, cellKey } from './recorder.testing.ts';

/** A query about a model's numbers, as text and, independently, as its meaning. */
export interface Asked {
  readonly text: string;
  /** The values of the free indices, in a probe's order. */
  readonly places: readonly (readonly number[])[];
  /** The cells read at a place, by `W1[1,2]`. */
  readonly reads: (place: readonly number[]) => readonly string[];
  /** Its value at a place; undefined while a cell does not exist yet. */
  readonly value: (
    place: readonly number[],
    read: (cell: string) => number | undefined,
  ) => number | undefined;
}

/** The newest version of a cell in a recorded memory. */
export const newestIn =
  (memory: Cells) =>
  (cell: string): number | undefined =>
    memory.get(`new ${cell}`) ?? memory.get(`old ${cell}`);

/**
 * A random comparison about a model's numbers, with a limit that some of them pass and some do not. In a rounded run, 15
 * significant digits decide.
 */
export function randomCondition(
  model: Model,
  numbers: SeededNumbers,
  memory: Cells,
  rounded: boolean,
): Asked {
  const all = [...model.quantities.values()].filter(({ role }) => role !== 'mode' && role !== 'rate');
  const computed = all.filter(({ role }) => role === 'computed' || role === 'param');
  const quantity = numbers.pick(computed);
  const cells = arrayCells(quantity.shape);
  const near = newestIn(memory)(cellKey('', quantity.name, numbers.pick(cells)).trim()) ?? 0;
  const limit = numbers.pick([near, near * 1.05, near * 0.9, 0]);
  const sign = numbers.pick(['<', '>', '<=', '>=']);
  const kind = numbers.whole(1, 4);
  const isOnPaper = rounded && model.store.length > 0;
  const digits = (value: number) => (isOnPaper ? Number(value.toPrecision(15)) : value);
  const holds = (left: number, right: number) => decided(digits(left), digits(right));
  const decided = (a: number, b: number) =>
    (sign === '<' ? a < b : sign === '>' ? a > b : sign === '<=' ? a <= b : a >= b) ? 1 : 0;
  const lowered = (value: number) => String(value).replace(/^-/, '0-');
  if (kind === 1) return ofOne(quantity, `${sign} ${lowered(limit)}`, (value) => holds(value, limit));
  if (kind === 2) {
    const size = Math.abs(limit);
    const asked = ofOne(quantity, `${sign} ${size}`, (value) => holds(Math.abs(value), size));
    return { ...asked, text: asked.text.replace(/^(\S+)/, 'abs($1)') };
  }
  const other = numbers.pick(all);
  if (kind === 3) {
    const [a, b] = [quantity, other].map((one) =>
      cellKey('', one.name, numbers.pick(arrayCells(one.shape))).trim(),
    );
    return {
      text: `${a} - ${b} ${sign} 0`,
      places: [[]],
      reads: () => [a, b],
      value: (_, read) => both(read(a), read(b), (x, y) => holds(x - y, 0)),
    };
  }
  const letters = quantity.shape.map((_, d) => `q${d}`);
  const names = cells.map((cell) => cellKey('', quantity.name, cell).trim());
  const whole =
    letters.length === 0
      ? quantity.name
      : `sum(${letters.join(', ')}: ${quantity.name}[${letters.join(',')}])`;
  return {
    text: `${whole} ${sign} ${lowered(limit)}`,
    places: [[]],
    reads: () => names,
    value: (_, read) => {
      let total: number | undefined;
      for (const name of names) {
        const value = read(name);
        if (value === undefined) return undefined;
        total = total === undefined ? value : total + value;
      }
      return holds(total as number, limit);
    },
  };
}

/** A comparison for each cell of a quantity; some of its indices are free, others fixed. */
function ofOne({ name, shape, perSample }: Quantity, rest: string, holds: (value: number) => number): Asked {
  // In a batch the sample index is not written, and is free.
  const written = shape.map((_, d) => `q${d}`).slice(perSample ? 1 : 0);
  const left = written.length === 0 ? name : `${name}[${written.join(',')}]`;
  const cell = (place: readonly number[]) => cellKey('', name, place).trim();
  return {
    text: `${left} ${rest}`,
    places: arrayCells(shape),
    reads: (place) => [cell(place)],
    value: (place, read) => {
      const value = read(cell(place));
      return value === undefined ? undefined : holds(value);
    },
  };
}

const both = (
  a: number | undefined,
  b: number | undefined,
  join: (a: number, b: number) => number,
): number | undefined => (a === undefined || b === undefined ? undefined : join(a, b));
