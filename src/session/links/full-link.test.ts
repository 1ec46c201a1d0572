import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellName } from '../../formula/model.ts';
import { lecture } from '../../machine/testing/models.testing.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { commands } from '../commands.ts';
import { type Deed, type DrivenSession, deed, driven } from '../deed.testing.ts';
import { editCell, overrideCell } from '../edit.ts';
import { Session } from '../session.ts';
import { checksum, seal } from './envelope.ts';
import { type LinkPayload, linkHash, modelTextOf, openLink, readLink, safeLength } from './full-link.ts';
import { followHash, isFullLink } from './link.ts';

const seed = 20261121;

/** Functions that begin and end together, so that there is more to a place than its step; and a mode. */
const nested = `
given x = [0.3, -0.7]
param w = [0.5, 0.2]
eta = 0.1
mode training
function twice(z) = 2 * z
function outer(z) = 1 + sigmoid(twice(z))
function same(z) = outer(z)
forward
  a[i] = same(w[i] * x[i])
  b[i] = outer(a[i]) * sigmoid(a[i]) * training
  L = sum(i: b[i]^2)
update
  w[i] <- w[i] - eta * dL/dw[i]
`;

function programOf(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

const programs = [lecture, nested].map(programOf);
const cells = [
  ['W1[1,2]', 'W2[1,1]', 'x[2]', 'eta', 't[1]'],
  ['w[1]', 'w[2]', 'x[1]', 'eta'],
];

async function follow(session: Session, hash: string): Promise<boolean | { readonly message: string }> {
  if (!isFullLink(hash)) return followHash(session, hash);
  const carried = await readLink(hash);
  return 'message' in carried ? { message: String(carried.message) } : openLink(session, carried);
}

/** All of the state that a link carries: not the history of changes. */
const stateOf = ({ state }: Session) => ({ ...state, changes: state.changes.present });

const anyNumber = fc.double({ min: -1e12, max: 1e12, noNaN: true });
const anyFrame = fc.integer({ min: 1, max: 4 });
const kinds = ['formula', 'cells', 'phase', 'condition'] as const;
const stateCommands = commands.filter(({ apply }) => apply !== undefined).map(({ id }) => id);
const nthCell = ({ program }: Session, n: number): string => {
  const all = cells[programs.indexOf(program)];
  return all[n % all.length];
};
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: deed('dispatch', fc.constantFrom(...stateCommands), (session, id) => session.dispatch(id)),
  },
  deed('goTo', fc.nat(200), (session, step) => session.goTo(step)),
  deed('editCell', fc.tuple(fc.nat(9), anyNumber), (session, [n, value]) =>
    editCell(session, nthCell(session, n), String(value)),
  ),
  deed('editCell', fc.tuple(fc.nat(9), anyNumber, anyFrame), (session, [n, value, frame]) =>
    editCell(session, nthCell(session, n), String(value), frame),
  ),
  deed('overrideCell', fc.tuple(fc.nat(99), anyNumber, anyFrame), (session, [n, value, frame]) => {
    const { target, indices } = session.model.formulas[n % session.model.formulas.length];
    const cell = indices.map(({ range }) => range.low + (n % (range.high - range.low + 1)));
    overrideCell(session, cellName(target, cell), String(value), frame);
  }),
  deed(
    'setBreakpoints',
    fc.tuple(
      fc.constantFrom(...kinds),
      fc.string(),
      fc.boolean(),
      fc.constantFrom({}, { nth: 3 }, { every: 2 }),
    ),
    (session, [kind, text, enabled, hits]) =>
      session.setBreakpoints([...session.state.breakpoints, { kind, text, enabled, ...hits }]),
  ),
  deed('setWatches', fc.array(fc.string(), { maxLength: 4 }), (session, watches) =>
    session.setWatches(watches),
  ),
  deed('setDigits', fc.integer({ min: 1, max: 15 }), (session, digits) => session.setDigits(digits)),
  deed('setMode', fc.constantFrom('train' as const, 'evaluate' as const), (session, mode) =>
    session.setMode(mode),
  ),
);
/** A failing session is shortened a little only: to make one takes long. */
const anySession: fc.Arbitrary<DrivenSession> = fc.limitShrink(
  fc
    .tuple(fc.nat(1), fc.array(anyDeed, { maxLength: 25 }))
    .map(([which, deeds]) => driven(new Session(programs[which], 'Übung-1'), deeds)),
  200,
);

/** A link that carries something of everything. */
async function full(): Promise<{ session: Session; hash: string }> {
  const session = new Session(programs[0], 'lecture');
  editCell(session, 'W1[1,2]', '0.1234567890123456');
  editCell(session, 'eta', '-1e-300', 2);
  overrideCell(session, 'h[1]', '0.25', 2);
  session.setBreakpoints([{ kind: 'condition', text: 'abs(δ1[j]) < 1e-3', enabled: true, nth: 2 }]);
  session.setPrecision('full');
  session.setDigits(9);
  session.goTo(95);
  return { session, hash: await linkHash(session) };
}

describe('a sealed link', () => {
  it('leads a fresh page to the same state, bit by bit', async () => {
    await fc.assert(
      fc.asyncProperty(anySession, async (from) => {
        const to = new Session(from.program, from.name);
        expect(await follow(to, await linkHash(from))).toBe(true);
        expect(stateOf(to)).toEqual(stateOf(from));
        for (const [at, { value }] of from.changes.entries()) expect(to.changes[at].value).toBe(value);
        expect(await linkHash(to)).toBe(await linkHash(from));
      }),
      { seed, numRuns: 400 },
    );
  });

  it('leads a page on which much was changed to the same state', async () => {
    await fc.assert(
      fc.asyncProperty(anySession, anySession, async (from, to) => {
        fc.pre(from.program === to.program);
        const hash = await linkHash(from);
        fc.pre(isFullLink(hash));
        expect(await follow(to, hash)).toBe(true);
        expect(stateOf(to)).toEqual(stateOf(from));
      }),
      { seed, numRuns: 100 },
    );
  });

  it('is readable where there is nothing to carry but a place and the run', async () => {
    const session = new Session(programs[0], 'lecture');
    session.goTo(3);
    expect(await linkHash(session)).toBe('#at=lecture@1.net1%5B1%5D');
    session.setPrecision('full');
    expect(await linkHash(session)).toBe('#at=lecture@1.net1%5B1%5D&run=full');
    editCell(session, 'eta', '2');
    expect(await linkHash(session)).toMatch(/^#go=lecture\.1\.\w+\.[\w-]+\.\w{7}$/);
  });

  it('leads nowhere else if any one sign of it is changed, left out or doubled', async () => {
    const { session, hash } = await full();
    const signs = [...'aZ0-_.%&#=~é'];
    for (let at = 1; at < hash.length; at++) {
      for (const other of [...signs, '', hash[at] + hash[at]]) {
        const changed = hash.slice(0, at) + other + hash.slice(at + 1);
        const to = new Session(programs[0], 'lecture');
        const { state } = to;
        const outcome = await follow(to, changed);
        if (outcome === true) expect(stateOf(to), changed).toEqual(stateOf(session));
        else expect(to.state, changed).toBe(state);
      }
    }
  });

  it('that was cut anywhere says so, and changes nothing', async () => {
    const { hash } = await full();
    for (let length = 0; length < hash.length; length++) {
      const to = new Session(programs[0], 'lecture');
      const { state } = to;
      const outcome = await follow(to, hash.slice(0, length));
      expect(to.state).toBe(state);
      if (length >= '#go='.length) expect(outcome).toEqual({ message: expect.stringContaining('cut short') });
      else expect(outcome).toBe(false);
    }
  });

  it('is never a reason to fail, whatever it says', async () => {
    const { hash } = await full();
    const carried = JSON.parse(JSON.stringify(await readLink(hash)));
    const anyJson = fc.jsonValue({ maxDepth: 2 });
    const anyCarried = fc
      .record({ key: fc.constantFrom(...Object.keys(carried), 'other'), json: anyJson })
      .map(({ key, json }) => JSON.stringify({ ...carried, [key]: json }));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anyCarried,
          anyJson.map((json) => JSON.stringify(json)),
        ),
        async (text) => {
          const to = new Session(programs[0], 'lecture');
          const { state } = to;
          const outcome = await follow(to, await seal({ model: 'lecture', text }));
          if (outcome !== true && (outcome as { message: string }).message.includes('nothing was changed'))
            expect(to.state).toBe(state);
          to.dispatch('next');
          expect(to.explanation).toBeDefined();
        },
      ),
      { seed, numRuns: 500 },
    );
  });

  it('from a newer version is told from a damaged one', async () => {
    const { hash } = await full();
    const body = hash.slice('#go='.length, hash.lastIndexOf('.')).replace('lecture.1.', 'lecture.2.');
    expect(await readLink(`#go=${body}.${checksum(body)}`)).toEqual({
      message: expect.stringContaining('newer version'),
    });
  });

  it('is not unpacked beyond all measure', async () => {
    const hash = await seal({ model: 'lecture', text: '0'.repeat(50_000_000) });
    expect(await readLink(hash)).toEqual({ message: expect.stringContaining('more in this link') });
  });

  it('does not keep the page busy with more changes than anybody makes', async () => {
    const { hash } = await full();
    const carried = await readLink(hash);
    const changes = Array.from({ length: 20_000 }, (_, n) => ['h[1]', '0.5', n + 1, 'old']);
    const to = new Session(programs[0], 'lecture');
    const { state } = to;
    const outcome = await follow(
      to,
      await seal({ model: 'lecture', text: JSON.stringify({ ...carried, changes }) }),
    );
    expect(outcome).toEqual({ message: expect.stringContaining('more in this link') });
    expect(to.state).toBe(state);
  });

  it('stays short with many numbers', async () => {
    const session = new Session(
      programOf(`given x = [${Array(100).fill(0)}]\nforward\ny = sum(i: x[i])`),
      'many',
    );
    for (let n = 1; n <= 100; n++) editCell(session, `x[${n}]`, String(Math.sqrt(n) / 7));
    expect((await linkHash(session)).length).toBeLessThan(2000);
  });
});

describe('a sealed link from a page whose formulas the reader has rewritten', () => {
  const long = `${lecture}\n${Array.from({ length: 300 }, (_, n) => `# ${Math.sqrt(n)}`).join('\n')}`;
  const rewrite = (text: string) => text.replace('eta = 1\n', 'eta = 10\n').replace('δ2[k] * h[j]', 'δ2[k]');
  const carry = async (lessonText: string, modelText = rewrite(lessonText)) => {
    const session = new Session(programs[0], 'lecture');
    const hash = await linkHash(session, { lessonText, modelText });
    return { hash, carried: (await readLink(hash)) as LinkPayload };
  };

  it('brings them along whole, whatever becomes of the lesson', async () => {
    const { hash, carried } = await carry(lecture);
    expect(hash.length).toBeLessThan(safeLength);
    expect(modelTextOf(carried, lecture)).toBe(rewrite(lecture));
    expect(modelTextOf(carried, 'something else')).toBe(rewrite(lecture));
  });

  it('brings what is different where the whole would be long', async () => {
    const { hash, carried } = await carry(long);
    expect(hash.length).toBeLessThan(safeLength);
    expect(modelTextOf(carried, long)).toBe(rewrite(long));
    expect(modelTextOf(carried, lecture)).toEqual({ message: expect.stringContaining('have changed since') });
  });

  it('brings any text', async () => {
    const anyText = fc
      .array(fc.constantFrom('a', 'b', '', 'δ = 1'), { maxLength: 9 })
      .map((all) => all.join('\n'));
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (from, to) => {
        const padding = long.slice(-6000);
        const [lessonText, modelText] = [`${from}\n${padding}`, `${to}\n${padding}`];
        expect(modelTextOf((await carry(lessonText, modelText)).carried, lessonText)).toBe(modelText);
      }),
      { seed, numRuns: 100 },
    );
  });
});

describe('a sealed link to a lesson that was changed', () => {
  const moved = lecture
    .replace('given  t = [0.5]\n', '')
    .replace('eta = 1', 'given  t = [0.5]\neta = 1')
    .replace('net2[k] =', 'extra = 2 * x[1]\n  net2[k] =');

  it('leads to the same cell and operation, whatever stands before it', async () => {
    const from = new Session(programs[0], 'lecture');
    from.setDigits(4);
    for (let step = 1; step <= 2 * from.program.size; step++) {
      from.goTo(step);
      const to = new Session(programOf(moved), 'lecture');
      expect(await follow(to, await linkHash(from))).toBe(true);
      const { location, frame } = to.moment;
      const was = from.moment.location;
      expect([frame, location?.formula.target, location?.cell, location?.operation]).toEqual([
        from.moment.frame,
        was?.formula.target,
        was?.cell,
        was?.operation,
      ]);
    }
  });

  it('says what no longer fits and opens the rest', async () => {
    const from = new Session(programs[0], 'lecture');
    editCell(from, 'W1[2,2]', '7');
    editCell(from, 'eta', '3');
    from.goTo(95);
    const smaller = programOf('given x = [1, 2]\neta = 1\nforward\n  y = sum(i: x[i]) * eta');
    const to = new Session(smaller, 'lecture');
    const outcome = await follow(to, await linkHash(from));
    expect(outcome).toEqual({
      message:
        'Not everything in this link could be used. The lesson’s model has changed since this link was made. ' +
        'There is no cell W1[2,2]. ' +
        'The step is no more (this model has no δ1); this is the beginning of iteration 2.',
    });
    expect(to.changes).toEqual([{ kind: 'edit', cell: 'eta', value: 3, frame: 1 }]);
    expect(to.moment.step).toBe(smaller.size);
  });
});
