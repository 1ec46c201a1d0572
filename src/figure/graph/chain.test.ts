import { describe, expect, it } from 'vitest';
import { Chains } from '../../explain/chain.ts';
import { Partials } from '../../explain/partials.ts';
import { Reads } from '../../explain/reads.ts';
import { editsOf, Machine } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import { programOf } from '../../machine/testing/agreement.testing.ts';
import { lecture } from '../../machine/testing/models.testing.ts';
import { uniform } from '../../number/random.ts';
import type { Program } from '../../program/program.ts';
import { figureFault, figureOf } from '../base/marks.testing.ts';
import type { FigureText } from '../base/reader.ts';
import { CellGraph } from './cell-graph.ts';

/** Two roads that part and meet, a weight that is updated, and derivatives by hand and derived. */
const net = programOf(`given x = 0.7
given t = 0.2
param w = 1.3
forward
  a = 3*x - w^2
  b = tanh(a * w)
  c = sigmoid(a)
  y = b * c
  L = (t - y)^2
backward
  dy = -2 * (t - y)  : dL/dy
  minus = 2 * (t - y) * c  : -dL/db
update
  w <- w - 0.1 * dL/dw`);

/** What each of its formulas computes, written down once more. */
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const twin: Record<string, (read: Record<string, number>) => number> = {
  a: ({ x, w }) => 3 * x - w ** 2,
  b: ({ a, w }) => Math.tanh(a * w),
  c: ({ a }) => sigmoid(a),
  y: ({ b, c }) => b * c,
  L: ({ t, y }) => (t - y) ** 2,
};

const tenSteps = (program: Program, seed: number): number[] =>
  Array.from({ length: 10 }, (_, n) => Math.floor(uniform(seed, 1, n) * 4 * program.size));
const numberOf = (text: string): number | undefined =>
  text === '–' ? undefined : Number(text.replaceAll('−', '-'));
const rounded = (value: number | undefined) =>
  value === undefined ? undefined : Number(value.toPrecision(4));
const rowOf = (table: readonly (readonly string[])[], head: string) =>
  (table.find(([first]) => first === head) as readonly string[]).slice(1).map(numberOf);

describe('a chain has the machine’s numbers', () => {
  const runs: [string, Machine][] = [
    ['as it is', new Machine(net, 'lesson')],
    ['after an edit', new Machine(net, 'full', editsOf(new Map([['x', -0.4]])))],
  ];

  it.each(runs)('%s', (_, machine) => {
    const figure = figureOf(net, { chain: 'L', from: 'w' });
    for (const step of [0, ...tenSteps(net, 7), net.size]) {
      const moment = new Moment(machine, step);
      const { table } = figure.at(moment);
      for (const name of ['x', 'w', 't', 'a', 'b', 'c', 'y', 'L'])
        expect(rowOf(table, name)[0], `${name} at ${step}`).toBe(rounded(moment.value(name, 'old', [])));
      // What the model computes itself is there once that is stored, with its sign.
      expect(rowOf(table, 'y')[2]).toBe(rounded(moment.value('dy', 'old', [])));
      const minus = moment.value('minus', 'old', []);
      expect(rowOf(table, 'b')[2]).toBe(rounded(minus === undefined ? undefined : -minus));
      expect(rowOf(table, 'w')[2]).toBe(rounded(moment.value('dL/dw', 'old', [])));
    }
  });

  it.each(runs)('%s, and slopes that are those of differences', (_, machine) => {
    const figure = figureOf(net, { chain: 'L' });
    let compared = 0;
    for (const step of tenSteps(net, 8)) {
      const moment = new Moment(machine, step);
      const { table } = figure.at(moment);
      const stored: Record<string, number> = {};
      for (const name of ['x', 'w', 't', 'a', 'b', 'c', 'y', 'L']) {
        const value = moment.value(name, 'old', []);
        if (value !== undefined) stored[name] = value;
      }
      for (const [head, , slope] of table.filter(([first]) => /^\w → \w$/.test(first))) {
        const [by, of] = head.split(' → ');
        const found = numberOf(slope);
        if (found === undefined) continue;
        // A slope is there as soon as all that it needs is; of what it does not depend on, any number will do.
        const moved = (by1: number) => twin[of]({ ...stored, [by]: (stored[by] ?? 0.3) + by1 });
        expect(found, `${head} at ${step}`).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 3);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(20);
  });
});

describe('roads', () => {
  it.each([
    ['net', net, 'w', 'L', 3],
    ['lecture', programOf(lecture), 'x[2]', 'L', 2],
  ] as const)('of %s have products that sum to the derivative', (_, program, from, loss, count) => {
    const machine = new Machine(program, 'full');
    const graph = new CellGraph(program, { name: loss, version: 'old', cell: [] }, 24);
    const start = graph.cells.findIndex(({ label }) => label === from);
    const { name, cell } = graph.cells[start];
    const reads = new Reads(program, machine.layout);
    const chains = new Chains(machine, reads, new Partials(program, machine.layout));
    for (const frame of [1, 2, 5]) {
      const { slopes, derivatives } = graph.at(new Moment(machine, frame * program.size));
      const roads = graph.roads(start, 6);
      expect(roads).toHaveLength(count);
      const products = roads.map((road) => road.reduce((whole, n) => whole * (slopes[n] as number), 1));
      const sum = products.reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(derivatives[start] as number, 12);
      const chain = chains.of({ name, version: 'old', cell }, loss, frame);
      expect(chain?.pathCount).toBe(count);
      expect(sum).toBeCloseTo(chain?.value as number, 12);
    }
  });

  it('have a kind of line of their own, also where they share an arrow', () => {
    const program = programOf('given x = 2\nforward\n a = 3*x\n b = a^2\n c = a + 1\n y = b*c');
    const { marks, text } = figureOf(program, { chain: 'y' }).at(
      new Moment(new Machine(program, 'full'), program.size),
    );
    const lines = marks.filter(({ attributes }) => String(attributes.class).startsWith('arrow way-'));
    // Three arrows on each road, and one in the legend.
    expect(lines.filter(({ attributes }) => attributes.class === 'arrow way-1')).toHaveLength(4);
    expect(lines.filter(({ attributes }) => attributes.class === 'arrow way-2')).toHaveLength(4);
    expect(new Set(lines.map(({ attributes }) => attributes.d)).size).toBe(lines.length);
    expect(text).toContain('The road x, a, b, y gives 3 · 12 · 7 = 252.');
    expect(text).toContain('Together the roads give 360. The derivative of y by x is 360.');
  });

  it('do not pass where a number only decides', () => {
    const program = programOf('given x = 2\ngiven s = 1\nforward\n y = [s > 0] * x^2');
    const { table } = figureOf(program, { chain: 'y', from: 'x' }).at(
      new Moment(new Machine(program, 'full'), program.size),
    );
    expect(rowOf(table, 'x')[2]).toBe(4);
    expect(fault({ chain: 'y', from: 's' }, program)).toBe('from: no road leads from s to y');
  });
});

describe('what is not computed', () => {
  it('is missing, not 0', () => {
    const figure = figureOf(net, { chain: 'L', from: 'x' });
    const { marks, table, text } = figure.at(new Moment(new Machine(net, 'full'), 0));
    const texts = (kind: string) =>
      marks
        .filter(({ tag, attributes }) => tag === 'text' && attributes.class === kind)
        .map((one) => one.text);
    expect(texts('number')).toEqual(['0.7', '0.2', '1.3']);
    // The slopes of a by x and by w need only what is given.
    expect(texts('slope')).toEqual(['3', '−2.6']);
    expect(texts('derivative')).toEqual([]);
    expect(table.flat()).not.toContain('0');
    expect(marks.filter(({ attributes }) => attributes.class === 'cell missing')).toHaveLength(5);
    expect(text).toContain('5 are not computed yet.');
    expect(text).toContain('The road x, a, b, y, L is not computed yet.');
    expect(texts('road').at(-1)).toBe('together: –');
  });

  it('is a derivative as long as the backward pass has not stored it', () => {
    const figure = figureOf(net, { chain: 'L' });
    const machine = new Machine(net, 'full');
    const stored = net.writing('dy', 'old', [])?.last as number;
    const derivative = (step: number) => rowOf(figure.at(new Moment(machine, step)).table, 'y')[2];
    expect(derivative(stored - 1)).toBeUndefined();
    expect(derivative(stored)).toBe(rounded(machine.value(1, 'dy', 'old', [])));
  });
});

describe('a chain’s picture', () => {
  it.each([
    ['right', net, { chain: 'y' }],
    ['down', programOf(lecture), { chain: 'L', from: 'x[1]' }],
  ] as const)('to the %s has room for every box and what can be pointed at', (_, program, text) => {
    const { marks, width, height } = figureOf(program, text).at(
      new Moment(new Machine(program, 'full'), program.size),
    );
    expect(width).toBeLessThanOrEqual(351);
    const boxes = marks.filter(({ tag }) => tag === 'rect');
    const edges = boxes.map(({ attributes }) => attributes as Record<'x' | 'y' | 'width' | 'height', number>);
    edges.forEach((a, n) => {
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.x + a.width).toBeLessThanOrEqual(width);
      expect(a.y + a.height).toBeLessThanOrEqual(height);
      for (const b of edges.slice(n + 1))
        expect(
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
        ).toBe(true);
    });
    for (const { cell } of boxes)
      expect(marks.filter((one) => one.tag === 'text' && one.cell === cell).length).toBeGreaterThan(1);
  });

  it('stands still while numbers come', () => {
    const figure = figureOf(net, { chain: 'L' });
    const arrows = (step: number) =>
      figure.at(new Moment(new Machine(net, 'full'), step)).marks.filter(({ tag }) => tag === 'path');
    expect(arrows(0)).toEqual(arrows(net.size));
  });

  it('is of the sample that it is asked for', () => {
    const program = programOf(
      'sample x = [2, 5]\nparam w = 3\nbatch n = all, mean, together\nforward\n  y = w * x\n  L = y^2\nupdate\n  w <- w - 0.001 * dL/dw',
    );
    const figure = figureOf(program, { chain: 'L', from: 'w' });
    const moment = new Moment(new Machine(program, 'full'), program.size);
    expect(rowOf(figure.at(moment, 2).table, 'y')[0]).toBe(15);
    // Of this sample’s loss, not the batch’s: 2 · 15 · 5.
    expect(rowOf(figure.at(moment, 2).table, 'w')[2]).toBe(150);
    expect(rowOf(figure.at(moment, 1).table, 'w')[2]).toBe(24);
  });
});

const fault = (text: FigureText, program: Program = net) => figureFault(program, text);

describe('what is wrong with a chain is told at its line:', () => {
  const large = programOf('given x[40] = 1\ngiven w = 2\nforward\n  y[i] = x[i] * w\n  s = sum(i: y[i])');
  const crossed = programOf(
    'given x = 1\ngiven c = [1, 2, 3]\nforward\n  a[i] = c[i] * x\n  b[j] = sum(i: a[i]) * c[j]\n  s = sum(j: b[j])',
  );

  it.each<[FigureText, string, Program?]>([
    [{ chain: '' }, 'chain: a chain needs the number at which it ends'],
    [{ chain: 'q' }, 'chain: q is no number that the forward pass of this model computes'],
    [{ chain: 'x' }, 'chain: x is no number that the forward pass'],
    [{ chain: 'dy' }, 'chain: dy is no number that the forward pass'],
    [{ chain: 'y[2]' }, 'chain: y[2] is no number that the forward pass'],
    [{ chain: 'y' }, 'chain: y is several numbers; name one of them, as in y[1]', large],
    [{ chain: 'y[41]' }, 'chain: y[41] is no number', large],
    [{ chain: 's' }, 'chain: more than 24 numbers lead there', large],
    [{ chain: 'y', from: 'L' }, 'from: no road leads from L to y'],
    [{ chain: 'y', from: 'y' }, 'from: no road leads from y to y'],
    [{ chain: 'y', from: 't' }, 'from: no road leads from t to y'],
    [{ chain: 'y', from: '?' }, 'from: no road leads from ? to y'],
    [{ chain: 's' }, 'chain: more than 6 roads lead there from x', crossed],
    [{ chain: 's', from: 'x' }, 'from: more than 6 roads lead there from x', crossed],
    [{ chain: 'y', over: 'x = 1..2' }, 'over: this kind of figure has no over'],
  ])('%j', (text, message, program) => {
    expect(fault(text, program)).toContain(message);
  });

  it('but one number of several is an end', () => {
    expect(fault({ chain: 'y[40]' }, large)).toBeUndefined();
    expect(fault({ chain: 's', from: 'a[2]' }, crossed)).toBeUndefined();
  });
});
