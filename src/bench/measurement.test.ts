import { expect, it } from 'vitest';
import { measure, ratios, spreadOf } from './measurement.ts';
import type { Contestant } from './workloads/contestant.ts';

/** A clock that advances only during training. */
function race(costs: Readonly<Record<string, number>>) {
  let time = 0;
  const order: string[] = [];
  const contestants = Object.entries(costs).map(
    ([name, cost]): Contestant => ({
      name,
      start() {},
      train(frames) {
        order.push(name);
        time += cost * frames;
      },
      loss: () => 0,
    }),
  );
  return { contestants, order, now: () => time };
}

it('times contestants by turns, each with windows of its own number of frames', async () => {
  const { contestants, order, now } = race({ plain: 1, twice: 0.5, slow: 100 });
  const measured = await measure(contestants, { windows: 5, length: 10 }, now);
  const turns = ['plain', 'twice', 'slow'];
  expect(order.slice(-13)).toEqual([...turns, ...turns, ...turns, 'plain', 'twice', 'plain', 'twice']);
  expect(measured.map(({ frames }) => frames)).toEqual([10, 20, 1]);
  expect(measured[2].times.filter((each) => !Number.isNaN(each))).toEqual([100, 100, 100]);
  expect(ratios(measured[0], measured[1])).toEqual({ median: 2, low: 2, high: 2 });
  expect(ratios(measured[0], measured[2]).median).toBe(0.01);
});

it('compares windows of the same round', () => {
  const plain = { name: 'plain', frames: 1, times: [1, 10, 2] };
  const other = { name: 'other', frames: 1, times: [2, 20, 5] };
  expect(ratios(plain, other)).toEqual({ median: 0.5, low: 0.4, high: 0.5 });
});

it('tells the middle and the ends', () => {
  expect(spreadOf([4, 1, Number.NaN, 3, 2])).toEqual({ median: 2.5, low: 1, high: 4 });
  expect(spreadOf([7])).toEqual({ median: 7, low: 7, high: 7 });
});
