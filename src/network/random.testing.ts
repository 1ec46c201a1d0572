import { SeededNumbers } from '../machine/testing/models.testing.ts';
import { expandShorthand } from './expansion.ts';
import type { NetworkCase } from './moment-comparison.testing.ts';

/** Numbers of three decimals in place of initial values that are all alike or left to a seed. */
function withNumbers(text: string, numbers: SeededNumbers): string {
  return text.replace(/^(param|state) (\S+?)(?:\[([\d,]+)\])? = .*$/gmu, (line, role, name, sizes = '') => {
    if (line.includes(' like ') || /^power|^turn/.test(name)) return line;
    const array = numbers.array(sizes === '' ? [] : String(sizes).split(',').map(Number));
    // What scales or divides must stay away from zero.
    return `${role} ${name} = ${/^γ|^spread/.test(name) ? positive(array) : array}`;
  });
}

const positive = (array: string): string =>
  array.replaceAll('-', '').replaceAll(/(?<![\d.])0(\.0\d*)?(?![\d.])/g, '0.2');

const smooth = ['sigmoid', 'tanh', 'softplus', 'linear'];
const bending = ['relu', ...smooth];

/** Layers, written as shorthand, and the shape of what they leave. */
interface Stack {
  readonly input: string;
  /** The shape of x, and its numbers where they are words. */
  readonly shape: readonly number[];
  readonly words?: string;
  readonly layers: string[];
  readonly recurrent?: string;
}

function dense(n: SeededNumbers, batched: boolean): Stack {
  const width = n.whole(1, 4);
  const layers: string[] = [];
  for (let depth = n.whole(0, 3); depth > 0; depth--) {
    layers.push(`${n.whole(1, 4)} ${n.pick(bending)}`);
    const extra = n.whole(1, 6);
    if (extra === 1) layers.push(`residual ${n.pick(['tanh', 'relu', 'sigmoid'])}`);
    if (extra === 2) layers.push(`dropout 0.${n.whole(1, 7)}`);
    if (extra === 3) layers.push('layernorm');
    if (extra === 4 && batched) layers.push('batchnorm');
  }
  return { input: String(width), shape: [width], layers };
}

function image(n: SeededNumbers, batched: boolean): Stack {
  let [height, width] = [n.whole(3, 5), n.whole(3, 5)];
  const shape = n.pick([[], [1], [2]]);
  const full = [...shape, height, width];
  const layers: string[] = [];
  const [side, stride, padding] = [n.whole(2, 3), n.whole(1, 2), n.whole(0, 1)];
  const channels = n.pick(['', '1 ', '2 ']);
  layers.push(`conv ${channels}${side}x${side} ${n.pick(bending)} stride ${stride} padding ${padding}`);
  [height, width] = [height, width].map((size) => Math.floor((size + 2 * padding - side) / stride) + 1);
  const extra = n.whole(1, 4);
  if (extra === 1) layers.push(`residual 3x3 ${n.pick(['tanh', 'relu'])}`);
  if (extra === 4 && batched) layers.push('batchnorm', n.pick(bending));
  if (Math.min(height, width) >= 2) {
    const move = n.whole(1, 2);
    if (extra === 2) layers.push(`maxpool 2x2 stride ${move}`);
    if (extra === 3) layers.push(`avgpool 2x2 stride ${move}`);
  }
  return { input: full.join('x'), shape: full, layers };
}

function sequence(n: SeededNumbers): Stack {
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
    shape: [steps, width],
    ...(inWords && { words }),
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
export function randomModel(seed: number): NetworkCase {
  const n = new SeededNumbers(seed);
  // Samples that come in batches, or one example that is always the same.
  const count = n.pick([0, 0, 2, 3, 4]);
  const { input, shape, words, layers, recurrent } = n.pick([dense, dense, image, sequence])(n, count > 0);
  const [last, loss, targets] = n.pick(endings);
  const units = n.whole(targets === 'onehot' ? 2 : 1, 3);
  const row = {
    any: () => n.array([units], 1),
    onehot: () => `[${Array.from({ length: units }, (_, at) => (at === 0 ? 1 : 0))}]`,
    mask: () => `[${Array.from({ length: units }, () => n.whole(0, 1))}]`,
  }[targets];
  const domain = targets === 'any' ? '' : ` : ${targets}`;
  const inBatches = count > 0 && words === undefined;
  const rows = Array.from({ length: count }, row);
  const size = n.whole(2, Math.max(2, count));
  const order = n.pick(['', ', shuffled 3']) + n.pick(['', ', sum']) + n.pick(['', ', together']);
  const data = inBatches
    ? [
        `sample x = ${n.array([count, ...shape], 1)}`,
        `sample t = [${rows.join(', ')}]${domain}`,
        `batch n = ${size}${order}`,
      ]
    : [words ?? `given x = ${n.array(shape, 1)}`, `given t = ${row()}${domain}`];
  const optimizer = n.pick(['sgd 0.1', 'sgd 0.2', 'momentum 0.05 0.9', 'adam 0.02 0.8 0.9']);
  const regularizer = n.pick(['', '', 'regularizer: l1 0.02', 'regularizer: l2 0.1']);
  const rate = n.pick(['', '', 'rate: decay 0.9', 'rate: decay 0.5 every 2', 'rate: periodic 4 to 0.001']);
  const sensitivities = n.pick(['', 'sensitivities: δ = dL/dnet', 'sensitivities: e = dL/dh']);
  const lines = [
    ...data,
    `layers: ${[input, ...layers, `${units} ${last}`.trim()].join(' -> ')}${n.whole(1, 4) === 1 ? ', without bias' : ''}`,
    `loss: ${loss}`,
    sensitivities,
    regularizer,
    `optimizer: ${optimizer}`,
    rate,
  ];
  const { text, diagnostics } = expandShorthand(lines.filter((line) => line !== '').join('\n'));
  const name = `random model ${seed}: ${layers.join(' -> ')}${inBatches ? `, ${count} samples` : ''}`;
  if (diagnostics.length > 0)
    throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join('; ')}`);
  return { name, text: n.whole(0, 2) > 0 ? withNumbers(text, n) : text, ...(recurrent && { recurrent }) };
}
