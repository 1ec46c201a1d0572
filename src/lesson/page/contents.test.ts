import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderLesson } from '../lesson.ts';

const model = (id: string) => `\`\`\`{model} ${id}
given x = 2
param w = 0.5
forward
  y = w*x
  L = (y - 3)^2/2
backward
  g = (y - 3)*x : dL/dw
update
  w <- w - 0.1*g
\`\`\``;
const entries = (markdown: string) =>
  renderLesson(markdown).contents.map(({ text, model, phases }) => [text, model, ...phases]);

it('names for each section the phases in which what it quotes is computed', () => {
  expect(
    entries(`# The lesson

## Given
x is {fact}\`m:x | 2\`, and w begins with {fact}\`m@0:w | 0.5\`; {step}\`m@0 | the start\`.

${model('m')}

:::{debugger} m
:::

## Down
g is {fact}\`m:g | -4\` and w {fact}\`m:w | 0.9\`.

### Up
y is {fact}\`m:y | 1\`.

## By steps
{step}\`m@backward | back\`, {step}\`m@2.L | the loss\`, {step}\`m@update.w | w\`

#### Too deep
{step}\`m@y | y\``),
  ).toEqual([
    ['Given', 'm'],
    ['Down', 'm', 'backward', 'update'],
    ['Up', 'm', 'forward'],
    ['By steps', 'm', 'forward', 'backward', 'update'],
  ]);
});

it('counts only the debugger that stands beside the section, and the lesson’s own text', () => {
  expect(
    entries(`${model('m')}

${model('n')}

:::{debugger} m
:::

## First
{step}\`n@backward | another’s\`

:::{note-to-instructor}
## Aside
{fact}\`m:y | 1\`
:::

:::{debugger} n
:::

## Second
{step}\`n@backward | its own\` and {fact}\`m:y | 1\`.`),
  ).toEqual([
    ['First', 'm'],
    ['Second', 'n', 'backward'],
  ]);
  expect(entries('## No debugger')).toEqual([['No debugger', undefined]]);
});

it('has every section of the first lesson, with phases that its words say, too', () => {
  const text = readFileSync('lessons/01-backpropagation-by-hand.md', 'utf8');
  const { contents, html } = renderLesson(text, { path: 'lessons/01-backpropagation-by-hand.md' });
  // Independent of how it is read: the headings of the Markdown, and the ids of the page.
  expect(contents.map((each) => each.text)).toEqual(
    [...text.matchAll(/^###? (.*)$/gm)].map(([, title]) => title),
  );
  for (const { id } of contents) expect(html.split(`id="${id}"`)).toHaveLength(2);
  const phases = Object.fromEntries(contents.map((each) => [each.text, each.phases]));
  expect(phases.Forward).toEqual(['forward']);
  expect(phases.Gradients).toEqual(['backward']);
  expect(phases['The update']).toEqual(['update']);
});

it('gives no heading the id of the element around the lesson', () => {
  expect(renderLesson('## Main\n\n## Main').contents.map(({ id }) => id)).toEqual(['main-2', 'main-3']);
});
