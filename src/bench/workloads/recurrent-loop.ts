import type { Contestant, Data } from './contestant.ts';
import { squaresLoss } from './dense-layer.ts';
import { plainName } from './dense-loop.ts';
import type { RecurrentNet } from './net.ts';
import { descend, type Parameter, parameter } from './parameter.ts';
import { batchesOf, rows, Turns } from './turns.ts';

interface Sequence {
  readonly xs: readonly Float64Array[];
  readonly t: Float64Array;
}

/** The baseline of a recurrent net: forward through time, back through time, update. */
export class RecurrentLoop implements Contestant {
  readonly name = plainName;
  private readonly turns: Turns<Sequence>;
  /** h[0] is the zero state before the first step. */
  private readonly h: readonly Float64Array[];
  private readonly y: Float64Array;
  private readonly delta: Float64Array;
  private readonly carried: Float64Array;
  private parameters: Readonly<Record<'U' | 'W' | 'b' | 'V' | 'c', Parameter>>;

  constructor(
    private readonly net: RecurrentNet,
    private readonly data: Data,
  ) {
    this.turns = new Turns(
      batchesOf(net, data).map(({ xs: [x], ts: [t] }) => ({ xs: rows(x, net.steps), t })),
    );
    this.h = Array.from({ length: net.steps + 1 }, () => new Float64Array(net.units));
    this.y = new Float64Array(net.outputs);
    this.delta = new Float64Array(net.units);
    this.carried = new Float64Array(net.units);
    this.parameters = this.fresh();
  }

  start(): void {
    this.turns.restart();
    this.parameters = this.fresh();
  }

  private fresh() {
    const take = (name: string) => parameter(this.data(name));
    return { U: take('U'), W: take('W'), b: take('b'), V: take('V'), c: take('c') };
  }

  train(frames: number): void {
    const { U, W, b, V, c } = this.parameters;
    const { rate } = this.net;
    for (let frame = 0; frame < frames; frame++) {
      const sequence = this.turns.take();
      this.forward(sequence);
      this.backward(sequence);
      descend(U, rate);
      descend(W, rate);
      descend(b, rate);
      descend(V, rate);
      descend(c, rate);
    }
  }

  loss(): number {
    this.forward(this.turns.next);
    return squaresLoss(this.y, this.turns.next.t);
  }

  private forward({ xs }: Sequence): void {
    const { steps, inputs, units, outputs } = this.net;
    const { h, y } = this;
    const U = this.parameters.U.values;
    const W = this.parameters.W.values;
    const b = this.parameters.b.values;
    const V = this.parameters.V.values;
    const c = this.parameters.c.values;
    for (let step = 0; step < steps; step++) {
      const x = xs[step];
      const before = h[step];
      const after = h[step + 1];
      for (let j = 0; j < units; j++) {
        let net = b[j];
        for (let i = 0; i < inputs; i++) net += U[j * inputs + i] * x[i];
        for (let m = 0; m < units; m++) net += W[j * units + m] * before[m];
        after[j] = Math.tanh(net);
      }
    }
    const last = h[steps];
    for (let k = 0; k < outputs; k++) {
      y[k] = c[k];
      for (let j = 0; j < units; j++) y[k] += V[k * units + j] * last[j];
    }
  }

  private backward({ xs, t }: Sequence): void {
    const { steps, inputs, units, outputs } = this.net;
    const { h, y, delta, carried } = this;
    const { U, W, b, V, c } = this.parameters;
    for (let j = 0; j < units; j++) carried[j] = 0;
    for (let k = 0; k < outputs; k++) {
      const slope = y[k] - t[k];
      c.sums[k] += slope;
      for (let j = 0; j < units; j++) {
        V.sums[k * units + j] += slope * h[steps][j];
        carried[j] += slope * V.values[k * units + j];
      }
    }
    for (let step = steps - 1; step >= 0; step--) {
      const x = xs[step];
      const before = h[step];
      const after = h[step + 1];
      for (let j = 0; j < units; j++) delta[j] = carried[j] * (1 - after[j] * after[j]);
      for (let j = 0; j < units; j++) carried[j] = 0;
      for (let j = 0; j < units; j++) {
        const slope = delta[j];
        b.sums[j] += slope;
        for (let i = 0; i < inputs; i++) U.sums[j * inputs + i] += slope * x[i];
        for (let m = 0; m < units; m++) {
          W.sums[j * units + m] += slope * before[m];
          carried[m] += slope * W.values[j * units + m];
        }
      }
    }
  }
}
