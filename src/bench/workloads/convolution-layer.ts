import { type Parameter, parameter } from './parameter.ts';

/**
 * A convolution (stride 1, no padding), ReLU and 2×2 max-pooling of the plain loop. Arrays are [channel, row, column], kernels
 * [channel, channel below, row, column].
 */
export interface ConvolutionLayer {
  /** Channels of its input. */
  readonly below: number;
  /** Channels of its output. */
  readonly channels: number;
  /** Rows and columns of a kernel. */
  readonly kernel: number;
  /** Pixels along each side of its input. */
  readonly input: number;
  /** Pixels along each side after the convolution; half as many after pooling. */
  readonly side: number;
  readonly kernels: Parameter;
  readonly biases: Parameter;
  /** The activations of the last sample, before and after pooling: filled by `convolve` and `pool`. */
  readonly a: Float64Array;
  readonly pooled: Float64Array;
  /** The position in `a` from which each pooled value comes: filled by `pool`. */
  readonly winners: Int32Array;
  /** ∂loss/∂net of the convolution, filled by `unpool`, and ∂loss/∂pooled, filled by the layer above. */
  readonly delta: Float64Array;
  readonly pooledDelta: Float64Array;
}

/**
 * A layer with copies of the given kernels [channel, channel below, row, column] and biases, one for each channel. `below` counts
 * the channels of what it reads, `input` is the side of that, `kernel` the side of a kernel; input − kernel + 1 must be even.
 */
export function convolutionLayer(
  below: number,
  input: number,
  kernel: number,
  kernels: Float64Array,
  biases: Float64Array,
): ConvolutionLayer {
  const channels = biases.length;
  const side = input - kernel + 1;
  const pooled = channels * (side / 2) ** 2;
  return {
    below,
    channels,
    kernel,
    input,
    side,
    kernels: parameter(kernels),
    biases: parameter(biases),
    a: new Float64Array(channels * side * side),
    pooled: new Float64Array(pooled),
    winners: new Int32Array(pooled),
    delta: new Float64Array(channels * side * side),
    pooledDelta: new Float64Array(pooled),
  };
}

/** Computes `a`, after ReLU, from the layer's input x [channel, row, column]. */
export function convolve(layer: ConvolutionLayer, x: Float64Array): void {
  const { below, channels, kernel, input, side, a } = layer;
  const kernels = layer.kernels.values;
  const biases = layer.biases.values;
  let out = 0;
  for (let c = 0; c < channels; c++) {
    for (let p = 0; p < side; p++) {
      for (let q = 0; q < side; q++) {
        let net = biases[c];
        let w = c * below * kernel * kernel;
        for (let d = 0; d < below; d++) {
          for (let u = 0; u < kernel; u++) {
            const row = (d * input + p + u) * input + q;
            for (let v = 0; v < kernel; v++) net += kernels[w++] * x[row + v];
          }
        }
        a[out++] = net > 0 ? net : 0;
      }
    }
  }
}

/** Computes `pooled` and `winners` from `a`, see `convolve`: the greatest of every 2×2 pixels; the first wins a tie. */
export function pool({ channels, side, a, pooled, winners }: ConvolutionLayer): void {
  let out = 0;
  for (let c = 0; c < channels; c++) {
    for (let r = 0; r < side; r += 2) {
      for (let s = 0; s < side; s += 2) {
        const corner = (c * side + r) * side + s;
        let best = corner;
        if (a[corner + 1] > a[best]) best = corner + 1;
        if (a[corner + side] > a[best]) best = corner + side;
        if (a[corner + side + 1] > a[best]) best = corner + side + 1;
        winners[out] = best;
        pooled[out++] = a[best];
      }
    }
  }
}

/**
 * Overwrites `delta` from `pooledDelta`, which the caller has filled, back through pooling and ReLU, with `a` and `winners` of
 * the same sample.
 */
export function unpool({ a, winners, delta, pooledDelta }: ConvolutionLayer): void {
  for (let n = 0; n < delta.length; n++) delta[n] = 0;
  for (let n = 0; n < winners.length; n++) if (a[winners[n]] > 0) delta[winners[n]] = pooledDelta[n];
}

/**
 * Adds one sample's gradients of kernels and biases to their `sums`, from `delta`, which `unpool` has computed, and the layer's
 * input x [channel, row, column]. Overwrites `carried` (as long as x), if given, with ∂loss/∂x.
 */
export function convolveBack(layer: ConvolutionLayer, x: Float64Array, carried?: Float64Array): void {
  const { below, channels, kernel, input, side, delta } = layer;
  const kernels = layer.kernels.values;
  const kernelSums = layer.kernels.sums;
  const biasSums = layer.biases.sums;
  if (carried !== undefined) for (let n = 0; n < carried.length; n++) carried[n] = 0;
  let out = 0;
  for (let c = 0; c < channels; c++) {
    for (let p = 0; p < side; p++) {
      for (let q = 0; q < side; q++) {
        const step = delta[out++];
        biasSums[c] += step;
        let w = c * below * kernel * kernel;
        for (let d = 0; d < below; d++) {
          for (let u = 0; u < kernel; u++) {
            const row = (d * input + p + u) * input + q;
            for (let v = 0; v < kernel; v++, w++) {
              kernelSums[w] += step * x[row + v];
              if (carried !== undefined) carried[row + v] += step * kernels[w];
            }
          }
        }
      }
    }
  }
}
