/** A fully connected net with layers W1, b1, W2, b2, …; weights are [unit, input]. */
export interface DenseNet {
  readonly kind: 'dense';
  /** Units of each layer, the inputs first. */
  readonly widths: readonly number[];
  /** For each layer but the inputs. */
  readonly activations: readonly Activation[];
  /** Half the sum of squared errors, or softmax with cross-entropy; the mean over the batch. */
  readonly loss: 'squares' | 'cross-entropy';
  /** Whether it has biases. */
  readonly biased: boolean;
  /** Samples in total, and in a frame, whose gradient is their mean; frames take them in order. */
  readonly samples: number;
  readonly batch: number;
  /** The learning rate. */
  readonly rate: number;
}

/** The activation function of a layer. */
export type Activation = 'sigmoid' | 'tanh' | 'relu' | 'identity';

/**
 * Two rounds of convolution, ReLU and 2×2 max-pooling, then dense layers with ReLU, softmax and cross-entropy. Kernels are
 * K1[channel,u,v], K2[channel,channel below,u,v]; the first dense layer is W3[unit,channel,row,column], then W4, W5;
 * biases are b1 to b5.
 */
export interface ConvolutionalNet {
  readonly kind: 'convolutional';
  /** Pixels along each side of the picture, which has one channel. */
  readonly side: number;
  /** Pixels along each side of a kernel; no padding, stride 1. */
  readonly kernel: number;
  /** Channels after each convolution. */
  readonly channels: readonly [number, number];
  /** Units of the dense layers, the outputs last. */
  readonly dense: readonly number[];
  /** Samples in total, and in a frame, whose gradient is their mean; frames take them in order. */
  readonly samples: number;
  readonly batch: number;
  /** The learning rate. */
  readonly rate: number;
}

/**
 * Pixels along a side: of the picture, after the first convolution, after its pooling, after the second convolution, after its
 * pooling.
 */
export function sidesOf({ side, kernel }: ConvolutionalNet): [number, number, number, number, number] {
  const first = side - kernel + 1;
  const second = first / 2 - kernel + 1;
  return [side, first, first / 2, second, second / 2];
}

/**
 * A tanh layer through time, h[t] from U·x[t], W·h[t-1] and b, and a linear output V·h[last] + c with half the sum of squared
 * errors; one sequence per frame, in order.
 */
export interface RecurrentNet {
  readonly kind: 'recurrent';
  /** Sequences in total. */
  readonly samples: number;
  /** Time steps of a sequence. */
  readonly steps: number;
  /** Numbers that enter at each step. */
  readonly inputs: number;
  readonly units: number;
  readonly outputs: number;
  /** The learning rate. */
  readonly rate: number;
}

/** A net of a workload. */
export type Net = DenseNet | ConvolutionalNet | RecurrentNet;

/** Samples in a frame; for a recurrent net 1. */
export const batchOf = (net: Net): number => (net.kind === 'recurrent' ? 1 : net.batch);
