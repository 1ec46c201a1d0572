import { describe, expect, it } from 'vitest';
import { examine, texts, tryParts } from './testing/fuzz.testing.ts';

describe('a text changed at random', () => {
  it('changes models of every kind', () => {
    expect(texts.length).toBeGreaterThan(60);
    for (const text of texts) examine(text);
  });

  tryParts(0, 2);
});
