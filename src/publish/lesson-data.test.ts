import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { npy, zip } from '../data/npy.testing.ts';
import { findingLine } from '../lesson/markdown/finding.ts';
import { checkLessons } from './check.ts';
import { readCourse } from './course.ts';
import { DataTrials } from './lesson-data.testing.ts';
import { tablesBeside } from './lesson-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'backstep-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'lessons'));

const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, 'lessons', name);
  writeFileSync(path, content);
  return path;
};

const lesson = (file: string) =>
  `# Data\n\n\`\`\`{model} m\ntable d = ${file}\ngiven x = d[1..2]\nforward\n  y[n] = x[n,1] * x[n,2]\n\`\`\`\n\n:::{debugger} m\n:::\n`;

describe('data beside a lesson', () => {
  put('pairs.csv.gz', gzipSync('# Ada <1843>\na,b\n1,2\n3,4\n'));
  put('gap.csv', '1,2\n3,\n');
  put('broken.csv.gz', gzipSync('1,2\n').subarray(0, 12));

  it('is read once, packed or not', () => {
    const tables = tablesBeside(join(folder, 'lessons'));
    expect(tables('pairs.csv.gz')?.table).toMatchObject({ columns: ['a', 'b'], rows: 2, note: 'Ada <1843>' });
    expect(tables('pairs.csv.gz')).toBe(tables('pairs.csv.gz'));
    expect(tables('none.csv')).toBeUndefined();
    expect(tables('broken.csv.gz')?.faults?.[0].message).toMatch(/^the file cannot be read/);
  });

  it('is, of the digits that come with the lessons, what it should be', () => {
    const { table } = tablesBeside('lessons')('digits-8x8.csv.gz') ?? {};
    expect(table).toMatchObject({ rows: 1797, width: 65, note: expect.stringContaining('CC BY 4.0') });
    expect(table?.values).toBeInstanceOf(Uint8Array);
    expect(Math.max(...(table?.values.subarray(0, 64) ?? []))).toBe(15);
    expect(table?.columns[64]).toBe('digit');
  });

  it('goes with the page, and says whose it is', () => {
    put('1-pairs.md', lesson('"pairs.csv.gz"'));
    const [{ lesson: page }] = readCourse(folder);
    expect(page.diagnostics).toEqual([]);
    expect(page.files).toEqual(['pairs.csv.gz']);
    expect(page.html).toContain(
      '<p class="data">Data: <a href="./data/pairs.csv.gz" download="pairs.csv.gz">pairs.csv.gz</a>. Ada &lt;1843&gt;</p>',
    );
    // The table of numbers that a reader without scripts gets is computed from the file.
    expect(page.html).toMatch(/<td[^>]*>12</);
  });

  it('of several arrays goes with the page once', () => {
    put('net.npz', zip({ 'W1.npy': npy('|u1', [1, 2], [3, 4]), 'b1.npy': npy('|u1', [1], [5]) }, 8));
    const both = lesson('"net.npz/W1"')
      .replace(/^table (\w+) =.*$/m, '$&\ntable b1 = "net.npz/b1"\ngiven b = b1[1]')
      .replace('x[n,2]', 'x[n,2] + b[n]');
    const path = put('3-net.md', both);
    const page = readCourse(folder).find(({ name }) => name === 'net')?.lesson;
    rmSync(path);
    expect(page?.diagnostics).toEqual([]);
    expect(page?.files).toEqual(['net.npz']);
    expect(page?.html.match(/<p class="data">.*<\/p>/g)).toEqual([
      '<p class="data">Data: <a href="./data/net.npz" download="net.npz">net.npz</a></p>',
    ]);
  });

  it('that is missing or wrong is told at its place in the lesson', () => {
    const check = (file: string) =>
      checkLessons([put('2-wrong.md', lesson(file))]).map((finding) =>
        findingLine(finding).replace(/^.*\//, ''),
      );
    expect(check('"none.csv"')).toEqual([
      expect.stringMatching(/^2-wrong\.md:4:11 file there is no file none\.csv beside/),
    ]);
    expect(check('"gap.csv"')).toEqual([
      expect.stringMatching(/^2-wrong\.md:4:11 file gap\.csv: line 2, column 3: a number is/),
    ]);
    expect(check('"broken.csv.gz"')).toEqual([
      expect.stringMatching(/4:11 file broken\.csv\.gz: the file cannot be read/),
    ]);
    expect(check('dropped "mnist-images" like 2')).toEqual([]);
  });

  it('that is packed is read only as a page would: no further than its limit, and with nothing behind it', () => {
    put('twice.csv.gz', Buffer.concat([gzipSync('1,2\n'), gzipSync('3,4\n')]));
    put('bomb.csv.gz', gzipSync(Buffer.alloc(513 * 2 ** 20, '\n'), { level: 1 }));
    const tables = tablesBeside(join(folder, 'lessons'));
    expect(tables('twice.csv.gz')?.faults?.[0].message).toMatch(/something follows what is packed/);
    expect(tables('bomb.csv.gz')?.faults).toEqual([
      { message: 'the file has more than 512 MB, unpacked; leave rows or columns out' },
    ]);
  });
});

describe('hostile data files', () => {
  it('make a table of their numbers or are told what is wrong, however they come; more by npm run fuzz -- data', async () => {
    const trials = new DataTrials();
    try {
      for (let seed = 0; seed < 1000; seed++)
        await trials.examine(seed).catch((fault: Error) => {
          throw new Error(`npm run fuzz -- data --from ${seed} --count 1: ${fault.message}`);
        });
    } finally {
      trials.stop();
    }
    expect(trials.tally.tables).toBeGreaterThan(200);
    expect(trials.tally.refused).toBeGreaterThan(500);
  });
});
