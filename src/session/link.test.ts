import { describe, expect, it } from 'vitest';
import { compileProgram, type Program } from '../program/program.ts';
import { followHash, isSealed, modelOfHash, placeOf } from './link.ts';
import { placeHash } from './place.ts';
import { Session } from './session.ts';

const { program } = compileProgram(
  'given x = [1, 2]\nparam w = [3, 4]\neta = 1\nforward\ny = sum(i: w[i]*x[i])\nupdate\nw[i] <- w[i] - eta*x[i]',
);
const open = () => new Session(program as Program, 'm');

describe('a link to a place', () => {
  it('leads back to every step of two frames, in either run', () => {
    for (const run of ['lesson', 'full'] as const) {
      for (let step = 0; step <= 2 * (program as Program).size; step++) {
        const [from, to] = [open(), open()];
        from.setRun(run);
        from.goTo(step);
        expect(followHash(to, placeHash(placeOf(from)))).toBe(true);
        expect(to.state).toEqual(from.state);
      }
    }
  });

  it('may have numbers beside it, as links had them before they were sealed', () => {
    const [from, to] = [open(), open()];
    from.edit('w[2]', '-0.25');
    from.edit('eta', '0.1');
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
    expect(isSealed(hash)).toBe(sealed);
  });
});
