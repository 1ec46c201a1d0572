import { expect, it } from 'vitest';
import { scrollNeeded } from './own-place.ts';

it('a place scrolls as little as it must, and shows the start of what is taller', () => {
  const place = 100;
  const needed = (top: number, height: number): number => scrollNeeded(top, top + height - place);
  expect(needed(0, 100)).toBe(0);
  expect(needed(30, 40)).toBe(0);
  expect(needed(-5, 40)).toBe(-5);
  expect(needed(80, 40)).toBe(20);
  expect(needed(10, 300)).toBe(10);
  expect(needed(-10, 300)).toBe(-10);
  expect(needed(150, 300)).toBe(150);
});
