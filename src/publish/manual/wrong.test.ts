import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, expect } from 'vitest';
import { runCommand } from '../command-line.ts';
import { statementsOf, tryStatements } from './statements.testing.ts';

const page = '90-the-formula-language.md';
const section = 'When something is wrong';

const folder = mkdtempSync(join(tmpdir(), 'lessons-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What `backstep check` prints for lessons with these texts, without the folder. */
async function checked(files: Readonly<Record<string, string>>): Promise<string[]> {
  const own = mkdtempSync(join(folder, 'a'));
  const lessons = Object.entries(files).map(([name, text]) => {
    const path = join(own, name);
    writeFileSync(path, text);
    return path;
  });
  let printed = '';
  const stdout = new Writable({
    write(chunk, _, done) {
      printed += String(chunk);
      done();
    },
  });
  await runCommand(['check', ...lessons.filter((path) => path.endsWith('.md'))], { stdout, stderr: stdout });
  return printed.trimEnd().replaceAll(`${own}/`, '').split('\n');
}

/** The beginnings of lines, as `a.md:2:1`. */
const places = (lines: readonly string[]): string[] => lines.map((line) => line.split(' ')[0]);

/** Faults of every kind that a lesson can have, each in a line of its own. */
const faulty = `---
minutes: soon
---
{fakt}\`m\` and <b>bold</b>

\`\`\`{model} m
given x = 2
param w = 3
forward
  L = (w * x)^2
  q = z
\`\`\`

\`\`\`{model} n
given x = 2
param w = 3
forward
  L = (w * x)^2
backward
  g = -2 * w * x^2 : dL/dw
\`\`\`

It is {fact}\`n:L | 35\`.

:::{debuger} n
:::`;

/** Where a piece of that lesson stands for the first time, as `line:column`. */
function placeOf(piece: string): string {
  const lines = faulty.slice(0, faulty.indexOf(piece)).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}

tryStatements(page, section, {
  tried: [
    [
      'Every message names the line and the column',
      async () => {
        const wrong = ['soon', 'fakt', '<b>', '</b>', 'z\n', 'dL/dw', '35', 'debuger'];
        expect(places(await checked({ 'a.md': faulty }))).toEqual(
          wrong.map((piece) => `a.md:${placeOf(piece)}`),
        );
      },
    ],
    [
      '`npm run -s backstep -- check lessons/*.md` prints them all',
      async () => {
        const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
        expect(scripts.backstep).toContain('src/publish/command.ts');
        expect(readFileSync('src/publish/command.ts', 'utf8')).toContain('runCommand(');
        const lines = await checked({ 'a.md': faulty, 'b.md': '{fakt}`m`', 'c.md': 'Nothing is wrong.' });
        expect(lines.filter((line) => line.startsWith('a.md:'))).toHaveLength(8);
        expect(lines.filter((line) => line.startsWith('b.md:'))).toHaveLength(1);
        expect(lines).toHaveLength(9);
      },
    ],
    [
      'What a course has agreed on stands in a file `wording.yaml` beside its lessons, and is checked as well',
      async () => {
        const lesson = { 'a.md': 'A neuron.' };
        expect(await checked(lesson)).toEqual(['1 lesson, no findings']);
        expect(places(await checked({ ...lesson, 'wording.yaml': 'words:\n  neuron: unit\n' }))).toEqual([
          'a.md:1:3',
        ]);
      },
    ],
    [
      'words that are not used, each with the one that is',
      async () => {
        const lines = await checked({
          'a.md': 'A neuron and a unit.\n\nIts blame.',
          'wording.yaml': 'words:\n  neuron: unit\n  blame: sensitivity\n',
        });
        expect(lines).toHaveLength(2);
        expect(lines[0]).toMatch(/^a\.md:1:3 .*unit, not neuron/);
        expect(lines[1]).toMatch(/^a\.md:3:5 .*sensitivity, not blame/);
      },
    ],
    [
      'whether a number with a decimal point has to be a fact',
      async () => {
        const lesson = { 'a.md': 'It is 2.5, after 3 steps.' };
        expect(await checked({ ...lesson, 'wording.yaml': 'words:\n  neuron: unit\n' })).toEqual([
          '1 lesson, no findings',
        ]);
        const lines = await checked({ ...lesson, 'wording.yaml': 'numbers: facts\n' });
        expect(lines).toEqual([
          expect.stringMatching(/^a\.md:1:7 .*2\.5 is checked by nothing: make it a fact/),
        ]);
      },
    ],
  ],
  elsewhere: [
    // There each row has an example by what its first cell says, and its message is compared with the second.
    ...statementsOf(page, section)
      .filter((one) => one.startsWith('|'))
      .map((says) => ({
        says,
        file: 'src/publish/manual/mistakes.test.ts',
        title: 'has an example here for each of its rows',
      })),
    {
      says: 'in the debugger, that the updated W2 is used too early',
      file: 'e2e/model-editing.spec.ts',
      title: 'a weight that is renewed before the error has passed it is named',
    },
  ],
});
