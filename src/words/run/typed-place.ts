import { section } from '../section.ts';

/** Messages about a step or an iteration that a reader has typed and that cannot be gone to. */
export const typedPlaceWords = section('typed-place', {
  wholeStep: (size: number) => `Type a whole number from 0 to ${size}.`,
  noStep: (step: string, size: number) => `There is no step ${step}; an iteration has ${size}.`,
  wholeIteration: 'Type a whole number, from 1.',
  untrained: (trained: string, count: number) =>
    `${count === 1 ? 'No iteration is' : `${trained} iterations are`} trained. Train first, then any of them can be visited.`,
});
