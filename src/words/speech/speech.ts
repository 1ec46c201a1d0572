import { section } from '../section.ts';

/** A comparison says what it found, rather than what was asked. */
const comparison = (yes: string, no: string) => (a: string, b: string, holds: boolean) =>
  `${a} ${holds ? yes : no} ${b}`;

/** The spoken form of each operation, by its name in the formula language, from its operands and whether it holds. */
export const operationWords = section('operations', {
  add: (a: string, b: string) => `${a} plus ${b}`,
  sub: (a: string, b: string) => `${a} minus ${b}`,
  mul: (a: string, b: string) => `${a} times ${b}`,
  div: (a: string, b: string) => `${a} divided by ${b}`,
  neg: (a: string, _: string) => `negative of ${a}`,
  exp: (a: string, _: string) => `e to the power ${a}`,
  log: (a: string, _: string) => `natural logarithm of ${a}`,
  sqrt: (a: string, _: string) => `square root of ${a}`,
  tanh: (a: string, _: string) => `hyperbolic tangent of ${a}`,
  sin: (a: string, _: string) => `sine of ${a}`,
  cos: (a: string, _: string) => `cosine of ${a}`,
  abs: (a: string, _: string) => `absolute value of ${a}`,
  max: (a: string, b: string) => `greater of ${a} and ${b}`,
  min: (a: string, b: string) => `lesser of ${a} and ${b}`,
  eq: comparison('equals', 'does not equal'),
  ne: comparison('differs from', 'does not differ from'),
  lt: comparison('is less than', 'is not less than'),
  le: comparison('is at most', 'is not at most'),
  gt: comparison('is greater than', 'is not greater than'),
  ge: comparison('is at least', 'is not at least'),
});

/** A step as a sentence, short: the number first, then what it is, then how it was computed. */
export const speechWords = section('speech', {
  before: 'Before the first step.',
  phases: (phase: string, sentence: string) => `${phase}: ${sentence}`,
  value: (value: string, cell: string) => `${value}, ${cell}.`,
  step: (value: string, cell: string, work: string) => `${value}, ${cell}: ${work}.`,
  part: (operation: number, cell: string) => `part ${operation} of ${cell}`,
  /** Where the name is a short one. */
  laterPart: (operation: number, cell: string) => `part ${operation}, ${cell}`,
  renewed: (cell: string) => `new ${cell}`,
  itsGradient: 'its gradient',
  itsDerivative: 'its derivative',
  /** Of a 0 that is read where an array has nothing, as before the first moment. */
  outside: (value: string, name: string) => `${value}, outside ${name},`,
  constant: 'a constant',
  copied: 'as it is',
  copiedOf: (name: string) => `the same as ${name}`,
  operand: (name: string, value: string) => `${name} ${value}`,
  /** Of a name that ends in a number. */
  numbered: (name: string, value: string) => `${name}, ${value},`,
  position: (a: string, b: string) => `place of the greater, ${a} against ${b}`,
  squared: (a: string) => `${a} squared`,
  tie: (work: string) => `${work}, a tie: first counts`,
  rounded: (work: string) => `${work}, rounded`,
  poked: 'changed by you',
  decimals: (count: number) => `${count} decimal place${count === 1 ? '' : 's'}`,
  significant: (count: number) => `${count} significant figure${count === 1 ? '' : 's'}`,
  gradient: (by: string) => `gradient of ${by}`,
  shortDerivative: (by: string) => `derivative in ${by}`,
  derivative: (of: string, by: string) => `derivative of ${of} in ${by}`,
});
