import type { Contestant, Data } from './contestant.ts';
import { ConvolutionLoop } from './convolution-loop.ts';
import { DenseLoop } from './dense-loop.ts';
import type { Net } from './net.ts';
import { RecurrentLoop } from './recurrent-loop.ts';

/** The hand-written baseline for a net; `data` gives the numbers under the names of the net's text. */
export function plainLoop(net: Net, data: Data): Contestant {
  switch (net.kind) {
    case 'dense':
      return new DenseLoop(net, data);
    case 'convolutional':
      return new ConvolutionLoop(net, data);
    case 'recurrent':
      return new RecurrentLoop(net, data);
  }
}
