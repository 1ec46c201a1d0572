import { describe, expect, it } from 'vitest';
import { examineMutants, texts, tryParts } from './testing/fuzz.testing.ts';

describe('a text changed at random', () => {
  it('changes models of every kind', () => {
    expect(texts.length).toBeGreaterThan(60);
    for (const text of texts) examineMutants(text);
  });

  tryParts(0, 2);
});
