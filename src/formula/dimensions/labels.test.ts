import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../compile/compile.ts';
import { expectOnly, findings } from '../compile/findings.testing.ts';
import { longestLabel, mostLabels } from '../limits.ts';

const seed = 204;

const model = `given x = [1, 2, 3]
given t = [0, 1]
param W[2,3] = he(1, 3)
forward
  y[k] = sum(p: W[k,p] * x[p])
  d[q] = y[q] - t[q]
  L    = sum(k: d[k]^2)
update
  W[k,p] <- W[k,p] - 0.1 * dL/dW[k,p]
`;

/** Of each dimension of a quantity, its labels. */
function labelsIn(text: string): (name: string) => (readonly string[] | undefined)[] {
  const { model: compiled, diagnostics } = compileModel(text);
  if (compiled === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return (name) => {
    const { shape = [] } = compiled.quantities.get(name) ?? {};
    return shape.map((_, d) => compiled.dimensions.get(name)?.[d]?.labels);
  };
}

describe('the values of an index have names', () => {
  const digits = ['0', '1'];
  const words = ['the', 'cat', 'sat, down'];

  it('in all that it runs over, or that counts the same', () => {
    const labels = labelsIn(`${model}label k as 0..1   p as the, cat, "sat, down"  # of a sentence`);
    expect(labels('y')).toEqual([digits]);
    expect(labels('x')).toEqual([words]);
    expect(labels('W')).toEqual([digits, words]);
    // Under another letter, and derived.
    expect(labels('d')).toEqual([digits]);
    expect(labels('t')).toEqual([digits]);
    expect(labels('dL/dW')).toEqual([digits, words]);
    expect(labels('L')).toEqual([]);
  });

  it('only where it has so many values', () => {
    const labels = labelsIn(`given x = [1, 2, 3]
index i = 1..2
forward
  d[i] = x[i+1] - x[i]
  y[j] = x[j]
label i as rise, fall`);
    expect([labels('d'), labels('x'), labels('y')]).toEqual([[['rise', 'fall']], [undefined], [undefined]]);
  });

  it('also in data that are declared with it', () => {
    const labels = labelsIn('given P[t = 1..2, k = 1..2] = t * k\nforward\n  y = P[1,2]\nlabel k as a, b');
    expect(labels('P')).toEqual([undefined, ['a', 'b']]);
  });

  it('in a batch, of which each sample has as many', () => {
    const labels = labelsIn(`sample x = [[1, 2], [3, 4]]
batch n = all
forward
  y[k] = x[k]
label k as no, yes`);
    for (const name of ['x', 'y']) expect(labels(name)).toEqual([undefined, ['no', 'yes']]);
  });

  it('of two letters that count the same, each where it stands', () => {
    const labels = labelsIn(`given x = [1, 2]
forward
  s[l,m] = x[l] * x[m]
label l as a, b   m as c, d`);
    expect(labels('s')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('whatever the names are', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .map((text) => text.replaceAll(/["\p{C}\p{Z}]/gu, ' ').trim())
      .filter((text) => text !== '' && text.length <= longestLabel);
    fc.assert(
      fc.property(fc.array(name, { minLength: 2, maxLength: 2 }), (names) => {
        const list = names.map((one) => `"${one}"`).join(', ');
        const plain = /[,#]|\sas(\s|$)|\.\./.test(names.join(' ')) ? list : names.join(' , ');
        for (const written of [list, plain]) {
          const labels = labelsIn(`${model}label  k as ${written}   p as 3..5`);
          expect(labels('y')).toEqual([names]);
          expect(labels('x')).toEqual([['3', '4', '5']]);
        }
      }),
      { seed },
    );
  });
});

describe('a label line', () => {
  it.each([
    ['label k as 0..2', '10:7 range k has 2 values, but 3 names; give each value one'],
    ['label k as a', '10:7 range k has 2 values, but 1 name; give each value one'],
    ['label m as 0..1', '10:7 name no index m stands alone in brackets; do you mean k, q, p?'],
    ['label k as a,, b', '10:7 syntax a name is missing; write names with commas between, or numbers'],
    ['label k as', '10:7 syntax a name is missing'],
    ['label k as a "b, c', '10:7 syntax a name in quotes stands alone between commas'],
    ['label k as 1..0', '10:7 syntax nothing lies in 1..0; write the lower number first'],
    ['label k 0..1', '10:1 syntax a line does not begin with label like this; write label k as …'],
    [`label k as 1..${mostLabels + 1}`, `10:7 size an index has at most ${mostLabels} names`],
    [`label k as ${'a,'.repeat(mostLabels)}a`, `10:7 size an index has at most ${mostLabels} names`],
    [`label k as a, ${'b'.repeat(longestLabel + 1)}`, '10:7 size a name for a value has at most'],
  ])('is told what is wrong with it: %#', (line, wanted) => {
    expectOnly(model + line, wanted);
  });

  it('has no names for the samples of a batch', () => {
    expectOnly(
      'sample x = [1, 2]\nbatch n = all\nforward\n  y = x^2\nlabel n as a, b',
      '5:7 index n counts the samples of a batch, which are others in every iteration; they have no names',
    );
  });

  it('holds before an earlier one for the same index, with a warning', () => {
    const text = `${model}label k as a, b\nlabel k as c, d`;
    expect(findings(text)).toEqual([
      '11:7 twice label k stands here and in line 10; this line holds, leave the other out',
    ]);
    expect(labelsIn(text)('y')).toEqual([['c', 'd']]);
  });

  it('is none where label is a quantity', () => {
    expect(findings('given label = [1, 2]\nforward\n  y[k] = label[k]')).toEqual([]);
  });
});
