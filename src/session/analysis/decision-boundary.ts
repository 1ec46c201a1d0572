import { readDrawing } from '../../explain/drawing.ts';
import type { Model, Quantity } from '../../formula/model.ts';
import { InputResponse } from '../../machine/inspect/input-response.ts';
import type { Session } from '../session.ts';

/** Data points that are shown at most: more would cover each other. */
const mostPoints = 400;
/** With more different targets than this, targets are values and not classes. */
const mostClasses = 10;
/** The margin around the data, as a part of its extent; and around a single point, absolute. */
const [around, least] = [0.25, 1];

/** The quantities of a model whose only input has two numbers: a point of the plane. */
export interface InputPlane {
  /** The input, data of two numbers. */
  readonly input: Quantity;
  /** The last quantity of the last layer of units. */
  readonly output: Quantity;
  /** What the output is trained towards, where the model has it. */
  readonly target: Quantity | undefined;
}

/** A sample of the data as a point. */
export interface DataPoint {
  /** Its row in the data, from 1; 1 where there is one input only. */
  readonly row: number;
  /** The sample's two numbers. */
  readonly place: readonly [number, number];
  /** Its position in `DecisionBoundary.classes`, from 0; undefined where there are no classes. */
  readonly classIndex: number | undefined;
}

/** The range of one axis of the plane, in the input's own numbers; both ends inclusive. */
export interface AxisSpan {
  readonly low: number;
  readonly high: number;
}

/**
 * The plane that a model's inputs lie in; undefined unless its only input is data (given, or of each sample) of two numbers
 * that leads to a layer of units.
 */
export function inputPlaneOf(model: Model): InputPlane | undefined {
  const { layers = [] } = readDrawing(model) ?? {};
  const inputs = layers.filter(({ kind }) => kind === 'input');
  const units = layers.filter(({ kind }) => kind === 'unit');
  const last = units.reduce((a, b) => (b.column >= a.column ? b : a), units[0]);
  const quantity = (name: string | undefined) =>
    name === undefined ? undefined : model.quantities.get(name);
  const input = quantity(inputs[0]?.id);
  const output = quantity(last?.quantities.at(-1));
  const isPlane = inputs.length === 1 && inputs[0].size === 2 && output !== undefined && output !== input;
  if (!isPlane || input === undefined || (input.role !== 'given' && input.role !== 'sample'))
    return undefined;
  return { input, output, target: quantity(layers.find(({ kind }) => kind === 'target')?.quantities[0]) };
}

/** How a model divides the plane of its inputs, with the parameters that the present frame begins with. */
export class DecisionBoundary {
  /** At most 400 samples, spread evenly over the data. */
  readonly points: readonly DataPoint[];
  /**
   * With one output, the target of each class, ascending (none if there are more than 10); with several, the outputs' numbers
   * from 1.
   */
  readonly classes: readonly number[];
  /** With one output, the value that separates the classes: midway between the extreme targets, 0.5 without targets. */
  readonly level: number;
  /** The part of the plane to show: the data and a margin around it. */
  readonly spans: readonly [AxisSpan, AxisSpan];

  private constructor(
    session: Session,
    readonly plane: InputPlane,
    private readonly response: InputResponse,
    /** How many numbers the output has. */
    readonly outputs: number,
  ) {
    const samples = samplesOf(session, plane);
    const targets = [
      ...new Set(samples.flatMap(({ target }) => (target.length === 1 ? target[0] : []))),
    ].sort((a, b) => a - b);
    const isOneOfMany = outputs > 1;
    this.classes = isOneOfMany
      ? Array.from({ length: outputs }, (_, at) => at + 1)
      : targets.length <= mostClasses
        ? targets
        : [];
    this.level = targets.length === 0 ? 0.5 : (targets[0] + (targets.at(-1) as number)) / 2;
    const classIndexOf = (target: Float64Array): number | undefined => {
      if (target.length === 0 || this.classes.length === 0) return undefined;
      if (isOneOfMany) return target.length === 1 ? targets.indexOf(target[0]) : greatest(target);
      return this.classes.indexOf(target[0]);
    };
    this.points = samples.map(({ row, input, target }) => ({
      row,
      place: [input[0], input[1]],
      classIndex: classIndexOf(target),
    }));
    this.spans = [0, 1].map((at) => spanAround(this.points.map(({ place }) => place[at]))) as [
      AxisSpan,
      AxisSpan,
    ];
  }

  /**
   * For a session's present frame; undefined where the model has no plane, or its output for one input depends on other samples.
   */
  static of(session: Session): DecisionBoundary | undefined {
    const { model, program, machine, moment, state } = session;
    const plane = inputPlaneOf(model);
    if (plane === undefined) return undefined;
    const { input, output } = plane;
    const response = InputResponse.of(program, {
      input: input.name,
      output: output.name,
      precision: state.precision,
    });
    if (response === undefined) return undefined;
    response.use(machine, moment.frame);
    return new DecisionBoundary(session, plane, response, response.at([0, 0]).length);
  }

  /** The model's output for the input [x, y], row by row. The same array is returned and overwritten at every call. */
  at(x: number, y: number): Float64Array {
    return this.response.at([x, y]);
  }

  /**
   * The class of an output, from 0: the position of the largest number; with one number, the last class if it is above `level`,
   * else 0.
   */
  classOf(answer: ArrayLike<number>): number {
    return this.outputs > 1
      ? greatest(answer)
      : answer[0] > this.level
        ? Math.max(1, this.classes.length - 1)
        : 0;
  }

  /**
   * How far an output lies inside a class (from 0), above 0 inside: its number less the largest of the others. With one number,
   * how far it lies above `level`, whatever the class.
   */
  margin(answer: ArrayLike<number>, one: number): number {
    if (this.outputs === 1) return answer[0] - this.level;
    let other = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < answer.length; at++) if (at !== one) other = Math.max(other, answer[at]);
    return answer[one] - other;
  }
}

interface Sample {
  readonly row: number;
  readonly input: Float64Array;
  readonly target: Float64Array;
}

/** The data with the reader's changes: at most `mostPoints` samples, spread evenly. */
function samplesOf({ machine, moment }: Session, { input, target }: InputPlane): Sample[] {
  const { frame } = moment;
  const inputs = machine.inputsOf(frame);
  const count = input.rows?.count ?? 1;
  const shown = Math.min(count, mostPoints);
  const of = (quantity: Quantity | undefined, row: number): Float64Array => {
    if (quantity === undefined) return new Float64Array(0);
    return quantity.rows ? inputs.sample(quantity, row) : machine.array(frame, quantity.name, 'old').slice();
  };
  return Array.from({ length: shown }, (_, at) => {
    const row = 1 + Math.floor((at * count) / shown);
    return { row, input: of(input, row), target: of(target, row) };
  });
}

function spanAround(values: readonly number[]): AxisSpan {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const room = high > low ? around * (high - low) : least;
  return finite.length === 0 ? { low: -least, high: least } : { low: low - room, high: high + room };
}

function greatest(values: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (values[at] > values[best]) best = at;
  return best;
}
