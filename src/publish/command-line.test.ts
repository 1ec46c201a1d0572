import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { type Export, exportForms } from '../export/catalogue.ts';
import { runCommand } from './command-line.ts';
import { formNames } from './export-arguments.ts';

const folder = mkdtempSync(join(tmpdir(), 'backstep-'));
afterAll(() => rmSync(folder, { recursive: true }));

const lesson = readFileSync('lessons/01-backpropagation-by-hand.md', 'utf8');

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function backstep(...args: string[]) {
  const [stdout, stderr] = [new Text(), new Text()];
  const status = await runCommand(args, { stdout, stderr });
  return { status, stdout: stdout.text, stderr: stderr.text };
}

class Text extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Where a text stands in the lesson, as `line:column`. */
function placeOf(text: string, within: string): string {
  const before = within.slice(0, within.indexOf(text)).split('\n');
  return `${before.length}:${before[before.length - 1].length + 1}`;
}

describe('check', () => {
  it('is content with the lessons', async () => {
    const { status, stdout, stderr } = await backstep('check', 'lessons/01-backpropagation-by-hand.md');
    expect([status, stdout, stderr]).toEqual([0, '1 lesson, no findings\n', '']);
  });

  it('tells every finding of every file, at its line and column, and fails', async () => {
    const digit = lesson.replace('δ2[1] | -0.0406`. It', 'δ2[1] | -0.0407`. It');
    const sign = lesson.replace('g1[i,j] = -δ1', 'g1[i,j] = δ1');
    const shape = lesson.replace('sum(i: W2[k,i] * h[i])', 'sum(i: W2[k,i] * x[i] * t[i])');
    const paths = [file('3-shape.md', shape), file('1-digit.md', digit), file('2-sign.md', sign)];
    const { status, stdout } = await backstep('check', ...paths);
    expect(status).toBe(1);
    const told = (path: string) => stdout.split('\n').filter((line) => line.startsWith(path));
    const files = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(':')[0]);
    expect(files).toEqual([...files].sort());
    expect(told(paths[1])).toEqual([
      `${paths[1]}:${placeOf('-0.0407', digit)} fact lecture:δ2[1] is −0.0406, not -0.0407; the engine gives −0.0406`,
    ]);
    const claim = new RegExp(`^${paths[2]}:${placeOf('dL/dW1[i,j]', sign)} claim .*the sign is turned$`);
    expect(told(paths[2])[0]).toMatch(claim);
    expect(told(paths[0])[0]).toMatch(new RegExp(`^${paths[0]}:${placeOf('t[i])', shape)} shape `));
  });
});

describe('check of a file that is nothing but formulas', () => {
  it('tells what is wrong with them, as trace does', async () => {
    const path = file('formulas.txt', 'param w = 2\nforward\n  L = w^2\nbackward\n  g = w : dL/dw\n');
    const { status, stdout } = await backstep('check', path);
    expect([status, stdout.split('\n')[0]]).toEqual([1, expect.stringMatching(/formulas\.txt:5:11 claim /)]);
    const right = file('right.txt', '\ufeffforward\n  L = 2\n');
    expect((await backstep('check', right, right)).stdout).toBe('1 lesson, no findings\n');
  });
});

describe('trace', () => {
  it('streams, and bears a reader who leaves early', () => {
    const command = `${process.execPath} --import tsx src/publish/command.ts trace lessons/01-backpropagation-by-hand.md --format jsonl --frames 100000000 | head -n 2`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8', timeout: 300_000 });
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).step),
    ).toEqual([1, 2]);
    expect(stderr).toBe('');
  });

  it('takes the first of several models, and says so', async () => {
    const path = file(
      'two.md',
      '```{model} a\nforward\nx = 1+2\n```\n\n```{model} b\nforward\nx = 1+3\n```\n',
    );
    const first = await backstep('trace', path, '--format', 'jsonl');
    expect(JSON.parse(first.stdout).value).toBe(3);
    expect(first.stderr).toContain('has the models a, b; tracing a');
    const second = await backstep('trace', path, '--format', 'jsonl', '--model', 'b');
    expect([JSON.parse(second.stdout).value, second.stderr]).toEqual([4, '']);
  });

  it('takes a file that is nothing but formulas', async () => {
    const { status, stdout } = await backstep(
      'trace',
      file('plain.txt', 'forward\nx = 1+2\n'),
      '--grain',
      'cell',
    );
    expect([status, stdout.includes('1 + 2')]).toEqual([0, true]);
  });

  it('tells what is wrong with a model', async () => {
    const { status, stdout, stderr } = await backstep(
      'trace',
      file('wrong.md', '# T\n\n```{model}\nforward\nx = y\n```\n'),
    );
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/wrong\.md:5:5 name there is no y here/);
  });
});

describe('export', () => {
  const known = 'lessons/01-backpropagation-by-hand.md';
  const exported = (...args: string[]) => backstep('export', known, '--model', 'lecture', ...args);

  it('prints programs', async () => {
    const numpy = await exported('--as', 'numpy', '--frames', '2');
    expect([numpy.status, numpy.stderr]).toEqual([0, '']);
    expect(numpy.stdout).toContain('import numpy as np\n');
    expect(numpy.stdout).toContain('FRAMES = 2\nROUND = True');
    expect((await exported('--as', 'numpy', '--precision', 'full')).stdout).toContain('ROUND = False');
    expect((await exported('--as', 'pytorch')).stdout).toContain('L.backward()\n');
    expect((await exported('--as', 'latex')).stdout).toMatch(/^\\documentclass[\s\S]*\\end\{document\}\n$/);
  });

  it('prints steps and numbers', async () => {
    const steps = JSON.parse((await exported('--as', 'json', '--grain', 'cell')).stdout).steps;
    expect(steps.at(-1)).toMatchObject({ phase: 'update', frame: 1 });
    const lines = (await exported('--as', 'jsonl', '--grain', 'cell')).stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(steps);
    expect((await exported('--as', 'csv')).stdout).toMatch(/^step,frame,.*\r\n1,1,forward,/);
    const numbers = JSON.parse((await exported('--as', 'json', '--of', 'numbers', '--frames', '2')).stdout);
    expect([numbers.frame, numbers.quantities.y.values]).toEqual([2, [0.68]]);
    expect((await exported('--as', 'csv', '--of', 'numbers')).stdout).toContain(
      '\r\n1,W1,"W1[1,1]",0.0991\r\n',
    );
  });

  it('prints every form of the catalogue that has words for the command line, each under its own', async () => {
    const forms: readonly Export[] = Object.values(exportForms);
    const printed = new Set<string>();
    const named = forms.flatMap(({ command }) => command ?? []);
    for (const { as, of } of named) {
      const { status, stdout, stderr } = await exported('--as', as, '--of', of);
      expect([status, stderr]).toEqual([0, '']);
      printed.add(stdout);
    }
    expect(printed.size).toBe(named.length);
  });
});

describe('a command that cannot be done ends with 2', () => {
  const known = 'lessons/01-backpropagation-by-hand.md';
  it.each([
    [[], 'what to do?'],
    [['dance'], 'there is no command dance'],
    [['check'], 'check takes the files to check'],
    [['check', 'none.md'], 'cannot read none.md: there is no such file'],
    [['check', 'lessons'], 'cannot read lessons: that is a folder; name files in it, such as lessons/*.md'],
    [['check', known, '--frames', '2'], 'check has no option --frames; it takes files only'],
    [['trace'], 'trace takes one file; name it behind trace'],
    [['trace', known, '--speed', '3'], 'trace has no option --speed; it has --model, --precision, --frames,'],
    [['trace', known, '--frame', '3'], 'trace has no option --frame; do you mean --frames?'],
    [['trace', known, '-f', '3'], 'trace has no option -f; '],
    [['trace', known, '--frames'], '--frames needs a value behind it'],
    [['trace', known, '--frames='], '--frames needs a value behind it'],
    [['trace', known, '--model', ''], '--model needs a value behind it'],
    [['trace', known, '--grain', '--frames', '2'], '--grain needs a value behind it'],
    [['trace', known, '--frames', '1', '--frames', '2'], '--frames is given twice; give it once'],
    [['trace', known, '--frames', '-1'], '--frames takes a whole number from 1, not -1'],
    [['trace', known, '--frames', '1e3'], '--frames takes a whole number from 1, not 1e3'],
    [['trace', known, '--frames', '99999999999999999999'], '--frames takes a whole number from 1, not 9'],
    [['trace', known, '--format', 'json'], '--format is table or jsonl, not json'],
    [['trace', known, '--precision', 'half'], '--precision is lesson or full, not half'],
    [['trace', 'lessons/digits-8x8.csv.gz'], 'cannot read lessons/digits-8x8.csv.gz: it is not text'],
    [['trace', `${known}/x`], 'there is no such file'],
    [['trace', known, '--frames', '0'], '--frames takes a whole number from 1, not 0'],
    [['trace', known, '--frames', '1.5'], '--frames takes a whole number from 1, not 1.5'],
    [['trace', known, '--grain', 'epoch'], '--grain is operation or cell or examination, not epoch'],
    [['trace', known, '--model', 'q'], 'has no model q; it has lecture'],
    [['trace', 'lessons'], 'cannot read lessons: that is a folder'],
    [['trace', 'package.json', 'tsconfig.json'], 'trace takes one file, not 2'],
    [['export', known], `say which form with --as: ${formNames.join(' or ')}`],
    [['export', known, '--as', ''], '--as needs a value behind it'],
    [['export', known, '--as', 'numpi'], `--as is ${formNames.join(' or ')}, not numpi; do`],
    [['export', known, '--as', 'csv', '--of', 'words'], '--of is steps or numbers, not words'],
    [['export', known, '--as', 'numpy', '--of', 'numbers'], '--of numbers goes with --as csv or json'],
    [['export', known, '--as', 'numpy', '--grain', 'cell'], '--grain is for the steps as csv, json'],
    [
      ['export', known, '--as', 'pytorch', '--precision', 'lesson'],
      'a PyTorch program computes in full precision, since what is rounded has no derivative; write --as numpy, or',
    ],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await backstep(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('undefined');
  });

  it.each(['empty.md', 'empty.txt', 'words.md'])('%s has no model', async (name) => {
    const path = file(name, name === 'words.md' ? '# Words\n' : '');
    for (const command of [['trace'], ['export', '--as', 'csv']]) {
      const { status, stdout, stderr } = await backstep(...command, path);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`${name} has no model; write one between`);
    }
  });
});

describe('a number that is read again after a sum without terms', () => {
  const model = 'param a = 0.5\nindex k = 1..3\nforward\n  s = sum(k where k > 5: a)\n  y = a + 1\n';
  const quoting = (digits: string) =>
    file(
      `${digits}.md`,
      `---\ntitle: T\ndescription: D.\n---\n\n# T\n\n\`\`\`{model} m\n${model}\`\`\`\n\n{fact}\`m:y | ${digits}\`\n\n:::{debugger} m\n:::\n`,
    );

  it('is the same in facts, in the trace and in what is exported', async () => {
    expect((await backstep('check', quoting('1.5'))).stdout).toBe('1 lesson, no findings\n');
    expect((await backstep('check', quoting('1.0'))).stdout).toContain('m:y is 1.5, not 1.0');
    const args = [quoting('1.5'), '--precision', 'full'];
    const lines = (await backstep('trace', ...args, '--format', 'jsonl')).stdout.trimEnd().split('\n');
    expect(JSON.parse(lines[lines.length - 1])).toMatchObject({ value: 1.5 });
    expect((await backstep('export', ...args, '--as', 'csv', '--of', 'numbers')).stdout).toMatch(
      /^.*\by\b.*,1\.5\b/m,
    );
  });
});
