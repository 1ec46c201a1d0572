import { readQuery } from '../../formula/compile/query.ts';
import { references } from '../../formula/expression.ts';
import type { Model, Quantity } from '../../formula/model.ts';
import { Layout } from '../../machine/memory/layout.ts';
import { Evaluator } from '../../machine/step/evaluator.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { mostWork } from '../base/kinds.ts';

/** A function of one number in the model's language, with its slope. */
export interface NumberFunction {
  /** As it is written. */
  readonly text: string;
  readonly variable: string;
  at(value: number): number;
  /** By a central difference. */
  slopeAt(value: number): number;
}

/** How often a function is evaluated for a picture, about. */
const evaluations = 200;

/** The step of a central difference, beside 1 or the number: cube root of a double's precision, about. */
const small = 6e-6;

/** The slope of a function of one number, by a central difference. */
export function slopeOf(at: (value: number) => number, value: number): number {
  const step = small * Math.max(1, Math.abs(value));
  return (at(value + step) - at(value - step)) / (2 * step);
}

/** Reads a function of `variable`, which is no name of the model's; a message where it is none. */
export function readFunction(
  model: Model,
  text: string,
  variable: string,
): NumberFunction | { readonly message: string } {
  if (model.quantities.has(variable)) return { message: words.taken(variable) };
  const own: Quantity = { name: variable, role: 'given', shape: [], span: { line: 1, column: 1, length: 1 } };
  const widened: Model = { ...model, quantities: new Map([[variable, own]]), formulas: [] };
  const query = readQuery(widened, text);
  if ('error' in query) return query.error;
  if (![...references(query.expression)].some(({ name }) => name === variable))
    return { message: words.notOf(variable) };
  if (query.cost * evaluations > mostWork) return { message: words.tooMuch };
  let present = 0;
  const evaluator = new Evaluator(widened.functions, new Layout(widened), () => () => present);
  const evaluation = evaluator.evaluation(query.expression, []);
  const at = (value: number): number => {
    present = value;
    return evaluation.at([]);
  };
  return {
    text,
    variable,
    at,
    slopeAt: (value) => slopeOf(at, value),
  };
}
