import { describe, expect, it } from 'vitest';
import { type Breakpoint, breakpointAt, replaced, toggled } from './breakpoint.ts';
import { lastStoppingHit, nextStoppingHit } from './stopping-hits.ts';

const most = 30;

/** By its words: of the hits, counted from 1, the nth alone, or each that is a multiple, or all. */
const stopsAt = ({ nth, every }: Breakpoint, hit: number): boolean =>
  nth !== undefined ? hit === nth : every === undefined || hit % every === 0;

const counts = [undefined, 1, 2, 3, 7, most];
const rules: Breakpoint[] = counts.flatMap((nth) =>
  counts.map(
    (every): Breakpoint => ({
      kind: 'phase',
      text: 'backward',
      enabled: true,
      ...(nth && { nth }),
      ...(every && { every }),
    }),
  ),
);

describe('hits that stop', () => {
  it.each(rules)('nth $nth, every $every', (rule) => {
    const stopping = Array.from({ length: 3 * most }, (_, n) => n + 1).filter((hit) => stopsAt(rule, hit));
    for (let hits = 0; hits <= most + 2; hits++) {
      expect(nextStoppingHit(rule, hits), `after ${hits}`).toBe(stopping.find((hit) => hit > hits));
      expect(lastStoppingHit(rule, hits), `among ${hits}`).toBe(stopping.filter((hit) => hit <= hits).at(-1));
    }
  });
});

describe('the list of breakpoints', () => {
  const line: Breakpoint = { kind: 'formula', text: 'h', enabled: true };
  const phase: Breakpoint = { kind: 'phase', text: 'h', enabled: true };

  it('tells a line from a phase of the same name', () => {
    expect(breakpointAt([phase, line], 'h')).toBe(line);
    expect(breakpointAt([line, phase], 'h', 'phase')).toBe(phase);
    expect(breakpointAt([line], 'h', 'phase')).toBeUndefined();
    expect(breakpointAt([line], 'y')).toBeUndefined();
    expect(toggled([phase], 'h')).toEqual([phase, line]);
    expect(toggled([phase, line], 'h')).toEqual([phase]);
  });

  it('has one changed, or taken out', () => {
    expect(replaced([phase, line], 1, { ...line, enabled: false })).toEqual([
      phase,
      { ...line, enabled: false },
    ]);
    expect(replaced([phase, line], 0, undefined)).toEqual([line]);
  });
});
