import { inputOf } from './dense.ts';
import type { LayerKind } from './layer.ts';
import { sequenceOf } from './recurrent.ts';
import { indexBrackets, nextLetter } from './signal.ts';

/**
 * One head of scaled dot-product self-attention (Vaswani et al., 2017) on a sequence [s,i]: every step compares its query Q with
 * the keys K of all steps (of the earlier ones and itself, if causal) and takes the weighted sum of their values V.
 */
export const attention: LayerKind = {
  usage: 'attention 4 causal',
  numbers: [1, 1],
  flags: ['causal'],
  expand(place) {
    const { stage, output, mark, weights: w, start } = place;
    const { x, s, i, steps, width } = sequenceOf(place);
    const [units] = stage.numbers;
    const j = nextLetter(i);
    const r = s === 'r' ? 's' : 'r';
    const causal = stage.flags.has('causal');
    const over = causal ? `${r} where ${r} <= ${s}` : r;
    const when = (body: string) => (causal ? `when(${r} <= ${s}: ${body})` : body);
    const parts = ['Q', 'K', 'V'];
    return {
      output: { name: output, shape: [steps, units], indices: [s, j], mark },
      text: `
${parts.map((part) => `param W${part}${w}[${units},${width}] = ${start(width, units)}`).join('\n')}
write ${parts.map((part) => `W${part}${w} as W^{${part}${w}}`).join('   ')}   top${mark} as m^{${mark}}
forward
${parts.map((part) => `  ${part}${mark}[${s},${j}] = sum(${i}: W${part}${w}[${j},${i}] * ${x}[${s},${i}])`).join('\n')}
  a${mark}[${s},${r}] = ${when(`sum(${j}: Q${mark}[${s},${j}] * K${mark}[${r},${j}]) / sqrt(${units})`)}
  top${mark}[${s}] = stop(max(${over}: a${mark}[${s},${r}]))
  e${mark}[${s},${r}] = ${when(`exp(a${mark}[${s},${r}] - top${mark}[${s}])`)}
  Z${mark}[${s}] = sum(${over}: e${mark}[${s},${r}])
  A${mark}[${s},${r}] = ${when(`e${mark}[${s},${r}] / Z${mark}[${s}]`)}
  ${output}[${s},${j}] = sum(${over}: A${mark}[${s},${r}] * V${mark}[${r},${j}])`,
    };
  },
};

/**
 * Layer normalization (Ba, Kiros and Hinton, 2016): the units of a vector, or of each step of a sequence, are brought to mean 0
 * and variance 1 (ε = 1e-5), then scaled by γ and shifted by β.
 */
export const layerNorm: LayerKind = {
  usage: 'layernorm',
  numbers: [0, 0],
  expand(place) {
    const { input, output, mark, weights: w } = place;
    const isVector = input.shape?.length === 1;
    const read = inputOf(place, isVector ? 'units' : 'sequence', 'a vector or a sequence of vectors');
    const { indices, shape, name: x } = read;
    const j = indices[indices.length - 1];
    const units = shape[shape.length - 1];
    const outer = indexBrackets(...indices.slice(0, -1));
    const here = indexBrackets(...indices);
    return {
      output: { name: output, shape, indices, mark },
      text: `
param γ${w}[${units}] = 1
param β${w}[${units}] = 0
write v${mark} as v^{${mark}}
forward
  μ${mark}${outer} = sum(${j}: ${x}${here}) / ${units}
  v${mark}${outer} = sum(${j}: (${x}${here} - μ${mark}${outer})^2) / ${units}
  ${output}${here} = γ${w}[${j}] * (${x}${here} - μ${mark}${outer}) / sqrt(v${mark}${outer} + 1e-5) + β${w}[${j}]`,
    };
  },
};
