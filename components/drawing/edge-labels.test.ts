import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDrawing } from '../../src/explain/drawing.ts';
import { modelsIn } from '../../src/lesson/model/model-fence.ts';
import { zooModels } from '../../src/network/zoo.testing.ts';
import { uniform } from '../../src/number/random.ts';
import { compileProgram, type Program } from '../../src/program/program.ts';
import { isRecurrent } from '../../src/program/tree.ts';
import { Session } from '../../src/session/session.ts';
import { distanceFrom, type EdgeLabel, labelEdges, overlap, withDerivatives } from './edge-labels.ts';
import { Captions } from './network-captions.ts';
import { NetworkFigures } from './network-figures.ts';
import { Marks } from './network-marks.ts';
import { type Placement, placeNetwork } from './network-placement.ts';
import { roomIn } from './network-room.ts';
import { centre } from './placed-unit.ts';

/** All but those that read a file. */
const lessons = readdirSync('lessons')
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) => {
    const path = `lessons/${file}`;
    const { models } = modelsIn(readFileSync(path, 'utf8'), path);
    return [...models].map(([id, { program }]) => ({ name: `${file}, ${id}`, program }));
  });
const networks = zooModels.map(({ name, text }) => ({ name, program: compileProgram(text).program }));
const regions = [
  { width: 790, height: 230 },
  { width: 640, height: 330 },
  { width: 366, height: 190 },
  { width: 860, height: 300 },
];

/** Between more edges than this, in the width of a telephone, not every label has room. */
const mostDown = 12;

/** What is wrong with the labels of a picture. */
function faults(placement: Placement, labels: readonly EdgeLabel[]): string[] {
  const { direction, gaps } = placement;
  return gaps.flatMap(({ edges }) => {
    const own = labels.filter(({ edge }) => edges.includes(edge));
    const isCrowded = direction === 'down' && edges.length > mostDown;
    return [
      ...edges.flatMap((edge) =>
        isCrowded || own.some((label) => label.edge === edge) ? [] : [`${edge.edge.id} has no label`],
      ),
      ...own.flatMap(({ edge, box }, at) => {
        const middle = centre(box);
        const near = distanceFrom(edge, middle);
        const isOdd = edges.some((other) => other !== edge && distanceFrom(other, middle) <= near);
        const isUnder = labels.slice(labels.indexOf(own[at]) + 1).some((other) => overlap(box, other.box));
        return [
          ...(isOdd ? [`the label of ${edge.edge.id} is nearer to another edge`] : []),
          ...(isUnder ? [`the label of ${edge.edge.id} is under another`] : []),
        ];
      }),
    ];
  });
}

describe('every edge with a weight has its label, nearest to itself, and the cell at work its line', () => {
  for (const { name, program } of [...lessons, ...networks]) {
    if (program === undefined || isRecurrent(program.tree)) continue;
    const session = new Session(program as Program, 'model');
    const drawing = readDrawing(session.model);
    if (drawing === undefined) continue;
    it(name, () => {
      // After the update, in the middle of a pass, and where the derivative by some weight is computed.
      const { size } = program;
      const later = Array.from({ length: 40 }, (_, n) => Math.floor((0.4 + 0.6 * uniform(1, 0, n)) * size));
      const isOfWeight = (step: number): boolean => {
        session.goTo(step);
        const marks = new Marks(session, drawing);
        return (
          marks.derivativesAtWork(placeNetwork(drawing, { width: 700, focus: marks.places() }).edges).size > 0
        );
      };
      const steps = [size, later[0], ...later.filter(isOfWeight).slice(0, 1)];
      for (const region of regions) {
        const room = roomIn(drawing, region);
        for (const step of steps) {
          session.goTo(step);
          const marks = new Marks(session, drawing);
          const placement = placeNetwork(drawing, { ...room, focus: marks.places() });
          const base = labelEdges(placement, marks.focus(placement.edges));
          const labels = withDerivatives(placement, base, marks.derivativesAtWork(placement.edges));
          const where = `step ${step}, ${region.width}×${region.height}`;
          expect(faults(placement, labels), where).toEqual([]);
          const captions = new Captions(
            new NetworkFigures(session),
            placement,
            labels,
            (cell) => marks.isPending(cell),
            (cell) => marks.of(cell) === 'target',
          );
          const lines = labels.map((label) => captions.label(label));
          const isOf = ({ cell, name }: { readonly cell: readonly number[]; readonly name: string }) =>
            marks.target?.name === name && marks.target.cell.join() === cell.join();
          labels.forEach(({ edge: { edge } }, at) => {
            const { weight } = edge;
            // Of several derivatives by a weight the first is shown.
            if (weight === undefined || ![weight, ...weight.gradients.slice(0, 1)].some(isOf)) return;
            expect(
              lines[at].some((line) => isOf(line.cell)),
              `${where}, ${edge.id}`,
            ).toBe(true);
          });
        }
      }
    });
  }
});
