import { join } from 'node:path';
import type { Contestant, Data } from '../workloads/contestant.ts';
import {
  type ConvolutionalNet,
  type DenseNet,
  type Net,
  type RecurrentNet,
  sidesOf,
} from '../workloads/net.ts';
import { batchesOf, Turns } from '../workloads/turns.ts';
import { joined, permuted, transposed } from './arrays.ts';
import { type Packages, type Peer, singleTolerance } from './peer.ts';
import { type Arrays, recurrentArrays, type Shaped } from './recurrent.ts';

interface Tensor {
  dispose(): void;
  dataSync(): Float32Array;
}
type Operation = (...operands: (Tensor | number | boolean | string | readonly number[])[]) => Tensor;
interface Tensorflow {
  setBackend(name: string): Promise<boolean>;
  env(): { getAsync(flag: string): Promise<unknown> };
  tidy<Result>(work: () => Result): Result;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  variable(initial: Tensor): Tensor;
  train: {
    sgd(rate: number): { minimize(loss: () => Tensor, returnsCost: boolean, variables: Tensor[]): unknown };
  };
  losses: { softmaxCrossEntropy(labels: Tensor, logits: Tensor): Tensor };
  matMul: Operation;
  add: Operation;
  sub: Operation;
  mul: Operation;
  sum: Operation;
  square: Operation;
  relu: Operation;
  tanh: Operation;
  sigmoid: Operation;
  conv2d: Operation;
  maxPool: Operation;
  reshape: Operation;
}

/** A net's variables and inputs, and its loss. */
interface Setup extends Arrays {
  readonly loss: (variables: readonly Tensor[], inputs: readonly Tensor[]) => Tensor;
}

class TensorflowContestant implements Contestant {
  readonly tolerance = singleTolerance;
  private variables: Tensor[] = [];
  private batches: Tensor[][] | undefined;
  private turns: Turns<Tensor[]> = new Turns<Tensor[]>([]);

  constructor(
    readonly name: string,
    private readonly tf: Tensorflow,
    private readonly backend: string,
    private readonly setup: Setup,
    private readonly rate: number,
  ) {}

  async start(): Promise<void> {
    const { tf, setup } = this;
    await tf.setBackend(this.backend);
    for (const old of this.variables) old.dispose();
    const tensor = ([values, shape]: Shaped) => tf.tensor(Float32Array.from(values), shape);
    this.batches ??= setup.inputs.map((batch) => batch.map(tensor));
    this.turns = new Turns(this.batches);
    this.variables = setup.variables.map((each) => tf.tidy(() => tf.variable(tensor(each))));
  }

  async train(frames: number): Promise<void> {
    const { tf, setup, variables, turns } = this;
    await tf.setBackend(this.backend);
    const optimizer = tf.train.sgd(this.rate);
    for (let frame = 0; frame < frames; frame++) {
      const inputs = turns.take();
      tf.tidy(() => optimizer.minimize(() => setup.loss(variables, inputs), false, variables));
    }
  }

  async loss(): Promise<number> {
    await this.tf.setBackend(this.backend);
    return this.tf.tidy(() => this.setup.loss(this.variables, this.turns.next).dataSync()[0]);
  }
}

function denseSetup(tf: Tensorflow, net: DenseNet, data: Data): Setup {
  const { widths, activations, batch, biased } = net;
  const outputs = widths[widths.length - 1];
  const perLayer = biased ? 2 : 1;
  return {
    variables: activations.flatMap((_, l) => [
      [transposed(data(`W${l + 1}`), widths[l + 1]), [widths[l], widths[l + 1]]] as const,
      ...(biased ? [[data(`b${l + 1}`), [widths[l + 1]]] as const] : []),
    ]),
    inputs: batchesOf(net, data).map(({ xs, ts }) => [
      [joined(xs), [batch, widths[0]]],
      [joined(ts), [batch, outputs]],
    ]),
    loss(variables, [x, t]) {
      let h = x;
      activations.forEach((activation, l) => {
        h = tf.matMul(h, variables[l * perLayer]);
        if (biased) h = tf.add(h, variables[l * perLayer + 1]);
        if (activation !== 'identity') h = tf[activation](h);
      });
      if (net.loss === 'cross-entropy') return tf.losses.softmaxCrossEntropy(t, h);
      return tf.mul(tf.sum(tf.square(tf.sub(t, h))), 0.5 / batch);
    },
  };
}

function convolutionSetup(tf: Tensorflow, net: ConvolutionalNet, data: Data): Setup {
  const { side, kernel, channels, dense, batch } = net;
  const last = sidesOf(net)[4];
  const [below, above] = channels;
  const flat = above * last * last;
  const first = permuted(data('W3'), [dense[0], above, last, last], [2, 3, 1, 0]);
  return {
    variables: [
      [permuted(data('K1'), [below, kernel, kernel], [1, 2, 0]), [kernel, kernel, 1, below]],
      [data('b1'), [below]],
      [permuted(data('K2'), [above, below, kernel, kernel], [2, 3, 1, 0]), [kernel, kernel, below, above]],
      [data('b2'), [above]],
      ...dense.flatMap((units, l) => [
        l === 0
          ? ([first, [flat, units]] as const)
          : ([transposed(data(`W${l + 3}`), units), [dense[l - 1], units]] as const),
        [data(`b${l + 3}`), [units]] as const,
      ]),
    ],
    inputs: batchesOf(net, data).map(({ xs, ts }) => [
      [joined(xs), [batch, side, side, 1]],
      [joined(ts), [batch, dense[dense.length - 1]]],
    ]),
    loss([K1, b1, K2, b2, ...layers], [x, t]) {
      const round = (input: Tensor, kernels: Tensor, biases: Tensor) =>
        tf.maxPool(tf.relu(tf.add(tf.conv2d(input, kernels, 1, 'valid'), biases)), 2, 2, 'valid');
      let h = tf.reshape(round(round(x, K1, b1), K2, b2), [batch, flat]);
      for (let l = 0; l < dense.length; l++) {
        h = tf.add(tf.matMul(h, layers[2 * l]), layers[2 * l + 1]);
        if (l < dense.length - 1) h = tf.relu(h);
      }
      return tf.losses.softmaxCrossEntropy(t, h);
    },
  };
}

function recurrentSetup(tf: Tensorflow, net: RecurrentNet, data: Data): Setup {
  return {
    ...recurrentArrays(net, data),
    loss([U, W, b, V, c], [goal, before, ...sequence]) {
      let h = before;
      for (const x of sequence) h = tf.tanh(tf.add(tf.add(tf.matMul(x, U), tf.matMul(h, W)), b));
      return tf.mul(tf.sum(tf.square(tf.sub(goal, tf.add(tf.matMul(h, V), c)))), 0.5);
    },
  };
}

function setupOf(tf: Tensorflow, net: Net, data: Data): Setup {
  if (net.kind === 'dense') return denseSetup(tf, net, data);
  return net.kind === 'convolutional' ? convolutionSetup(tf, net, data) : recurrentSetup(tf, net, data);
}

const version = '4.22.0';

/** TensorFlow.js on its CPU and WebAssembly backends; all nets. */
export const tensorflow: Peer = {
  name: 'tfjs',
  packages: {
    '@tensorflow/tfjs': version,
    '@tensorflow/tfjs-backend-wasm': version,
  },
  async load(packages: Packages) {
    const tf = (await packages.load('@tensorflow/tfjs')) as Tensorflow;
    const wasm = (await packages.load('@tensorflow/tfjs-backend-wasm')) as {
      setWasmPaths(folder: string): void;
    };
    wasm.setWasmPaths(join(packages.folder('@tensorflow/tfjs-backend-wasm'), 'dist/'));
    // Its WebAssembly backend would catch any error of the process and print its whole code.
    const events = ['uncaughtException', 'unhandledRejection'];
    const before = events.map((event) => process.listeners(event as 'uncaughtException'));
    await tf.setBackend('wasm');
    events.forEach((event, n) => {
      for (const listener of process.listeners(event as 'uncaughtException'))
        if (!before[n].includes(listener)) process.removeListener(event, listener);
    });
    const isWide = (flag: string) => tf.env().getAsync(`WASM_HAS_${flag}_SUPPORT`);
    const simd = (await isWide('SIMD')) ? 'with SIMD' : 'without SIMD';
    const threads = (await isWide('MULTITHREAD')) ? 'several threads' : 'one thread';
    return {
      note: `tfjs wasm runs ${simd}, in ${threads}`,
      contestants(net: Net, data: Data) {
        const setup = setupOf(tf, net, data);
        // Its WebAssembly backend has no derivatives of convolution and pooling.
        const backends = net.kind === 'convolutional' ? ['cpu'] : ['cpu', 'wasm'];
        return backends.map(
          (backend) => new TensorflowContestant(`tfjs ${backend}`, tf, backend, setup, net.rate),
        );
      },
    };
  },
};
