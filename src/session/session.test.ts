import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileProgram, type Program } from '../program/program.ts';
import { commandOfKey, commands, keyName } from './commands.ts';
import { editCell, setChanges } from './edit.ts';
import { Session } from './session.ts';

const seed = 1986;

const text = `
given x = [0.35, 0.9]
given t = [0.5]
param W1 = [[0.1, 0.8], [0.4, 0.6]]
param W2 = [[0.3, 0.9]]
eta = 1
forward
  net1[j] = sum(i: W1[j,i] * x[i])
  h[j] = sigmoid(net1[j])
  net2[k] = sum(j: W2[k,j] * h[j])
  y[k] = sigmoid(net2[k])
  L = sum(k: (t[k] - y[k])^2) / 2
update
  W2[k,j] <- W2[k,j] - eta * dL/dW2[k,j]
  W1[j,i] <- W1[j,i] - eta * dL/dW1[j,i]
store y: 2dp
`;

const program = compileProgram(text).program as Program;
const session = () => new Session(program, 'lecture');

/** Every value of the present frame, by name. */
function values(of: Session): Map<string, number> {
  const { memory } = of.machine.frame(of.moment.frame);
  return new Map(
    of.machine.layout.slots.flatMap(({ name, version, offset, size }) =>
      Array.from(
        { length: size },
        (_, flat) => [`${version} ${name} ${flat}`, memory[offset + flat]] as const,
      ),
    ),
  );
}

describe('a session', () => {
  it('is the same wherever it came from: state is a function of step, run, digits and edits', () => {
    const ids = commands.filter(({ apply }) => apply !== undefined).map(({ id }) => id);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...ids, 'edit', 'jump', 'digits'), { maxLength: 40 }),
        fc.integer(),
        (walk, salt) => {
          const walker = session();
          walk.forEach((id, at) => {
            const n = Math.abs((salt + at * 7919) % (3 * program.size));
            if (id === 'edit') editCell(walker, 'W1[1,2]', String(n / 10));
            else if (id === 'jump') walker.goTo(n);
            else if (id === 'digits') walker.setDigits(n % 16);
            else walker.dispatch(id);
          });
          const fresh = session();
          setChanges(fresh, walker.changes);
          fresh.setPrecision(walker.state.precision);
          fresh.setDigits(walker.state.digits);
          fresh.goTo(walker.state.cursor.step);
          expect(fresh.explanation).toEqual(walker.explanation);
          expect(values(fresh)).toEqual(values(walker));
        },
      ),
      { seed, numRuns: 150 },
    );
  });

  it('changes with an edited weight exactly what depends on it', () => {
    const [untouched, edited] = [session(), session()];
    // At full precision: two decimals of y could hide the change.
    for (const one of [untouched, edited]) one.setPrecision('full');
    expect(editCell(edited, 'W1[2,1]', '0.5')).toBeUndefined();
    const [before, after] = [values(untouched), values(edited)];
    const changed = [...before.keys()].filter((key) => !Object.is(before.get(key), after.get(key)));
    const independent = [
      'old x 0',
      'old x 1',
      'old t 0',
      'old eta 0',
      'old net1 0',
      'old h 0',
      'old W1 0',
      'old W1 1',
      'old W1 3',
      'old W2 0',
      'old W2 1',
    ];
    expect(changed.filter((key) => independent.includes(key))).toEqual([]);
    for (const key of ['old W1 2', 'old net1 1', 'old h 1', 'old net2 0', 'new W1 2', 'new W2 0'])
      expect(changed).toContain(key);
    expect(edited.differs('net1', 'old', [2])).toBe(true);
    expect(edited.differs('net1', 'old', [1])).toBe(false);
    edited.dispatch('reset');
    expect(values(edited)).toEqual(before);
  });

  it.each([
    ['', /Type a number/],
    ['  ', /Type a number/],
    ['0,35', /not a number/],
    ['abc', /not a number/],
    ['1e', /not a number/],
    ['NaN', /not a number/],
    ['Infinity', /finite/],
    ['1e400', /finite|larger/],
    ['1e13', /larger/],
    ['-1e13', /larger/],
  ])('answers %j in a field with a message and changes nothing', (typed, message) => {
    const one = session();
    const before = one.state;
    expect(editCell(one, 'W1[1,1]', typed)).toMatch(message);
    expect(one.state).toBe(before);
  });

  it('lets only given numbers be edited', () => {
    const one = session();
    expect(editCell(one, 'y[1]', '1')).toMatch(/computed/);
    expect(editCell(one, 'W1[3,1]', '1')).toMatch(/no cell/);
    expect(editCell(one, 'W1', '1')).toMatch(/no cell/);
    expect(editCell(one, 'nothing', '1')).toMatch(/no cell/);
  });

  it('forgets an edit that is the lesson number again', () => {
    const one = session();
    editCell(one, 'eta', '2');
    expect(one.changes.length).toBe(1);
    editCell(one, 'eta', '1');
    expect(one.changes.length).toBe(0);
  });

  it('says which stored value is not finite, and at which step', () => {
    const broken = compileProgram('given a = 1\ngiven b = 0\nforward\n  c = a + a\n  d = a / b\n  e = d - d')
      .program as Program;
    const one = new Session(broken, 'broken');
    expect(one.fault).toEqual({ cell: 'd', value: Infinity, step: 2 });
    editCell(one, 'b', '2');
    expect(one.fault).toBeUndefined();
  });

  it('tells its listeners of every change, until they leave', () => {
    const one = session();
    let heard = 0;
    const leave = one.subscribe(() => {
      heard += 1;
    });
    one.dispatch('next');
    one.goTo(7);
    leave();
    one.dispatch('next');
    expect(heard).toBe(2);
  });
});

describe('the command table', () => {
  it('gives every key to one command only', () => {
    const keys = commands.flatMap((command) => command.keys);
    expect(keys.filter((key, at) => keys.indexOf(key) < at)).toEqual([]);
    for (const command of commands) for (const key of command.keys) expect(commandOfKey(key)).toBe(command);
  });

  it('names a key press as the table does', () => {
    const press = { key: 'F10', ctrlKey: false, metaKey: false, altKey: false, shiftKey: true };
    expect(commandOfKey(keyName(press))?.id).toBe('backOver');
    expect(commandOfKey(keyName({ ...press, key: 'ArrowRight', shiftKey: false }))?.id).toBe('next');
    expect(commandOfKey(keyName({ ...press, key: 'R' }))?.id).toBe('reset');
  });
});

it('says which sample a step is about, and of none where it is about their sum', () => {
  const { program } = compileProgram(`sample x = [[1], [2]]
sample t = [1, 3]
batch n = all
param w = [0.5]
eta = 0.1
forward
  y = sum(i: w[i] * x[i])
  L = (t - y)^2 / 2
update
  w[i] <- w[i] - eta * dL/dw[i]`);
  const batch = new Session(program as Program, 'batch');
  const steps = Array.from({ length: batch.program.size }, (_, at) => {
    batch.goTo(at + 1);
    return `${batch.moment.location?.formula.target} ${batch.moment.operation?.name} ${batch.sample}`;
  });
  expect(steps.slice(0, 2)).toEqual(['y mul 1', 'L sub 1']);
  expect(steps.slice(-6)).toEqual([
    'dL/dw mul 1',
    'dL/dw mul 2',
    'dL/dw add 2',
    'dL/dw div undefined',
    'w mul undefined',
    'w sub undefined',
  ]);
});
