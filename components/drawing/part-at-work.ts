import type { UnversionedCell } from '../../src/explain/adjoints.ts';
import { around } from '../base/revealed.ts';
import type { Mark } from './cell-marks.ts';
import type { EdgeLabel } from './edge-labels.ts';
import type { Marks } from './network-marks.ts';
import type { PlacedEdge, Placement } from './network-placement.ts';
import type { PlacedUnit, Rectangle } from './placed-unit.ts';

/**
 * What should be in sight at a step, the most first: all that the cell has read by now, with the edges between; only what the
 * operation itself reads; the unit at work with the label of the edge; the cell being computed, where it is shown several times, as a
 * shared weight is, the one that is nearest to what is read, if possible with that. Empty where the drawing does not show that cell.
 */
export function partsAtWork(
  { units, edges }: Placement,
  labels: readonly EdgeLabel[],
  marks: Marks,
): Rectangle[] {
  const spots = [...units.flatMap(spotsOfUnit), ...labels.flatMap(spotsOfLabel)];
  const of = (mark: Mark) => spots.filter(({ cell }) => marks.of(cell) === mark).map(({ box }) => box);
  const all = marks.flows(edges);
  const flows = all.filter(({ mark }) => mark !== 'read');
  const written = of('target');
  // The weight at work may have no label.
  const cell = written.length > 0 ? written : flows.filter(({ mark }) => mark === 'target').map(alongEdge);
  if (cell.length === 0) return [];
  const held = units.filter((unit) => spotsOfUnit(unit).some(({ cell }) => marks.atWork(cell) === 'target'));
  const near = labels.filter(({ edge }) => flows.some((flow) => flow.edge.edge === edge.edge));
  const unit = [...cell, ...held.map(outline), ...near.map(({ box }) => box)];
  const now = of('now');
  const read = [...unit, ...now, ...flows.map(alongEdge)];
  const [nearest] = [...cell].sort((a, b) => distance(a, now[0] ?? a) - distance(b, now[0] ?? b));
  const few = cell.length > 1 && now.length > 0 ? [[nearest, ...now]] : [];
  return [[...read, ...of('read'), ...all.map(alongEdge)], read, unit, ...few, [nearest]].map(around);
}

const distance = (a: Rectangle, b: Rectangle): number => Math.hypot(a.x - b.x, a.y - b.y);

interface Spot {
  readonly cell: UnversionedCell;
  readonly box: Rectangle;
}

const spotsOfUnit = ({ unit, compartments, sensitivities, biases }: PlacedUnit): Spot[] => [
  ...unit.cells.map((cell, at) => ({ cell, box: compartments[at] })),
  ...unit.sensitivities.map((cell, at) => ({ cell, box: sensitivities[at] })),
  ...unit.biases.flatMap((weight, at) =>
    [weight, ...weight.gradients].map((cell) => ({ cell, box: biases[at] })),
  ),
];

const spotsOfLabel = ({ edge: { edge }, box }: EdgeLabel): Spot[] =>
  edge.weight === undefined ? [] : [edge.weight, ...edge.weight.gradients].map((cell) => ({ cell, box }));

const outline = ({ box, sensitivities, biases }: PlacedUnit): Rectangle =>
  around([box, ...sensitivities, ...biases]);

const alongEdge = ({ edge: { from, to } }: { readonly edge: PlacedEdge }): Rectangle =>
  around([from, to].map((point) => ({ ...point, width: 0, height: 0 })));
