import { describe, expect, it } from 'vitest';
import { programOf } from './agreement.testing.ts';
import { checkDerivatives, checkGraphDerivatives } from './graph-derivatives.testing.ts';

describe('difference quotients agree with what is derived', () => {
  it('in the first 2,000 random graphs; `npm run fuzz -- derivatives` goes on', () => {
    let all = 0;
    for (let seed = 0; seed < 2000; seed++) all += checkGraphDerivatives(seed).agreeing;
    expect(all).toBeGreaterThan(10_000);
  }, 600_000);

  const numbers = (many: number, from: number): string =>
    `[${Array.from({ length: many }, (_, n) => (Math.sin(n + from) / 1.3).toFixed(3)).join(', ')}]`;
  /** A sum whose derivative is solved for an index of its reader: the copies of it that a slope takes along have its own letters. */
  const sums = {
    'what slides': 'sum(k: w[k] * x[i+k-1])',
    'what slides the other way': 'sum(k: w[k] * x[i-k+3])',
    'what slides and ends': 'sum(k: w[k] * x?[i-k])',
    'a part of what slides': 'sum(k where k + i <= 4: w[k] * x[i+k])',
    'what slides and what stands': 'sum(k: w[k] * x[i+k-1] * v[k])',
    'what slides within what slides': 'sum(k: w[k] * sum(m: x[i+k+m-2]))',
    'what slides within a function': 'sum(k: w[k] * exp(x[i+k-1]))',
    'the greatest of what slides': 'max(k: w[k] * x[i+k-1])',
  };
  const functions = [
    '2 * tanh(#)',
    'abs(#) / 3',
    '(#)^3',
    '1 / (2 + (#)^2)',
    'wave(#)',
    'bend(#) * w[1]',
    'max(#, 0.1)',
    'exp(-(#)) * v[i]',
    'sqrt((#)^2 + 1)',
    '(# - v[i])^2',
    'sum(n: v[n] * sigmoid(#))',
  ];
  const cases = Object.entries(sums).flatMap(([what, sum]) =>
    functions.map((of): [string, string, string] => [what, of, of.replaceAll('#', sum)]),
  );
  it.each(cases)('through %s: %s', (_what, _of, expression) => {
    const text = `function wave(z) = sum(m=1..3: sin(z*m) / m)
function bend(z) = 1 / (1 + z^2) slope -2*z*bend^2
param w = ${numbers(3, 1)}
param v = ${numbers(3, 5)}
param x = ${numbers(7, 9)}
index i = 1..3
index m = 1..3
forward
  L = sum(i: i * (${expression})) + sum(k: v[k]^2)
update
  w[k] <- w[k] - dL/dw[k]
  v[k] <- v[k] - dL/dv[k]
  x[k] <- x[k] - dL/dx[k]`;
    expect(checkDerivatives(programOf(text)), text).toEqual({ agreeing: 13, undecided: 0 });
  });
});
