import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Clock, gap, RestingWriter, rest } from './resting-writer.ts';

/** A clock that is set by hand; timers that are due run in their order. */
class HandClock implements Clock {
  private time = 0;
  private readonly timers = new Map<number, { readonly at: number; readonly act: () => void }>();
  private count = 0;

  now(): number {
    return this.time;
  }

  after(milliseconds: number, act: () => void): number {
    this.timers.set(++this.count, { at: this.time + milliseconds, act });
    return this.count;
  }

  cancel(timer: number): void {
    this.timers.delete(timer);
  }

  goOn(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const due = [...this.timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers.delete(due[0]);
      this.time = due[1].at;
      due[1].act();
    }
    this.time = end;
  }
}

it('has written all that changed as soon as the reader rests, and at most three times a second', () => {
  let changes = 0;
  fc.assert(
    fc.property(fc.array(fc.nat(700), { minLength: 100, maxLength: 100 }), (pauses) => {
      const clock = new HandClock();
      let [value, written] = [0, 0];
      const times: number[] = [];
      const resting = new RestingWriter(() => {
        written = value;
        times.push(clock.now());
      }, clock);
      for (const pause of pauses) {
        value += 1;
        changes += 1;
        const sinceLast = clock.now() - (times.at(-1) ?? Number.NEGATIVE_INFINITY);
        resting.changed();
        clock.goOn(pause);
        // Only right after a writing the next one waits a little longer.
        if (pause >= (sinceLast >= gap - rest ? rest : gap)) expect(written).toBe(value);
        expect(resting.isPending).toBe(written !== value);
      }
      for (const [at, time] of times.entries())
        expect(
          times.filter((one) => one >= time && one < time + 1000).length,
          `from ${at}`,
        ).toBeLessThanOrEqual(3);
    }),
    { seed: 20261130, numRuns: 100 },
  );
  expect(changes).toBeGreaterThanOrEqual(10_000);
});

it('writes at once when it is asked to, and nothing that it was told to forget', () => {
  const clock = new HandClock();
  let written = 0;
  const resting = new RestingWriter(() => {
    written += 1;
  }, clock);
  resting.flush();
  resting.changed();
  resting.flush();
  clock.goOn(2000);
  expect(written).toBe(1);
  resting.changed();
  resting.drop();
  clock.goOn(2000);
  expect(written).toBe(1);
});
