import { describe, expect, it } from 'vitest';
import { Machine } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import { programOf } from '../../machine/testing/agreement.testing.ts';
import { figureFault, figureOf } from '../base/marks.testing.ts';
import type { FigureText } from '../base/reader.ts';

const filter = `given x = [[2, 2, 7], [9, 4, 6], [8, 5, 2]]
given k = [[1, -1], [0.5, 0.25]]
forward
  e[p,q] = sum(u, v: k[u,v] * x[p+u-1, q+v-1])
  y[p] = sum(q: e[p,q])`;

const program = programOf(filter);
const machine = new Machine(program, 'full');

/** The cells of squares with a class. */
const squares = (text: FigureText, step: number, name: string) =>
  figureOf(program, text)
    .at(new Moment(machine, step))
    .marks.filter(
      ({ tag, attributes }) => tag === 'rect' && String(attributes.class).split(' ').includes(name),
    )
    .map(({ cell }) => cell);

describe('a matrix', () => {
  it('has its numbers in squares, with names at its sides', () => {
    const text = { matrix: 'e[p,q]', rows: 'top, bottom', columns: 'left, right' };
    const { marks, table, text: said } = figureOf(program, text).at(new Moment(machine, program.size));
    const response = (p: number, q: number) => machine.value(1, 'e', 'old', [p, q]);
    expect(table).toEqual([
      ['', 'left', 'right'],
      ['top', String(response(1, 1)), String(response(1, 2)).replace('-', '−')],
      ['bottom', String(response(2, 1)), String(response(2, 2)).replace('-', '−')],
    ]);
    expect(said).toContain('The greatest is 10.25, at bottom, left');
    const inside = marks.filter(({ attributes }) => String(attributes.class).startsWith('inside'));
    expect(inside.map((one) => one.text)).toEqual(['5.5', '−1.5', '10.25', '1']);
    expect(inside.map(({ cell }) => cell)).toEqual(['e[1,1]', 'e[1,2]', 'e[2,1]', 'e[2,2]']);
  });

  it('has empty squares for what is not computed', () => {
    expect(squares({ matrix: 'e[p,q]' }, 0, 'missing')).toEqual(['e[1,1]', 'e[1,2]', 'e[2,1]', 'e[2,2]']);
    const { text, table } = figureOf(program, { matrix: 'e[p,q]' }).at(new Moment(machine, 0));
    expect(text).toBe('Matrix of e[p,q]. Nothing of it is computed yet.');
    expect(table[1]).toEqual(['1', '–', '–']);
  });

  it('marks the number at work and those that its formula reads', () => {
    // Each number of the response takes seven operations.
    expect(squares({ matrix: 'e[p,q]' }, 14, 'now')).toEqual(['e[1,2]']);
    expect(squares({ matrix: 'x[i,j]' }, 14, 'read')).toEqual(['x[1,2]', 'x[1,3]', 'x[2,2]', 'x[2,3]']);
    expect(squares({ image: 'k[u,v]' }, 14, 'read')).toEqual(['k[1,1]', 'k[1,2]', 'k[2,1]', 'k[2,2]']);
    expect(squares({ matrix: 'x[i,j]' }, 0, 'read')).toEqual([]);
  });

  it('stands beside others, which do not cover each other', () => {
    const { marks, width, table } = figureOf(program, { matrix: 'x[i,j], k[u,v], e[p,q]' }).at(
      new Moment(machine, 5),
    );
    const of = (name: string) => {
      const places = marks
        .filter(({ tag, cell }) => tag === 'rect' && cell?.startsWith(`${name}[`))
        .map(({ attributes }) => [Number(attributes.x), Number(attributes.x) + Number(attributes.width)]);
      return [Math.min(...places.flat()), Math.max(...places.flat())];
    };
    const [[, x], [k, toK], [e, toE]] = ['x', 'k', 'e'].map(of);
    expect(x).toBeLessThan(k);
    expect(toK).toBeLessThan(e);
    expect(toE).toBeLessThanOrEqual(width);
    expect(table.map(([head]) => head)).toEqual([
      'x[i,j]',
      '1',
      '2',
      '3',
      'k[u,v]',
      '1',
      '2',
      'e[p,q]',
      '1',
      '2',
    ]);
    expect(new Set(table.map((row) => row.length))).toEqual(new Set([4]));
  });

  it.each<[FigureText, string]>([
    [{ matrix: 'y[p]' }, 'matrix: a matrix runs over two indices'],
    [{ matrix: 'e[p,q], q[i]' }, 'matrix: this model has no q'],
    [{ matrix: 'e[p,q]', rows: 'top' }, 'rows: there are 2 numbers, but 1 labels'],
    [{ matrix: 'e[p,q]', columns: 'a, b, c' }, 'columns: there are 2 numbers, but 3 labels'],
    [{ matrix: 'e[p,q], e[p,q], e[p,q], e[p,q], e[p,q]' }, 'matrix: these are 5 numbers; at most 4'],
    [{ matrix: 'e[p,q]', shape: '2 x 2' }, 'shape: this kind of figure has no shape'],
  ])('is told what is wrong with it: %j', (wrong, message) => {
    expect(figureFault(filter, wrong)).toContain(message);
  });
});
