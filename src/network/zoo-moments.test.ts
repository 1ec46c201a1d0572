import { describe, expect, it } from 'vitest';
import { compareGradients, compareMoments, rounding } from './moment-comparison.testing.ts';
import { zooModels } from './zoo.testing.ts';

describe.each(zooModels)('$name', (model) => {
  it('shows at every step what a slow recorder saw', () => compareMoments(model, 'full'));

  it('does so too where numbers are rounded as they are stored', () =>
    compareMoments(rounding(model), 'lesson'));

  it('has the derivatives that central differences have', () => {
    const isTrained = model.frames.some((row) => Object.keys(row).some((key) => key.includes('/')));
    expect(compareGradients(model) > 0).toBe(isTrained);
  });
});
