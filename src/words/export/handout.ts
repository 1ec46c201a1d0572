import { section } from '../section.ts';

/** The derivation of a run, printed or as LaTeX. */
export const handoutWords = section('handout', {
  title: (model: string) => `Derivation: ${model}`,
  rounded: 'Numbers are stored with the rounding of the lesson.',
  exact: 'Numbers are computed with full precision and shown rounded.',
  formulas: 'Formulas',
  numbers: (iteration: string) => `Numbers at the beginning of iteration ${iteration}`,
  functions: 'functions',
  formula: 'Formula',
  forward: 'forward pass',
  backward: 'backward pass',
  update: 'update',
  part: (iteration: string, phase: string) => `Iteration ${iteration}: ${phase}`,
  needs: (packages: string) => `needs ${packages}`,
});
