import { describe, expect, it } from 'vitest';
import { Machine, type RunPrecision } from '../machine/machine.ts';
import { adversaries, lecture } from '../machine/testing/models.testing.ts';
import { expandShorthand } from '../network/expansion.ts';
import { compileProgram } from '../program/program.ts';
import { Figures } from './figures.ts';
import { originOf } from './origin.ts';
import { Provenance, texDerivative, texProduct } from './provenance.ts';

function whysOf(
  text: string,
  precision: RunPrecision = 'lesson',
  changes: Machine['changes'] = [],
): Provenance {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return new Provenance(new Machine(program, precision, changes));
}

const cell = (name: string, at: number[], version: 'old' | 'new' = 'old', frame = 1) => ({
  frame,
  name,
  version,
  cell: at,
});

/** TeX without the marks that tie it to cells. */
const bare = (tex: string): string => tex.replaceAll(/\\htmlData\{[^}]*\}\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$1');

describe('why a number is what it is', () => {
  const whys = whysOf(lecture);
  const figures = new Figures(whys.machine.program.model, 'lesson');

  it('says what wrote it, in symbols and in numbers, and how that was stored', () => {
    const writing = whys.writing(cell('δ1', [1]), figures);
    expect(writing && bare(writing.numbers)).toBe('0.68 \\cdot (1 - 0.68) \\cdot (0.3 \\cdot (-0.0406))');
    expect(writing).toMatchObject({ computed: '-0.00265037', stored: '-0.0027', rule: '4 decimal places' });
    expect(whys.writing(cell('x', [1]), figures)).toBeUndefined();
  });

  it('lists what it reads in the order of the operations', () => {
    expect(whys.operands(cell('net1', [1])).map(({ name, cells }) => [name, cells])).toEqual([
      [
        'W1',
        [
          [1, 1],
          [1, 2],
        ],
      ],
      ['x', [[1], [2]]],
    ]);
  });

  it('finds the operation that reads it first', () => {
    const read = cell('x', [2]);
    const [net, gradient] = whys.readers(read);
    expect([net.formula.target, net.count, net.first]).toEqual(['net1', 2, [1]]);
    expect(whys.readingOperation(net, read)).toBe(2);
    expect([gradient.formula.target, gradient.count, gradient.first]).toEqual(['g1', 2, [1, 2]]);
  });

  it('multiplies the lecture’s own numbers along the way from the loss', () => {
    const found = whys.chain(cell('W1', [1, 2]), 'L');
    const factors = found ? whys.factors(found.chain, found.paths[0]) : [];
    expect(factors.map((one) => bare(texDerivative(figures, one.of, one.by)))).toEqual([
      '\\frac{\\partial L}{\\partial y_{1}}',
      '\\frac{\\partial y_{1}}{\\partial \\mathrm{net}^{2}_{1}}',
      '\\frac{\\partial \\mathrm{net}^{2}_{1}}{\\partial h_{1}}',
      '\\frac{\\partial h_{1}}{\\partial \\mathrm{net}^{1}_{1}}',
      '\\frac{\\partial \\mathrm{net}^{1}_{1}}{\\partial W^{1}_{1,2}}',
    ]);
    expect(texProduct(factors.map(({ value }) => figures.tex(value)))).toBe(
      '0.19 \\cdot 0.2139 \\cdot 0.3 \\cdot 0.2176 \\cdot 0.9',
    );
    const [sigma] = factors.slice(1).map((one) => whys.texFactor(one, 1, figures));
    expect(bare(sigma.numbers)).toBe('0.69 \\cdot (1 - 0.69)');
    expect(found?.chain.value).toBeCloseTo(0.19 * 0.2139 * 0.3 * 0.2176 * 0.9, 12);
    // The lecture has rounded on its way; the chain says what it says.
    expect(found?.own.map(({ value }) => value)).toEqual([0.00243]);
  });

  it('says of a derivative what it is the derivative by', () => {
    const found = whys.chain(cell('δ1', [2]), 'L');
    expect(found?.by).toMatchObject({ name: 'net1', cell: [2] });
    expect(found?.own.map(({ value }) => value)).toEqual([0.0082]);
    expect(whys.lossesOf(cell('δ1', [2]))).toEqual(['L']);
    expect(whys.chain(cell('W1', [1, 1], 'new'), 'L')).toBeUndefined();
  });

  it('tells several losses and both versions of a parameter apart', () => {
    const gan = whysOf(adversaries.text, 'full');
    expect(gan.lossesOf(cell('w', []))).toEqual(['LD']);
    expect(gan.lossesOf(cell('w', [], 'new'))).toEqual(['LG']);
    expect(gan.lossesOf(cell('a', []))).toEqual(['LD', 'LG']);
  });
});

describe('where a number comes from', () => {
  it('is a step, an update, the lesson, a row or the reader', () => {
    const edits = [{ kind: 'edit', cell: 'x[1]', value: 2, frame: 2 } as const];
    const { machine } = whysOf(lecture, 'lesson', edits);
    expect(originOf(machine, cell('y', [1]))).toMatchObject({ kind: 'computed', first: 18, last: 21 });
    expect(originOf(machine, cell('W1', [1, 2]))).toMatchObject({
      kind: 'given',
      role: 'param',
      changed: false,
    });
    expect(originOf(machine, cell('W1', [1, 2], 'old', 2))).toEqual({
      kind: 'renewed',
      from: cell('W1', [1, 2], 'new', 1),
    });
    expect(originOf(machine, cell('x', [1], 'old', 1))).toMatchObject({ kind: 'given', changed: false });
    expect(originOf(machine, cell('x', [1], 'old', 3))).toMatchObject({ kind: 'given', changed: true });
  });

  it('of a parameter that was edited later is the reader in that iteration, and the update after it', () => {
    const edits = [{ kind: 'edit', cell: 'W1[1,2]', value: 2, frame: 2 } as const];
    const { machine } = whysOf(lecture, 'lesson', edits);
    const kinds = [1, 2, 3].map((frame) => originOf(machine, cell('W1', [1, 2], 'old', frame)).kind);
    expect(kinds).toEqual(['given', 'given', 'renewed']);
  });

  it('of a sample is its row', () => {
    const text = `sample x = [[1, 2], [3, 4], [5, 6]]
param w = [0.1, 0.2]
batch n = 2
forward
  y = sum(i: w[i] * x[i])
  L = y^2
update
  w[i] <- w[i] - 0.1 * dL/dw[i]`;
    const { machine } = whysOf(text);
    expect(originOf(machine, cell('x', [2, 1], 'old', 2))).toEqual({
      kind: 'sample',
      row: 1,
      changed: false,
    });
  });
});

describe('784-256-128-10', () => {
  const row = Array.from({ length: 784 }, (_, i) => ((i * 37) % 11) / 11).join(',');
  const { text } = expandShorthand(`given x = [${row}]
given t = [0,0,1,0,0,0,0,0,0,0]
layers: 784 -> 256 tanh -> 128 tanh -> 10 softmax
loss: cross-entropy
optimizer: sgd 0.1`);
  const whys = whysOf(text, 'full');
  const { machine } = whys;

  it('is answered at once', () => {
    const ask = (one: ReturnType<typeof cell>) => {
      const start = performance.now();
      whys.operands(one);
      whys.readers(one);
      for (const loss of whys.lossesOf(one)) whys.chain(one, loss);
      return performance.now() - start;
    };
    machine.value(1, 'L', 'old', []);
    for (const one of [cell('W1', [3, 5]), cell('h2', [7]), cell('δ1', [9]), cell('W1', [3, 5], 'new')]) {
      // The first time the index maps are inverted; a busy machine may pause in any one of the others.
      const times = Array.from({ length: 6 }, () => ask(one));
      // Some 30 ms where nothing else runs; what went through all cells would take many seconds.
      expect(Math.min(...times), one.name).toBeLessThan(1000);
    }
  });

  it('counts its readers and takes windows of them', () => {
    const readers = whys.readers(cell('eta', []));
    expect(readers.map(({ count }) => count).sort((a, b) => b - a)[0]).toBe(784 * 256);
    const weights = readers.find(({ formula }) => formula.target === 'W1');
    expect(weights?.at(784 * 255 + 3)).toEqual([256, 4]);
  });

  it('agrees with the derivative that the model has computed', () => {
    for (const one of [cell('W1', [3, 5]), cell('W2', [100, 9]), cell('b1', [256])]) {
      const found = whys.chain(one, 'L');
      const own = found?.own[0]?.value ?? Number.NaN;
      expect(Math.abs(own - (found?.chain.value ?? 0))).toBeLessThanOrEqual(1e-9 * Math.abs(own));
      expect(found?.chain.pathCount).toBeGreaterThan(100);
      expect(found?.paths.length).toBe(3);
    }
  });
});

describe('a cell of ten million terms', () => {
  const whys = whysOf(
    `given x = 0.3
param a = 0.5
given z[i=1..3000] = normal(3)
index i = 1..3000
index j = 1..3000
forward
  y = sum(i, j: x * x + z[i] * z[j])
  L = (a * y)^2
update
  a <- a - 0.1 * dL/da`,
    'full',
  );

  it('says what it reads as far as it is looked through, and that there is more', () => {
    const groups = whys.operands(cell('y', []));
    expect(groups.map(({ name, isOpen }) => [name, isOpen])).toEqual([
      ['x', false],
      ['z', true],
    ]);
    expect(groups[1].cells.length).toBeLessThan(3000);
  });

  it('is read first where arithmetic says so', () => {
    const read = cell('z', [2500]);
    const [y] = whys.readers(read);
    // In the 2,500th term: those before have three operations each and all but one of them are joined; it is the second one.
    expect(whys.readingOperation(y, read)).toBe(3 * 2499 + 2498 + 2);
    expect(whys.readingOperation(y, cell('x', []))).toBe(1);
  });

  it('is not followed where it leads on in too many ways, and says so', () => {
    expect(whys.chain(cell('x', []), 'L')).toBeUndefined();
    expect(whys.isCrowded(cell('x', []), 'L')).toBe(true);
    expect(whys.chain(cell('a', []), 'L')?.chain.pathCount).toBe(1);
    expect(whys.isCrowded(cell('a', []), 'L')).toBe(false);
  });
});
