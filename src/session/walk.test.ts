import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellName } from '../formula/model.ts';
import { xor } from '../machine/testing/batches.testing.ts';
import { adam, lecture } from '../machine/testing/models.testing.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { BackgroundSearch } from './breakpoints/background-search.ts';
import type { Breakpoint } from './breakpoints/breakpoint.ts';
import { commands } from './commands.ts';
import { type Deed, deed } from './deed.testing.ts';
import { editCell, overrideCell } from './edit.ts';
import { linkHash, openLink, readLink } from './links/full-link.ts';
import { followHash, isFullLink } from './links/link.ts';
import { Session } from './session.ts';
import type { SessionState } from './state.ts';

const seed = 20261121;
const walks = 80;
const deedsOfWalk = 150;
/** A fresh load is compared after so many deeds, and at the end. */
const pause = 10;

/** Functions that end in the same step, and a mode. */
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

const texts = [lecture, nested, xor.text, adam(7).text];
const compiled = (text: string): Program => {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
};
const programs = texts.map(compiled);
/** The same models as an author leaves them who edits the lesson while it is read: a remark, and a line that only says something. */
const edited = texts.map((text) => compiled(`# edited\n${text}\nsay eta as "rate"\n`));

const verbs = commands.filter(({ apply }) => apply !== undefined).map(({ id }) => id);
const anyNumber = fc.oneof(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), fc.constantFrom(0, -0, 1, 0.5));

/** A random cell, computed or given. */
function cellOf({ model }: Program, lot: number, isComputed: boolean): string {
  const all = [...model.quantities.values()].filter(({ role }) => (role === 'computed') === isComputed);
  const { name, shape, rows } = all[lot % all.length];
  const sizes = rows === undefined ? shape : [rows.count, ...shape.slice(-1)];
  return cellName(
    name,
    sizes.map((size, d) => 1 + ((lot >> d) % size)),
  );
}

const anyBreakpoint = (program: Program): fc.Arbitrary<Breakpoint> => {
  const { formulas } = program.model;
  const target = fc.constantFrom(...formulas.map((one) => one.target));
  return fc.oneof(
    target.map((text) => ({ kind: 'formula', text, enabled: true }) as const),
    fc.constantFrom('forward', 'update').map((text) => ({ kind: 'phase', text, enabled: true }) as const),
    fc
      .tuple(
        fc.nat(999),
        fc.double({ noNaN: true, min: -1, max: 1 }),
        fc.constantFrom({}, { nth: 2 }, { every: 3 }),
      )
      .map(([lot, than, hits]) => ({
        kind: 'condition' as const,
        text: `${cellOf(program, lot, true)} < ${than}`,
        enabled: true,
        ...hits,
      })),
    target.map((text) => ({ kind: 'cells', text: `no such ${text}`, enabled: false }) as const),
  );
};

/** All that the commands, the fields and the tools can do to a session. */
const anyDeed = (program: Program): fc.Arbitrary<Deed> => {
  const frame = fc.integer({ min: 1, max: 4 });
  return fc.oneof(
    {
      weight: 12,
      arbitrary: deed(
        'dispatch',
        fc.tuple(fc.constantFrom(...verbs), fc.integer({ min: 1, max: 3 })),
        (session, [id, times]) => session.dispatch(id, times),
      ),
    },
    {
      weight: 2,
      arbitrary: deed('goTo', fc.nat(6 * program.size), (session, step) => session.goTo(step)),
    },
    deed('editCell', fc.tuple(fc.nat(999), anyNumber, frame), (session, [lot, value, from]) =>
      editCell(session, cellOf(program, lot, false), String(value), from),
    ),
    deed('overrideCell', fc.tuple(fc.nat(999), anyNumber, frame), (session, [lot, value, at]) =>
      overrideCell(session, cellOf(program, lot, true), String(value), at),
    ),
    deed('overrideCell', fc.constantFrom('NaN', '', '1e99', 'one'), (session, text) =>
      overrideCell(session, cellOf(program, 1, true), text),
    ),
    deed('setBreakpoints', fc.array(anyBreakpoint(program), { maxLength: 3 }), (session, list) =>
      session.setBreakpoints(list),
    ),
    {
      weight: 2,
      arbitrary: deed('find', fc.constantFrom<1 | -1>(1, -1), async (session, direction) => {
        const { frame: here } = session.moment;
        const outcome = await new BackgroundSearch(session).find(direction, here + 1);
        if (outcome.kind !== 'stop') return;
        const frame = Math.ceil(outcome.hit.step / program.size);
        session.stopAt(outcome.hit.step, { kind: 'stop', frame, ...outcome.hit });
      }),
    },
    deed('setWatches', fc.array(fc.constantFrom('L', '1 +', 'eta * 2'), { maxLength: 2 }), (session, list) =>
      session.setWatches(list),
    ),
    deed('setDigits', fc.integer({ min: 1, max: 15 }), (session, digits) => session.setDigits(digits)),
    deed('setMode', fc.constantFrom('train' as const, 'evaluate' as const), (session, mode) =>
      session.setMode(mode),
    ),
    deed('setPrecision', fc.constantFrom('lesson' as const, 'full' as const), (session, run) =>
      session.setPrecision(run),
    ),
  );
};

/** What a link carries: everything but what could be undone and done again. */
const carried = ({ changes, ...rest }: SessionState) => ({ ...rest, changes: changes.present });

/** A session of the same model, loaded again as the page is, from the address of one. */
async function loadedFresh(session: Session, program = session.program): Promise<Session> {
  const fresh = new Session(program, session.name);
  const hash = await linkHash(session);
  if (!isFullLink(hash)) {
    expect(followHash(fresh, hash)).toBe(true);
    return fresh;
  }
  const link = await readLink(hash);
  if ('message' in link) throw new Error(String(link.message));
  expect(openLink(fresh, link)).toBe(true);
  return fresh;
}

/** Every number of the present frame, bit for bit. */
const bits = ({ machine, moment }: Session): Buffer => {
  const { memory } = machine.frame(moment.frame);
  return Buffer.from(memory.slice().buffer);
};

describe('a walk over all commands', () => {
  it('is at every place where a fresh load of its link is, to the bit', async () => {
    let done = 0;
    /** What has occurred in the walk: one that leaves something out tests nothing of it. */
    const met = new Set<string>();
    const walk = fc
      .nat(programs.length - 1)
      .chain((which) =>
        fc.tuple(
          fc.constant(which),
          fc.array(anyDeed(programs[which]), { minLength: deedsOfWalk, maxLength: deedsOfWalk }),
        ),
      );
    await fc.assert(
      fc.asyncProperty(fc.limitShrink(walk, 50), async ([which, deeds]) => {
        const session = new Session(programs[which], 'lesson');
        for (const [n, deed] of deeds.entries()) {
          await deed(session);
          done += 1;
          for (const { kind } of session.changes) met.add(kind);
          for (const { kind } of session.state.breakpoints) met.add(kind);
          for (const { kind } of session.messages) met.add(kind);
          if (n % pause !== 0 && n < deeds.length - 1) continue;
          const isEdited = n % (2 * pause) === 0;
          const fresh = await loadedFresh(session, isEdited ? edited[which] : undefined);
          expect(carried(fresh.state)).toEqual(carried(session.state));
          if (isEdited) continue;
          expect(fresh.explanation?.sentence).toBe(session.explanation?.sentence);
          expect(bits(fresh).equals(bits(session))).toBe(true);
        }
      }),
      { seed, numRuns: walks },
    );
    expect(done).toBeGreaterThanOrEqual(10_000);
    expect([...met]).toEqual(
      expect.arrayContaining([
        'edit',
        'poke',
        'formula',
        'phase',
        'condition',
        'cells',
        'noOps',
        'iteration',
        'stop',
      ]),
    );
  });
});
