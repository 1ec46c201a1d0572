import { section } from '../section.ts';

/** What is said of and about figures. */
export const figureWords = section('figure', {
  bars: 'Bars',
  image: 'Image',
  function: 'Function',
  curve: 'Curve',
  series: 'Series',
  iterations: 'iteration',
  howMany: 'iterations is a whole number from 1 to 1000',
  iteration: (n: string) => `iteration ${n}`,
  noIndex: 'a series is of one number in each iteration, as L or sum(n: L[n])',
  afterUpdate: 'after the update',
  overCell:
    'a curve needs a line that names a number of a parameter and says how far it runs, as in over: W[1,2] = -2..2',
  noParameter: (cell: string) => `${cell} is no number of a parameter`,
  noDerivative: (loss: string, by: string) =>
    loss === ''
      ? 'a curve needs a loss'
      : `this model computes no derivative of ${loss} with respect to ${by}`,
  graph: (of: string, variable: string, from: string, to: string) =>
    `Function ${of}, for ${variable} from ${from} to ${to}.`,
  point: (label: string, at: string, value: string, slope: string) =>
    `${label} is at ${at}, where it is ${value} and its slope ${slope}.`,
  slope: 'slope',
  over: 'a function needs a line that names its variable and says how far it runs, as in over: z = -6..6',
  taken: (name: string) => `${name} is a name of the model; give the variable another one`,
  notOf: (name: string) => `this does not depend on ${name}`,
  said: (kind: string, of: string, what: string) => `${kind} of ${of}. ${what}`,
  extremes: (greatest: string, at: string, least: string, where: string) =>
    `The greatest is ${greatest}, at ${at}; the least is ${least}, at ${where}.`,
  alike: (value: string) => `All are ${value}.`,
  none: 'Nothing of it is computed yet.',
  missing: (count: number) => `${count} ${count === 1 ? 'is' : 'are'} not computed yet.`,
  odd: (count: number) =>
    `${count} ${count === 1 ? 'is' : 'are'} no finite ${count === 1 ? 'number' : 'numbers'}.`,
  place: (row: string, column: string) => `row ${row}, column ${column}`,
  table: 'As a table',
  value: 'value',
  notYet: '–',
  wrong: 'This figure cannot be drawn.',
  oneKind: (kinds: string) => `a figure needs one line that says what it shows: ${kinds}`,
  condition: 'a figure shows numbers, and this is a condition',
  free: (wants: string, has: string) => `${wants}, but this runs over ${has}`,
  oneIndex: 'bars run over one index, as y[k] over k',
  twoIndices: 'an image runs over two indices, rows and columns, or over one with a shape, as shape: 8 x 8',
  indices: (names: string) => (names === '' ? 'none' : names),
  tooMany: (count: number, most: number) => `these are ${count} numbers; at most ${most} can be shown so`,
  tooMuch: 'this takes more than a million operations for one picture; compute parts of it in the model',
  unfit: (option: string) => `this kind of figure has no ${option}`,
  labels: (count: number, has: number) => `there are ${count} numbers, but ${has} labels`,
  range: 'a range is two numbers, the less one first, as in range: 0..1',
  shape: (count: number) => `a shape is rows and columns, as in shape: 8 x 8, that make ${count}`,
});
