import { type Pane, windowed } from './convolution.ts';
import { inputOf } from './dense.ts';
import type { LayerContext, LayerKind } from './layer.ts';
import { indexBrackets, nextLetter } from './signal.ts';

/**
 * A residual block (He et al., 2015): two layers that keep the shape, and a path around them. On a vector two dense layers, on
 * an image two convolutions.
 */
export const residual: LayerKind = {
  usage: 'residual relu, or on images residual 3x3 relu',
  numbers: [0, 0],
  size: 'optional',
  activation: true,
  expand: (place) => (place.stage.size === undefined ? onVector(place) : onImage(place)),
};

function onVector(place: LayerContext) {
  const { indices, shape, name: x } = inputOf(place, 'units', 'a vector');
  if (shape.length !== 1)
    throw place.fail('residual reads a vector; on an image it needs a size: residual 3x3 relu');
  const [from] = indices;
  const to = nextLetter(from);
  return block(place, x, shape, {
    cell: [to],
    weights: [shape[0], shape[0]],
    biases: [shape[0]],
    inputs: shape[0],
    shift: [to],
    sum: (weight, of) => `sum(${from}: ${weight}[${to},${from}] * ${of}[${from}])`,
    index: '',
  });
}

function onImage(place: LayerContext) {
  const { stage, mark, fail } = place;
  const [rows, columns = rows] = stage.size as readonly number[];
  if (rows !== columns || rows % 2 === 0) {
    throw fail(
      'the path around fits only where the size stays: write an odd square, as in residual 3x3 relu',
    );
  }
  const { indices, shape, name: x } = inputOf(place, 'image', 'an image');
  const pane: Pane = { rows, columns, stride: 1, padding: (rows - 1) / 2 };
  const channels = shape.slice(0, -2);
  const from = indices.slice(0, -2);
  const to = from.map((letter) => (letter === 'd' ? 'c' : 'd'));
  const [p, q] = [`p${mark}`, `q${mark}`];
  const [height, width] = shape.slice(-2);
  return block(place, x, shape, {
    cell: [...to, p, q],
    weights: [...channels, ...channels, rows, columns],
    biases: channels,
    inputs: (channels[0] ?? 1) * rows * columns,
    shift: to,
    sum: (weight, of) =>
      `sum(${[...from, 'u', 'v'].join(', ')}: ${weight}${indexBrackets(...to, ...from, 'u', 'v')} * ${windowed(of, from, p, q, pane)})`,
    index: `index ${p} = 1..${height}\nindex ${q} = 1..${width}`,
  });
}

interface Parts {
  readonly cell: readonly string[];
  readonly weights: readonly number[];
  readonly biases: readonly number[];
  readonly inputs: number;
  readonly shift: readonly string[];
  readonly sum: (weight: string, of: string) => string;
  readonly index: string;
}

function block(place: LayerContext, x: string, shape: readonly number[], parts: Parts) {
  const { stage, output, mark, weights: w, bias, start, fail } = place;
  const f = stage.activation ?? 'relu';
  if (f === 'softmax' || f === 'linear') throw fail('a residual block bends twice; write residual relu');
  const { cell, weights, biases, inputs, shift, sum, index } = parts;
  const here = indexBrackets(...cell);
  const plus = (name: string) => (bias ? ` + ${name}${w}${indexBrackets(...shift)}` : '');
  const sizes = indexBrackets(...weights.map(String));
  return {
    output: { name: output, shape, indices: cell, net: `net${mark}`, activation: f, mark },
    text: `
param V${w}${sizes} = ${start(inputs, inputs)}
${bias ? `param a${w}${indexBrackets(...biases.map(String))} = 0` : ''}
param W${w}${sizes} = ${start(inputs, inputs)}
${bias ? `param b${w}${indexBrackets(...biases.map(String))} = 0` : ''}
${index}
write V${w} as V^{${w}}   W${w} as W^{${w}}   net${mark} as \\mathrm{net}^{${mark}}
forward
  z${mark}${here} = ${sum(`V${w}`, x)}${plus('a')}
  r${mark}${here} = ${f}(z${mark}${here})
  net${mark}${here} = ${x}${here} + ${sum(`W${w}`, `r${mark}`)}${plus('b')}
  ${output}${here} = ${f}(net${mark}${here})`,
  };
}
