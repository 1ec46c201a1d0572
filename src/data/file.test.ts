import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isSameFile, readFile } from './file.ts';
import { images, labels } from './idx.testing.ts';

describe('a data file', () => {
  it('may be packed', async () => {
    const plain = await readFile('t10k-labels-idx1-ubyte', labels);
    const packed = await readFile('labels.gz', new Uint8Array(gzipSync(labels)));
    expect(plain.table?.values).toEqual(Uint8Array.of(7, 0, 9));
    expect(packed).toEqual(plain);
    const csv = await readFile('a.csv.gz', new Blob([new Uint8Array(gzipSync('x,y\n1,2\n'))]));
    expect(csv.table).toMatchObject({ columns: ['x', 'y'], rows: 1 });
  });

  it('that is cut off or damaged says so', async () => {
    const packed = new Uint8Array(gzipSync(images));
    for (const bytes of [packed.slice(0, -9), packed.map((byte, at) => (at === 15 ? byte ^ 255 : byte))]) {
      const { faults } = await readFile('images.gz', bytes);
      expect(faults?.[0].message).toMatch(/^the file cannot be read; it may be cut off or damaged/);
    }
  });

  it('is read while others work, tells how far it is, and can be ended', async () => {
    const file = new Blob(Array.from({ length: 40 }, () => '0.25,-1,2\n'.repeat(20_000)));
    let turns = 0;
    const shares: number[] = [];
    const ending = new AbortController();
    const count = (): void => {
      turns += 1;
      if (!ending.signal.aborted) setTimeout(count);
    };
    setTimeout(count);
    const { table } = await readFile('a.csv', file, { progress: (share) => shares.push(share) });
    expect(table).toMatchObject({ rows: 800_000, width: 3 });
    expect(turns).toBeGreaterThan(2);
    expect(shares.length).toBeGreaterThan(40);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const { faults } = await readFile('a.csv', file, {
      progress: (share) => share > 0.3 && ending.abort(new Error('enough')),
      signal: ending.signal,
    });
    expect(faults?.[0].message).toContain('enough');
  });

  it('that unpacks to more than can be read is not unpacked further, and takes no memory', async () => {
    // 600 MB of line ends, in 600 kB: a megabyte that is packed once, again and again.
    const megabyte = deflateRawSync(Buffer.alloc(2 ** 20, '\n'), { finishFlush: constants.Z_FULL_FLUSH });
    const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
    const packed = [head, ...Array.from({ length: 600 }, () => megabyte)];
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const { faults } = await readFile('a.csv.gz', new Blob([new Uint8Array(Buffer.concat(packed))]), {
      progress: () => {
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      },
    });
    expect(faults).toEqual([
      { message: 'the file has more than 512 MB, unpacked; leave rows or columns out' },
    ]);
    expect(most).toBeLessThan(200 * 2 ** 20);
  });

  it('is judged by its content, and by its name where that fails', async () => {
    const text = new TextEncoder().encode('<html>not found</html>');
    expect((await readFile('train-images-idx3-ubyte', text)).faults?.[0].message).toMatch(
      /^this is no IDX file/,
    );
    expect((await readFile('a.csv', text)).faults?.[0].message).toMatch(/no row of numbers/);
  });

  it('is known under the names that downloads give it', () => {
    const wanted = 'train-images-idx3-ubyte.gz';
    for (const given of [
      'train-images-idx3-ubyte',
      'train-images.idx3-ubyte',
      'train-images-idx3-ubyte (1).gz',
      'train-images-idx3-ubyte.gz (2)',
      'Train-Images-IDX3-ubyte.gz',
    ]) {
      expect(isSameFile(wanted, given), given).toBe(true);
    }
    expect(isSameFile(wanted, 'train-labels-idx1-ubyte.gz')).toBe(false);
  });
});
