import type { Contestant, Data } from '../workloads/contestant.ts';
import {
  type ConvolutionalNet,
  type DenseNet,
  type Net,
  type RecurrentNet,
  sidesOf,
} from '../workloads/net.ts';
import { batchesOf, Turns } from '../workloads/turns.ts';
import { joined, transposed } from './arrays.ts';
import { type Packages, type Peer, singleTolerance } from './peer.ts';
import { type Arrays, recurrentArrays, type Shaped } from './recurrent.ts';

/** An array that counts its owners: every use consumes one, `.ref` adds one. */
interface JaxArray {
  readonly ref: JaxArray;
  add(other: JaxArray | number): JaxArray;
  sub(other: JaxArray | number): JaxArray;
  mul(other: JaxArray | number): JaxArray;
  sum(): JaxArray;
  reshape(shape: readonly number[]): JaxArray;
  dispose(): void;
  js(): number;
}
type Loss = (variables: JaxArray[], inputs: JaxArray[]) => JaxArray;
type Step = (variables: JaxArray[], inputs: JaxArray[]) => JaxArray[];
interface Jax {
  init(device: string): Promise<string[]>;
  defaultDevice(device: string): string;
  blockUntilReady(arrays: JaxArray[]): Promise<unknown>;
  grad(loss: Loss): Step;
  jit<Compiled>(work: Compiled): Compiled;
  numpy: {
    array(values: Float32Array): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    tanh(a: JaxArray): JaxArray;
  };
  nn: Record<'relu' | 'sigmoid' | 'logSoftmax', (a: JaxArray) => JaxArray>;
  lax: {
    conv(x: JaxArray, kernels: JaxArray, strides: readonly number[], padding: string): JaxArray;
    reduceWindow(
      x: JaxArray,
      work: (a: JaxArray) => JaxArray,
      size: readonly number[],
      strides: readonly number[],
    ): JaxArray;
  };
}

interface Setup extends Arrays {
  readonly loss: Loss;
}

class JaxContestant implements Contestant {
  readonly name = 'jax-js wasm';
  readonly tolerance = singleTolerance;
  private variables: JaxArray[] = [];
  private readonly turns: Turns<JaxArray[]>;
  private readonly step: Step;

  constructor(
    private readonly jax: Jax,
    private readonly setup: Setup,
    rate: number,
  ) {
    this.turns = new Turns(setup.inputs.map((batch) => batch.map(this.array)));
    const slopes = jax.grad(setup.loss);
    this.step = jax.jit((variables: JaxArray[], inputs: JaxArray[]) => {
      const found = slopes(
        variables.map(({ ref }) => ref),
        inputs,
      );
      return variables.map((variable, n) => variable.sub(found[n].mul(rate)));
    });
  }

  private readonly array = ([values, shape]: Shaped): JaxArray =>
    this.jax.numpy.array(Float32Array.from(values)).reshape(shape);

  start(): void {
    this.turns.restart();
    for (const old of this.variables) old.dispose();
    this.variables = this.setup.variables.map(this.array);
  }

  async train(frames: number): Promise<void> {
    for (let frame = 0; frame < frames; frame++)
      this.variables = this.step(
        this.variables,
        this.turns.take().map(({ ref }) => ref),
      );
    await this.jax.blockUntilReady(this.variables.map(({ ref }) => ref));
  }

  loss(): number {
    const variables = this.variables.map(({ ref }) => ref);
    return this.setup
      .loss(
        variables,
        this.turns.next.map(({ ref }) => ref),
      )
      .js();
  }
}

const crossEntropy = ({ nn }: Jax, z: JaxArray, t: JaxArray, batch: number): JaxArray =>
  nn
    .logSoftmax(z)
    .mul(t)
    .sum()
    .mul(-1 / batch);

const squares = (y: JaxArray, t: JaxArray, batch: number): JaxArray => {
  const error = t.sub(y);
  return error.ref
    .mul(error)
    .sum()
    .mul(0.5 / batch);
};

function denseSetup(jax: Jax, net: DenseNet, data: Data): Setup {
  const { widths, activations, batch, biased } = net;
  const { numpy, nn } = jax;
  const perLayer = biased ? 2 : 1;
  const functions = { relu: nn.relu, sigmoid: nn.sigmoid, tanh: numpy.tanh, identity: (a: JaxArray) => a };
  return {
    variables: activations.flatMap((_, l): Shaped[] => [
      [transposed(data(`W${l + 1}`), widths[l + 1]), [widths[l], widths[l + 1]]],
      ...(biased ? [[data(`b${l + 1}`), [widths[l + 1]]] as Shaped] : []),
    ]),
    inputs: batchesOf(net, data).map(({ xs, ts }) => [
      [joined(xs), [batch, widths[0]]],
      [joined(ts), [batch, widths[widths.length - 1]]],
    ]),
    loss(variables, [x, t]) {
      let h = x;
      activations.forEach((activation, l) => {
        h = numpy.matmul(h, variables[l * perLayer]);
        if (biased) h = h.add(variables[l * perLayer + 1]);
        h = functions[activation](h);
      });
      return net.loss === 'cross-entropy' ? crossEntropy(jax, h, t, batch) : squares(h, t, batch);
    },
  };
}

function recurrentSetup(jax: Jax, net: RecurrentNet, data: Data): Setup {
  const { numpy } = jax;
  return {
    ...recurrentArrays(net, data),
    loss([U, W, b, V, c], [goal, before, ...sequence]) {
      let h = before;
      for (const x of sequence) h = numpy.tanh(numpy.matmul(x, U.ref).add(numpy.matmul(h, W.ref)).add(b.ref));
      for (const used of [U, W, b]) used.dispose();
      return squares(numpy.matmul(h, V).add(c), goal, 1);
    },
  };
}

function convolutionSetup(jax: Jax, net: ConvolutionalNet, data: Data): Setup {
  const { side, kernel, channels, dense, batch } = net;
  const { numpy, nn, lax } = jax;
  const last = sidesOf(net)[4];
  const [below, above] = channels;
  const flat = above * last * last;
  return {
    variables: [
      [data('K1'), [below, 1, kernel, kernel]],
      [data('b1'), [below, 1, 1]],
      [data('K2'), [above, below, kernel, kernel]],
      [data('b2'), [above, 1, 1]],
      ...dense.flatMap((units, l): Shaped[] => [
        [transposed(data(`W${l + 3}`), units), [l === 0 ? flat : dense[l - 1], units]],
        [data(`b${l + 3}`), [units]],
      ]),
    ],
    inputs: batchesOf(net, data).map(({ xs, ts }) => [
      [joined(xs), [batch, 1, side, side]],
      [joined(ts), [batch, dense[dense.length - 1]]],
    ]),
    loss([K1, b1, K2, b2, ...layers], [x, t]) {
      const round = (input: JaxArray, kernels: JaxArray, biases: JaxArray) =>
        lax.reduceWindow(
          nn.relu(lax.conv(input, kernels, [1, 1], 'VALID').add(biases)),
          (a) => (a as JaxArray & { max(): JaxArray }).max(),
          [2, 2],
          [2, 2],
        );
      let h = round(round(x, K1, b1), K2, b2).reshape([batch, flat]);
      for (let l = 0; l < dense.length; l++) {
        h = numpy.matmul(h, layers[2 * l]).add(layers[2 * l + 1]);
        if (l < dense.length - 1) h = nn.relu(h);
      }
      return crossEntropy(jax, h, t, batch);
    },
  };
}

function setupOf(jax: Jax, net: Net, data: Data): Setup {
  if (net.kind === 'dense') return denseSetup(jax, net, data);
  return net.kind === 'convolutional' ? convolutionSetup(jax, net, data) : recurrentSetup(jax, net, data);
}

/** jax-js on its WebAssembly backend; all nets. */
export const jax: Peer = {
  name: 'jax-js',
  packages: { '@jax-js/jax': '0.1.25' },
  async load(packages: Packages) {
    const library = (await packages.load('@jax-js/jax')) as Jax;
    await library.init('wasm');
    library.defaultDevice('wasm');
    return {
      contestants: (net: Net, data: Data) => [
        new JaxContestant(library, setupOf(library, net, data), net.rate),
      ],
    };
  },
};
