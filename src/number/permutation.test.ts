import { expect, it } from 'vitest';
import { permutation } from './permutation.ts';

it('permutes evenly: each of the 24 orders of four comes about as often', () => {
  const seen = new Map<string, number>();
  for (let epoch = 0; epoch < 2400; epoch++) {
    const order = permutation(3, epoch, 4).join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(24);
  for (const count of seen.values()) expect(Math.abs(count - 100)).toBeLessThan(50);
  expect([...permutation(3, 0, 1)]).toEqual([0]);
});
