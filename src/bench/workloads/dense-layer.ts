import type { Activation } from './net.ts';
import { type Parameter, parameter } from './parameter.ts';

/** A layer of the plain loop: one Float64Array per array, a loop per index, `Math.exp`. Weights are [unit, input]. */
export interface DenseLayer {
  /** How many numbers it reads. */
  readonly inputs: number;
  readonly units: number;
  readonly activation: Activation;
  readonly weights: Parameter;
  readonly biases: Parameter;
  /** The activations of the last sample, one for each unit: filled by `forward`. */
  readonly h: Float64Array;
  /** ∂loss/∂net of the last sample, one for each unit: filled by the functions below. */
  readonly delta: Float64Array;
}

/** A layer with copies of the given weights [unit, input], row by row, and biases, one for each unit (0 for a layer without). */
export function denseLayer(activation: Activation, weights: Float64Array, biases: Float64Array): DenseLayer {
  const units = biases.length;
  return {
    inputs: weights.length / units,
    units,
    activation,
    weights: parameter(weights),
    biases: parameter(biases),
    h: new Float64Array(units),
    delta: new Float64Array(units),
  };
}

// A chain of comparisons stays fast whichever nets the process has trained before; a table of functions does not.
function activate(kind: Activation, z: number): number {
  if (kind === 'sigmoid') return 1 / (1 + Math.exp(-z));
  if (kind === 'tanh') return Math.tanh(z);
  if (kind === 'relu') return z > 0 ? z : 0;
  return z;
}

/** The slope of an activation function, from its value. */
function slope(kind: Activation, h: number): number {
  if (kind === 'sigmoid') return h * (1 - h);
  if (kind === 'tanh') return 1 - h * h;
  if (kind === 'relu') return h > 0 ? 1 : 0;
  return 1;
}

/**
 * Computes the activations `h` from one sample's input. For softmax, the activation is the identity, and `softmax(layer.h)`
 * follows.
 */
export function forward(layer: DenseLayer, input: Float64Array): void {
  const { inputs, units, activation, h } = layer;
  const weights = layer.weights.values;
  const biases = layer.biases.values;
  for (let j = 0, w = 0; j < units; j++) {
    let net = biases[j];
    for (let i = 0; i < inputs; i++) net += weights[w++] * input[i];
    h[j] = activate(activation, net);
  }
}

/**
 * Overwrites the last layer's `delta` with ∂loss/∂net for half the sum of squared errors against the targets t; `h` must be
 * computed.
 */
export function deltaOfSquares({ units, activation, h, delta }: DenseLayer, t: Float64Array): void {
  for (let k = 0; k < units; k++) delta[k] = (h[k] - t[k]) * slope(activation, h[k]);
}

/**
 * Overwrites the last layer's `delta` with ∂loss/∂net = h − t for softmax and cross-entropy; `softmax` must have been applied to
 * `h`.
 */
export function deltaOfCrossEntropy({ units, h, delta }: DenseLayer, t: Float64Array): void {
  for (let k = 0; k < units; k++) delta[k] = h[k] - t[k];
}

/**
 * Overwrites `below`, as long as the layer's input, with ∂loss/∂input, from `delta` through the weights. The slope of the layer
 * below is not included: see `throughActivation`.
 */
export function carryBack(
  { inputs, units, weights: { values }, delta }: DenseLayer,
  below: Float64Array,
): void {
  for (let j = 0; j < inputs; j++) below[j] = 0;
  for (let k = 0, w = 0; k < units; k++) for (let j = 0; j < inputs; j++) below[j] += values[w++] * delta[k];
}

/** Turns `delta` from ∂loss/∂h into ∂loss/∂net: multiplies it in place by the activation's slope at `h`. */
export function throughActivation({ units, activation, h, delta }: DenseLayer): void {
  for (let j = 0; j < units; j++) delta[j] *= slope(activation, h[j]);
}

/**
 * Adds `scale` times one sample's gradients, from `delta` and the layer's input, to the arrays, which are laid out as its weights
 * and biases (its `sums`, or with a negative scale its `values`); biases are skipped where `intoBiases` is undefined.
 */
export function addGradients(
  { inputs, units, delta }: DenseLayer,
  input: Float64Array,
  scale: number,
  intoWeights: Float64Array,
  intoBiases: Float64Array | undefined,
): void {
  for (let j = 0, w = 0; j < units; j++) {
    const step = scale * delta[j];
    for (let i = 0; i < inputs; i++) intoWeights[w++] += step * input[i];
    if (intoBiases !== undefined) intoBiases[j] += step;
  }
}

/** Replaces z in place by its softmax; the maximum is subtracted first, so that nothing overflows. */
export function softmax(z: Float64Array): void {
  let top = z[0];
  for (let k = 1; k < z.length; k++) if (z[k] > top) top = z[k];
  let total = 0;
  for (let k = 0; k < z.length; k++) {
    z[k] = Math.exp(z[k] - top);
    total += z[k];
  }
  for (let k = 0; k < z.length; k++) z[k] /= total;
}

/** Half the sum of squared errors of one sample, with outputs y and targets t. */
export function squaresLoss(y: ArrayLike<number>, t: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < t.length; k++) total += (t[k] - y[k]) ** 2 / 2;
  return total;
}

/** The cross-entropy −Σ t·ln p of one sample, with probabilities p and targets t; terms with t[k] = 0 are left out. */
export function crossEntropyLoss(p: ArrayLike<number>, t: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < t.length; k++) if (t[k] > 0) total -= t[k] * Math.log(p[k]);
  return total;
}
