import { describe, expect, it } from 'vitest';
import { compileProgram, type Program } from '../../program/program.ts';
import { editCell } from '../edit.ts';
import { Session } from '../session.ts';
import { type LinkPayload, linkHash, openLink, readLink } from './full-link.ts';
import { followHash, isFullLink, type LinkReport, modelOfHash, placeOf } from './link.ts';
import { placeHash } from './place.ts';

const { program } = compileProgram(
  'given x = [1, 2]\nparam w = [3, 4]\neta = 1\nforward\ny = sum(i: w[i]*x[i])\nupdate\nw[i] <- w[i] - eta*x[i]',
);
const open = () => new Session(program as Program, 'm');

describe('a link to a place', () => {
  it('leads back to every step of two frames, in either run', () => {
    for (const run of ['lesson', 'full'] as const) {
      for (let step = 0; step <= 2 * (program as Program).size; step++) {
        const [from, to] = [open(), open()];
        from.setPrecision(run);
        from.goTo(step);
        expect(followHash(to, placeHash(placeOf(from)))).toBe(true);
        expect(to.state).toEqual(from.state);
      }
    }
  });

  it('may have numbers beside it, as links had them before they were sealed', () => {
    const [from, to] = [open(), open()];
    editCell(from, 'w[2]', '-0.25');
    editCell(from, 'eta', '0.1');
    expect(followHash(to, '#at=m@0&w%5B2%5D=-0.25&eta=0.1')).toBe(true);
    expect(to.changes).toEqual(from.changes);
  });

  it.each(['', '#a-heading', '#at=other@1.y', '#format=at', '#go=m.1.1.t.0'])('is not %j', (hash) => {
    expect(followHash(open(), hash)).toBe(false);
  });

  it.each([
    ['#at=%E0%A4%A', 'This link does not name a step.'],
    ['#at=m@1.q', 'This link leads nowhere: this model has no q.'],
    ['#at=m@99999999', 'This link leads beyond the last step'],
    ['#at=m@1.y&w[3]=1', 'There is no cell w[3].'],
    ['#at=m@1.y&eta=much', 'This is not a number.'],
  ])('says what is wrong with %s', (hash, message) => {
    const outcome = followHash(open(), hash);
    expect(outcome).toEqual({ message: expect.stringContaining(message) });
  });

  it.each([
    ['#at=m@1.y', 'm', false],
    ['#run=full&at=m@1.y', 'm', false],
    ['#go=%C3%9Cbung_1.1.2k.zabc', 'Übung_1', true],
    ['#a-heading', undefined, false],
    ['', undefined, false],
  ])('tells that %s is about %s', (hash, model, sealed) => {
    expect(modelOfHash(hash)).toBe(model);
    expect(isFullLink(hash)).toBe(sealed);
  });
});

describe('a model whose name has dots', () => {
  it.each(['v1.2', 'a.b.c', '.', 'Übung 1.0'])('%s is found again by links of both kinds', async (name) => {
    const [from, to] = [new Session(program as Program, name), new Session(program as Program, name)];
    editCell(from, 'eta', '0.5');
    from.goTo(3);
    const hash = await linkHash(from);
    expect(modelOfHash(hash)).toBe(name);
    const carried = await readLink(hash);
    expect(openLink(to, carried as LinkPayload)).toBe(true);
    expect(to.changes).toEqual(from.changes);
    expect(await readLink(hash.slice(0, -9))).toEqual({ message: expect.stringContaining('cut short') });
    if (name === '.' || name.includes(' ')) return;
    expect(followHash(to, placeHash(placeOf(from)))).toBe(true);
  });
});

describe('a link that leads further than is run at once', () => {
  it('gets there in pieces, and says so on the way', async () => {
    const [from, to] = [open(), open()];
    Object.defineProperty(to, 'furthestAtOnce', { get: () => Math.max(20, to.furthest) });
    from.goTo(900 * (program as Program).size);
    const outcome = followHash(to, placeHash(placeOf(from)));
    expect(outcome).toMatchObject({ message: expect.stringContaining('far ahead') });
    expect(to.state.cursor.step).toBe(0);
    expect(await (outcome as LinkReport).arrival).toBe('');
    expect(to.state).toEqual(from.state);
  });

  it('is let go where the reader goes elsewhere meanwhile', async () => {
    const [from, to] = [open(), open()];
    Object.defineProperty(to, 'furthestAtOnce', { get: () => Math.max(20, to.furthest) });
    from.goTo(900 * (program as Program).size);
    const outcome = followHash(to, placeHash(placeOf(from)));
    to.goTo(2);
    expect(await (outcome as LinkReport).arrival).toBeUndefined();
    expect(to.state.cursor.step).toBe(2);
  });
});

describe('a notice', () => {
  it('does not grow with what is wrong in a link', () => {
    const wrong = Array.from({ length: 3000 }, (_, n) => `&${'q'.repeat(2000)}${n}=1`).join('');
    const outcome = followHash(open(), `#at=m@1.y${wrong}`);
    expect((outcome as LinkReport).message.length).toBeLessThan(2500);
    expect((outcome as LinkReport).message).toContain('more');
  });
});
