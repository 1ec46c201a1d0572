import { readQuery } from '../../formula/compile/query.ts';
import { type Expression, references } from '../../formula/expression.ts';
import { cellAt, type Model, type Quantity } from '../../formula/model.ts';
import { Layout, type Slot } from '../../machine/memory/layout.ts';
import type { Moment } from '../../machine/moment.ts';
import { type CellEvaluation, Evaluator, type SlotReader } from '../../machine/step/evaluator.ts';
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

/** A function of one number that may read numbers of the run as well. */
export class RunFunction {
  /** With the numbers that were there last. */
  private last: NumberFunction | undefined;
  private known: readonly (number | undefined)[] = [];
  private readonly read: readonly { readonly name: string; readonly cell: readonly number[] }[];
  private readonly evaluation: CellEvaluation;
  /** While it is evaluated: the variable, and the numbers of the run by their places in `known`. */
  private present = 0;

  constructor(
    model: Model,
    private readonly text: string,
    private readonly variable: string,
    expression: Expression,
  ) {
    const read = new Map<string, { name: string; cell: readonly number[] }>();
    const places = new Map<string, number>();
    const key = (slot: Slot, at: number) => `${slot.version} ${slot.name} ${at}`;
    const evaluator = (source: SlotReader) =>
      new Evaluator(model.functions, new Layout(model), source).evaluation(expression, []);
    evaluator((slot, address) => () => {
      const at = address() - slot.offset;
      if (slot.name !== variable) read.set(key(slot, at), { name: slot.name, cell: cellAt(slot.shape, at) });
      return 0;
    }).at([]);
    for (const one of read.keys()) places.set(one, places.size);
    this.read = [...read.values()];
    this.evaluation = evaluator((slot, address) => () => {
      if (slot.name === variable) return this.present;
      return this.known[places.get(key(slot, address() - slot.offset)) as number] ?? Number.NaN;
    });
  }

  /** At a moment: the same one as before as long as the numbers that it reads are. One that is not computed makes it no number anywhere. */
  at(moment: Moment): NumberFunction {
    const now = this.read.map(({ name, cell }) => moment.newest(name, cell).value);
    const { last, text, variable } = this;
    if (last !== undefined && now.every((one, n) => Object.is(one, this.known[n]))) return last;
    this.known = now;
    const at = (value: number): number => {
      this.present = value;
      return this.evaluation.at([]);
    };
    this.last = { text, variable, at, slopeAt: (value) => slopeOf(at, value) };
    return this.last;
  }
}

/** Reads a function of `variable`, which is no name of the model's; a message where it is none. */
export function readFunction(
  model: Model,
  text: string,
  variable: string,
): RunFunction | { readonly message: string } {
  if (model.quantities.has(variable)) return { message: words.taken(variable) };
  const own: Quantity = { name: variable, role: 'given', shape: [], span: { line: 1, column: 1, length: 1 } };
  const widened: Model = { ...model, quantities: new Map([[variable, own], ...model.quantities]) };
  const query = readQuery(widened, text);
  if ('error' in query) return query.error;
  if (query.isCondition) return { message: words.condition };
  if (query.free.length > 0) return { message: words.oneNumber(text) };
  if (![...references(query.expression)].some(({ name }) => name === variable))
    return { message: words.notOf(variable) };
  if (query.cost * evaluations > mostWork) return { message: words.tooMuch };
  return new RunFunction(widened, text, variable, query.expression);
}
