import { describe, expect, it } from 'vitest';
import { TimeColumns, type TimedRow } from './time-layout.ts';

const row = (name: string, y: number): TimedRow => ({ name, dimension: 0, y, height: 64, lines: 2 });
const [input, hidden, output] = [row('x', 24), row('h', 118), row('o', 212)];
const columns = new TimeColumns(560, 3);
/** The point of a head, and the side from which it comes. */
const pointOf = (head: string | undefined) => head?.match(/^M(\S+ \S+)l(-?\d+ -?\d+)/)?.slice(1);

describe('an arrow in time', () => {
  it('points at what reads, and in the backward pass at what was read', () => {
    const right = columns.left(1);
    const link = { from: 'h', to: 'h', by: 1 };
    expect(pointOf(columns.arrow(link, hidden, hidden, 1, false).head)).toEqual([`${right} 150`, '-8 -4']);
    expect(pointOf(columns.arrow(link, hidden, hidden, 1, true).head)).toEqual(['136 150', '8 -4']);
    const down = { from: 'x', to: 'h', by: 0 };
    expect(pointOf(columns.arrow(down, input, hidden, 0, false).head)).toEqual(['68 118', '-4 -8']);
    expect(pointOf(columns.arrow(down, input, hidden, 0, true).head)).toEqual(['68 88', '-4 8']);
    const past = { from: 'x', to: 'o', by: 0 };
    expect(pointOf(columns.arrow(past, input, output, 0, false).head)).toEqual(['136 244', '8 -4']);
    expect(pointOf(columns.arrow(past, input, output, 0, true).head)).toEqual(['136 56', '8 -4']);
  });

  it('ends in the picture where one of its moments is out of sight', () => {
    const link = { from: 'h', to: 'h', by: 1 };
    const { x, width } = columns.extent;
    const ends = ({ line }: { line: string }) => [...line.matchAll(/-?[\d.]+/g)].map(Number);
    const last = columns.arrow(link, hidden, hidden, columns.count, true);
    const first = columns.arrow(link, hidden, hidden, 0, false);
    for (const at of [...ends(last), ...ends(first)]) expect(at).toBeLessThanOrEqual(x + width);
    expect(Math.min(...ends(first))).toBeGreaterThanOrEqual(x);
    expect(last.head).toBeDefined();
    expect(last.label).toBeUndefined();
  });

  it('has room between two moments on a phone', () => {
    for (const room of [350, 366]) {
      const two = new TimeColumns(room, 3);
      expect(two.count).toBe(2);
      expect(two.extent.width).toBeLessThanOrEqual(room);
    }
    expect(new TimeColumns(300, 3).count).toBe(1);
  });

  it('from a later moment points to the left', () => {
    const link = { from: 'h', to: 'h', by: -1 };
    expect(pointOf(columns.arrow(link, hidden, hidden, 0, false).head)).toEqual(['136 150', '8 -4']);
  });
});
