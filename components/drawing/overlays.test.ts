import { describe, expect, it } from 'vitest';
import { Overlays } from './overlays.ts';

const cell = (name: string, ...indices: number[]) => ({ name, cell: indices });

describe('what tools lay over the drawing', () => {
  it('is told, each tool’s under its own name', () => {
    const overlays = new Overlays();
    let told = 0;
    const leave = overlays.subscribe(() => told++);
    overlays.show('check', { cells: [{ ...cell('W', 1, 2), kind: 'wrong', sign: '≠' }] });
    overlays.show('why', { paths: [[cell('L'), cell('y', 1)]] });
    expect(overlays.of(cell('W', 1, 2))?.sign).toBe('≠');
    expect(overlays.of(cell('W', 2, 1))).toBeUndefined();
    overlays.hide('check');
    overlays.hide('check');
    expect(told).toBe(3);
    expect(overlays.of(cell('W', 1, 2))).toBeUndefined();
    expect(overlays.isOnPath(cell('y', 1))).toBe(true);
    leave();
    overlays.hide('why');
    expect(overlays.isEmpty).toBe(true);
    expect(told).toBe(3);
  });

  it('lights an edge between neighbours of a path, and the one whose weight the path ends at', () => {
    const overlays = new Overlays();
    overlays.show('why', { paths: [[cell('L'), cell('y', 1), cell('net', 1), cell('W', 1, 2)]] });
    expect(overlays.isBetween([cell('y', 1)], [cell('L')])).toBe(true);
    expect(overlays.isBetween([cell('h', 2)], [cell('net', 1), cell('y', 1)], [cell('W', 1, 2)])).toBe(true);
    expect(overlays.isBetween([cell('h', 1)], [cell('net', 1), cell('y', 1)], [cell('W', 1, 1)])).toBe(false);
    expect(overlays.isBetween([cell('net', 1)], [cell('L')])).toBe(false);
  });
});
