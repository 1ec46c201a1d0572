import { section } from '../section.ts';

/** Editing the model's formulas in the page. */
export const modelEditingWords = section('model-editing', {
  editor: 'The model’s formulas',
  apply: 'Apply',
  restored: 'These are the lesson’s formulas again.',
  discard: 'Forget the changes',
  keys: 'Escape leaves the text, Tab goes on, Control Space suggests names, \\delta becomes δ.',
  draft: 'Changed, not applied yet.',
  running: 'This is what the debugger runs.',
  overtaken: 'The model has changed meanwhile. What you have typed is still here, and not applied.',
  expansion: 'The formulas that this stands for',
  reading: 'A moment…',
  folded: (count: number, what: string) => `${count === 1 ? '1 line' : `${count} lines`}: ${what}`,
  unfold: 'Unfold these lines',
  agrees: 'gives the derivative',
  nothingSeen: 'could not be tried: it is 0 at all numbers',
  mistakes: (count: number) => (count === 1 ? '1 mistake' : `${count} mistakes`),
  warnings: (count: number) => (count === 1 ? '1 remark' : `${count} remarks`),
  nextFinding: 'Go to the next one',
  place: (line: number, column: number) => `line ${line}, column ${column}`,
  unchanged: 'The debugger still runs what was applied before.',
  applied: 'These formulas are yours now.',
  dropped: (what: string) => `Not kept: ${what}`,
  divergesAt: (cell: string, operation: number) =>
    `Here the backward pass parts from the derivative: ${cell}, operation ${operation}.`,
  position: (n: number, count: number) => `Place ${n} of ${count}.`,
  numbers: (written: string, claim: string, derived: string) =>
    `As it is written it gives ${written}; ${claim} is ${derived}.`,
  numbersNearby: (written: string, claim: string, derived: string) =>
    `At these numbers it happens to be right; at others near them it gives ${written} where ${claim} is ${derived}.`,
  inferred: 'That it should be this is told by the update that uses it; a claim would say so.',
  untried: (names: string) =>
    `Nothing could be seen of what is claimed of ${names}: at all numbers tried, the derivative is 0, and so is what is written.`,
  theDerivative: 'the derivative',
  written: 'written',
  goThere: 'Go there',
  nextDivergence: 'The next place',
  noDivergence: 'The backward pass parts from the derivative nowhere.',
  divergence: 'Where the backward pass parts from the derivative',
  failed: 'The formulas could not be read: a part of the page could not be loaded. Is it still connected?',
});

/** Known mistakes in a backward pass. */
export const mistakeWords = section('known-mistakes', {
  none: 'It looks like none of the usual slips.',
  sentence: (mistake: string) => `It looks as if ${mistake}.`,
  turned: (mistake: string) => `${mistake}, and the sign is turned`,
  sign: 'the sign is turned',
  factor: (factor: string) => `it is multiplied by ${factor}`,
  averaged: (count: number) => `it is averaged, divided by ${count}`,
  rate: (name: string) => `it is multiplied by ${name}, which belongs in the update`,
  hiddenSlope: (unit: string) => `σ′ is missing at the hidden unit ${unit}`,
  outputSlope: (unit: string) => `σ′ is missing at the output unit ${unit}`,
  renewed: (name: string) => `the updated ${name} is used too early: the forward pass has used the old one`,
  transposed: (name: string) => `rows and columns of ${name} are exchanged`,
  mirrored: 'rows and columns are exchanged',
  path: 'only one of the paths to the loss is followed',
  sensitivity: (name: string) =>
    `the sensitivity of ${name} (δ) stands for the gradient, and what the weight is multiplied by is missing`,
  vanishing: 'everything in it cancels: it is 0, to rounding',
  innerSign: (code: string) => `a sign inside is turned: ${code}`,
  missing: (code: string) => `the factor ${code} is missing`,
});
