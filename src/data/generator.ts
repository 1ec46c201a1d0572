import { gaussian } from '../number/random.ts';
import { cos, sin } from '../number/trigonometry.ts';
import type { Table } from './table.ts';

type Point = readonly [x: number, y: number];

interface Generator {
  readonly columns: readonly [string, string] | readonly [string, string, 'class'];
  /** How many classes; rows take them in turn, so any run of rows is balanced. 1: no class column. */
  readonly classes: number;
  /**
   * The position of a point of class `member` (from 0) without noise; `along` runs from 0 to 1 through the points of the class.
   */
  readonly place: (along: number, member: number) => Point;
}

const classified = ['x1', 'x2', 'class'] as const;

/** The generated data sets, by the name that a lesson writes. */
const generators = {
  /** Clouds around the corners of the unit square: without noise and with four rows, the truth table. */
  xor: {
    columns: classified,
    classes: 4,
    place: (_, member) => [member >> 1, member & 1],
  },
  /** Two half circles that reach into each other. */
  moons: {
    columns: classified,
    classes: 2,
    place: (along, member) => {
      const angle = Math.PI * along;
      return member === 0 ? [cos(angle), sin(angle)] : [1 - cos(angle), 0.5 - sin(angle)];
    },
  },
  /** A circle of radius 1 around one of radius ½. */
  circles: {
    columns: classified,
    classes: 2,
    place: (along, member) => {
      const angle = 2 * Math.PI * along;
      const radius = member === 0 ? 1 : 0.5;
      return [radius * cos(angle), radius * sin(angle)];
    },
  },
  /** Two arms of a turn and three quarters each. */
  spirals: {
    columns: classified,
    classes: 2,
    place: (along, member) => {
      const angle = 3.5 * Math.PI * along + Math.PI * member;
      return [along * sin(angle), along * cos(angle)];
    },
  },
  /** Two clouds, around (−1, −1) and (1, 1); the noise is their standard deviation. */
  gaussians: {
    columns: classified,
    classes: 2,
    place: (_, member) => (member === 0 ? [-1, -1] : [1, 1]),
  },
  /** y = sin x for x from −π to π, with noise on y alone. */
  sine: {
    columns: ['x', 'y'],
    classes: 1,
    place: (along) => {
      const x = Math.PI * (2 * along - 1);
      return [x, sin(x)];
    },
  },
} satisfies Record<string, Generator>;

/** The name of a generated data set, `moons` for instance. */
export type GeneratorName = keyof typeof generators;

/** The names of all generated data sets. A set's position here chooses its stream of random numbers, so new ones go last. */
export const generatorNames = Object.keys(generators) as readonly GeneratorName[];

/** Whether a text names a generated data set. */
export const isGenerator = (name: string): name is GeneratorName => Object.hasOwn(generators, name);

/**
 * A generated data set: a pure function of its arguments. `count` rows of the columns x1, x2, class (x, y for `sine`); rows
 * take the classes, 0 and 1, in turn (for `xor` the four corners). `noise` is the standard deviation of what is added to both
 * coordinates (to y alone for `sine`); `seed`, a whole number, is taken modulo 2^32.
 */
export function generate(name: GeneratorName, count: number, noise: number, seed: number): Table {
  const { columns, classes, place }: Generator = generators[name];
  const width = columns.length;
  const values = new Float64Array(count * width);
  const stream = generatorNames.indexOf(name);
  for (let row = 0; row < count; row++) {
    const member = row % classes;
    const members = Math.floor((count - 1 - member) / classes) + 1;
    // A closed curve must not meet its own first point again.
    const steps = name === 'circles' ? members : Math.max(1, members - 1);
    const [x, y] = place(Math.floor(row / classes) / steps, member);
    const drawn = (axis: number) => (noise === 0 ? 0 : noise * gaussian(seed, stream, 2 * row + axis));
    values[row * width] = width === 2 ? x : x + drawn(0);
    values[row * width + 1] = y + drawn(1);
    if (width === 3) values[row * width + 2] = name === 'xor' ? Number(member === 1 || member === 2) : member;
  }
  return { columns: [...columns], rows: count, width, values };
}
