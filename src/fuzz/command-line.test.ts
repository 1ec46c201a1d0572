import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runFuzz } from './command-line.ts';
import type { Subject } from './subject.ts';

class Kept extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Fails at the seeds given. */
function failing(...seeds: number[]) {
  const seen: number[] = [];
  let stopped = 0;
  const subject: Subject = {
    about: 'numbers',
    count: 5,
    start: () => ({
      examine(seed) {
        seen.push(seed);
        if (seeds.includes(seed)) throw new Error(`${seed} is wrong`);
      },
      summary: () => 'that was all',
      stop() {
        stopped += 1;
      },
    }),
  };
  return { subject, seen, stops: () => stopped };
}

async function run(args: string[], subject: Subject) {
  const [stdout, stderr] = [new Kept(), new Kept()];
  const status = await runFuzz(args, { stdout, stderr }, { numbers: subject });
  return { status, out: stdout.text, err: stderr.text };
}

describe('fuzz on the command line', () => {
  it('tries every seed, and tells those that fail with how to see it again', async () => {
    const { subject, seen, stops } = failing(3);
    const { status, out } = await run([], subject);
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(status).toBe(1);
    expect(out).toContain('numbers, seed 3: 3 is wrong');
    expect(out).toContain('again: npm run fuzz -- numbers --from 3 --count 1');
    expect(out).toMatch(/numbers: 5 tried from seed 0 on, 1 failed/);
    expect(out).toContain('that was all');
    expect(stops()).toBe(1);
  });

  it('ends well where nothing fails, and begins and ends where it is told', async () => {
    const { subject, seen } = failing(3);
    expect((await run(['numbers', '--from', '7', '--count', '2'], subject)).status).toBe(0);
    expect(seen).toEqual([7, 8]);
  });

  it('gives a subject up after some failures', async () => {
    const { subject, seen } = failing(0, 1, 2, 3, 4);
    expect((await run(['--most', '2'], subject)).status).toBe(1);
    expect(seen).toEqual([0, 1]);
  });

  it.each([['letters'], ['--count', '0'], ['--from', '-1'], ['--from', '1.5'], ['--depth', '3']])(
    'says what is wrong with %s',
    async (...args) => {
      const { subject, seen } = failing();
      const { status, err } = await run(args, subject);
      expect(status).toBe(2);
      expect(err).toContain('numbers');
      expect(err.split('\n')[0]).not.toBe('');
      expect(seen).toEqual([]);
    },
  );
});
