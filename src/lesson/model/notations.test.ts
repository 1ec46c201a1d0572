import { describe, expect, it } from 'vitest';
import { expandShorthand } from '../../network/expansion.ts';
import { compileExpansion } from './rewriting.ts';

/** All diagnostics as `line:column severity message`. */
const told = (notation: string): string[] =>
  compileExpansion(
    expandShorthand(`given x = [1, 2]\nforward\n  z[i] = x[i]^2\n  L = sum(i: z[i])\nwrite ${notation}`),
  ).diagnostics.map(({ span, severity, message }) => `${span.line}:${span.column} ${severity} ${message}`);

describe('a notation that cannot be set', () => {
  it.each([
    ['z as \\unknown{z}', 'z cannot be set so: Undefined control sequence: \\unknown'],
    ['z as \\color{red;background:url(//elsewhere.example)}z', 'z cannot be set so: Invalid color: '],
    ['z as z^1^2', 'z cannot be set so: Double superscript'],
    ['z as \\frac{z}', 'z cannot be set so: '],
    ['z as z \\over 2', 'z cannot be set so: '],
    ['z as ^1', 'z cannot be set so: '],
  ])('is told where it stands, and the model runs: %s', (notation, wanted) => {
    expect(told(notation)).toEqual([expect.stringContaining(`5:7 warning ${wanted}`)]);
  });

  it.each(['z as \\hat{z}', 'z as z^{1}', 'z as z^{1}_{#}', 'L as \\mathcal{L}'])(
    'is no other: %s',
    (notation) => {
      expect(told(notation)).toEqual([]);
    },
  );
});
