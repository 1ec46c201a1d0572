import { describe, expect, it } from 'vitest';
import { compileModel } from '../formula/compile/compile.ts';
import type { Model } from '../formula/model.ts';
import { slopeFault, verifySlopes } from './function-slopes.ts';

const model = (functions: string): Model => compileModel(`${functions}\nforward\n  y = 1 + 1`).model as Model;
const findings = (functions: string) =>
  verifySlopes(model(functions)).map(
    ({ span, rule, message }) => `${span.line}:${span.column} ${rule} ${message}`,
  );

describe('slopes written for functions', () => {
  it('are right in the library', () => {
    const { functions } = model('');
    expect(functions.size).toBeGreaterThan(3);
    for (const definition of functions.values()) {
      for (const at of definition.slopes.keys())
        expect(slopeFault(model(''), definition, at)).toBeUndefined();
    }
  });

  it('pass where they are the derivative, by each parameter, through the value too', () => {
    expect(findings('function f(z) = exp(2*z)  slope 2*f')).toEqual([]);
    expect(findings('function f(a, b) = a*b^2  slope b^2, 2*a*b')).toEqual([]);
    expect(findings('function f(z) = log(z)  slope 1/z')).toEqual([]);
    expect(findings('function f(z) = z * sigmoid(z)')).toEqual([]);
  });

  it('are warned of where they are not', () => {
    const [finding] = findings('given x = 1\nfunction bad(z) = z^2   slope 3*z');
    expect(finding).toMatch(/^2:10 slope at z = .* bad rises by .*, but its slope says /);
    expect(findings('function f(a, b) = a*b^2  slope b^2, 2*a')).toHaveLength(1);
  });
});
