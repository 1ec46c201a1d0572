import { activate } from './activation.ts';
import { inputOf, product } from './dense.ts';
import type { LayerContext, LayerKind } from './layer.ts';
import { indexBrackets, nextLetter } from './signal.ts';

/**
 * The input of a layer that runs through time: its name `x`, its length `steps` and `width`, and the letters `s` (step) and `i`
 * (entry) of its indices. Throws `place.fail` where it is not a sequence of vectors [s,i].
 */
export function sequenceOf(place: LayerContext) {
  const { indices, shape, name } = inputOf(place, 'sequence', 'a sequence of vectors, such as 5x2');
  if (shape.length !== 2) throw place.fail(`${place.stage.kind} reads a sequence of vectors, such as 5x2`);
  const [s, i] = indices;
  return { x: name, s, i, steps: shape[0], width: shape[1] };
}

/** Another letter than these two. */
const third = (one: string, two: string): string =>
  ['m', 'i', 'j', 'k'].find((letter) => letter !== one && letter !== two) as string;

/**
 * A simple recurrent layer (Elman network): every step reads its input and the output of the step before; the first reads zeros.
 */
export const recurrent: LayerKind = {
  usage: 'recurrent 3 tanh',
  numbers: [1, 1],
  activation: true,
  expand(place) {
    const { stage, output, mark, weights: w, bias, start, fail } = place;
    const { x, s, i, steps, width } = sequenceOf(place);
    const [units] = stage.numbers;
    const f = stage.activation ?? 'tanh';
    if (f === 'softmax') throw fail('recurrent takes an activation of single units, such as tanh');
    const j = nextLetter(i);
    const m = third(i, j);
    const net = { name: `net${mark}`, shape: [steps, units], indices: [s, j] };
    return {
      output: { ...net, name: output, net: net.name, activation: f, mark },
      text: `
param W${w}[${units},${width}] = ${start(width, units)}
param U${w}[${units},${units}] = ${start(units, units)}
${bias ? `param b${w}[${units}] = 0` : ''}
write W${w} as W^{${w}}   U${w} as U^{${w}}   b${w} as b^{${w}}   net${mark} as \\mathrm{net}^{${mark}}
forward
  net${mark}[${s},${j}] = sum(${i}: W${w}[${j},${i}] * ${x}[${s},${i}]) + sum(${m}: U${w}[${j},${m}] * ${output}?[${s}-1,${m}])${bias ? ` + b${w}[${j}]` : ''}
${activate(f, net, output, mark)}`,
    };
  },
};

const gates = [
  ['f', 'sigmoid'],
  ['i', 'sigmoid'],
  ['o', 'sigmoid'],
  ['g', 'tanh'],
] as const;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997, with forget gate): a cell c with gates f, i and o, and the candidate
 * g.
 */
export const memory: LayerKind = {
  usage: 'lstm 3',
  numbers: [1, 1],
  expand(place) {
    const { stage, output, mark, weights: w, bias, start } = place;
    const { x, s, i, steps, width } = sequenceOf(place);
    const [units] = stage.numbers;
    const j = nextLetter(i);
    const m = third(i, j);
    const here = indexBrackets(s, j);
    const parameters = gates.map(
      ([gate]) => `param W${gate}${w}[${units},${width}] = ${start(width, units)}
param U${gate}${w}[${units},${units}] = ${start(units, units)}
${bias ? `param b${gate}${w}[${units}] = 0` : ''}
write W${gate}${w} as W^{${gate}${w}}   U${gate}${w} as U^{${gate}${w}}   b${gate}${w} as b^{${gate}${w}}`,
    );
    const formulas = gates.map(
      ([gate, f]) =>
        `  ${gate}${mark}${here} = ${f}(sum(${i}: W${gate}${w}[${j},${i}] * ${x}[${s},${i}]) + sum(${m}: U${gate}${w}[${j},${m}] * ${output}?[${s}-1,${m}])${bias ? ` + b${gate}${w}[${j}]` : ''})`,
    );
    return {
      output: { name: output, shape: [steps, units], indices: [s, j], mark },
      text: `
${parameters.join('\n')}
forward
${formulas.join('\n')}
  c${mark}${here} = f${mark}${here} * c${mark}?[${s}-1,${j}] + i${mark}${here} * g${mark}${here}
  ${output}${here} = o${mark}${here} * tanh(c${mark}${here})`,
    };
  },
};

/** The last step of a sequence. */
export const last: LayerKind = {
  usage: 'last',
  numbers: [0, 0],
  expand(place) {
    const { output, mark } = place;
    const { x, i, steps, width } = sequenceOf(place);
    return {
      output: { name: output, shape: [width], indices: [i], mark },
      text: `forward\n  ${output}[${i}] = ${x}[${steps},${i}]`,
    };
  },
};

/** A row of the table E for every word of a sequence; words are numbered from 1. */
export const embedding: LayerKind = {
  usage: 'embedding 4 words 10',
  numbers: [1, 1],
  options: ['words'],
  expand(place) {
    const { stage, output, mark, weights: w, start, fail } = place;
    const { indices, shape, name: x } = inputOf(place, 'sequence', 'a sequence of word numbers');
    if (shape.length !== 1) throw fail('embedding reads a sequence of word numbers, such as 5');
    const words = stage.options.get('words');
    if (words === undefined)
      throw fail('embedding has to know how many words there are: embedding 4 words 10');
    const [s] = indices;
    const [width] = stage.numbers;
    const j = s === 'j' ? 'k' : 'j';
    return {
      output: { name: output, shape: [...shape, width], indices: [s, j], mark },
      text: `
param E${w}[${words},${width}] = ${start(product([1]), width)}
write E${w} as E^{${w}}
forward
  ${output}[${s},${j}] = sum(v: [${x}[${s}] = v] * E${w}[v,${j}])`,
    };
  },
};
