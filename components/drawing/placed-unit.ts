import type { Unit } from '../../src/explain/drawing.ts';

export interface DrawingPoint {
  readonly x: number;
  readonly y: number;
}

/** Left upper corner and size, in drawing units: CSS pixels at the usual size. */
export interface Rectangle extends DrawingPoint {
  readonly width: number;
  readonly height: number;
}

export interface PlacedUnit {
  readonly unit: Unit;
  readonly box: Rectangle;
  /** One for each cell of the unit. */
  readonly compartments: readonly Rectangle[];
  /** Below the unit, one for each sensitivity. */
  readonly sensitivities: readonly Rectangle[];
  /** Above the unit, one for each bias. */
  readonly biases: readonly Rectangle[];
}

export const centre = ({ x, y, width, height }: Rectangle): DrawingPoint => ({
  x: x + width / 2,
  y: y + height / 2,
});

export const topOf = ({ box, biases }: PlacedUnit): number => Math.min(box.y, ...biases.map(({ y }) => y));
export const bottomOf = ({ box, sensitivities }: PlacedUnit): number =>
  Math.max(box.y + box.height, ...sensitivities.map(({ y, height }) => y + height));

export function moveUnit(placed: PlacedUnit, { x, y }: DrawingPoint): PlacedUnit {
  const move = (box: Rectangle): Rectangle => ({ ...box, x: box.x + x, y: box.y + y });
  const { unit, box, compartments, sensitivities, biases } = placed;
  return {
    unit,
    box: move(box),
    compartments: compartments.map(move),
    sensitivities: sensitivities.map(move),
    biases: biases.map(move),
  };
}
