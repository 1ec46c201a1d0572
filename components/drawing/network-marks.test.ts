import { expect, it } from 'vitest';
import { readDrawing } from '../../src/explain/drawing.ts';
import { Reads } from '../../src/explain/reads.ts';
import { compileProgram } from '../../src/program/program.ts';
import { Session } from '../../src/session/session.ts';
import { Marks } from './network-marks.ts';
import { placeNetwork } from './network-placement.ts';

it('marks a weight that edges share only along the edge of the unit that is being computed', () => {
  const { program } = compileProgram(`given z = [1, 2]
param a = 3
forward
  f[n] = a * z[n]
  L = sum(n: f[n]^2)
update
  a <- a - dL/da`);
  const drawing = program && readDrawing(program.model);
  if (program === undefined || drawing === undefined) throw new Error('no drawing');
  const session = new Session(program, 'shared');
  session.goTo(2);
  const marks = new Marks(session, drawing, new Reads(program).ofCells);
  const { edges } = placeNetwork(drawing, { width: 600, focus: [] });
  const weighted = edges.filter(({ edge }) => edge.weight);
  expect(weighted).toHaveLength(2);
  const flows = marks.flows(edges).filter(({ edge }) => edge.edge.weight);
  expect(flows.map(({ edge }) => edge.target.unit.n)).toEqual([2]);
});
