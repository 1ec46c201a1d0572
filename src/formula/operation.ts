import { exp, sqrt } from '../number/exponential.ts';
import { uncommon } from '../number/uncommon.ts';

/**
 * A scalar operation; one application of it is one step. Each is defined in `operations` and nowhere else: evaluation,
 * typesetting, code and differentiation read that table. How it is spoken is in `operationWords`.
 */
export interface ScalarOperation {
  readonly arity: 1 | 2;
  /** The result of one step in IEEE double arithmetic; `b` is ignored where the arity is 1. */
  readonly evaluate: (a: number, b: number) => number;
  /** How tightly the printed form binds, one of `precedence`; an operand that binds less tightly is put in parentheses. */
  readonly precedence: number;
  /** TeX of the whole from the TeX of its operands, which are already parenthesized. */
  readonly tex: (a: string, b: string) => string;
  /** The operation as pseudo-code, which is the model language itself. */
  readonly code: (a: string, b: string) => string;
  /** The operation in Python, with functions of `library` (`np` or `torch`). A comparison is a boolean there, not yet 1 or 0. */
  readonly python: (a: string, b: string, library: string) => string;
  /**
   * ∂/∂operand for each operand, as text of the language in `a`, `b` and `value` (the operation's own result). An empty text is
   * 0: comparisons pass no gradient.
   */
  readonly slopes: readonly string[];
}

/** TeX in parentheses, which stretch only around something tall (a fraction, a sum or an environment). */
export const texGroup = (text: string): string =>
  /\\frac|\\sum|\\begin/.test(text) ? `\\left(${text}\\right)` : `(${text})`;

/** How tightly printed text binds; higher binds tighter. */
export const precedence = { sum: 1, product: 2, negation: 3, power: 4, atom: 5 } as const;

const infix = (sign: string) => (a: string, b: string) => `${a} ${sign} ${b}`;

const comparison = (
  evaluate: (a: number, b: number) => boolean,
  [code, tex, python = code]: readonly [code: string, tex: string, python?: string],
): ScalarOperation => ({
  arity: 2,
  evaluate: (a, b) => (evaluate(a, b) ? 1 : 0),
  precedence: precedence.atom,
  tex: (a, b) => `[${a} ${tex} ${b}]`,
  code: (a, b) => `[${a} ${code} ${b}]`,
  python: (a, b) => `(${a} ${python} ${b})`,
  slopes: ['', ''],
});

const prefix = (
  name: string,
  evaluate: (a: number) => number,
  slope: string,
  tex = (a: string) => `\\${name}${texGroup(a)}`,
): ScalarOperation => ({
  arity: 1,
  evaluate,
  precedence: precedence.atom,
  tex,
  code: (a) => `${name}(${a})`,
  python: (a, _, library) => `${library}.${name}(${a})`,
  slopes: [slope],
});

/** All scalar operations by name. */
export const operations = {
  add: {
    arity: 2,
    evaluate: (a, b) => a + b,
    precedence: precedence.sum,
    tex: infix('+'),
    code: infix('+'),
    python: infix('+'),
    slopes: ['1', '1'],
  },
  sub: {
    arity: 2,
    evaluate: (a, b) => a - b,
    precedence: precedence.sum,
    tex: infix('-'),
    code: infix('-'),
    python: infix('-'),
    slopes: ['1', '-1'],
  },
  mul: {
    arity: 2,
    evaluate: (a, b) => a * b,
    precedence: precedence.product,
    tex: infix('\\cdot'),
    code: infix('*'),
    python: infix('*'),
    slopes: ['b', 'a'],
  },
  div: {
    arity: 2,
    evaluate: (a, b) => a / b,
    precedence: precedence.product,
    tex: (a, b) => `\\frac{${a}}{${b}}`,
    code: (a, b) => `${a}/${b}`,
    python: infix('/'),
    slopes: ['1/b', '-value/b'],
  },
  neg: {
    arity: 1,
    evaluate: (a) => -a,
    precedence: precedence.negation,
    tex: (a) => `-${a}`,
    code: (a) => `-${a}`,
    python: (a) => `-${a}`,
    slopes: ['-1'],
  },
  exp: prefix('exp', exp, 'value', (a) => `e^{${a}}`),
  log: prefix(
    'log',
    (a) => uncommon().log(a),
    '1/a',
    (a) => `\\ln${texGroup(a)}`,
  ),
  sqrt: prefix('sqrt', sqrt, '1/(2*value)', (a) => `\\sqrt{${a}}`),
  tanh: prefix('tanh', (a) => uncommon().tanh(a), '1 - value^2'),
  sin: prefix('sin', (a) => uncommon().sin(a), 'cos(a)'),
  cos: prefix('cos', (a) => uncommon().cos(a), '-sin(a)'),
  abs: prefix('abs', Math.abs, '[a > 0] - [a < 0]', (a) => `\\left|${a}\\right|`),
  max: {
    arity: 2,
    // Not Math.max: the first winner is kept, so a tie and a NaN behave the same everywhere.
    evaluate: (a, b) => (b > a ? b : a),
    precedence: precedence.atom,
    tex: (a, b) => `\\max(${a},\\, ${b})`,
    code: (a, b) => `max(${a}, ${b})`,
    python: (a, b, library) => `${library}.maximum(${a}, ${b})`,
    slopes: ['[a >= b]', '[b > a]'],
  },
  min: {
    arity: 2,
    evaluate: (a, b) => (b < a ? b : a),
    precedence: precedence.atom,
    tex: (a, b) => `\\min(${a},\\, ${b})`,
    code: (a, b) => `min(${a}, ${b})`,
    python: (a, b, library) => `${library}.minimum(${a}, ${b})`,
    slopes: ['[a <= b]', '[b < a]'],
  },
  eq: comparison((a, b) => a === b, ['=', '=', '==']),
  ne: comparison((a, b) => a !== b, ['!=', '\\ne']),
  lt: comparison((a, b) => a < b, ['<', '<']),
  le: comparison((a, b) => a <= b, ['<=', '\\le']),
  gt: comparison((a, b) => a > b, ['>', '>']),
  ge: comparison((a, b) => a >= b, ['>=', '\\ge']),
} satisfies Record<string, ScalarOperation>;

/** The name of a scalar operation, a key of `operations`. */
export type OperationName = keyof typeof operations;

/** What a step can do: a scalar operation, keeping the better of two (`argmax`), or writing a value unchanged (`copy`). */
export type StepName = OperationName | 'argmax' | 'copy';

/** The operation of a name. */
export const operation = (name: OperationName): ScalarOperation => operations[name];

/** The operations that the language writes like a function call. */
export const calledOperations: ReadonlySet<string> = new Set([
  'exp',
  'log',
  'sqrt',
  'tanh',
  'sin',
  'cos',
  'abs',
  'max',
  'min',
]);
