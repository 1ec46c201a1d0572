import type { Unit } from '../../src/explain/drawing.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Left upper corner and size, in drawing units: CSS pixels at the usual size. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedUnit {
  readonly unit: Unit;
  readonly box: Box;
  /** One for each cell of the unit. */
  readonly compartments: readonly Box[];
  /** Below the unit, one for each sensitivity. */
  readonly sensitivities: readonly Box[];
  /** Above the unit, one for each bias. */
  readonly biases: readonly Box[];
}

export const centre = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });

export const topOf = ({ box, biases }: PlacedUnit): number => Math.min(box.y, ...biases.map(({ y }) => y));
export const bottomOf = ({ box, sensitivities }: PlacedUnit): number =>
  Math.max(box.y + box.height, ...sensitivities.map(({ y, height }) => y + height));

export function moveUnit(placed: PlacedUnit, { x, y }: Point): PlacedUnit {
  const move = (box: Box): Box => ({ ...box, x: box.x + x, y: box.y + y });
  const { unit, box, compartments, sensitivities, biases } = placed;
  return {
    unit,
    box: move(box),
    compartments: compartments.map(move),
    sensitivities: sensitivities.map(move),
    biases: biases.map(move),
  };
}
