import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { labelledImages, plainMisread, plainShares } from './plain-reader.ts';

const numbers = (...all: number[]) => Float64Array.from(all);

/** Two inputs, two rectifiers, two classes: h = (x₁ − x₂, x₂ − x₁ + 0.1) where positive, logits = (2h₁, h₂). */
const layers = [
  { weights: numbers(1, -1, -1, 1), biases: numbers(0, 0.1) },
  { weights: numbers(2, 0, 0, 1), biases: numbers(0, 0) },
];

const idxImages = (...pixels: number[]) =>
  Uint8Array.of(0, 0, 8, 3, 0, 0, 0, pixels.length / 2, 0, 0, 0, 1, 0, 0, 0, 2, ...pixels);
const idxLabels = (...labels: number[]) => Uint8Array.of(0, 0, 8, 1, 0, 0, 0, labels.length, ...labels);

it('imports nothing, so that it shares no code with what it judges', () => {
  const text = readFileSync(new URL('plain-reader.ts', import.meta.url), 'utf8');
  expect(text).not.toMatch(/^\s*(import|export .* from)\b|\bimport\(|\brequire\(/m);
});

describe('a plain pass', () => {
  it('gives the shares that are computed by hand', () => {
    // h = (1, 0), logits (2, 0): the shares are 1 / (1 + e⁻²) and the rest.
    const [first, second] = plainShares(layers, numbers(1, 0));
    expect(first).toBeCloseTo(0.8807970779778823, 15);
    expect(second).toBeCloseTo(0.11920292202211755, 15);
    // h = (0, 1.1), logits (0, 1.1)
    expect(plainShares(layers, numbers(0, 1))[1]).toBeCloseTo(1 / (1 + Math.exp(-1.1)), 15);
  });

  it('has shares for logits whose exponentials are not finite', () => {
    const great = [{ weights: numbers(1000, 0, 0, 1000), biases: numbers(0, 0) }];
    expect([...plainShares(great, numbers(2, 1))]).toEqual([1, 0]);
  });

  it('tells which images are misread, by number from 1', () => {
    // Class 0 where x₁ − x₂ is positive and 2h₁ above h₂.
    const images = idxImages(255, 0, 0, 255, 255, 255, 51, 0);
    expect(plainMisread(layers, labelledImages(images, idxLabels(0, 1, 1, 0)))).toEqual([]);
    expect(plainMisread(layers, labelledImages(images, idxLabels(1, 1, 0, 0)))).toEqual([1, 3]);
  });

  it('answers the first of equals, and nothing where a share is no number', () => {
    const images = labelledImages(idxImages(255, 0, 255, 0), idxLabels(0, 1));
    const equal = [{ weights: numbers(1, 0, 1, 0), biases: numbers(0, 0) }];
    expect(plainMisread(equal, images)).toEqual([2]);
    const lost = [{ weights: numbers(Number.NaN, 0, 1, 0), biases: numbers(0, 0) }];
    expect(plainMisread(lost, images)).toEqual([1, 2]);
  });

  it('refuses layers that do not fit', () => {
    expect(() => plainShares(layers, numbers(1, 2, 3))).toThrow(
      'layer 1 has 4 weights for 3 inputs and 2 units',
    );
  });
});

it('refuses files that are cut off, are something else or do not belong together', () => {
  const [images, labels] = [idxImages(1, 2, 3, 4), idxLabels(0, 1)];
  expect(labelledImages(images, labels)).toMatchObject({ count: 2, size: 2 });
  for (const wrong of [images.subarray(0, 19), images.subarray(0, 3), labels])
    expect(() => labelledImages(wrong, labels)).toThrow('the images are not whole');
  for (const wrong of [labels.subarray(0, 9), images])
    expect(() => labelledImages(images, wrong)).toThrow('the labels are not whole');
  expect(() => labelledImages(images, idxLabels(0))).toThrow('not as many labels as images');
});
