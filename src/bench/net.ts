/** A fully connected net with layers W1, b1, W2, b2, …; a weight's row is the unit it leads to. */
export interface DenseNet {
  readonly kind: 'dense';
  /** Units of each layer, the inputs first. */
  readonly widths: readonly number[];
  /** Of each layer but the inputs. */
  readonly activations: readonly Activation[];
  /** Half the sum of squared errors, or the cross-entropy of a softmax; the mean over the batch. */
  readonly loss: 'squares' | 'cross-entropy';
  readonly biased: boolean;
  /** Samples in a frame; the gradient is their mean. */
  readonly batch: number;
  readonly rate: number;
}

export type Activation = 'sigmoid' | 'tanh' | 'relu' | 'identity';

export type Net = DenseNet;
