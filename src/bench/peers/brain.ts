import type { Contestant, Data } from '../workloads/contestant.ts';
import { squaresLoss } from '../workloads/dense-layer.ts';
import type { DenseNet, Net } from '../workloads/net.ts';
import { batchesOf, rows, Turns } from '../workloads/turns.ts';
import { type Packages, type Peer, singleTolerance } from './peer.ts';

interface BrainNetwork {
  sizes: readonly number[];
  weights: number[][][];
  biases: number[][];
  trainOpts: { learningRate: number; momentum: number };
  initialize(): void;
  trainPattern(pattern: { input: readonly number[]; output: readonly number[] }): void;
  runInput(input: readonly number[]): ArrayLike<number>;
}
interface Brain {
  NeuralNetwork: new (options: object) => BrainNetwork;
}

class BrainContestant implements Contestant {
  readonly name = 'brain.js';
  readonly tolerance = singleTolerance;
  readonly deviation: string;
  private readonly turns: Turns<readonly { input: number[]; output: number[] }[]>;
  private network: BrainNetwork;

  constructor(
    private readonly brain: Brain,
    private readonly net: DenseNet,
    private readonly data: Data,
  ) {
    this.turns = new Turns(
      batchesOf(net, data).map(({ xs, ts }) => xs.map((x, n) => ({ input: [...x], output: [...ts[n]] }))),
    );
    this.deviation = net.batch > 1 ? 'updates after every sample' : 'trains biases too';
    this.network = this.make();
  }

  start(): void {
    this.turns.restart();
    this.network = this.make();
  }

  private make(): BrainNetwork {
    const { widths, activations, biased, rate } = this.net;
    const network = new this.brain.NeuralNetwork({ activation: activations[0] });
    network.sizes = widths;
    network.initialize();
    // Its options reject a rate of 1 and a momentum of 0, but it trains with them.
    Object.assign(network.trainOpts, { learningRate: rate, momentum: 0 });
    for (let l = 1; l < widths.length; l++) {
      network.weights[l] = rows(this.data(`W${l}`), widths[l]).map((row) => [...row]);
      network.biases[l] = biased ? [...this.data(`b${l}`)] : new Array(widths[l]).fill(0);
    }
    return network;
  }

  train(frames: number): void {
    const { network, turns } = this;
    for (let frame = 0; frame < frames; frame++)
      for (const pattern of turns.take()) network.trainPattern(pattern);
  }

  loss(): number {
    const { network, turns } = this;
    const patterns = turns.next;
    const total = patterns.reduce(
      (sum, { input, output }) => sum + squaresLoss(network.runInput(input), output),
      0,
    );
    return total / patterns.length;
  }
}

/** brain.js; dense nets with squared errors only. */
export const brain: Peer = {
  name: 'brain.js',
  packages: { 'brain.js': '1.6.1' },
  async load(packages: Packages) {
    const library = (await packages.load('brain.js')) as Brain;
    return {
      contestants: (net: Net, data: Data) => {
        if (net.kind === 'convolutional') return 'it has no convolutions';
        if (net.kind === 'recurrent') return 'its recurrent nets predict symbols, not numbers';
        if (net.loss === 'cross-entropy') return 'it has no softmax';
        return [new BrainContestant(library, net, data)];
      },
    };
  },
};
