import { expect } from 'vitest';
import { codeOf, tried, tryStatements } from './statements.testing.ts';

const page = '90-the-formula-language.md';
const [shown, line] = codeOf(page, 'A whole model');

const xs = [1, 2, 3];
const ts = [2, 4, 7];

/** The loss of a straight line through the origin, and its slope. */
const loss = (w: number) => xs.reduce((sum, x, n) => sum + (ts[n] - w * x) ** 2 / 2, 0);
const slope = (w: number) => xs.reduce((sum, x, n) => sum - (ts[n] - w * x) * x, 0);

tryStatements(page, 'A whole model', {
  tried: [
    [
      'A straight line through the origin, fitted to three points',
      () => {
        const model = tried(line);
        expect(model.messages).toEqual([]);
        expect(model.shape('y')).toEqual([3]);
        expect(model.values('y')).toEqual(xs.map((x) => 1.5 * x));
        // Where the sum of the squares is least.
        const best = (1 * 2 + 2 * 4 + 3 * 7) / (1 + 4 + 9);
        expect(model.value('w', 40)).toBeCloseTo(best, 12);
      },
    ],
    [
      'No backward pass is written, so Backstep derives it',
      () => {
        expect(line).not.toContain('backward');
        const { program } = tried(line);
        expect(program.model.passes.map(({ phase }) => phase)).toEqual(['forward', 'backward', 'update']);
        expect(tried(line).value('dL/dw')).toBeCloseTo(slope(1.5), 12);
        expect(tried(line).value('dL/dw', 2)).toBeCloseTo(slope(2), 12);
      },
    ],
    [
      'The debugger shows what these lines do',
      () => {
        // The lines above the debugger are those of its model, and their cells are what is stepped through.
        expect(shown).toBe(line);
        expect(tried(line).finished.filter((cell) => !cell.startsWith('d'))).toEqual([
          'y[1]',
          'y[2]',
          'y[3]',
          'L',
          'w',
        ]);
      },
    ],
    [
      'the loss $\\mathcal{L}$ is {fact}`line:L | 3.75`',
      () => expect([loss(1.5), tried(line).value('L')]).toEqual([3.75, 3.75]),
    ],
    [
      'its update moves $w$ from {fact}`line@0:w | 1.5` to {fact}`line:w | 2.0`',
      () => {
        expect(1.5 - 0.05 * slope(1.5)).toBe(2);
        expect(tried(line).value('w')).toBe(2);
      },
    ],
  ],
  elsewhere: [
    {
      says: 'The debugger shows',
      file: 'e2e/lesson-data.spec.ts',
      title: 'a data file that cannot be fetched is told of in the debugger’s place, the page stays',
    },
  ],
});
