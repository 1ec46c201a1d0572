import { expect, it } from 'vitest';
import { permuted, transposed } from '../peers/arrays.ts';
import { nested, onehotLabels, pictures } from './numbers.ts';

it('draws pictures like MNIST’s: 19 in a hundred pixels, grey values k/255, each another', () => {
  const all = pictures(4);
  for (let n = 0; n < 4; n++) {
    const picture = all.subarray(n * 784, (n + 1) * 784);
    expect(picture.filter((grey) => grey !== 0)).toHaveLength(149);
    for (const grey of picture) expect(Math.abs(grey * 255 - Math.round(grey * 255))).toBeLessThan(1e-12);
  }
  expect(new Set([0, 1, 2, 3].map((n) => all.subarray(n * 784, (n + 1) * 784).join())).size).toBe(4);
  expect(pictures(4)).toEqual(all);
});

it('labels every sample once', () => {
  const rows = onehotLabels(20, 10);
  for (let n = 0; n < 20; n++) expect(rows.subarray(n * 10, (n + 1) * 10).reduce((a, b) => a + b)).toBe(1);
});

it('writes arrays as the language does', () => {
  expect(nested([1, 2, 3, 4, 5, 6], [2, 3])).toBe('[[1, 2, 3], [4, 5, 6]]');
  expect(nested([1, 2, 3, 4], [2, 1, 2])).toBe('[[[1, 2]], [[3, 4]]]');
});

it('puts dimensions in another order', () => {
  expect([...transposed([1, 2, 3, 4, 5, 6], 2)]).toEqual([1, 4, 2, 5, 3, 6]);
  // [channel, row, column] to [row, column, channel]
  expect([...permuted([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2], [1, 2, 0])]).toEqual([1, 5, 2, 6, 3, 7, 4, 8]);
});
