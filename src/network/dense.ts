import { activate } from './activation.ts';
import type { LayerContext, LayerKind } from './layer.ts';
import { type InputKind, indexBrackets, indicesOf, nextLetter, type Signal } from './signal.ts';

/**
 * The name of a layer's input, its shape for one sample and the letters of its indices when read as `reading`. Throws
 * `place.fail` where the shape is unknown, or not what the layer reads; `wants` names that in the message.
 */
export function inputOf(place: LayerContext, reading: InputKind, wants: string) {
  const { input, stage, fail } = place;
  const indices = indicesOf(input, reading);
  if (input.shape === undefined) {
    throw fail(`the shape of ${input.name} is not known here; write it, as in from ${input.name}[3]`);
  }
  if (indices === undefined) {
    const is = input.shape.length === 0 ? 'is a single number' : `is ${input.shape.join(' x ')}`;
    throw fail(`${stage.kind} reads ${wants}, but ${input.name} ${is}`);
  }
  return { indices, shape: input.shape, name: input.name };
}

/** The product of the numbers; 1 without any. */
export const product = (numbers: readonly number[]): number => numbers.reduce((a, b) => a * b, 1);

/**
 * The formulas of a layer's activation, headed `forward` (empty text without one), and the layer's output with the shape and
 * indices of `net`; `net` is what the layer sums up, under the name from `netName`.
 */
export function finishLayer(place: LayerContext, net: Signal): { text: string; output: Signal } {
  const { stage, output, mark } = place;
  const { activation } = stage;
  if (activation === undefined) return { text: '', output: { ...net, name: output, mark, summed: true } };
  return {
    text: activate(activation, net, output, mark),
    output: { ...net, name: output, net: net.name, activation, mark },
  };
}

/** The name of a layer's sums: net and its mark, as in net1, or the name of its output where no activation follows. */
export const netName = ({ stage, output, mark }: LayerContext): string =>
  stage.activation === undefined ? output : `net${mark}`;

/** A fully connected layer: every unit reads every entry of the input, whatever its shape. */
export const dense: LayerKind = {
  usage: '3 sigmoid',
  numbers: [1, 1],
  activation: true,
  expand(place) {
    const { stage, mark, weights: w, bias, start } = place;
    const { indices, shape, name: x } = inputOf(place, 'units', 'a vector, a matrix or channels of images');
    const [units] = stage.numbers;
    const j = nextLetter(indices[indices.length - 1]);
    const net = netName(place);
    const rest = finishLayer(place, { name: net, shape: [units], indices: [j] });
    return {
      output: rest.output,
      text: `
param W${w}${indexBrackets(String(units), ...shape.map(String))} = ${start(product(shape), units)}
${bias ? `param b${w}[${units}] = 0` : ''}
write W${w} as W^{${w}}   b${w} as b^{${w}}   net${mark} as \\mathrm{net}^{${mark}}
forward
  ${net}[${j}] = ${indices.length === 0 ? `W${w}[${j}] * ${x}` : `sum(${indices.join(', ')}: W${w}${indexBrackets(j, ...indices)} * ${x}${indexBrackets(...indices)})`}${bias ? ` + b${w}[${j}]` : ''}
${rest.text}`,
    };
  },
};

/** A dense layer applied to every step of a sequence [s,i] with the same weights. */
export const each: LayerKind = {
  usage: 'each 3 sigmoid',
  numbers: [1, 1],
  activation: true,
  expand(place) {
    const { stage, mark, weights: w, bias, start } = place;
    const { indices, shape, name: x } = inputOf(place, 'sequence', 'a sequence of vectors');
    const [s, i = ''] = indices;
    if (i === '') throw place.fail(`each reads a sequence of vectors, but ${x} is ${shape.join(' x ')}`);
    const [units] = stage.numbers;
    const j = nextLetter(i);
    const net = netName(place);
    const rest = finishLayer(place, { name: net, shape: [shape[0], units], indices: [s, j] });
    return {
      output: rest.output,
      text: `
param W${w}[${units},${shape[1]}] = ${start(shape[1], units)}
${bias ? `param b${w}[${units}] = 0` : ''}
write W${w} as W^{${w}}   b${w} as b^{${w}}   net${mark} as \\mathrm{net}^{${mark}}
forward
  ${net}[${s},${j}] = sum(${i}: W${w}[${j},${i}] * ${x}[${s},${i}])${bias ? ` + b${w}[${j}]` : ''}
${rest.text}`,
    };
  },
};
