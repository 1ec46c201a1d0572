import { afterEach, describe, expect, it } from 'vitest';
import { section, translate } from './section.ts';

const words = section('test', { close: 'Close', step: (n: number, of: number) => `Step ${n} of ${of}` });

afterEach(() => translate());

describe('a section of words', () => {
  it('is English to begin with', () => {
    expect(words.close).toBe('Close');
    expect(words.step(2, 64)).toBe('Step 2 of 64');
  });

  it('is read in another language once there is one, word by word', () => {
    translate((name, what) => (name === 'test' && what === 'close' ? 'Schließen' : undefined));
    expect(words.close).toBe('Schließen');
    expect(words.step(2, 64)).toBe('Step 2 of 64');
    translate();
    expect(words.close).toBe('Close');
  });
});
