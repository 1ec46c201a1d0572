import { section } from '../section.ts';

/** The drawing of the network. */
export const networkDrawingWords = section('network-drawing', {
  input: (count: string, isOne: boolean) => `${count} input${isOne ? '' : 's'}`,
  unit: (count: string, isOne: boolean) => `${count} unit${isOne ? '' : 's'}`,
  loss: (count: string, isOne: boolean) => `${count} loss${isOne ? '' : 'es'}`,
  target: (count: string, isOne: boolean) => `${count} target${isOne ? '' : 's'}`,
  next: ', then ',
  network: (layers: string, now: string) =>
    `Network of ${layers}.${now === '' ? '' : ` Now computing ${now}.`} The same can be had as a table.`,
  shown: (shown: number, of: string) => `${shown} of ${of}`,
  abridged: (parts: string) => `Drawn: ${parts}`,
  abridgedHint: 'Of a large layer the first unit, the last and those at work are drawn',
  weight: 'Edge width: size of the weight. Dashed: negative.',
  derivative: 'Edge width: size of the derivative. Dashed: negative.',
  rate: (name: string, value: string) => `Change ${name}: ${value}`,
  change: 'Click to change it',
  more: (count: string) => `${count} more`,
  zoomIn: 'Enlarge the drawing',
  zoomOut: 'Make the drawing smaller',
  zoomAll: 'The whole drawing',
  moveHint: 'Part of the drawing; the arrow keys show the rest',
  asTable: 'as a table',
  asSquares: 'numbers as squares',
  table: 'The network in numbers, unit by unit',
  place: 'Unit',
  numbers: 'Numbers',
  sensitivities: 'Sensitivities',
  weights: 'Weights into it',
  computed: 'computed now',
  read: 'read now',
  notYet: 'not yet',
});
