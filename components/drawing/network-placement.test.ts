import { describe, expect, it } from 'vitest';
import { type Drawing, readDrawing } from '../../src/explain/drawing.ts';
import { compileModel } from '../../src/formula/compile/compile.ts';
import { classifier, lecture, perceptron } from '../../src/machine/testing/models.testing.ts';
import { labelEdges } from './edge-labels.ts';
import { type Placement, placeNetwork } from './network-placement.ts';
import { nameHeight, type PlacedUnit, type Rectangle, topOf } from './placed-unit.ts';

function draw(text: string): Drawing {
  const { model } = compileModel(text);
  const drawing = model && readDrawing(model);
  if (drawing === undefined) throw new Error('no drawing');
  return drawing;
}

/** A fully connected net, its gradients derived. */
function network(...widths: readonly number[]): string {
  const row = (n: number) => `[${Array.from({ length: n }, (_, i) => i / 10).join(', ')}]`;
  const layers = widths.slice(1).map((width, at) => ({
    data: `param W${at} = [${Array.from({ length: width }, () => row(widths[at])).join(', ')}]\nparam b${at} = ${row(width)}`,
    forward: `  h${at}[j] = sigmoid(sum(i: W${at}[j,i] * ${at === 0 ? 'x' : `h${at - 1}`}[i]) + b${at}[j])`,
    update: `  W${at}[j,i] <- W${at}[j,i] - dL/dW${at}[j,i]\n  b${at}[j] <- b${at}[j] - dL/db${at}[j]`,
  }));
  const last = widths.length - 2;
  return [
    `given x = ${row(widths[0])}\ngiven t = ${row(widths[last + 1])}`,
    ...layers.map(({ data }) => data),
    'forward',
    ...layers.map(({ forward }) => forward),
    `  L = sum(k: (t[k] - h${last}[k])^2)`,
    'update',
    ...layers.map(({ update }) => update),
  ].join('\n');
}

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function overlaps(boxes: readonly Rectangle[]): number {
  return boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => overlap(a, b))).length;
}

const partsOf = (placed: PlacedUnit): Rectangle[] => [
  placed.box,
  ...nameOf(placed),
  ...placed.biases,
  ...placed.sensitivities,
];

/** The room of a unit's name, above everything else of it. */
const nameOf = (placed: PlacedUnit): Rectangle[] =>
  placed.unit.label === undefined
    ? []
    : [{ ...placed.box, y: topOf(placed), height: nameHeight(placed.unit) }];

function check(placement: Placement, what: string): void {
  const parts = placement.units.flatMap(partsOf);
  expect(overlaps(parts), `units of ${what}`).toBe(0);
  for (const box of parts) {
    expect(box.x, what).toBeGreaterThanOrEqual(0);
    expect(box.y, what).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width, what).toBeLessThanOrEqual(placement.width);
    expect(box.y + box.height, what).toBeLessThanOrEqual(placement.height);
  }
  expect(overlaps(labelEdges(placement, new Set()).map(({ box }) => box)), `labels of ${what}`).toBe(0);
}

const rooms = [320, 358, 420, 480, 520, 574, 640, 720, 900, 1400];

describe('placement of a network', () => {
  const models: [string, string][] = [
    ['the lecture', lecture],
    ['softmax', classifier(1).text],
    ['3-4-4-2', network(3, 4, 4, 2)],
    ['5-3-1', network(5, 3, 1)],
    ['8-8-1', network(8, 8, 1)],
    ['40-12-10', network(40, 12, 10)],
    ['3-4-2 with names', `${network(3, 4, 2)}\nlabel i as a, b, c   k as no, yes`],
    ['20-10 with names', `${network(20, 10)}\nlabel k as 0..9   i as 1..20`],
    ...Array.from({ length: 12 }, (_, seed): [string, string] => {
      const { name, text } = perceptron(seed + 1);
      return [name, text];
    }),
  ];
  for (const [name, text] of models) {
    it(`lays nothing on anything else: ${name}`, () => {
      for (const width of rooms) check(placeNetwork(draw(text), { width }), `${name} at ${width}`);
    });
  }

  it('has every label of the lecture, with its derivative, at every width', () => {
    for (const width of rooms) {
      const labels = labelEdges(placeNetwork(draw(lecture), { width }), new Set());
      expect(
        labels.map(({ form }) => form !== 'number'),
        `at ${width}`,
      ).toEqual(Array(6).fill(true));
    }
  });

  it('goes down where there is little room, and across where there is more', () => {
    expect(placeNetwork(draw(lecture), { width: 358 }).direction).toBe('down');
    expect(placeNetwork(draw(lecture), { width: 574 }).direction).toBe('right');
  });

  it('knows what the units are called', () => {
    const { units } = placeNetwork(draw(`${network(3, 2)}\nlabel i as a, b, c   k as no, yes`), {
      width: 720,
    });
    const names = (name: string) =>
      units.filter(({ unit }) => unit.layer.quantities.includes(name)).map(({ unit }) => unit.label);
    expect([names('x'), names('h0'), names('t')]).toEqual([
      ['a', 'b', 'c'],
      ['no', 'yes'],
      ['no', 'yes'],
    ]);
    expect(units.filter(({ unit }) => unit.layer.kind === 'loss').map(({ unit }) => unit.label)).toEqual([
      undefined,
    ]);
  });

  it('draws some units of a large layer, among them the one that is at work', () => {
    const drawing = draw(network(40, 12, 10));
    const [input] = drawing.layers;
    const visible = (n?: number) =>
      placeNetwork(drawing, { width: 720, focus: n === undefined ? [] : [{ layer: input, n }] })
        .units.filter(({ unit }) => unit.layer === input)
        .map(({ unit }) => unit.n);
    expect(visible()).toEqual([1, 2, 3, 4, 40]);
    expect(visible(23)).toEqual([1, 22, 23, 24, 40]);
    expect(visible(40)).toEqual([1, 37, 38, 39, 40]);
    const { omissions, abridged } = placeNetwork(drawing, { width: 720, focus: [{ layer: input, n: 23 }] });
    expect(omissions.map(({ count }) => count).slice(0, 2)).toEqual([20, 15]);
    expect(abridged.map(({ layer, shown }) => [layer.size, shown]).slice(0, 3)).toEqual([
      [40, 5],
      [12, 5],
      [10, 5],
    ]);
  });

  it('places as many units and edges of a huge network as of a large one', () => {
    const count = (...widths: number[]) => {
      const { units, edges } = placeNetwork(draw(network(...widths)), { width: 900 });
      return [units.length, edges.length];
    };
    expect(count(784, 40, 10)).toEqual(count(30, 20, 10));
  });

  it('shows the labels in focus where there is no room for all', () => {
    const placement = placeNetwork(draw(network(8, 8, 1)), { width: 600 });
    const wanted = placement.edges.filter(({ edge }) => edge.to === 'h0[3]' && edge.weight);
    const labels = labelEdges(placement, new Set(wanted.map(({ edge }) => edge.id)));
    expect(labels.filter(({ edge }) => edge.edge.to === 'h0[3]')).toHaveLength(8);
    expect(labels.filter(({ edge }) => edge.edge.to === 'h0[4]')).toHaveLength(0);
  });
});
