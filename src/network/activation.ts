import { library } from '../formula/library.ts';
import { indexBrackets, type Signal } from './signal.ts';

/** What can stand behind a layer: the library's functions of one number, tanh, linear and softmax. */
export const activations: readonly string[] = [
  ...[...library.matchAll(/^function (\w+)\(\w+\)/gm)].map(([, name]) => name),
  'tanh',
  'linear',
  'softmax',
];

/**
 * Formulas (with the heading `forward`, without a final newline) that apply one of `activations`, or a function of the model, to
 * every entry of `net`, giving `output` with the same indices (none if `net` has none); names in between end in `mark`. Softmax
 * runs along the last index and is shifted by the greatest logit, so that no exponential overflows; the shift cancels, so `stop`
 * keeps gradients out of it.
 */
export function activate(name: string, net: Signal, output: string, mark: string): string {
  const indices = net.indices ?? [];
  const here = indexBrackets(...indices);
  if (name === 'linear') return `forward\n  ${output}${here} = ${net.name}${here}`;
  if (name !== 'softmax') return `forward\n  ${output}${here} = ${name}(${net.name}${here})`;
  const outer = indexBrackets(...indices.slice(0, -1));
  const last = indices[indices.length - 1];
  return `
write top${mark} as m^{${mark}}
forward
  top${mark}${outer} = stop(max(${last}: ${net.name}${here}))
  e${mark}${here} = exp(${net.name}${here} - top${mark}${outer})
  Z${mark}${outer} = sum(${last}: e${mark}${here})
  ${output}${here} = e${mark}${here} / Z${mark}${outer}`;
}
