import { expect, it } from 'vitest';
import { trace } from '../trace/trace.ts';
import { sharedPenalty } from './penalties.testing.ts';
import { exportMachine } from './python.testing.ts';

/* The weight of a term that no sample changes; the programs check the same models against PyTorch. */

const after = (text: string, name: string): number => {
  const machine = exportMachine(text, 'full');
  return machine.frame(1).memory[machine.layout.slot(name, 'new').offset];
};

it.each([
  [', sum', 2],
  [', sum, together', 2],
  [', mean', 1],
  [', mean, together', 1],
])(
  'in a batch of two%s, a penalty in the loss of a sample counts %i times, one of its own once',
  (options, times) => {
    const written = sharedPenalty.replace('%', options);
    const derived = written.replace('own = 2*P :', 'own :').replace('once = 2*Q :', 'once :');
    const asked = written
      .replace(/backward\n.*\n.*\n/, '')
      .replace('*own', '*dL/dP')
      .replace('*once', '*dR/dQ');
    // What 2P of each sample gives where all are added up, or their mean is taken; and 2Q, which is of no sample.
    for (const text of [written, derived, asked]) {
      expect(after(text, 'P')).toBeCloseTo(0.3 - 0.1 * times * 2 * 0.3, 12);
      expect(after(text, 'Q')).toBeCloseTo(0.2 - 0.1 * 2 * 0.2, 12);
      const steps = [...trace(exportMachine(text, 'full'), 1, 'cell')];
      const last = (cell: string) => steps.filter((step) => step.cell === cell).at(-1);
      expect(last('P')?.record.value).toBe(after(text, 'P'));
      expect(last('Q')?.record.value).toBe(after(text, 'Q'));
    }
  },
);
