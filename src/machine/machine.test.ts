import { describe, expect, it } from 'vitest';
import { parseCellName } from '../formula/model.ts';
import { format } from '../number/format.ts';
import { uniform } from '../number/random.ts';
import { exact, type Precision } from '../number/rounding.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { editsOf, Machine, type RunPrecision } from './machine.ts';
import { Moment } from './moment.ts';
import { programOf } from './testing/agreement.testing.ts';
import { adam, lecture, modelCases } from './testing/models.testing.ts';

function compile(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined)
    throw new Error(`${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
  return program;
}

function cellValue(machine: Machine, frame: number, cell: string): number {
  const found = parseCellName(cell.replace('new ', ''));
  if (found === undefined) throw new Error(`${cell} is no cell`);
  return machine.value(frame, found.name, cell.startsWith('new ') ? 'new' : 'old', found.cell);
}

/** FACTS §1: what the slides print and what double precision gives. */
const firstIteration = `
h[1]        0.68       0.6802671966986485
h[2]        0.6637     0.6637386974043528
y[1]        0.69       0.6902834929076443
δ2[1]       -0.0406    -0.040681125112339026
δ1[1]       -0.0027    -0.0026544890308847417
δ1[2]       -0.0082    -0.008171645064129868
g1[1,1]     0.000945   0.0009290711608096595
g1[1,2]     0.00243    0.0023890401277962678
g1[2,1]     0.00287    0.0028600757724454536
g1[2,2]     0.00738    0.007354480557716881
g2[1,1]     0.0276     0.027674034938717864
g2[1,2]     0.0269     0.027001636991007407
new W1[1,1] 0.0991     0.09907092883919034
new W1[1,2] 0.7976     0.7976109598722038
new W1[2,1] 0.3971     0.39713992422755456
new W1[2,2] 0.5926     0.592645519442283
new W2[1,1] 0.2724     0.27232596506128215
new W2[1,2] 0.8731     0.8729983630089926
`;
const secondIteration = `
h[1]        0.68       .
h[2]        0.662      .
y[1]        0.68       0.6820185832642942
δ2[1]       -0.0392    .
δ1[1]       -0.0023    .
δ1[2]       -0.0077    .
new W1[1,1] 0.0983     0.09825185227690139
new W1[1,2] 0.7955     0.7955047629977464
new W1[2,1] 0.3944     0.3944412697353342
new W1[2,2] 0.5857     0.5857061221765736
new W2[1,1] 0.2457     0.2454942026006635
new W2[1,2] 0.8471     0.846865006449588
`;
const rows = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(/\s{2,}|(?<=\])\s+/));

describe('the lecture', () => {
  const program = compile(lecture);
  const [rounded, full] = (['lesson', 'full'] as const).map((precision) => new Machine(program, precision));
  const text = (value: number, precision: Precision = exact) => format(value, { minus: '-', precision });

  it('prints its eighteen numbers, rounding carried', () => {
    const printed = rows(firstIteration).map(([cell]) => text(cellValue(rounded, 1, cell)));
    expect(printed).toEqual(rows(firstIteration).map(([, print]) => print));
    expect(printed).toHaveLength(18);
  });

  it('prints the same eighteen where the backward pass is derived', () => {
    const { program: judge } = compileProgram(lecture, { deriveClaims: true });
    const machine = new Machine(judge as Program, 'lesson');
    const printed = rows(firstIteration).map(([cell]) => text(cellValue(machine, 1, cell)));
    expect(printed).toEqual(rows(firstIteration).map(([, print]) => print));
  });

  it('repeats with the rounded weights', () => {
    const printed = rows(secondIteration).map(([cell]) => text(cellValue(rounded, 2, cell)));
    expect(printed).toEqual(rows(secondIteration).map(([, print]) => print));
  });

  it.each([
    [1, firstIteration],
    [2, secondIteration],
  ])('gives the double precision numbers in iteration %i', (frame, table) => {
    for (const [cell, , double] of rows(table)) {
      if (double === '.') continue;
      expect(cellValue(full, frame, cell).toPrecision(15), cell).toBe(Number(double).toPrecision(15));
    }
  });

  it('does not reproduce the slides without carried rounding', () => {
    const decimals: Precision = { kind: 'decimals', digits: 4 };
    const cells = ['δ2[1]', 'new W2[1,1]', 'new W2[1,2]'];
    const shown = cells.map((cell) => text(cellValue(full, 1, cell), decimals));
    expect(shown).toEqual(['-0.0407', '0.2723', '0.873']);
  });

  it('has nothing computed before the first step and everything after the last', () => {
    const [before, after] = [new Moment(rounded, 0), new Moment(rounded, program.size)];
    expect(before.location).toBeUndefined();
    expect(before.operation).toBeUndefined();
    expect(before.value('h', 'old', [1])).toBeUndefined();
    expect(before.value('W1', 'old', [1, 1])).toBe(0.1);
    expect(after.newest('W1', [1, 1])).toEqual({ value: 0.0991, version: 'new' });
    expect(new Moment(rounded, program.size + 1).newest('W1', [1, 1])).toEqual({
      value: 0.0991,
      version: 'old',
    });
  });

  it('takes edits in place of its numbers', () => {
    const edited = new Machine(
      program,
      'full',
      editsOf(
        new Map([
          ['W1[1,2]', 0],
          ['eta', 0],
        ]),
      ),
    );
    expect(edited.value(1, 'net1', 'old', [1])).toBe(0.1 * 0.35);
    expect(edited.value(3, 'W1', 'new', [1, 2])).toBe(0);
  });
});

describe('a far jump', () => {
  const program = compile(adam(4).text);
  const precision: RunPrecision = 'lesson';
  const states = new Map<number, readonly number[]>();
  const last = 700;
  const sequential = new Machine(program, precision);
  for (let frame = 1; frame <= last; frame++) states.set(frame, [...sequential.frame(frame).memory]);

  it.each([
    ['forward', [last]],
    ['forward and back', [last, 3, 350, 349, 1, 699, 698, 512]],
    ['at random', Array.from({ length: 60 }, (_, n) => 1 + Math.floor(uniform(5, 1, n) * last))],
  ])('%s gives what running through gives', (_, visits) => {
    const machine = new Machine(program, precision);
    for (const frame of visits) {
      const { memory } = machine.frame(frame);
      for (const [n, value] of (states.get(frame) as number[]).entries()) {
        if (!Object.is(memory[n], value)) throw new Error(`frame ${frame} after ${visits}: number ${n}`);
      }
    }
  });
});

describe('what is not finite', () => {
  const trouble = `
given x = [0, 2]
param w = 1
forward
  a[i] = w * x[i]
  b[i] = 1 / a[i]
  c = sum(i: b[i])
update
  w <- w * 1e200`;

  it('is found at the first cell that stores it, with its step', () => {
    const program = compile(trouble);
    const machine = new Machine(program, 'full');
    const { fault } = machine.frame(1);
    expect(fault).toEqual({ cell: 'b[1]', value: Infinity, step: 3 });
    const { formula, cell } = program.locate(3);
    expect([formula.target, ...cell]).toEqual(['b', 1]);
  });

  it('is found in the frame where it arises', () => {
    const machine = new Machine(compile(trouble.replace('[0, 2]', '[1, 2]')), 'full');
    expect([1, 2, 3].map((frame) => machine.frame(frame).fault?.cell)).toEqual([undefined, 'w', 'a[1]']);
    expect(machine.frame(2).fault?.value).toBe(Infinity);
    expect(machine.frame(2).fault?.step).toBe(machine.program.size);
  });

  it('may be NaN, and steps and memory agree on it', () => {
    const machine = new Machine(
      compile('given x = -1\nforward\n  y = sqrt(x)\n  z = max(y, 1) + max(1, y)'),
      'full',
    );
    expect(machine.frame(1).fault).toEqual({ cell: 'y', value: NaN, step: 1 });
    const z = machine.program.model.formulas[1];
    expect(Object.is(machine.cellOperations(1, z, []).stored, machine.value(1, 'z', 'old', []))).toBe(true);
  });

  it('does not occur in the models of these tests', () => {
    for (const { text } of modelCases) {
      for (const precision of ['lesson', 'full'] as const) {
        const machine = new Machine(compile(text), precision);
        for (const frame of [1, 2, 3]) expect(machine.frame(frame).fault, text).toBeUndefined();
      }
    }
  });
});

describe('a comparison in a formula', () => {
  it.each(['full', 'lesson'] as const)('takes its numbers as they are, %s', (precision) => {
    const text = `given a = 0.1
given b = 0.2
forward
  s = a + b
  y = [a + b > 0.3]
  z = [s > 0.3]
store s: 2dp`;
    const machine = new Machine(programOf(text), precision);
    // What is stored is rounded before anything compares it.
    expect(machine.value(1, 'y', 'old', [])).toBe(1);
    expect(machine.value(1, 'z', 'old', [])).toBe(precision === 'lesson' ? 0 : 1);
  });
});
