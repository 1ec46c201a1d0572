import { describe, expect, it } from 'vitest';
import { readDrawing } from '../../src/explain/drawing.ts';
import { lecture } from '../../src/machine/testing/models.testing.ts';
import { compileProgram, type Program } from '../../src/program/program.ts';
import { Session } from '../../src/session/session.ts';
import { labelEdges, overlap } from './edge-labels.ts';
import { type Caption, Captions } from './network-captions.ts';
import { NetworkFigures } from './network-figures.ts';
import { Marks } from './network-marks.ts';
import { placeNetwork } from './network-placement.ts';
import type { Rectangle } from './placed-unit.ts';

/** The lesson's notation. */
const written = `${lecture}
write  W1 as W^{1}   W2 as W^{2}   δ1 as \\delta^{1}   δ2 as \\delta^{2}
write  g1 as \\frac{\\partial L}{\\partial W^{1}_{#}}   g2 as \\frac{\\partial L}{\\partial W^{2}_{#}}
`;
/** Biases, whose tabs are renewed as well, and long numbers. */
const withBiases = `
given x = [0.35, 0.9, -123456.789]
given t = [0.5, 1]
param W = [[0.1, 0.8, 0.0000001], [0.4, -0.6, 0.3]]
param b = [0.123456789, -0.00012345678]
eta = 0.1
forward
  h[j] = sigmoid(sum(i: W[j,i] * x[i]) + b[j])
  L = sum(j: (t[j] - h[j])^2) / 2
update
  W[j,i] <- W[j,i] - eta * dL/dW[j,i]
  b[j] <- b[j] - eta * dL/db[j]
`;

interface Picture {
  readonly what: string;
  readonly labels: readonly (readonly Caption[])[];
  readonly rooms: readonly Rectangle[];
  readonly tabs: readonly { readonly captions: readonly Caption[]; readonly boxes: readonly Rectangle[] }[];
  readonly parts: readonly Rectangle[];
}

/** The text of every step of three frames, at all widths in use, in both precisions and all digits on offer. */
function* pictures(text: string): Generator<Picture> {
  const session = new Session(compileProgram(text).program as Program, 'model');
  const drawing = readDrawing(session.model);
  if (drawing === undefined) throw new Error('no drawing');
  const widths = [330, 360, 440, 520, 600, 760].map((width) => {
    // In models of this size all steps have the same labels, so nothing moves.
    const placement = placeNetwork(drawing, { width });
    return { width, placement, labels: labelEdges(placement, new Set()) };
  });
  for (const run of ['lesson', 'full'] as const)
    for (const digits of [4, 6, 15]) {
      session.setPrecision(run);
      session.setDigits(digits);
      for (let step = 0; step <= 3 * session.program.size; step++) {
        session.goTo(step);
        const marks = new Marks(session, drawing);
        const figures = new NetworkFigures(session);
        for (const { width, placement, labels } of widths) {
          const captions = new Captions(
            figures,
            placement,
            labels,
            (cell) => marks.isPending(cell),
            (cell) => marks.of(cell) === 'target',
          );
          yield {
            what: `step ${step}, ${run}, ${digits} digits, ${width} px`,
            labels: captions.all,
            rooms: labels.map(({ box }) => box),
            tabs: placement.units.map((unit) => ({
              captions: captions.tabs(unit),
              boxes: [...unit.biases, ...unit.sensitivities],
            })),
            parts: placement.units.flatMap(({ box, biases, sensitivities }) => [
              box,
              ...biases,
              ...sensitivities,
            ]),
          };
        }
      }
    }
}

const holds = (outer: Rectangle, { x, y, width, height }: Rectangle): boolean =>
  x >= outer.x - 0.01 &&
  y >= outer.y - 0.01 &&
  x + width <= outer.x + outer.width + 0.01 &&
  y + height <= outer.y + outer.height + 0.01;

const shrunk = ({ x, y, width, height }: Rectangle): Rectangle => ({
  x: x + 0.01,
  y: y + 0.01,
  width: width - 0.02,
  height: height - 0.02,
});

/** The overlaps in a picture. */
function faults({ what, labels, rooms, tabs, parts }: Picture): string[] {
  const found: string[] = [];
  const boxes = labels.map((captions) => captions.map(({ box }) => shrunk(box)));
  labels.forEach((captions, at) => {
    if (!captions.every(({ box }) => holds(rooms[at], box)))
      found.push(`${what}: label ${at} leaves its room`);
    if (boxes[at].some((box) => parts.some((part) => overlap(box, part))))
      found.push(`${what}: label ${at} lies on a unit`);
    if (boxes.slice(at + 1).some((other) => other.some((a) => boxes[at].some((b) => overlap(a, b)))))
      found.push(`${what}: label ${at} lies on another`);
    if (boxes[at].some((a, n) => boxes[at].slice(n + 1).some((b) => overlap(a, b))))
      found.push(`${what}: lines of label ${at} lie on each other`);
  });
  for (const { captions, boxes: own } of tabs)
    for (const { line, cell } of captions)
      if (line.width > own[0].width - 4) found.push(`${what}: ${cell.name} is wider than its tab`);
  return found;
}

describe('text in the drawing', () => {
  for (const [name, text] of [
    ['the lecture', written],
    ['biases and long numbers', withBiases],
  ])
    it(`lies on nothing else at any step: ${name}`, () => {
      let count = 0;
      for (const picture of pictures(text)) {
        count++;
        expect(faults(picture)).toEqual([]);
      }
      expect(count).toBeGreaterThan(1000);
    });

  it('keeps the names of the others where one number gets longer, and that of the cell at work', () => {
    const isNamed = ({ line }: Caption) => JSON.stringify(line.content).includes('class=\\"name\\"');
    const session = new Session(compileProgram(written).program as Program, 'model');
    const drawing = readDrawing(session.model);
    if (drawing === undefined) throw new Error('no drawing');
    let longest = 0;
    for (const room of [{ width: 330, isTight: true }, { width: 500, isTight: true }, { width: 760 }]) {
      const placement = placeNetwork(drawing, room);
      const labels = labelEdges(placement, new Set());
      // In the 16th iteration one weight passes 0: it has fewer digits, and more zeros before them.
      for (let step = 0; step <= 17 * session.program.size; step += step % 120 === 60 ? 61 : 1) {
        session.goTo(step);
        const marks = new Marks(session, drawing);
        const captions = new Captions(
          new NetworkFigures(session),
          placement,
          labels,
          (cell) => marks.isPending(cell),
          (cell) => marks.of(cell) === 'target',
        );
        const all = [
          ...labels.flatMap((label) => (label.form === 'number' ? [] : captions.label(label))),
          ...placement.units.flatMap((unit) => captions.tabs(unit)),
        ].filter(({ kind }) => kind !== 'old');
        const bare = all.filter((one) => !isNamed(one));
        expect(bare.length, `step ${step}, ${room.width} px`).toBeLessThanOrEqual(1);
        expect(bare.filter(({ cell }) => marks.of(cell) === 'target')).toEqual([]);
        longest = Math.max(longest, all.length);
      }
    }
    expect(longest).toBeGreaterThan(9);
  });
});
