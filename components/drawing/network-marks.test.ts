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

it('shows the same samples in all columns of a batch that is written out, those at work', () => {
  const { program } = compileProgram(`random z[6] = normal(1)
param a = 1
param w = 0.5
forward
  f[n] = a * z[n]
  d[n] = sigmoid(w * f[n])
  L = -sum(n: log(d[n])) / 6
update
  a <- a - dL/da
  w <- w - dL/dw`);
  const drawing = program && readDrawing(program.model);
  if (program === undefined || drawing === undefined) throw new Error('no drawing');
  const session = new Session(program, 'batch');
  const seen = new Set<string>();
  for (let step = 1; step <= program.size; step++) {
    session.goTo(step);
    const marks = new Marks(session, drawing);
    const { units } = placeNetwork(drawing, { width: 600, most: 3, focus: marks.places() });
    const samples = ['z', 'f', 'd'].map((id) =>
      units.filter(({ unit }) => unit.layer.id === id).map(({ unit }) => unit.n),
    );
    expect(samples[1], `step ${step}`).toEqual(samples[0]);
    expect(samples[2], `step ${step}`).toEqual(samples[0]);
    seen.add(samples[0].join());
    for (const { name, cell } of session.explanation?.operands ?? [])
      if (name === 'f' || name === 'd') expect(samples[0], `step ${step}`).toContain(cell[0]);
  }
  expect(seen.size).toBeGreaterThan(3);
});
