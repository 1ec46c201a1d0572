import { section } from '../section.ts';

/** What is said of and about figures. */
export const figureWords = section('figure', {
  bars: 'Bars',
  image: 'Image',
  chain: 'Graph',
  function: 'Function',
  curve: 'Curve',
  series: 'Series',
  field: 'Field',
  fit: 'Fit',
  histogram: 'Histogram',
  matrix: 'Matrix',
  regions: 'Regions',
  iterations: 'iteration',
  afterIteration: (frame: string) => `after iteration ${frame}`,
  sample: 'sample',
  target: 'target',
  region: 'region',
  thisRun: 'this run',
  parts: (of: string) => `its parts, ${of}`,
  fromTo: (from: string, to: string) => `from ${from} to ${to}`,
  levelLines: (of: string, across: string, from: string, up: string, to: string) =>
    `Level lines of ${of}, over ${across} ${from} and ${up} ${to}.`,
  noneFinite: 'None of it is a finite number.',
  lowHigh: (low: string, high: string) => `Its least is ${low}, its greatest ${high}.`,
  isAt: (across: string, x: string, up: string, y: string, of: string, height: string) =>
    `The run is at ${across} = ${x}, ${up} = ${y}, where ${of} is ${height}.`,
  regionsText: (of: string, across: string, from: string, up: string, to: string) =>
    `Regions by ${of}, over ${across} ${from} and ${up} ${to}.`,
  inTheirs: (right: string, count: string) =>
    `Of ${count} samples, ${right} lie in the region of their class.`,
  meanSquare: (count: string, mean: string) =>
    `The mean squared distance from its ${count} targets is ${mean}.`,
  runEnds: (text: string, value: string, frame: string) =>
    `With ${text} it is ${value} at iteration ${frame}.`,
  runsOfOne: 'runs are of one number; give the series one only',
  spreadOf: (count: string, mean: string, deviation: string) =>
    `${count} numbers, mean ${mean}, standard deviation ${deviation}.`,
  arrows: (count: number) => `${count} ${count === 1 ? 'arrow' : 'arrows'}.`,
  arrowsMean: (count: number, x: string, y: string) =>
    `${count} arrows, one a sample, and their mean, ${x}, ${y}.`,
  twoArrows: 'arrows are two numbers of each sample, as in arrows: -g[1], -g[2]',
  functionFrom: (of: string, from: string, to: string) => `${of}, from ${from} to ${to}`,
  severalNumbers: (text: string) => `a histogram is of several numbers, and ${text} is one`,
  twoOfMatrix: 'a matrix runs over two indices, rows and columns',
  inMatrix: (row: string, column: string) => `${row}, ${column}`,
  scale: 'the only scale that is said is log',
  bins: 'bins is a whole number from 2 to 60',
  notGiven: (text: string) => `${text} is no given number or data`,
  oneNumber: (text: string) => `this has to be one number, and ${text} is several; give its indices`,
  overCells: (count: number) =>
    count === 1
      ? 'this needs a line that names a given number and says how far it runs, as in over: x[n] = -2..2'
      : 'this needs a line that names two given numbers and says how far they run, as in over: x[1] = -1..2, x[2] = -1..2',
  notAlone: (text: string) =>
    `${text} of one sample depends on the other samples of its batch, so it is no function of its input`,
  regionsOf: 'regions are of one number, or of one for each class, as y or y[k]',
  dataLike: (count: number) =>
    count === 1
      ? 'the data have to be one number a sample'
      : `the data have to be ${count} numbers a sample, one a class`,
  runs: 'runs needs a given number and values for it, as in runs: eta = 0.1, 1, 10',
  mostRuns: (most: number) => `runs needs one to ${most} values, as in runs: eta = 0.1, 1, 10`,
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
  twoIndices:
    'an image runs over two indices, rows and columns, or over one with a shape, as shape: 8 x 8; one index before these gives an image for each of its values',
  galleryAlone: 'an image for each value of an index stands alone',
  oneOf: (which: string, place: string) => `${which}, ${place}`,
  indices: (names: string) => (names === '' ? 'none' : names),
  tooMany: (count: number, most: number) => `these are ${count} numbers; at most ${most} can be shown so`,
  tooMuch: 'this takes more than a million operations for one picture; compute parts of it in the model',
  unfit: (option: string) => `this kind of figure has no ${option}`,
  labels: (count: number, has: number) => `there are ${count} numbers, but ${has} labels`,
  range: 'a range is two numbers, the less one first, as in range: 0..1',
  shape: (count: number) => `a shape is rows and columns, as in shape: 8 x 8, that make ${count}`,
  noEnd: (name: string) =>
    name === ''
      ? 'a chain needs the number at which it ends'
      : `${name} is no number that the forward pass of this model computes`,
  severalCells: (name: string, first: string) =>
    `${name} is several numbers; name one of them, as in ${first}`,
  noRoad: (start: string, end: string) =>
    start === '' ? `no given number leads to ${end}` : `no road leads from ${start} to ${end}`,
  crowded: (most: number) =>
    `more than ${most} numbers lead there, too many for a picture; end it earlier, at a number that reads less`,
  manyRoads: (start: string, most: number) =>
    `more than ${most} roads lead there from ${start}, too many to tell apart; name another start, as in from: h[1]`,
  noRoom: 'these are too many numbers beside one another; end the chain earlier, at a number that reads less',
  is: (name: string, value: string) => `${name} is ${value}`,
  listed: (what: string) => `${what}.`,
  road: (n: string, what: string) => `road ${n}: ${what}`,
  together: (sum: string) => `together: ${sum}`,
  allRoads: 'all roads together',
  openRoad: (names: string) => `The road ${names} is not computed yet.`,
  roadGives: (names: string, product: string) => `The road ${names} gives ${product}.`,
  roadsGive: (sum: string) => `Together the roads give ${sum}.`,
  derivativeOf: (end: string) => `derivative of ${end}`,
  derivativeIs: (end: string, start: string, value: string) =>
    `The derivative of ${end} by ${start} is ${value}.`,
  ownDerivativeIs: (end: string, start: string, value: string) =>
    `The backward pass computes ${value} as the derivative of ${end} by ${start}.`,
  keyAround: (end: string) => `above: value · below: derivative of ${end}`,
  keyWithin: (end: string) => `in a box: value, name, derivative of ${end}`,
  keyArrow: 'on an arrow: slope',
  notRecurrent: 'this model has no moments: none of its formulas reads what an earlier one has computed',
  notTimed: (name: string, has: string) =>
    name === '' ? `time needs a quantity with moments: ${has}` : `${name} has no moments; these have: ${has}`,
  noGradient: (index: string) =>
    `time needs a second line, an expression over the moments ${index}, as in gradient: δ[${index},j]`,
  notOverTime: (index: string, has: string) =>
    `the gradient runs over the moments, with the index ${index}, but this runs over ${has}`,
  manyWeights: (most: number) => `more than ${most} weights are shared here, too many to tell apart`,
  moment: 'moment',
  atMoment: (n: string) => `moment ${n}`,
  sizeOf: (what: string) => `size of ${what}`,
  lastMoments: (shown: number, all: number) => `the last ${shown} of ${all} moments`,
  only: (what: string) => `It shows ${what}.`,
  manyUnits: (name: string, count: number) => `${name} ×${count}`,
  theSizeOf: (what: string) => `the size of ${what}`,
  unrolled: (of: string, count: number) => `A network unrolled in time, with ${of}, over ${count} moments.`,
  weights: (names: string) => `At every moment it uses the same ${names}.`,
  nowAt: (n: string) => `The present step is at moment ${n}.`,
});
