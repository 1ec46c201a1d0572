import type { Unit } from '../../src/explain/drawing.ts';

/** A point in drawing units, x to the right and y down. */
export interface DrawingPoint {
  readonly x: number;
  readonly y: number;
}

/** In drawing units, which are CSS pixels at the usual size. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Upper left corner and size, in drawing units. */
export interface Rectangle extends DrawingPoint, Size {}

/** A unit with its place in the drawing. */
export interface PlacedUnit {
  /** The unit and its cells. */
  readonly unit: Unit;
  /** The unit itself, without its tabs. */
  readonly box: Rectangle;
  /** A part of the box for each cell of the unit, in their order. */
  readonly compartments: readonly Rectangle[];
  /** A tab below the box for each derivative by one of its cells, in their order. */
  readonly sensitivities: readonly Rectangle[];
  /** A tab above the box for each bias, in their order. */
  readonly biases: readonly Rectangle[];
}

/** The middle of a rectangle. */
export const centre = ({ x, y, width, height }: Rectangle): DrawingPoint => ({
  x: x + width / 2,
  y: y + height / 2,
});

/** The height of a unit's name, above its bias tabs, in drawing units; 0 without one. */
export const nameHeight = ({ label }: Unit): number => (label ? 14 : 0);

/** The upper edge of a unit with its name and its bias tabs, in drawing units (y is down). */
export const topOf = ({ unit, box, biases }: PlacedUnit): number =>
  Math.min(box.y, ...biases.map(({ y }) => y)) - nameHeight(unit);
/** The lower edge of a unit with its derivatives' tabs, in drawing units (y is down). */
export const bottomOf = ({ box, sensitivities }: PlacedUnit): number =>
  Math.max(box.y + box.height, ...sensitivities.map(({ y, height }) => y + height));

/** A copy of a unit and all its parts, moved by x to the right and y down, in drawing units. */
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
