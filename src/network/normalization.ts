import { inputOf } from './dense.ts';
import type { LayerKind } from './layer.ts';
import { indexBrackets } from './signal.ts';

/**
 * Inverted dropout (Srivastava et al., 2014): in training every unit is kept with probability 1 − p and divided by 1 − p, so
 * that its mean stays; in evaluation all are kept.
 */
export const dropout: LayerKind = {
  usage: 'dropout 0.5 seed 1',
  numbers: [1, 1],
  options: ['seed'],
  expand(place) {
    const { stage, output, mark, fail } = place;
    const { indices, shape, name: x } = inputOf(place, 'units', 'a vector or an image');
    const [rate] = stage.numbers;
    if (rate < 0 || rate >= 1) throw fail('dropout takes a part of the units, from 0 to less than 1');
    const here = indexBrackets(...indices);
    return {
      output: { name: output, shape, indices, mark },
      text: `
random r${mark}${indexBrackets(...shape.map(String))} = uniform(${stage.options.get('seed') ?? 1})
mode training
write r${mark} as r^{${mark}}   keep${mark} as m^{${mark}}
forward
  keep${mark}${here} = [r${mark}${here} >= ${rate}] / (1 - ${rate})
  ${output}${here} = training * keep${mark}${here} * ${x}${here} + (1 - training) * ${x}${here}`,
    };
  },
};

/**
 * Batch normalization (Ioffe and Szegedy, 2015): over the batch (and the positions of an image) every unit or channel is brought
 * to mean 0 and variance 1 (ε = 1e-5), then scaled by γ and shifted by β. In evaluation running means replace those of the
 * batch. Needs a batch line.
 */
export const batchNorm: LayerKind = {
  usage: 'batchnorm momentum 0.1',
  numbers: [0, 0],
  options: ['momentum'],
  expand(place) {
    const { stage, output, mark, weights: w, batch, fail } = place;
    if (batch === undefined) throw fail('batchnorm is about a batch; write a line such as batch n = 4');
    const { indices, shape, name: x } = inputOf(place, 'units', 'a vector or channels of images');
    const units = shape.length === 2 ? [] : shape.slice(0, 1);
    const unit = shape.length === 2 ? [] : indices.slice(0, 1);
    const places = indices.slice(unit.length);
    const count = shape.slice(unit.length).reduce((a, b) => a * b, 1);
    const size = `${batch.size}${count === 1 ? '' : ` / ${count}`}`;
    const [j, all] = [indexBrackets(...unit), indexBrackets(batch.index, ...indices)];
    const over = [batch.index, ...places].join(', ');
    const sizes = indexBrackets(...units.map(String));
    const share = stage.options.get('momentum') ?? 0.1;
    return {
      output: { name: output, shape, indices, mark },
      text: `
param γ${w}${sizes} = 1
param β${w}${sizes} = 0
state mean${mark}${sizes} = 0
state spread${mark}${sizes} = 1
mode training
write mean${mark} as \\bar{\\mu}^{${mark}}   spread${mark} as \\bar{v}^{${mark}}   μ${mark} as \\mu^{${mark}}   v${mark} as v^{${mark}}
forward
  μ${mark}${j} = sum(${over}: ${x}${all}) / ${size}
  v${mark}${j} = sum(${over}: (${x}${all} - μ${mark}${j})^2) / ${size}
  center${mark}${j} = training * μ${mark}${j} + (1 - training) * mean${mark}${j}
  width${mark}${j} = sqrt(training * v${mark}${j} + (1 - training) * spread${mark}${j} + 1e-5)
  ${output}${indexBrackets(...indices)} = γ${w}${j} * (${x}${indexBrackets(...indices)} - center${mark}${j}) / width${mark}${j} + β${w}${j}
update
  mean${mark}${j} <- mean${mark}${j} + training * ${share} * (μ${mark}${j} - mean${mark}${j})
  spread${mark}${j} <- spread${mark}${j} + training * ${share} * (v${mark}${j} - spread${mark}${j})`,
    };
  },
};
