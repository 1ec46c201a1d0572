import type { Contestant, Data } from '../workloads/contestant.ts';
import { squaresLoss } from '../workloads/dense-layer.ts';
import type { DenseNet, Net } from '../workloads/net.ts';
import { batchesOf, rows, Turns } from '../workloads/turns.ts';
import type { Packages, Peer } from './peer.ts';

interface Connection {
  weight: number;
  from: Neuron;
}
interface Neuron {
  bias: number;
  squash: unknown;
  connections: { inputs: Record<string, Connection> };
}
interface SynapticNetwork {
  layers: { hidden: { list: Neuron[] }[]; input: { list: Neuron[] }; output: { list: Neuron[] } };
  activate(input: readonly number[]): number[];
  propagate(rate: number, target: readonly number[]): void;
}
interface Synaptic {
  Architect: { Perceptron: new (...widths: number[]) => SynapticNetwork };
  Neuron: { squash: Record<'LOGISTIC' | 'TANH', unknown> };
}

class SynapticContestant implements Contestant {
  readonly name = 'synaptic';
  readonly deviation: string;
  private readonly turns: Turns<{ readonly xs: readonly number[][]; readonly ts: readonly number[][] }>;
  private network: SynapticNetwork;

  constructor(
    private readonly synaptic: Synaptic,
    private readonly net: DenseNet,
    private readonly data: Data,
  ) {
    const plain = (row: Float64Array) => [...row];
    this.turns = new Turns(
      batchesOf(net, data).map(({ xs, ts }) => ({ xs: xs.map(plain), ts: ts.map(plain) })),
    );
    const always = 'takes cross-entropy’s δ at the outputs';
    this.deviation =
      net.batch > 1 ? `updates after every sample and ${always}` : `trains biases too and ${always}`;
    this.network = this.make();
  }

  start(): void {
    this.turns.restart();
    this.network = this.make();
  }

  private make(): SynapticNetwork {
    const { widths, activations, biased } = this.net;
    const network = new this.synaptic.Architect.Perceptron(...widths);
    const { input, hidden, output } = network.layers;
    const layers = [input, ...hidden, output].map(({ list }) => list);
    const { LOGISTIC, TANH } = this.synaptic.Neuron.squash;
    for (let l = 1; l < layers.length; l++) {
      const weights = rows(this.data(`W${l}`), widths[l]);
      layers[l].forEach((neuron, j) => {
        neuron.squash = activations[l - 1] === 'tanh' ? TANH : LOGISTIC;
        neuron.bias = biased ? this.data(`b${l}`)[j] : 0;
        for (const connection of Object.values(neuron.connections.inputs))
          connection.weight = weights[j][layers[l - 1].indexOf(connection.from)];
      });
    }
    return network;
  }

  train(frames: number): void {
    const { network, turns } = this;
    const { rate } = this.net;
    for (let frame = 0; frame < frames; frame++) {
      const { xs, ts } = turns.take();
      for (let n = 0; n < xs.length; n++) {
        network.activate(xs[n]);
        network.propagate(rate, ts[n]);
      }
    }
  }

  loss(): number {
    const { network, turns } = this;
    const { xs, ts } = turns.next;
    return xs.reduce((total, x, n) => total + squaresLoss(network.activate(x), ts[n]), 0) / xs.length;
  }
}

/** Synaptic; dense nets with squared errors only. */
export const synaptic: Peer = {
  name: 'synaptic',
  packages: { synaptic: '1.1.4' },
  async load(packages: Packages) {
    const library = (await packages.load('synaptic')) as Synaptic;
    return {
      contestants: (net: Net, data: Data) => {
        if (net.kind === 'convolutional') return 'it has no convolutions';
        if (net.kind === 'recurrent') return 'it trains recurrent nets by traces, not back through time';
        if (net.loss === 'cross-entropy') return 'it has no softmax';
        return [new SynapticContestant(library, net, data)];
      },
    };
  },
};
