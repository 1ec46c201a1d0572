import { finishLayer, inputOf, netName, product } from './dense.ts';
import type { LayerContext, LayerKind } from './layer.ts';
import { indexBrackets } from './signal.ts';

/** A window that moves over an image: its size, its stride and the zero padding on each side, all in entries. */
export interface Pane {
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly padding: number;
}

/** How many positions a window has along a side of the image. */
const places = (side: number, width: number, { stride, padding }: Pane): number =>
  Math.floor((side + 2 * padding - width) / stride) + 1;

/** `2*p1+u-2`: the row that row u of a window reads at position p1, all from 1. */
function reads(place: string, offset: string, { stride, padding }: Pane): string {
  const shift = stride + padding;
  return `${stride === 1 ? '' : `${stride}*`}${place}+${offset}${shift === 0 ? '' : `-${shift}`}`;
}

/**
 * `x[c,p+u-1,q+v-1]`: what a window at position (p, q) reads of the image `name` at (u, v), all from 1; with padding, `x?[…]`, it
 * reads 0 outside the image. `outer` are the indices before the two of the image; `p` and `q` are letters, u and v always those.
 */
export function windowed(name: string, outer: readonly string[], p: string, q: string, pane: Pane): string {
  const cell = indexBrackets(...outer, reads(p, 'u', pane), reads(q, 'v', pane));
  return `${name}${pane.padding > 0 ? '?' : ''}${cell}`;
}

/**
 * The window of a layer on an image of this shape (rows and columns last): its `pane`, the `size` [rows, columns] of the
 * resulting image, and the letters `p` and `q` of its positions with the lines `index` that declare them. The stride is
 * `usualStride` unless the layer states one. Throws `place.fail` where it does not fit.
 */
export function slide(place: LayerContext, shape: readonly number[], usualStride: number) {
  const { stage, mark, fail } = place;
  const [rows, columns = rows] = stage.size ?? [];
  const stride = stage.options.get('stride') ?? usualStride;
  const padding = stage.options.get('padding') ?? 0;
  const pane: Pane = { rows, columns, stride, padding };
  if (stride < 1 || padding < 0 || padding >= Math.min(rows, columns)) {
    throw fail('a stride is at least 1, and a padding less than the size of the window');
  }
  const [height, width] = shape.slice(-2);
  const [down, across] = [places(height, rows, pane), places(width, columns, pane)];
  if (down < 1 || across < 1)
    throw fail(`a window of ${rows} x ${columns} does not fit into ${height} x ${width}`);
  const [p, q] = [`p${mark}`, `q${mark}`];
  return { pane, size: [down, across], p, q, index: `index ${p} = 1..${down}\nindex ${q} = 1..${across}` };
}

/**
 * A convolution (cross-correlation, the kernel is not flipped): one kernel K that slides over an image [p,q] or [c,p,q], or one
 * for each output channel.
 */
export const convolution: LayerKind = {
  usage: 'conv 4 3x3 relu stride 1 padding 0',
  numbers: [0, 1],
  size: 'needed',
  activation: true,
  options: ['stride', 'padding'],
  expand(place) {
    const { stage, mark, weights: w, bias, start } = place;
    const { indices, shape, name: x } = inputOf(place, 'image', 'an image, such as 8x8 or 3x8x8');
    const { pane, size, p, q, index } = slide(place, shape, 1);
    const inner = indices.slice(0, -2);
    const channels = shape.slice(0, -2);
    const outer = stage.numbers.length === 0 ? [] : [inner[0] === 'd' ? 'c' : 'd'];
    const kernel = [pane.rows, pane.columns];
    const [inputs, outputs] = [channels, stage.numbers].map((count) => product([...count, ...kernel]));
    const net = netName(place);
    const cell = [...outer, p, q];
    const rest = finishLayer(place, { name: net, shape: [...stage.numbers, ...size], indices: cell });
    return {
      output: rest.output,
      text: `
param K${w}${indexBrackets(...[...stage.numbers, ...channels, ...kernel].map(String))} = ${start(inputs, outputs)}
${bias ? `param b${w}${indexBrackets(...stage.numbers.map(String))} = 0` : ''}
${index}
write K${w} as K^{${w}}   b${w} as b^{${w}}   net${mark} as \\mathrm{net}^{${mark}}
forward
  ${net}${indexBrackets(...cell)} = sum(${[...inner, 'u', 'v'].join(', ')}: K${w}${indexBrackets(...outer, ...inner, 'u', 'v')} * ${windowed(x, inner, p, q, pane)})${bias ? ` + b${w}${indexBrackets(...outer)}` : ''}
${rest.text}`,
    };
  },
};

/**
 * The kind of layer that gives the greatest or the mean entry of every window, for each channel; its stride is the number of rows
 * of the window unless one is given, so that windows lie side by side.
 */
export const pooling = (what: 'max' | 'average'): LayerKind => ({
  usage: `${what === 'max' ? 'maxpool' : 'avgpool'} 2x2 stride 2`,
  numbers: [0, 0],
  size: 'needed',
  options: ['stride'],
  expand(place) {
    const { stage, output, mark } = place;
    const { indices, shape, name: x } = inputOf(place, 'image', 'an image, such as 8x8 or 3x8x8');
    const { pane, size, p, q, index } = slide(place, shape, stage.size?.[0] ?? 2);
    const inner = indices.slice(0, -2);
    const cell = [...inner, p, q];
    const bounds = `u=1..${pane.rows}, v=1..${pane.columns}`;
    const read = windowed(x, inner, p, q, pane);
    return {
      output: { name: output, shape: [...shape.slice(0, -2), ...size], indices: cell, mark },
      text: `
${index}
forward
  ${output}${indexBrackets(...cell)} = ${what === 'max' ? `max(${bounds}: ${read})` : `sum(${bounds}: ${read}) / ${pane.rows * pane.columns}`}`,
    };
  },
});
