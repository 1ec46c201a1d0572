import { Numbers } from '../machine/models.testing.ts';
import { expandShorthand } from './expansion.ts';
import type { Judged } from './judge.testing.ts';

/** Numbers in place of every initial value that an expansion leaves to a seed, so that a model stands by itself. */
function withNumbers(text: string, numbers: Numbers): string {
  return text.replace(
    /^(param|state|random) (\S+?)(?:\[([\d,]+)\])? = .*$/gmu,
    (line, role, name, sizes = '') => {
      if (line.includes(' like ') || /^power|^turn/.test(name)) return line;
      const shape = sizes === '' ? [] : String(sizes).split(',').map(Number);
      if (role === 'random') return `given ${name} = ${positive(numbers.array(shape, 0.5))}`;
      // What divides must stay away from zero.
      const array = numbers.array(shape);
      return `${role} ${name} = ${/^γ/.test(name) ? positive(array) : array}`;
    },
  );
}

const positive = (array: string): string => array.replaceAll('-', '').replaceAll(/(?<![\d.])0\.0\d*/g, '0.2');

const smooth = ['sigmoid', 'tanh', 'softplus', 'linear'];
const bending = ['relu', ...smooth];

/** Layers, written as shorthand, and the shape of what they leave. */
interface Stack {
  readonly input: string;
  readonly data: string;
  readonly layers: string[];
  readonly recurrent?: string;
}

function dense(n: Numbers): Stack {
  const width = n.whole(1, 4);
  const layers: string[] = [];
  for (let depth = n.whole(0, 3); depth > 0; depth--) {
    layers.push(`${n.whole(1, 4)} ${n.pick(bending)}`);
    const extra = n.whole(1, 6);
    if (extra === 1) layers.push(`residual ${n.pick(['tanh', 'relu', 'sigmoid'])}`);
    if (extra === 2) layers.push(`dropout 0.${n.whole(1, 7)}`);
    if (extra === 3) layers.push('layernorm');
  }
  return { input: String(width), data: `given x = ${n.array([width], 1)}`, layers };
}

function image(n: Numbers): Stack {
  let [height, width] = [n.whole(4, 6), n.whole(4, 6)];
  const shape = n.pick([[], [1], [2]]);
  const full = [...shape, height, width];
  const layers: string[] = [];
  const [side, stride, padding] = [n.whole(2, 3), n.whole(1, 2), n.whole(0, 1)];
  const channels = n.pick(['', '2 ', '3 ']);
  layers.push(`conv ${channels}${side}x${side} ${n.pick(bending)} stride ${stride} padding ${padding}`);
  [height, width] = [height, width].map((size) => Math.floor((size + 2 * padding - side) / stride) + 1);
  const extra = n.whole(1, 4);
  if (extra === 1) layers.push(`residual 3x3 ${n.pick(['tanh', 'relu'])}`);
  if (Math.min(height, width) >= 2) {
    const move = n.whole(1, 2);
    if (extra === 2) layers.push(`maxpool 2x2 stride ${move}`);
    if (extra === 3) layers.push(`avgpool 2x2 stride ${move}`);
  }
  return { input: full.join('x'), data: `given x = ${n.array(full, 1)}`, layers };
}

function sequence(n: Numbers): Stack {
  const [steps, width] = [n.whole(2, 4), n.whole(1, 3)];
  const layers: string[] = [];
  const inWords = n.whole(1, 3) === 1;
  if (inWords) layers.push(`embedding ${width} words 4`);
  if (n.whole(1, 3) === 1) layers.push('layernorm');
  const kind = n.pick(['recurrent', 'recurrent', 'lstm', 'attention', 'attention']);
  if (kind === 'recurrent') layers.push(`recurrent ${n.whole(1, 3)} ${n.pick(['tanh', 'sigmoid', 'relu'])}`);
  if (kind === 'lstm') layers.push(`lstm ${n.whole(1, 2)}`);
  if (kind === 'attention') layers.push(`attention ${n.whole(1, 3)} ${n.pick(['', 'causal'])}`.trim());
  if (n.whole(1, 3) === 1) layers.push(`each ${n.whole(1, 3)} ${n.pick(smooth)}`);
  layers.push('last');
  const words = `given x = [${Array.from({ length: steps }, () => n.whole(1, 4))}] : index`;
  return {
    input: inWords ? String(steps) : `${steps}x${width}`,
    data: inWords ? words : `given x = ${n.array([steps, width], 1)}`,
    layers,
    ...(kind !== 'attention' && { recurrent: 's' }),
  };
}

const endings: readonly (readonly [last: string, loss: string, targets: 'any' | 'onehot' | 'mask'])[] = [
  ['linear', 'squared error', 'any'],
  ['tanh', 'half squared error', 'any'],
  ['', 'mean squared error', 'any'],
  ['sigmoid', 'half squared error', 'any'],
  ['softmax', 'cross-entropy', 'onehot'],
  ['softmax', 'fused cross-entropy', 'onehot'],
  ['sigmoid', 'multi-label cross-entropy', 'mask'],
  ['sigmoid', 'fused multi-label cross-entropy', 'mask'],
];

/** A random model of layers, a loss, an optimizer and whatever else there is, from a seed. */
export function randomModel(seed: number): Judged {
  const n = new Numbers(seed);
  const { input, data, layers, recurrent } = n.pick([dense, dense, image, sequence])(n);
  const [last, loss, targets] = n.pick(endings);
  const units = n.whole(targets === 'onehot' ? 2 : 1, 3);
  const rows = {
    any: n.array([units], 1),
    onehot: `[${Array.from({ length: units }, (_, at) => (at === 0 ? 1 : 0))}] : onehot`,
    mask: `[${Array.from({ length: units }, () => n.whole(0, 1))}] : mask`,
  };
  const optimizer = n.pick(['sgd 0.1', 'sgd 0.2', 'momentum 0.05 0.9', 'adam 0.02 0.8 0.9']);
  const regularizer = n.pick(['', '', 'regularizer: l1 0.02', 'regularizer: l2 0.1']);
  const rate = n.pick(['', '', 'rate: decay 0.9', 'rate: decay 0.5 every 2', 'rate: periodic 4 to 0.001']);
  const sensitivities = n.pick(['', 'sensitivities: δ = dL/dnet', 'sensitivities: e = dL/dh']);
  const lines = [
    data,
    `given t = ${rows[targets]}`,
    `given training = ${n.whole(0, 1)} : mask`,
    `layers: ${[input, ...layers, `${units} ${last}`.trim()].join(' -> ')}${n.whole(1, 4) === 1 ? ', without bias' : ''}`,
    `loss: ${loss}`,
    sensitivities,
    regularizer,
    `optimizer: ${optimizer}`,
    rate,
  ];
  const { text, diagnostics } = expandShorthand(lines.filter((line) => line !== '').join('\n'));
  const name = `random model ${seed}: ${lines[3]}`;
  if (diagnostics.length > 0)
    throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join('; ')}`);
  return { name, text: withNumbers(text, n), ...(recurrent && { recurrent }) };
}
