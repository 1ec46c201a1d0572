import { greek } from '../formula/notation.ts';
import { indexBrackets } from './signal.ts';

/** A parameter as an update line names it. */
export interface Trained {
  readonly name: string;
  /** The letters of its indices. */
  readonly indices: readonly string[];
  /** The derivative that trains it: `dL/dW1[j,i]`, or a sum in parentheses where it is regularized. */
  readonly gradient: string;
}

/** What an optimizer's template is expanded with. */
export interface OptimizerContext {
  readonly trained: readonly Trained[];
  /** As many as `usual`, those left out being the usual ones. */
  readonly numbers: readonly number[];
  /** The name of the learning rate. */
  readonly rate: string;
  /** The end of its names; empty for the first optimizer. */
  readonly mark: string;
}

/** An optimizer: how it is written, and its template. */
export interface OptimizerKind {
  /** An example with all numbers. */
  readonly usage: string;
  /** The learning rate and its other numbers where they are not written. */
  readonly usual: readonly number[];
  readonly expand: (place: OptimizerContext) => string;
}

/** TeX of a name that stands as a superscript. */
const raised = (name: string): string =>
  [...name]
    .map((char) => (greek.has(char) ? `\\${greek.get(char)} ` : char))
    .join('')
    .trim();

const lines = (trained: readonly Trained[], line: (cell: string, one: Trained, here: string) => string) =>
  trained
    .map((one) => line(one.name + indexBrackets(...one.indices), one, indexBrackets(...one.indices)))
    .join('\n');

/** The optimizers by name; their templates give data lines and an update pass. */
export const optimizers: Readonly<Record<string, OptimizerKind>> = {
  sgd: {
    usage: 'sgd 0.1',
    usual: [0.1],
    expand: ({ trained, numbers: [step], rate }) => `
rate ${rate} = ${step}
update
${lines(trained, (cell, { gradient }) => `  ${cell} <- ${cell} - ${rate} * ${gradient}`)}`,
  },

  /** Gradient descent with momentum (Polyak): v ← μ·v + gradient, w ← w − η·v. */
  momentum: {
    usage: 'momentum 0.1 0.9',
    usual: [0.1, 0.9],
    expand: ({ trained, numbers: [step, kept], rate, mark }) => `
rate ${rate} = ${step}
rate mu${mark} = ${kept}
${lines(trained, (_, { name }) => `state v${name} = 0 like ${name}\nwrite v${name} as v^{${raised(name)}}`)}
update
${lines(
  trained,
  (cell, { name, gradient }, here) =>
    `  v${name}${here} <- mu${mark} * v${name}${here} + ${gradient}\n  ${cell} <- ${cell} - ${rate} * v${name}${here}`,
)}`,
  },

  /** Adam (Kingma and Ba, 2015): bias-corrected running means of the gradient and of its square; ε = 1e-8. */
  adam: {
    usage: 'adam 0.001 0.9 0.999',
    usual: [0.001, 0.9, 0.999],
    expand: ({ trained, numbers: [step, first, second], rate, mark }) => `
rate ${rate} = ${step}
rate beta1${mark} = ${first}
rate beta2${mark} = ${second}
state power1${mark} = 1
state power2${mark} = 1
write beta1${mark} as \\beta_1   beta2${mark} as \\beta_2   power1${mark} as \\beta_1^{t}   power2${mark} as \\beta_2^{t}
${lines(trained, (_, { name }) => `state m${name} = 0 like ${name}\nstate v${name} = 0 like ${name}\nwrite m${name} as m^{${raised(name)}}   v${name} as v^{${raised(name)}}`)}
update
  power1${mark} <- power1${mark} * beta1${mark}
  power2${mark} <- power2${mark} * beta2${mark}
${lines(trained, (cell, { name, gradient }, here) => {
  const [m, v] = [`m${name}${here}`, `v${name}${here}`];
  return `  ${m} <- beta1${mark} * ${m} + (1 - beta1${mark}) * ${gradient}
  ${v} <- beta2${mark} * ${v} + (1 - beta2${mark}) * ${gradient}^2
  ${cell} <- ${cell} - ${rate} * (${m} / (1 - power1${mark})) / (sqrt(${v} / (1 - power2${mark})) + 1e-8)`;
})}`,
  },
};

/** Penalties: the term of one weight. */
export const penalties: Readonly<Record<string, (cell: string) => string>> = {
  l1: (cell) => `abs(${cell})`,
  l2: (cell) => `${cell}^2`,
};

/**
 * The lines that declare and compute a regularization term, `rate λ = 0.01` and `R = λ * (sum(j, i: W1[j,i]^2) + …)` under
 * `forward`. `kind` is l1 or l2; `name` is that of the term, `factor` that of the rate, `strength` its value.
 */
export const penalty = (
  kind: string,
  weights: readonly Pick<Trained, 'name' | 'indices'>[],
  { name, factor, strength }: { name: string; factor: string; strength: number },
): string => {
  const sums = weights.map(({ name: weight, indices }) => {
    const term = penalties[kind](weight + indexBrackets(...indices));
    return indices.length === 0 ? term : `sum(${indices.join(', ')}: ${term})`;
  });
  return `
rate ${factor} = ${strength}
forward
  ${name} = ${factor} * ${sums.length === 1 ? sums[0] : `(${sums.join(' + ')})`}`;
};

/** A schedule of the learning rate: how it is written, and its template. */
export interface ScheduleKind {
  readonly usage: string;
  /** How many numbers it takes: at least, at most. */
  readonly numbers: readonly [number, number];
  /** The position, from 0, of the number that counts updates; absent where none does. */
  readonly count?: number;
  /** `high` is the learning rate at the start; a template with only two parameters does not need to know it. */
  readonly expand: (rate: string, numbers: readonly number[], high: number) => string;
}

/** The schedules by name: how the learning rate changes after every update. */
export const schedules: Readonly<Record<string, ScheduleKind>> = {
  constant: { usage: 'constant', numbers: [0, 0], expand: () => '' },

  /** Step decay: multiplied by a factor after every update, or after every n updates. */
  decay: {
    usage: 'decay 0.99 every 10',
    numbers: [1, 2],
    count: 1,
    expand: (rate, [factor, every = 1]) =>
      every === 1
        ? `update\n  ${rate} <- ${rate} * ${factor}`
        : `
state turn = 0
update
  turn <- (turn + 1) * [turn + 1 < ${every}]
  ${rate} <- ${rate} * ([turn = 0] * ${factor} + [turn != 0])`,
  },

  /** Cosine annealing with warm restarts (Loshchilov and Hutter, 2017): down to a low rate along a cosine, then back at once. */
  periodic: {
    usage: 'periodic 10 to 0.001',
    numbers: [1, 2],
    count: 0,
    expand: (rate, [period, low = 0], high) => `
state turn = 0
update
  turn <- (turn + 1) * [turn + 1 < ${period}]
  ${rate} <- ${low === 0 ? high : `${low} + (${high} - ${low})`} * (1 + cos(3.141592653589793 * turn / ${period})) / 2`,
  },
};

/** An initializer of weights: how it is written, and its template. */
export interface InitializerKind {
  readonly usage: string;
  /** How many numbers it takes: at least, at most. */
  readonly numbers: readonly [number, number];
  /** The text of a weight's initial value; `inputs` and `outputs` are fan-in and fan-out. */
  readonly expand: (numbers: readonly number[], inputs: number, outputs: number) => string;
}

/** The initializers by name; all draw from a seed, by default 1. */
export const initializers: Readonly<Record<string, InitializerKind>> = {
  gaussian: {
    usage: 'gaussian 1 0.1',
    numbers: [1, 2],
    expand: ([seed, deviation = 0.1]) => `gaussian(${seed}, ${deviation})`,
  },
  he: { usage: 'he 1', numbers: [0, 1], expand: ([seed = 1], inputs) => `he(${seed}, ${inputs})` },
  xavier: {
    usage: 'xavier 1',
    numbers: [0, 1],
    expand: ([seed = 1], inputs, outputs) => `xavier(${seed}, ${inputs}, ${outputs})`,
  },
};
