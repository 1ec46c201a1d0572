/** A network that learns to read MNIST's digits, and what its test error is compared with. */
export interface DigitNetwork {
  readonly name: string;
  readonly title: string;
  /** After `layers:`, `regularizer:` and `optimizer:`. */
  readonly layers: string;
  readonly regularizer?: string;
  readonly optimizer: string;
  /** Digits in an iteration. */
  readonly batch: number;
  /** How often all training digits are taken. */
  readonly epochs: number;
  /** Percent of the test digits misread: in the lecture's table, and at most here after all epochs. */
  readonly published: number;
  readonly allowed: number;
}

const hidden = ['256 relu', '128 relu'];

/** The networks of the lecture's table of test errors (T. Zheng, after *An Introduction to Statistical Learning*). */
export const digitNetworks: readonly DigitNetwork[] = [
  {
    name: 'logistic',
    title: 'multinomial logistic regression',
    layers: '784 -> 10 softmax',
    optimizer: 'sgd 0.1',
    batch: 32,
    epochs: 10,
    published: 7.2,
    allowed: 8,
  },
  {
    name: 'ridge',
    title: 'two hidden layers, ridge',
    layers: ['784', ...hidden, '10 softmax'].join(' -> '),
    regularizer: 'l2 3e-5',
    optimizer: 'momentum 0.05 0.9',
    batch: 128,
    epochs: 20,
    published: 2.3,
    allowed: 2.3,
  },
  {
    name: 'dropout',
    title: 'two hidden layers, dropout',
    layers: `784 -> ${hidden[0]} -> dropout 0.4 seed 1 -> ${hidden[1]} -> dropout 0.3 seed 2 -> 10 softmax`,
    optimizer: 'momentum 0.05 0.9',
    batch: 128,
    epochs: 30,
    published: 1.8,
    allowed: 2,
  },
];

/** MNIST's own files, images before labels. */
export const digitFiles = {
  training: ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'],
  test: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
} as const;

const quoted = (files: readonly string[]): string => files.map((file) => `"${file}"`).join(', ');

/** A network's model in the shorthand: trained with the training files, examined on the test files. All its seeds are in it. */
export const digitText = ({ layers, regularizer, optimizer, batch }: DigitNetwork): string =>
  [
    `table mnist = ${quoted(digitFiles.training)}`,
    `table fresh = ${quoted(digitFiles.test)}`,
    'sample x = mnist[1..784] / 255',
    'sample t = onehot(mnist[785], 0..9)',
    `batch n = ${batch}, shuffled 1, mean, together`,
    'examine y against t, on fresh',
    '',
    `layers: ${layers}`,
    'initializer: he 1',
    'loss: fused cross-entropy',
    ...(regularizer === undefined ? [] : [`regularizer: ${regularizer}`]),
    `optimizer: ${optimizer}`,
    '',
  ].join('\n');
