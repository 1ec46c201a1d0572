import { attention, layerNorm } from './attention.ts';
import { convolution, pooling } from './convolution.ts';
import { dense, each } from './dense.ts';
import type { LayerKind } from './layer.ts';
import { batchNorm, dropout } from './normalization.ts';
import { embedding, last, memory, recurrent } from './recurrent.ts';
import { residual } from './residual.ts';

/** Every kind of layer, by its name in shorthand. */
export const layerKinds: Readonly<Record<string, LayerKind>> = {
  dense,
  each,
  residual,
  conv: convolution,
  maxpool: pooling('max'),
  avgpool: pooling('average'),
  dropout,
  batchnorm: batchNorm,
  layernorm: layerNorm,
  recurrent,
  lstm: memory,
  last,
  embedding,
  attention,
};
