import { section } from '../section.ts';

const comparison = (relation: string) => (a: string, b: string) => `1 if ${a} ${relation} ${b}, else 0`;

/** The spoken form of each operation, by its name in the formula language, from its operands. */
export const operationWords = section('operations', {
  add: (a: string, b: string) => `${a} plus ${b}`,
  sub: (a: string, b: string) => `${a} minus ${b}`,
  mul: (a: string, b: string) => `${a} times ${b}`,
  div: (a: string, b: string) => `${a} divided by ${b}`,
  neg: (a: string, _: string) => `the negative of ${a}`,
  exp: (a: string, _: string) => `e to the power ${a}`,
  log: (a: string, _: string) => `the natural logarithm of ${a}`,
  sqrt: (a: string, _: string) => `the square root of ${a}`,
  tanh: (a: string, _: string) => `the hyperbolic tangent of ${a}`,
  sin: (a: string, _: string) => `the sine of ${a}`,
  cos: (a: string, _: string) => `the cosine of ${a}`,
  abs: (a: string, _: string) => `the absolute value of ${a}`,
  max: (a: string, b: string) => `the greater of ${a} and ${b}`,
  min: (a: string, b: string) => `the lesser of ${a} and ${b}`,
  eq: comparison('equals'),
  ne: comparison('differs from'),
  lt: comparison('is less than'),
  le: comparison('is at most'),
  gt: comparison('is greater than'),
  ge: comparison('is at least'),
});

/** A step as one spoken sentence. */
export const speechWords = section('speech', {
  before: 'Before the first step.',
  place: (step: number, of: number) => `Step ${step} of ${of}.`,
  forward: 'Forward',
  backward: 'Backward',
  update: 'Update',
  inside: (functionName: string) => `inside ${functionName}, `,
  step: (phase: string, cell: string, inside: string, work: string) => `${phase}, ${cell}: ${inside}${work}.`,
  copied: (value: string) => `${value}, as it is`,
  position: (a: string, b: string, value: string) => `the greater of ${a} and ${b} is at position ${value}`,
  gives: (work: string, value: string) => `${work} is ${value}`,
  tie: ', a tie',
  stored: (rule: string, value: string) => `Stored with ${rule} as ${value}.`,
  poked: (value: string) => `But ${value} is stored: you have changed it.`,
  finished: (cell: string) => `That is ${cell}.`,
  notFinite: (cell: string) => `${cell} is not a finite number.`,
  decimals: (count: number) => `${count} decimal place${count === 1 ? '' : 's'}`,
  significant: (count: number) => `${count} significant figure${count === 1 ? '' : 's'}`,
  derivative: (of: string, by: string) => `derivative of ${of} by ${by}`,
});
