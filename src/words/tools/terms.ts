import { section } from '../section.ts';

/** What a quantity is to a network, in the words of the glossary. */
export const termWords = section('terms', {
  activation: 'activation',
  bias: 'bias',
  derivative: 'derivative',
  gradient: 'gradient',
  input: 'input',
  'learning rate': 'learning rate',
  loss: 'loss',
  'net input': 'net input',
  output: 'output',
  parameter: 'parameter',
  sensitivity: 'sensitivity',
  target: 'target',
  weight: 'weight',
});
