import { describe, expect, it } from 'vitest';
import { Examiner } from '../../machine/inspect/examiner.ts';
import { Machine } from '../../machine/machine.ts';
import { runToEnd } from '../../machine/step/sliced-work.ts';
import { uniform } from '../../number/random.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { judge } from './judgement.ts';

const programOf = (text: string): Program => {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return program;
};

/** A network with everything that trains in another way than it answers: batch normalisation and dropout. */
const network = `table m = moons(60, 0.2, 7)
sample x = m[x1..x2]
sample t = onehot(m[class], 0..1)
batch n = 8, shuffled 3
examine y against t, last 13
param W1[6,2] = xavier(1, 2, 6)
param b1[6] = 0
param γ[6] = 1
param β[6] = 0
state mean[6] = 0
state spread[6] = 1
mode training
random r[6] = uniform(5)
param W2[2,6] = xavier(1, 6, 2)
param b2[2] = 0
eta = 0.3
label k as left, right

forward
  h[j] = tanh(sum(i: W1[j,i] * x[i]) + b1[j])
  μ[j] = sum(n: h[n,j]) / 8
  v[j] = sum(n: (h[n,j] - μ[j])^2) / 8
  center[j] = training * μ[j] + (1 - training) * mean[j]
  width[j] = sqrt(training * v[j] + (1 - training) * spread[j] + 1e-5)
  u[j] = γ[j] * (h[j] - center[j]) / width[j] + β[j]
  keep[j] = [r[j] >= 0.4] / (1 - 0.4)
  kept[j] = training * keep[j] * u[j] + (1 - training) * u[j]
  z[k] = sum(j: W2[k,j] * kept[j]) + b2[k]
  Z = sum(k: exp(z[k]))
  y[k] = exp(z[k]) / Z
  L = log(Z) - sum(k: t[k] * z[k])

update
  mean[j] <- mean[j] + training * 0.1 * (μ[j] - mean[j])
  spread[j] <- spread[j] + training * 0.1 * (v[j] - spread[j])
  W1[j,i] <- W1[j,i] - eta * dL/dW1[j,i]
  b1[j] <- b1[j] - eta * dL/db1[j]
  γ[j] <- γ[j] - eta * dL/dγ[j]
  β[j] <- β[j] - eta * dL/dβ[j]
  W2[k,j] <- W2[k,j] - eta * dL/dW2[k,j]
  b2[k] <- b2[k] - eta * dL/db2[k]`;

/** Rows that are held back, counted from 1. */
const held = Array.from({ length: 13 }, (_, n) => 48 + n);

/** What a machine's numbers after a frame make of a row, by hand: forward lines as a textbook has them. */
function byHand(machine: Machine, frame: number, row: number) {
  const at = (name: string, ...cell: number[]) => machine.value(frame, name, 'new', cell);
  const { quantities } = machine.program.model;
  const x = machine.inputs.sample(quantities.get('x') as never, row);
  const t = machine.inputs.sample(quantities.get('t') as never, row);
  const units = [1, 2, 3, 4, 5, 6];
  const h = units.map((j) => Math.tanh(at('W1', j, 1) * x[0] + at('W1', j, 2) * x[1] + at('b1', j)));
  const normed = units.map(
    (j, n) => (at('γ', j) * (h[n] - at('mean', j))) / Math.sqrt(at('spread', j) + 1e-5) + at('β', j),
  );
  const z = [1, 2].map((k) => units.reduce((sum, j, n) => sum + at('W2', k, j) * normed[n], at('b2', k)));
  const total = z.reduce((sum, one) => sum + Math.exp(one), 0);
  const y = z.map((one) => Math.exp(one) / total);
  return { y, t: [...t], loss: -Math.log(y[t[0] === 1 ? 0 : 1]) };
}

describe('an examination', () => {
  const program = programOf(network);
  const machine = new Machine(program, 'full');
  const examiner = new Examiner(machine, 'L');
  const examined = (frame: number, rows = held) => runToEnd(examiner.examine(frame, rows));

  it('is what a textbook’s network makes of the parameters, at any iteration', () => {
    const names = [...program.model.quantities.keys()].join(' ');
    for (const frame of [40, 7, 23]) {
      const { answers, targets, losses } = examined(frame);
      held.forEach((row, n) => {
        const { y, t, loss } = byHand(machine, frame, row);
        expect(answers[2 * n], `${names}, frame ${frame}, row ${row}`).toBeCloseTo(y[0], 12);
        expect(answers[2 * n + 1]).toBeCloseTo(y[1], 12);
        expect([...targets.subarray(2 * n, 2 * n + 2)]).toEqual(t);
        expect(losses?.[n]).toBeCloseTo(loss, 12);
      });
    }
  });

  it('counts right and wrong as one does by hand', () => {
    const frame = 40;
    const [{ count, loss, classes }] = judge(program.model, examined(frame));
    const hand = held.map((row) => ({ row, ...byHand(machine, frame, row) }));
    const wrong = hand.filter(({ y, t }) => y[0] > y[1] !== t[0] > t[1]);
    expect(count).toBe(13);
    expect(loss).toBeCloseTo(hand.reduce((sum, one) => sum + one.loss, 0) / 13, 12);
    expect(classes?.names).toEqual(['left', 'right']);
    expect(classes?.right).toBe(13 - wrong.length);
    expect(wrong.length).toBeGreaterThan(0);
    expect(classes?.misread.map(({ row }) => row)).toEqual(
      wrong.sort((a, b) => b.loss - a.loss).map(({ row }) => row),
    );
    const confusion = [0, 1].map((wanted) =>
      [0, 1].map(
        (answered) => hand.filter(({ y, t }) => t[wanted] === 1 && y[answered] > y[1 - answered]).length,
      ),
    );
    expect(classes?.confusion).toEqual(confusion);
  });

  it('before any training is of the parameters as they begin', () => {
    const { answers, frame } = examined(0, [50]);
    const first = new Machine(program, 'full', [], 50);
    expect(frame).toBe(0);
    expect([...answers]).toEqual([first.value(1, 'y', 'old', [1, 1]), first.value(1, 'y', 'old', [1, 2])]);
  });

  it('changes no bit of the run', () => {
    const [alone, asked] = [0, 1].map(() => new Machine(program, 'full'));
    const other = new Examiner(asked, 'L');
    for (let frame = 1; frame <= 30; frame++) {
      for (const one of [alone, asked]) one.extend();
      if (frame % 3 === 0) runToEnd(other.examine(frame - (frame % 2), held));
      expect(asked.furthest).toBe(frame);
    }
    expect(asked.stateAfter(30)).toEqual(alone.stateAfter(30));
    for (const { name, shape } of program.model.quantities.values())
      if (shape.length > 0) expect(asked.array(17, name, 'old'), name).toEqual(alone.array(17, name, 'old'));
  });

  it('of a sample alone is what a frame of that sample has, to the bit', () => {
    const seed = 3;
    for (let n = 0; n < 12; n++) {
      const frame = Math.floor(uniform(seed, 1, n) * 40);
      const row = 1 + Math.floor(uniform(seed, 2, n) * 60);
      const single = new Machine(program, 'full', [], row, { trainedBy: machine });
      const { answers, losses } = examined(frame, [row]);
      const said = `seed ${seed}, frame ${frame}, row ${row}`;
      expect(single.inputs.rows(frame + 1)[0], said).toBe(row);
      expect(single.value(frame + 1, 'y', 'old', [1, 1]), said).toBe(answers[0]);
      expect(single.value(frame + 1, 'L', 'old', [1]), said).toBe(losses?.[0]);
    }
  });
});

describe('a frame of a chosen sample', () => {
  const program = programOf(network);

  it('takes the next ones of its part with it', () => {
    expect(new Machine(program, 'full', [], 58).inputs.rows(9)).toEqual([58, 59, 60, 48, 49, 50, 51, 52]);
    expect(new Machine(program, 'full', [], 46).inputs.rows(9)).toEqual([46, 47, 1, 2, 3, 4, 5, 6]);
  });

  it('begins with the parameters of the training, whatever was changed there', () => {
    const changes = [{ kind: 'edit', cell: 'W1[1,1]', value: 2, frame: 3 }] as const;
    const trained = new Machine(program, 'full', changes);
    const single = new Machine(program, 'full', changes, 60);
    for (const frame of [2, 3, 5])
      expect(single.array(frame, 'W1', 'old')).toEqual(trained.array(frame, 'W1', 'old'));
  });
});

describe('targets', () => {
  const judged = (answer: string, target: string, held = 2) => {
    const text = `sample x = [1, 2, 3, 4]\nsample t = ${target}\nparam w = 1\nexamine y against t, last ${held}
forward\n${answer}`;
    const program = programOf(text);
    const rows = Array.from({ length: held }, (_, n) => 5 - held + n);
    return judge(
      program.model,
      runToEnd(new Examiner(new Machine(program, 'full'), undefined).examine(0, rows)),
    )[0];
  };

  it('of two numbers are on a side of their middle', () => {
    const { classes, loss } = judged('  y = w * x - 3.2', '[1, -1, -1, 1]');
    expect(classes).toMatchObject({
      names: ['−1', '1'],
      right: 2,
      confusion: [
        [1, 0],
        [0, 1],
      ],
    });
    expect(loss).toBeUndefined();
  });

  it('may be the numbers of the answers', () => {
    const { classes } = judged(
      '  y[k] = [k = 2] * x - [k = 1] * w\nindex k = 1..3'.split('\n').reverse().join('\n'),
      '[1, 1, 3, 2]',
    );
    expect(classes?.judged.map(({ wanted, answered }) => [wanted, answered])).toEqual([
      [2, 1],
      [1, 1],
    ]);
  });

  it('that are measured are no classes', () => {
    expect(judged('  y = w * x', '[0.5, 0.1, 0.7, 0.2]', 3).classes).toBeUndefined();
  });

  it('are missed by an answer that is no number', () => {
    const { classes } = judged('  y = log(w - x)', '[0, 0, 1, 0]');
    expect(classes).toMatchObject({
      right: 0,
      confusion: [
        [0, 0],
        [0, 0],
      ],
    });
    expect(classes?.misread.map(({ answered }) => answered)).toEqual([undefined, undefined]);
  });
});
