import { expect, it } from 'vitest';
import { readDrawing } from '../../src/explain/drawing.ts';
import { Reads } from '../../src/explain/reads.ts';
import { lecture } from '../../src/machine/testing/models.testing.ts';
import { compileProgram } from '../../src/program/program.ts';
import { Session } from '../../src/session/session.ts';
import { Marks } from './network-marks.ts';
import { placeNetwork } from './network-placement.ts';
import { roomIn } from './network-room.ts';
import { partsAtWork } from './part-at-work.ts';

it('is the unit at work with those that it reads from, on a phone too', () => {
  const { program } = compileProgram(lecture);
  const drawing = program && readDrawing(program.model);
  if (program === undefined || drawing === undefined) throw new Error('no drawing');
  const session = new Session(program, 'lecture');
  const reads = new Reads(program).ofCells;
  const region = { width: 366, height: 153 };
  for (const name of ['net1', 'net2', 'δ2', 'δ1']) {
    session.goToCell(name, 'old', [1]);
    const placement = placeNetwork(drawing, roomIn(drawing, region));
    const marks = new Marks(session, drawing, reads);
    const [all] = partsAtWork(placement, [], marks);
    expect(all.width, name).toBeLessThanOrEqual(region.width);
    // The units at both ends of every edge that it has read.
    for (const { edge } of marks.flows(placement.edges)) {
      expect(all.x).toBeLessThanOrEqual(edge.from.x);
      expect(all.x + all.width).toBeGreaterThanOrEqual(edge.to.x);
    }
  }
  session.goToCell('δ1', 'old', [2]);
  const placement = placeNetwork(drawing, roomIn(drawing, region));
  const [{ x, width }] = partsAtWork(placement, [], new Marks(session, drawing, reads));
  const output = placement.units.find(({ unit }) => unit.cells.some((cell) => cell.name === 'net2'));
  const [blame] = output?.sensitivities ?? [];
  expect(x + width).toBeGreaterThanOrEqual(blame.x + blame.width);
});
