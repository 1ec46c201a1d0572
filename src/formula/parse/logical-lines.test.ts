import { describe, expect, it } from 'vitest';
import { compileModel } from '../compile/compile.ts';
import { areContinued } from './logical-lines.ts';

const continued = (text: string): number[] =>
  areContinued(text.split('\n')).flatMap((joins, at) => (joins ? [at + 1] : []));

/** The places and messages of a model that begins with `forward`. */
const findings = (text: string): string[] =>
  compileModel(`given a = 1\nforward\n${text}`).diagnostics.map(
    ({ span, message }) => `${span.line}:${span.column} ${message}`,
  );

describe('a line that goes on', () => {
  it.each([
    ['y = f(a +\n b)', [2]],
    ['y = sum(\n i: x[i]\n)', [2, 3]],
    ['y = sum(i where\n i <= 2, # (\n\n i > 1: x)\nz = 1', [2, 3, 4]],
    ['y = sum(\n i = 1..3:\n x[i])', [2, 3]],
    ['y = (a\nz = sum(i = 1..3: x[i])', []],
    ['y = (a\n\nδ[j] : -dL/dnet[j]', [2]],
    ['y = (a\nw[i] <- 2', []],
    ['y = (a\nparam w = 1', []],
    ['y = (a\nbackward', []],
    ['y = (a\nbakward', []],
    ['y = (a\nb\n)', [2, 3]],
    ['y = a)\n(b\nc)', [3]],
    ['write h as x^{(1}\n(b', []],
  ])('%j has lines %j', (text, lines) => expect(continued(text)).toEqual(lines));

  it('has its findings at their line and column', () => {
    expect(findings('  y = (a +\n    1) * (2 -\n      aa)')[0]).toMatch(/^5:7 .*aa/);
    expect(findings('  y = (a +\n\n    1 2)\n  z = bb')).toEqual([
      expect.stringMatching(/^5:7 expected \)/),
      expect.stringMatching(/^6:7 /),
    ]);
    expect(findings('  y = (a +\n    1')[0]).toMatch(/^4:6 expected \)/);
  });
});
