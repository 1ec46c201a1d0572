import { describe, expect, it } from 'vitest';
import { cellName } from '../formula/model.ts';
import { Machine } from '../machine/machine.ts';
import { compileProgram } from '../program/program.ts';
import { verifyClaims } from './claim-check.ts';
import { divergences } from './divergence.ts';

/* A backward pass that is about the whole batch: the run, `check` and the page name the same numbers. */

const line = (g: string) => `sample x = [1, 2, 3]
sample t = [0, 0, 0]
param w = 1
batch n = all, together
forward
  y = w*x
  L = (y-t)^2/2
backward
  g = ${g} : dL/dw
update
  w <- w - 0.1*g`;

function read(text: string) {
  const { program, diagnostics } = compileProgram(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (program === undefined) throw new Error('no program');
  const page = divergences(text);
  return {
    check: verifyClaims(text).map(({ message }) => message),
    page: page.map(({ formula, cell, written, derived }) => ({
      cell: cellName(formula.target, cell),
      written,
      derived,
    })),
    run: new Machine(program, 'full').value(1, 'g', 'old', []),
  };
}

describe('a line about the whole batch', () => {
  it('gives on the page what it gives in the run', () => {
    const { run, page, check } = read(line('sum(n: (y[n]-t[n])*x[n])'));
    expect(run).toBe(14);
    expect(page).toEqual([{ cell: 'g', written: 14, derived: 14 / 3 }]);
    expect(check).toEqual([expect.stringContaining('g gives 14, but dL/dw is 4.66667')]);
  });

  it('that looks at the first sample alone is wrong', () => {
    const { run, page, check } = read(line('(y[1]-t[1])*x[1]/3 + 0*sum(n: y[n])'));
    expect(page).toEqual([{ cell: 'g', written: run, derived: 14 / 3 }]);
    expect(check).toHaveLength(1);
  });

  it('that is right is right', () => {
    expect(read(line('sum(n: (y[n]-t[n])*x[n])/3'))).toMatchObject({ check: [], page: [] });
  });

  it('without a claim is judged by the update that uses it', () => {
    const bare = (g: string) => line(g).replace(' : dL/dw', '');
    expect(divergences(bare('sum(n: (y[n]-t[n])*x[n])/3'))).toEqual([]);
    expect(divergences(bare('sum(n: (y[n]-t[n])*x[n])'))).toMatchObject([{ written: 14, derived: 14 / 3 }]);
  });

  it('of batch normalisation', () => {
    const norm = (dz: string) => `sample x = [[1, 2], [3, -1], [0.5, 0.7], [-2, 1]]
sample t = [0.1, -0.4, 0.3, 0.8]
param w = [0.3, -0.5]
param γ = 1.2
batch n = 4
forward
  z = sum(i: w[i]*x[i])
  μ = sum(n: z[n])/4
  v = sum(n: (z[n] - μ)^2)/4
  hat = (z - μ)/sqrt(v + 0.001)
  y = γ*hat
  L = (y - t)^2/2
backward
  dy = y - t : dL/dy
  dhat = γ*dy
  dz[n] = ${dz} : dL/dz[n]
  dw[i] = sum(n: dz[n]*x[n,i])/4 : dL/dw[i]
update
  w[i] <- w[i] - 0.1*dw[i]`;
    const right = '(dhat[n] - sum(m: dhat[m])/4 - hat[n]*sum(m: dhat[m]*hat[m])/4)/sqrt(v + 0.001)';
    const wrong = '(dhat[n] - sum(m: dhat[m])/4)/sqrt(v + 0.001)';
    const of = (dz: string) => {
      const text = norm(dz).replaceAll('[m]', '[m]');
      expect(compileProgram(text).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      return {
        check: verifyClaims(text).length,
        page: divergences(text).map(({ formula }) => formula.target),
      };
    };
    expect(of(right)).toEqual({ check: 0, page: [] });
    expect(of(wrong)).toEqual({ check: 1, page: ['dz'] });
  });
});
