import { readDrawing } from '../../explain/drawing.ts';
import { cellAt, cellName, type Model, ownShape, type Quantity, sizeOf } from '../../formula/model.ts';
import { answersAlone } from '../../machine/inspect/forward-response.ts';
import type { Probe } from '../../machine/inspect/probe.ts';
import type { Machine } from '../../machine/machine.ts';
import { readNumbers } from '../base/reader.ts';
import { GivenNumbers, shownRows } from './given.ts';
import { Regions } from './regions.ts';
import { Surface } from './surface.ts';

/** The margin around the data, as a part of their extent; and around a single point, absolute. */
const [around, least] = [0.25, 1];

/** The quantities of a model whose only input has two numbers: a point of the plane. */
interface InputPlane {
  /** The input, data of two numbers. */
  readonly input: Quantity;
  /** The last quantity of the last layer of units. */
  readonly output: Quantity;
  /** What the output is trained towards, where the model has it. */
  readonly target: Quantity | undefined;
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

/** The regions of a model whose inputs are a plane, found without being told which, in the part of it where the data lie. */
export class InputRegions {
  private readonly numbers: readonly GivenNumbers[];
  private readonly probe: Probe;
  /** How many numbers an answer is. */
  private readonly size: number;
  private readonly data: GivenNumbers | undefined;
  private last: { readonly machine: Machine; readonly frame: number; readonly regions: Regions } | undefined;

  private constructor(
    private readonly model: Model,
    { input, output, target }: InputPlane,
  ) {
    const sample = input.perSample === true ? model.batch?.index : undefined;
    const own = ownShape(input);
    this.numbers = [0, 1].map(
      (flat) => new GivenNumbers(model, 'over', cellName(input.name, cellAt(own, flat)), sample),
    );
    this.probe = readNumbers(model, 'regions', wholeText(model, output)).probe;
    this.size = sizeOf(ownShape(output));
    const isGiven = target !== undefined && target.role !== 'computed';
    const count = isGiven ? sizeOf(ownShape(target)) : 0;
    const isLike = isGiven && (count === 1 || count === this.size);
    this.data = isLike ? new GivenNumbers(model, 'data', wholeText(model, target), sample) : undefined;
  }

  /** Undefined where the model has no plane, or its output for one input depends on other samples. */
  static of(model: Model): InputRegions | undefined {
    const plane = inputPlaneOf(model);
    if (plane === undefined || !answersAlone(model, plane.output.name)) return undefined;
    return new InputRegions(model, plane);
  }

  /** With the data of a frame (from 1) of a run, rounded as the run is; the same object as long as the data cover the same part. */
  at(machine: Machine, frame: number): Regions {
    const { last, numbers, probe, data, size } = this;
    if (last?.machine === machine && last.frame === frame) return last.regions;
    const ranges = numbers.map((one) =>
      rangeAround(shownRows(one.rows).map((row) => one.values(machine, frame, row)[0])),
    );
    const isSame =
      last?.machine.precision === machine.precision &&
      last.regions.varied.ranges.every(([low, high], n) => low === ranges[n][0] && high === ranges[n][1]);
    const found = (): Regions => {
      const varied = { numbers, ranges, sample: numbers[0].sample };
      const surface = new Surface(this.model, [probe], varied, machine.precision === 'lesson');
      return new Regions(probe.text, varied, surface, data, size);
    };
    const regions = isSame ? last.regions : found();
    this.last = { machine, frame, regions };
    return regions;
  }
}

/** A quantity with letters for its indices, as `y[i]`; an index with one value is 1. */
function wholeText({ quantities, batch }: Model, quantity: Quantity): string {
  const letters = [...'ijkpqrabcdefg'].filter((one) => !quantities.has(one) && one !== batch?.index);
  const own = ownShape(quantity).map((size, n) => (size === 1 ? '1' : letters[n]));
  return own.length === 0 ? quantity.name : `${quantity.name}[${own.join(',')}]`;
}

function rangeAround(values: readonly number[]): readonly [low: number, high: number] {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const room = high > low ? around * (high - low) : least;
  return finite.length === 0 ? [-least, least] : [low - room, high + room];
}
