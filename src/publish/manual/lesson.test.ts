import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { type Lesson, renderLesson } from '../../lesson/lesson.ts';
import { elementsOf } from '../../lesson/testing/page-faults.testing.ts';
import type { Program } from '../../program/program.ts';
import { parsePlace, type StepPlace, stepOfPlace } from '../../session/links/place.ts';
import { checkLessons } from '../check.ts';
import { readCourse } from '../course.ts';
import { lessonDocument } from '../document.ts';
import { indexDocument } from '../index-page.ts';
import { contentPolicyOf } from '../settings/content-policy.ts';
import { settingsBeside } from '../settings/course-file.ts';
import { tryStatements } from './statements.testing.ts';

/**
 * On paper: h is 0.5 + 0.52, kept as 1, so L is 1 and its derivatives by w are 2 and 4. The update leaves 0.48 and 0.22, and the next h
 * is 0.92, kept as 0.9.
 */
const model = `\`\`\`{model} m
given x = [1, 2]
param w = [0.5, 0.26]
forward
  h = sum(i: w[i]*x[i])
  L = h^2
update
  w[i] <- w[i] - 0.01 * dL/dw[i]
store h: 1dp
\`\`\``;

/** A lesson with this text, its model, and a debugger with these options. */
const lesson = (text: string, options = ''): Lesson =>
  renderLesson(`${text}\n\n${model}\n\n:::{debugger} m\n${options}:::`);
const messages = (text: string): string[] => lesson(text).diagnostics.map(({ message }) => message);

const program = (): Program => lesson('').models.get('m')?.program as Program;

/** What a front matter gets said, and the lesson. */
const opened = (...entries: readonly string[]): Lesson =>
  renderLesson(`---\n${entries.join('\n')}\n---\n# T`);

/** The links of a class in a lesson's prose, as the page has them. */
const links = (text: string, kind: string) =>
  elementsOf(lesson(text).html, 'a').filter((one) => one.class === kind);

/** The step, counted from the beginning of the run, to which a link leads. */
function stepOf({ href = '' }: Readonly<Record<string, string>>): number {
  const place = new URLSearchParams(href.replaceAll('&amp;', '&').slice(1)).get('at') as string;
  const reached = stepOfPlace(program(), parsePlace(place) as StepPlace);
  if ('message' in reached) throw new Error(reached.message);
  return reached.step;
}

const folder = mkdtempSync(join(tmpdir(), 'course-'));
mkdirSync(join(folder, 'lessons'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The lessons of a course that holds these files. */
function course(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'lessons', name), text);
  return readCourse(folder);
}

tryStatements('90-the-formula-language.md', 'A lesson', {
  tried: [
    [
      'A `figure` fence, with colons, is [a picture of the model’s numbers](#figures)',
      () =>
        expect(
          elementsOf(lesson(':::{figure} m\nbars: x[i]\n:::').html, 'rect').map((one) => one['data-cell']),
        ).toEqual(['x[1]', 'x[2]']),
    ],
    [
      'A lesson is a Markdown file in `lessons/`, with KaTeX between dollar signs',
      () => {
        expect(course({ '01-a.md': '# A', 'notes.txt': '# B' }).map(({ name }) => name)).toEqual(['a']);
        const { html } = renderLesson('# Title\n\nSome *words* and $x^2$.');
        expect(html).toMatch(/<h1[^>]*>Title<\/h1>/);
        expect(html).toContain('<em>words</em>');
        expect(html).toContain('class="katex"');
      },
    ],
    [
      'What holds for all pages of a course stands in a file `course.yaml` beside its lessons',
      () => {
        const lessons = join(folder, 'lessons');
        const check = () => checkLessons([join(lessons, '01-a.md')]);
        course({ '01-a.md': '# A' });
        writeFileSync(join(lessons, 'course.yaml'), 'web: off');
        expect(check).toThrow(/course\.yaml: there is no entry web; there is webassembly/);
        rmSync(join(lessons, 'course.yaml'));
        expect(check()).toEqual([]);
      },
    ],
    [
      'So far that is `webassembly: off`: models are then not compiled to WebAssembly, and no page’s policy allows it',
      () => {
        const page = `${model}\n\n:::{debugger} m\n:::`;
        const debuggers = (setting: string) =>
          elementsOf(course({ '01-a.md': page, 'course.yaml': setting })[0].lesson.html, 'back-step');
        expect(debuggers('webassembly: off')).toEqual([expect.objectContaining({ webassembly: 'off' })]);
        expect(contentPolicyOf(settingsBeside(join(folder, 'lessons')))).not.toContain('wasm');
        expect(debuggers('')).toEqual([expect.not.objectContaining({ webassembly: 'off' })]);
        expect(contentPolicyOf(settingsBeside(join(folder, 'lessons')))).toContain("'wasm-unsafe-eval'");
      },
    ],
    [
      'Its front matter, in YAML, is what it says of itself',
      () => {
        const { title, frontMatter, diagnostics } = opened('title: >', '  Two', '  lines', 'minutes: 15');
        expect([title, frontMatter.minutes, diagnostics]).toEqual(['Two lines', 15, []]);
      },
    ],
    [
      "`title` and `description` stand in the course's list",
      () => {
        const html = indexDocument(
          course({ '01-a.md': '---\ntitle: First\ndescription: One sentence.\n---\n' }),
        );
        const list = html.slice(html.indexOf('<ol class="lessons">'));
        expect(list).toMatch(/<a href="\.\/a\.html">First<\/a>/);
        expect(list).toContain('<p>One sentence.</p>');
      },
    ],
    [
      '`minutes`, a whole number, says how long the lesson takes',
      () => {
        const html = indexDocument(course({ '01-a.md': '---\ntitle: First\nminutes: 15\n---\n' }));
        expect(html).toContain('15 minutes');
        expect(opened('minutes: 1.5').diagnostics.join()).not.toBe('');
      },
    ],
    [
      '`needs` which lessons come before it, by the names of their pages',
      () => {
        const needing = (name: string) =>
          course({
            '01-a.md': '---\ntitle: First\n---\n',
            '02-b.md': `---\ntitle: B\nneeds: [${name}]\n---\n`,
          });
        expect(indexDocument(needing('a'))).toContain('after <a href="./a.html">First</a>');
        needing('01-a');
        expect(checkLessons([join(folder, 'lessons', '02-b.md')])).toHaveLength(1);
      },
    ],
    [
      '`deck` is the lecture it follows, cited at its end with the `author` and the `date`, which are lines of their own',
      () => {
        const { html } = renderLesson('---\ndeck: "A: b"\nauthor: C D\ndate: 2024-05-17\n---\nText.');
        expect(html).toMatch(/Text\..*<footer.*A: b.*C D, May 17, 2024/s);
        expect(opened('date: 17.5.2024').diagnostics).toHaveLength(1);
      },
    ],
    [
      '`lang` is the language of the text (`de`, `pt-BR`), English where it is left out',
      () => {
        const languageOf = (front: string) => {
          const all = course({ '01-a.md': `---\ntitle: A\n${front}---\ntext` });
          return elementsOf(lessonDocument(all, 0), 'html')[0].lang;
        };
        expect(['lang: de\n', 'lang: pt-BR\n', ''].map(languageOf)).toEqual(['de', 'pt-BR', 'en']);
      },
    ],
    [
      'Each may be missing',
      () => {
        const entries = [
          'title: A',
          'description: B',
          'minutes: 3',
          'deck: C',
          'author: D',
          'date: 2024-05-17',
          'lang: de',
        ];
        for (const left of entries)
          expect(opened(...entries.filter((one) => one !== left)).diagnostics).toEqual([]);
        expect(renderLesson('text').diagnostics).toEqual([]);
      },
    ],
    [
      'A text with a colon stands in quotation marks',
      () => {
        expect(opened('title: "A: b"').title).toBe('A: b');
        expect(opened('title: A: b').diagnostics).toHaveLength(1);
      },
    ],
    [
      'A `model` fence holds a model under a name',
      () => expect([...lesson('').models.keys()]).toEqual(['m']),
    ],
    [
      'It is not shown by itself',
      () => {
        const { html, diagnostics } = renderLesson(`Before.\n\n${model}\n\nAfter.`);
        expect(diagnostics).toEqual([]);
        expect(html.replace(/<[^>]*>|\s/g, '')).toBe('Before.After.');
      },
    ],
    [
      'A `debugger` fence, with colons, is the debugger',
      () =>
        expect(elementsOf(lesson('').html, 'back-step')).toEqual([expect.objectContaining({ model: 'm' })]),
    ],
    [
      '`frames: 2` has the page without JavaScript, and on paper, list the numbers of two iterations',
      () => {
        const table = (options: string) => {
          const { html } = lesson('', options);
          return html.slice(html.indexOf('<table class="numbers">'), html.indexOf('</table>'));
        };
        // Of h and at full precision, after the first and the second iteration.
        expect(table('frames: 2\n')).toMatch(/<td>1<\/td><td>1\.02<\/td><td>0\.9<\/td><td>0\.9\d+<\/td>/);
        expect(table('')).toMatch(/<td>1<\/td><td>1\.02<\/td><\/tr>/);
        expect(lesson('', 'frames: 0\n').html).not.toContain('<table');
      },
    ],
    [
      'A number that no model of the page computes, such as one that is cited, is written ``{number}`2.3` ``: so it is plain that nothing checks it',
      () => {
        const wording = { words: new Map<string, string>(), areNumbersFacts: true };
        const told = (text: string) =>
          renderLesson(text, { wording }).diagnostics.map(({ message }) => message);
        expect(told('It is {number}`2.3`.')).toEqual([]);
        expect(told('It is 2.3.')).toEqual([expect.stringContaining('write {number}`2.3`')]);
        expect(renderLesson('It is {number}`2.3`.').html).toContain('It is 2.3.');
      },
    ],
    [
      'A `formulas` fence, `:::{formulas} lecture`, shows a model as it is written, and folded below it the formulas that its shorthand stands for',
      () => {
        const { html } = renderLesson(
          '```{model} lecture\ngiven x = [1, 2]\nlayers: 2 -> 3 tanh\n```\n\n:::{formulas} lecture\n:::',
        );
        const [shown, folded] = html.split(/<details(?! open)[^>]*>/);
        expect(shown).toContain('layers: 2 -&gt; 3 tanh');
        expect(shown).not.toContain('net1[j]');
        expect(folded).toContain('y[j] = tanh(net1[j])');
      },
    ],
    [
      'A fact, ``{fact}`lecture:h[1] | 0.68` ``, quotes a number',
      () => expect(links('{fact}`m:w[1] | 0.48`', 'fact')).toHaveLength(1),
    ],
    [
      'Its digits are checked against the engine, and it leads to the step that computes it',
      () => {
        expect(messages('{fact}`m:w[2] | 0.22`')).toEqual([]);
        expect(messages('{fact}`m:w[2] | 0.23`')).toEqual([expect.stringContaining('is 0.22, not 0.23')]);
        // Two products and a sum give h; the square is the fourth step.
        expect(stepOf(links('{fact}`m:L | 1`', 'fact')[0])).toBe(4);
      },
    ],
    [
      'It is a number of the first iteration, and of a parameter the updated one',
      () => {
        expect(messages('{fact}`m:h | 1` {fact}`m:w[1] | 0.48`')).toEqual([]);
        expect(messages('{fact}`m:h | 0.9` {fact}`m:w[1] | 0.50`')).toHaveLength(2);
      },
    ],
    [
      'is of the second iteration, `@0` is before the first',
      () => {
        expect(messages('{fact}`m@2:h | 0.9` {fact}`m@0:w[1] | 0.5`')).toEqual([]);
        expect(messages('{fact}`m@2:h | 1.0` {fact}`m@0:w[1] | 0.48`')).toHaveLength(2);
      },
    ],
    [
      'is of the run at full precision',
      () => {
        expect(messages('{fact}`m/full:h | 1.02`')).toEqual([]);
        expect(messages('{fact}`m:h | 1.02`')).toHaveLength(1);
      },
    ],
    [
      'is a link that moves the debugger: to a cell, a pass, an iteration (`lecture@2`), or one operation of a cell (`lecture@h[1].3`)',
      () => {
        const leads = (place: string) => stepOf(links(`{step}\`${place} | there\``, 'step')[0]);
        const { size } = program();
        expect([leads('m@h'), leads('m@L'), leads('m@h.2')]).toEqual([3, 4, 2]);
        // Two cells of w, a product and a difference each, end the iteration.
        expect([leads('m@w[1]'), leads('m@w[2].1')]).toEqual([size - 2, size - 1]);
        expect(leads('m@2.h')).toBe(size + 3);
        expect(leads('m@2')).toBe(size + 1);
        expect([leads('m@forward'), leads('m@update')]).toEqual([1, size - 3]);
        expect(links('{step}`m@h | there`', 'step')).toEqual([
          expect.objectContaining({ 'data-model': 'm' }),
        ]);
        expect(lesson('{step}`m@h | there`').html).toContain('>there</a>');
      },
    ],
    [
      'with `lecture/full@` it computes in full precision there',
      () => {
        const [full] = links('{step}`m/full@2.h | there`', 'step');
        expect(full.href.replaceAll('&amp;', '&')).toContain('&run=full');
        expect(links('{step}`m@2.h | there`', 'step')[0].href).not.toContain('run=');
      },
    ],
  ],
  elsewhere: [
    {
      says: 'it leads to the step that computes it',
      file: 'e2e/lecture.spec.ts',
      title: 'the prose quotes the same numbers, and a click on one goes to where it is computed',
    },
  ],
});
