import type { Contestant, Data } from '../workloads/contestant.ts';
import { crossEntropyLoss, squaresLoss } from '../workloads/dense-layer.ts';
import { batchOf, type ConvolutionalNet, type DenseNet, type Net, sidesOf } from '../workloads/net.ts';
import { batchesOf, Turns } from '../workloads/turns.ts';
import { permuted } from './arrays.ts';
import type { Packages, Peer } from './peer.ts';

interface Volume {
  w: Float64Array;
}
interface Layer {
  layer_type: string;
  filters?: Volume[];
  biases?: Volume;
  out_depth: number;
  out_sx: number;
  out_sy: number;
  getParamsAndGrads(): unknown[];
}
interface ConvnetNet {
  layers: Layer[];
  makeLayers(definitions: readonly object[]): void;
  forward(x: Volume): Volume;
}
interface Convnet {
  Net: new () => ConvnetNet;
  Vol: new (sx: number, sy: number, depth: number, fill: number) => Volume;
  Trainer: new (net: ConvnetNet, options: object) => { train(x: Volume, y: number | Float64Array): unknown };
  SigmoidLayer: new (options: object) => Layer;
  TanhLayer: new (options: object) => Layer;
}

interface Sample {
  readonly x: Volume;
  readonly t: Float64Array;
  /** The class (from 0), or the numbers to approximate. */
  readonly target: number | Float64Array;
}

type SeenNet = DenseNet | ConvolutionalNet;

class ConvnetContestant implements Contestant {
  readonly name = 'convnetjs';
  private readonly turns: Turns<readonly Sample[]>;
  private made: { net: ConvnetNet; trainer: InstanceType<Convnet['Trainer']> };

  constructor(
    private readonly convnet: Convnet,
    private readonly net: SeenNet,
    private readonly data: Data,
  ) {
    const [sx, depth] = net.kind === 'dense' ? [1, net.widths[0]] : [net.side, 1];
    const sample = (numbers: Float64Array, t: Float64Array): Sample => {
      const x = new convnet.Vol(sx, sx, depth, 0);
      x.w.set(numbers);
      return { x, t, target: this.isClassifier ? t.indexOf(1) : t };
    };
    this.turns = new Turns(batchesOf(net, data).map(({ xs, ts }) => xs.map((x, n) => sample(x, ts[n]))));
    this.made = this.make();
  }

  private get isClassifier(): boolean {
    return this.net.kind === 'convolutional' || this.net.loss === 'cross-entropy';
  }

  start(): void {
    this.turns.restart();
    this.made = this.make();
  }

  private make() {
    const { convnet } = this;
    const net = new convnet.Net();
    net.makeLayers(this.net.kind === 'dense' ? denseLayers(this.net) : convolutionLayers(this.net));
    if (this.net.kind === 'dense' && this.net.loss === 'squares') this.activateOutputs(net, this.net);
    const weighted = net.layers.filter(({ filters }) => filters !== undefined);
    weighted.forEach((layer, l) => {
      const weights = this.weights(l + 1);
      layer.filters?.forEach(({ w }, unit) => {
        w.set(weights.subarray(unit * w.length, (unit + 1) * w.length));
      });
      const biased = this.net.kind === 'convolutional' || this.net.biased;
      if (biased) layer.biases?.w.set(this.data(`b${l + 1}`));
      else {
        // Its layers always have biases: at 0 and hidden from the trainer they have no effect.
        layer.biases?.w.fill(0);
        const all = layer.getParamsAndGrads.bind(layer);
        layer.getParamsAndGrads = () => all().slice(0, -1);
      }
    });
    const options = { method: 'sgd', learning_rate: this.net.rate, momentum: 0, l2_decay: 0 };
    const trainer = new convnet.Trainer(net, { ...options, batch_size: batchOf(this.net) });
    return { net, trainer };
  }

  /** Its regression layer is linear; the net's last activation is inserted before it. */
  private activateOutputs(net: ConvnetNet, { activations }: DenseNet): void {
    const last = activations[activations.length - 1];
    if (last === 'identity') return;
    const { out_depth, out_sx, out_sy } = net.layers[net.layers.length - 2];
    const options = { in_depth: out_depth, in_sx: out_sx, in_sy: out_sy };
    const { SigmoidLayer, TanhLayer } = this.convnet;
    net.layers.splice(-1, 0, last === 'tanh' ? new TanhLayer(options) : new SigmoidLayer(options));
  }

  /** A layer's weights (from 1), unit by unit; the library's pictures are [row, column, channel]. */
  private weights(layer: number): Float64Array {
    const { net, data } = this;
    if (net.kind === 'dense' || layer > 3) return data(`W${layer}`);
    const { kernel, channels, dense } = net;
    const [below, above] = channels;
    if (layer === 1) return data('K1');
    if (layer === 2) return permuted(data('K2'), [above, below, kernel, kernel], [0, 2, 3, 1]);
    const last = sidesOf(net)[4];
    return permuted(data('W3'), [dense[0], above, last, last], [0, 2, 3, 1]);
  }

  train(frames: number): void {
    const { turns } = this;
    const { trainer } = this.made;
    for (let frame = 0; frame < frames; frame++)
      for (const { x, target } of turns.take()) trainer.train(x, target);
  }

  loss(): number {
    const lossOf = this.isClassifier ? crossEntropyLoss : squaresLoss;
    const { net } = this.made;
    const samples = this.turns.next;
    return samples.reduce((total, { x, t }) => total + lossOf(net.forward(x).w, t), 0) / samples.length;
  }
}

function denseLayers({ widths, activations, loss }: DenseNet): object[] {
  const outputs = widths[widths.length - 1];
  return [
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: widths[0] },
    ...widths
      .slice(1, -1)
      .map((units, l) => ({ type: 'fc', num_neurons: units, activation: activations[l] })),
    loss === 'squares'
      ? { type: 'regression', num_neurons: outputs }
      : { type: 'softmax', num_classes: outputs },
  ];
}

function convolutionLayers({ side, kernel, channels, dense }: ConvolutionalNet): object[] {
  return [
    { type: 'input', out_sx: side, out_sy: side, out_depth: 1 },
    ...channels.flatMap((filters) => [
      { type: 'conv', sx: kernel, filters, stride: 1, pad: 0, activation: 'relu' },
      { type: 'pool', sx: 2, stride: 2 },
    ]),
    ...dense.slice(0, -1).map((units) => ({ type: 'fc', num_neurons: units, activation: 'relu' })),
    { type: 'softmax', num_classes: dense[dense.length - 1] },
  ];
}

/** ConvNetJS; dense and convolutional nets. */
export const convnet: Peer = {
  name: 'convnetjs',
  packages: { convnetjs: '0.3.0' },
  async load(packages: Packages) {
    const library = (await packages.load('convnetjs')) as Convnet;
    return {
      contestants: (net: Net, data: Data) =>
        net.kind === 'recurrent' ? 'it has no recurrent nets' : [new ConvnetContestant(library, net, data)],
    };
  },
};
