import { describe, expect, it } from 'vitest';
import { Machine } from '../../machine/machine.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { examinationLines, examinations, examinationTable } from './examinations.ts';
import { jsonNumbers } from './json.ts';

/** One weight; classes are on the two sides of 0.5. */
const text = `sample x = [1, 2, 3, 1, 4]
sample t = [0, 0, 1, 0, 1]
param w = 0
batch n = all
examine y against t, last 2
forward
  y = w * x
  L = (t - y)^2
update
  w <- w - 0.05 * dL/dw`;
const program = compileProgram(text).program as Program;
const machine = (): Machine => new Machine(program, 'full');

/** By hand: the mean loss of the three trained samples has the derivative (2/3)(14 w − 3) by w. */
const byHand = (frame: number) => {
  let w = 0;
  for (let n = 0; n < frame; n++) w -= 0.05 * (2 / 3) * (14 * w - 3);
  const held = [
    [1, 0],
    [4, 1],
  ];
  return {
    right: held.filter(([x, t]) => w * x > 0.5 === t > 0.5).length,
    loss: held.reduce((sum, [x, t]) => sum + (t - w * x) ** 2, 0) / 2,
  };
};

describe('examinations', () => {
  it('tell how the network does before training and after each iteration', () => {
    const told = [...examinationLines(examinations(machine(), 6))].map((line) => JSON.parse(line));
    expect(told.map(({ frame }) => frame)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const { frame, held } of told) {
      expect(held).toMatchObject({ count: 2, right: byHand(frame).right, classes: ['0', '1'] });
      expect(held.loss, `frame ${frame}`).toBeCloseTo(byHand(frame).loss, 12);
    }
    expect(told[1].held.misread).toEqual([{ row: 5, is: '1', taken: '0' }]);
    expect(told[6].held.confusion).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('are of so many iterations at most, the first and the last among them', () => {
    const frames = [...examinations(machine(), 50, 6)].map(({ frame }) => frame);
    expect(frames).toEqual([0, 10, 20, 30, 40, 50]);
  });

  it('are a table for people', () => {
    const lines = [...examinationTable(examinations(machine(), 2))].join('').trimEnd().split('\n');
    const cells = lines.map((line) => line.trim().split(/ {2,}/));
    expect(cells.slice(0, 2)).toEqual([
      ['held back', 'trained with'],
      ['iteration', 'errors', 'loss', 'errors', 'loss'],
    ]);
    for (const frame of [0, 1, 2]) {
      const { right, loss } = byHand(frame);
      expect(cells[2 + frame].slice(0, 2)).toEqual([String(frame), `${2 - right} of 2`]);
      expect(Number(cells[2 + frame][2])).toBeCloseTo(loss, 5);
    }
    expect(cells.slice(5)).toEqual([[''], ['is / taken for', '0', '1'], ['0', '1', '0'], ['1', '0', '1']]);
    // Its columns stand below each other.
    expect(lines[1].indexOf('errors') + 6).toBe(lines[2].indexOf('of 2') + 4);
  });

  it('stand beside the numbers after an iteration', () => {
    const { examination } = JSON.parse([...jsonNumbers(machine(), { title: 'm', frame: 2 })].join(''));
    expect(examination).toMatchObject({ frame: 2, held: { count: 2, right: byHand(2).right } });
    const plain = compileProgram(text.replace(/examine.*/, '')).program as Program;
    expect(
      JSON.parse([...jsonNumbers(new Machine(plain, 'full'), { title: 'm', frame: 2 })].join('')),
    ).not.toHaveProperty('examination');
  });
});
