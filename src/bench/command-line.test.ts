import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { runBenchmark } from './command-line.ts';

class Text extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function bench(...args: string[]) {
  const [stdout, stderr] = [new Text(), new Text()];
  return { status: await runBenchmark(args, { stdout, stderr }), stdout: stdout.text, stderr: stderr.text };
}

it('says what can be asked for', async () => {
  for (const args of [['--only', 'nothing'], ['--fast'], ['more']]) {
    const { status, stdout, stderr } = await bench(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/--only NAME .*2-2-1, .*RNN, stepping/);
  }
  expect((await bench('--only', 'nothing')).stderr).toMatch(/^nothing is called nothing/);
});
